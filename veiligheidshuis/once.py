"""A form is handled once, however often it is sent.

Every form carries a key (`{% once %}`). The first submission claims it inside its transaction;
a second one, at the same time or later, finds it taken and is led on without doing it again. When
the first is refused or fails its claim is rolled back with it, so the user can try again. A deed
that lets go of its own page (a dossier is closed, a partner says no) leaves nothing to find for the
second; who did it himself is told that it was done.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from veiligheidshuis import accesslog
from veiligheidshuis.obstacles import Obstacle, Refused

FIELD = "eenmalig"
NO_CONTENT = (FIELD, "csrfmiddlewaretoken")
DAYS_KEPT = 30  # nobody sends a form that he opened a month ago; a session lasts nine hours


def new_key() -> str:
    """A fresh key for one form on one page."""
    return str(uuid.uuid4())


def claim(key: str, user_id: int) -> bool:
    """Whether this submission is the first with this key; waits for one that is still busy."""
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return True  # a form without a (valid) key is handled: the rules still stand
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO veiligheidshuis_submission (key, user_id, at) VALUES (%s, %s, now()) "
            "ON CONFLICT DO NOTHING",
            [wanted, user_id],
        )
        return cursor.rowcount == 1


def has_claimed(key: str, user_id: int) -> bool:
    """Whether this very user did this before; what others did, he does not hear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM veiligheidshuis_submission WHERE key = %s AND user_id = %s",
            [key, user_id],
        )
        return cursor.rowcount == 1


class OnceMiddleware:
    """Leads on who sends the form again of a page that his own deed took away from him."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 404:
            return response
        key = key_of(request)
        if key and request.user.is_authenticated and has_claimed(key, request.user.pk):
            messages.info(request, "Dit was al verwerkt. Er is niets dubbel gedaan.")
            return redirect("home")
        return response


def forget_old() -> int:
    """Let go of keys that no open page can still hold; how many. The clock asks it every night."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM veiligheidshuis_submission WHERE at < now() - make_interval(days => %s)",
            [DAYS_KEPT],
        )
        return cursor.rowcount


def key_of(request: HttpRequest) -> str:
    """The key of this submission: of this form, at this address, with this content.

    The same key with other words is another submission, so nobody hears that it was done when it
    was not. Empty for a form without a (valid) key.
    """
    try:
        form = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return ""
    files = [
        (name, file.name, _fingerprint(file))
        for name, several in request.FILES.lists()
        for file in several
    ]
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in NO_CONTENT)
    return str(uuid.uuid5(form, repr((request.path, sent, files))))


def _fingerprint(file: UploadedFile) -> str:
    """What the file says; read from its beginning, and left as if nobody had read it."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def attempt(request: HttpRequest, deed: Callable[[], object]) -> list[Obstacle]:
    """Do the deed of this form once; return what stood in the way, empty when it is done.

    A repeat of a submission that was done counts as done. A refusal undoes whatever was begun.
    """
    try:
        with transaction.atomic():
            if claim(key_of(request), request.user.pk or 0):
                deed()
    except Refused as refused:
        request.was_refused = True  # type: ignore[attr-defined]  # what was typed is kept
        return list(refused.obstacles)
    return []


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed; None when the page is only looked at. An empty form is a form as well."""
    return request.POST if request.method == "POST" else None


def is_stale(obstacles: Sequence[Obstacle]) -> bool:
    """It was changed while this was typed, by another or in another tab."""
    return any(obstacle.code == "stale" for obstacle in obstacles)


def renew(form: BaseForm, field: str, version: int) -> None:
    """Shown again after a refusal: what was typed stays, the version is that of now.

    The page shows what is kept now; who saves again has seen it.
    """
    if isinstance(form.data, QueryDict):
        typed = form.data.copy()
        typed[field] = str(version)
        form.data = typed


def status_of(form: BaseForm, obstacles: Sequence[Obstacle]) -> int:
    """The status of a page with a form: fresh, filled in wrongly, or stopped by obstacles."""
    if obstacles:
        return 409
    if any(form.has_error(field, "invalid_choice") for field in form.errors):
        accesslog.refused_choice()
    return 422 if form.is_bound else 200


def status_when_sent(form: BaseForm, obstacles: Sequence[Obstacle]) -> int:
    """The same for a page that says what stands in the way before anything was sent."""
    return status_of(form, obstacles) if form.is_bound else 200
