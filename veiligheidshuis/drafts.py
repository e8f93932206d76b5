"""What somebody was sending when his session ended, or when a fresh proof was asked, is not lost.

The fields are kept, encrypted, for that person alone and for a day. Once he is in again he sees
what he had typed and sends it on, to the very same page, which judges it as if it had just been
typed. A password or a code is never kept, nor anything that was sent to the door itself.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, path, resolve
from django.utils import timezone

from veiligheidshuis import accesslog, cipher, needtoknow, once
from veiligheidshuis.methods import page_methods
from veiligheidshuis.models import Draft
from veiligheidshuis.written import own_words

KEPT_FOR = timedelta(hours=settings.DRAFT_HOURS)
FIELD = "concept"
TYPED = "getypt"  # of a form: which texts it holds that were kept while they were typed (autosave)
SAVE = "bewaren"  # the button of a long form that is not sent yet
NEVER_KEPT = {"csrfmiddlewaretoken", once.FIELD, FIELD, TYPED, SAVE, "password"}
LONGEST = 200_000
# Whom a form is about, from what its address says; the floors above know (AppConfig.ready).
ABOUT: "list[Callable[[Any, Mapping[str, Any]], Subject | None]]" = []
HERE = "veiligheidshuis."  # the pages of the ground are the door and your own account


@dataclass(frozen=True)
class Subject:
    """The dossier that a form is about, for somebody who may know it."""

    number: str
    name: str


@dataclass(frozen=True)
class Kept:
    """A form that was on its way: where to, and its fields as they were typed."""

    id: uuid.UUID
    path: str
    at: datetime
    fields: list[tuple[str, str]]

    @property
    def typed(self) -> dict[str, str]:
        """What stood in each field that is filled in once."""
        return dict(self.fields)

    @property
    def form(self) -> str:
        """Which form it is, in the words of its address: after the room the page, without keys."""
        parts = self.path.partition("?")[0].strip("/").split("/")
        words = [part.replace("-", " ") for part in parts if not any(map(str.isdigit, part))]
        return ", ".join(words[1:] or words)

    @property
    def texts(self) -> list[str]:
        """What somebody recognises as his own words."""
        return own_words(self.fields)


def is_too_long(request: HttpRequest) -> bool:
    """Whether more was sent than is kept."""
    return len(_as_kept(request)) > LONGEST


def keep(request: HttpRequest, user_id: Any) -> bool:
    """Keep what this request was sending, for this user; False when there was nothing to keep."""
    fields = _sent(request)
    if not fields or is_too_long(request):
        return False
    with needtoknow.acting_as(user_id):
        Draft.objects.create(
            user_id=user_id, path=request.get_full_path(), fields=cipher.encrypt(_as_kept(request))
        )
        # Now it is kept whole; what was kept of it while he typed has had its day.
        Draft.objects.filter(user_id=user_id, pk__in=keys_in(request, once.FIELD, TYPED)).delete()
    return True


def _as_kept(request: HttpRequest) -> str:
    return json.dumps(_sent(request))


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
    ]


def keys_in(request: HttpRequest, *fields: str) -> list[uuid.UUID]:
    """The keys of kept texts that this request names."""
    keys = []
    for value in (value for field in fields for value in request.POST.getlist(field)):
        with suppress(ValueError):
            keys.append(uuid.UUID(value))
    return keys


def newest(path: str | None = None) -> Kept | None:
    """The latest form that the asking user was sending when he was stopped, if any; or kept to go
    on with, on the page at this path."""
    since = timezone.now() - KEPT_FOR
    rows = Draft.objects.filter(user_id=needtoknow.asking(), at__gte=since, form="").order_by("-at")
    row = (rows if path is None else rows.filter(path=path)).first()
    if row is None:
        return None
    typed = json.loads(cipher.decrypt(row.fields))
    return Kept(row.pk, row.path, row.at, [(name, value) for name, value in typed])


def forget(pk: str) -> None:
    """He sent it on, or threw it away."""
    with suppress(ValueError):  # not an id at all
        Draft.objects.filter(pk=uuid.UUID(pk), user_id=needtoknow.asking()).delete()


def forget_old() -> int:
    """Take away what was kept long enough; how many. Runs as the clock, that sees only the hour."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM veiligheidshuis_draft WHERE at < now() - interval '1 day'")
        return cursor.rowcount


class DraftMiddleware:
    """Keeps what arrives for a session that just ended, and lets go of what was sent on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> None:
        if request.method != "POST":
            return
        whose = getattr(request, "whose", None)
        if whose and is_kept(view):
            keep(request, whose)
        elif request.user.is_authenticated and FIELD in request.POST:
            forget(request.POST[FIELD])


def is_kept(view: Any) -> bool:
    """Whether what is sent to this page may be kept: not the door, not your own account."""
    return not view.__module__.startswith(HERE) and getattr(view, "login_required", True)


@page_methods
def draft(request: HttpRequest) -> HttpResponse:
    """What you were sending, to send on or to throw away."""
    kept = newest()
    if request.method == "POST":
        forget(request.POST.get("weg", ""))
        messages.success(request, "Wat u had ingevuld, is weggegooid.")
        return redirect("home")
    if kept is None:
        raise Http404
    subject = subject_of(kept, request.user)
    accesslog.look(request, "inzien", [kept.path], ground="eigen concept")
    if subject:
        accesslog.look(request, "inzien", [subject.number], scope="know_case")
    return render(request, "huis/concept.html", {"kept": kept, "subject": subject})


def subject_of(kept: Kept, user: Any) -> Subject | None:
    """Whom the kept form is about. Who may not know the dossier any more is told as little as when
    there were none."""
    with suppress(Resolver404):
        said = resolve(kept.path.partition("?")[0]).kwargs
        return next(filter(None, (about(user, said) for about in ABOUT)), None)
    return None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that is not there, or not his: with the words that he sent to it, which are his.

    Nothing but what this very request sent, so that hidden and absent answer alike. What was sent
    to no page at all comes not back: nobody looked whether it came from a page of ours.
    """
    match = request.resolver_match
    told = request.method == "POST" and match is not None and is_kept(match.func)
    context = {"typed": _to_copy(request) if told else []}
    return render(request, "404.html", context, status=404)


def _to_copy(request: HttpRequest) -> list[str]:
    """The words that were typed, without a secret, and not more than a form of ours can hold."""
    typed = own_words(_sent(request))
    return typed if sum(map(len, typed)) <= LONGEST else []


urlpatterns = [path("concept/", draft, name="draft")]
