"""What a change of somebody's rights would open or close, looked at before it is done.

Every form that changes who sees what has a second button, "Eerst bekijken". It sends the same form;
the deed is done and undone, and the page says what it would mean. Issue 3, point 5.
"""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest

from partners import presenters
from partners.models import User
from veiligheidshuis import accesslog


def is_asked(request: HttpRequest) -> bool:
    """Whether somebody wants to look first."""
    return "voorproef" in request.POST


def try_out(
    request: HttpRequest, deed: Callable[[], object], *about: User | None, on: date | None = None
) -> list[object]:
    """What this deed would mean for these people, as of a day; with a line in the access log."""
    names = [f"account {person.username}" for person in about if person]
    accesslog.look(request, "voorproef", names)
    return presenters.try_out(deed, *about, on=on)
