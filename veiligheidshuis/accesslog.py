"""Every look is known: written before it is shown, on a connection of its own.

A view says what it shows with `look()`; the middleware writes it before the answer leaves. Can
the log not be written, then nothing is shown (503). The log has no foreign keys: a line about
something that does not exist is the same line. toegang.md decision 8; WGS 1.8 lid 4.
"""

import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from django.db import ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_own = threading.local()

# Name, organisation and roles of who asks, time and place are put there by the database.
INSERT = """
    INSERT INTO veiligheidshuis_accesslogentry
        (request_id, user_id, route, action, subjects, scope, ground, purpose, on_behalf_of,
         emergency, outcome)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# A page waits no longer than this for a log that does not answer; then it is not shown.
PATIENCE = {"connect_timeout": 2, "options": "-c statement_timeout=2500"}
BY_COMMAND = "beheer, met een opdracht op de server"  # somebody typed it there in his name
WALL = "42501"  # what PostgreSQL says when a lock holds


class LogUnavailable(Exception):
    """The access log could not be written; nothing may be shown."""


@dataclass
class Look:
    """One line: what was seen or done, of which cases or persons, and on what ground.

    `purpose` says why somebody reads the log itself (models.LogPurpose). `on_behalf_of` is the
    username of whom the one who looks stands in for; `emergency` marks a dossier broken open.
    """

    action: str
    subjects: list[str] = field(default_factory=list)
    scope: str = ""
    ground: str = ""
    purpose: str = ""
    on_behalf_of: str = ""
    emergency: bool = False
    outcome: str = "getoond"


def look(
    request: HttpRequest, action: str, subjects: Iterable[object] = (), **more: str | bool
) -> None:
    """Say what this answer shows; a list names all its people in one line.

    `action` is a short Dutch word (inzien, zoeken, wijzigen, exporteren), `subjects` are case
    numbers or other ids of what is shown; `more` are the other fields of a Look: the scope it was
    seen by, the ground, and so on. Never what stood on the page.
    """
    looks_of(request).append(Look(action, [str(s) for s in subjects], **more))  # type: ignore[arg-type]


def looks_of(request: HttpRequest) -> list[Look]:
    """What this request has to write so far."""
    if not hasattr(request, "looks"):
        request.looks = []  # type: ignore[attr-defined]
    return request.looks  # type: ignore[attr-defined]


def refused_choice() -> None:
    """What was sent names somebody or something that was not offered; the form says no more."""
    _own.refused = True


def write(
    user_id: int, looks: Iterable[Look], *, route: str = "", request_id: uuid.UUID | None = None
) -> None:
    """Write the lines at once, in a transaction of their own. Raises LogUnavailable.

    A connection that turns out to be gone is made anew once: a line too many is no harm, a page
    too many would be.
    """
    asked = request_id or uuid.uuid4()
    rows = [_row(asked, user_id, route, each) for each in looks]
    if not rows:
        return
    try:
        try:
            _insert(user_id, rows)
        except psycopg.OperationalError:
            if _own.kept is None or not _own.kept.closed:
                raise
            _insert(user_id, rows)
    except psycopg.Error as error:
        close()
        raise LogUnavailable(str(error)) from error


def _row(request_id: uuid.UUID, user_id: int, route: str, each: Look) -> tuple[object, ...]:
    return (
        request_id,
        user_id,
        route,
        each.action,
        each.subjects,
        each.scope,
        each.ground,
        each.purpose,
        each.on_behalf_of,
        each.emergency,
        each.outcome,
    )


def _insert(user_id: int, rows: list[tuple[object, ...]]) -> None:
    """Who asks is told on this connection as well: nobody writes a line in another's name."""
    kept = _connection()
    with kept.transaction(), kept.cursor() as cursor:
        cursor.execute("SELECT set_config('vh.user_id', %s, true)", [str(user_id)])
        cursor.executemany(INSERT, rows)


def _connection() -> psycopg.Connection:
    """Our own connection to the house's database, outside the request's transaction."""
    parameters = connection.get_connection_params()
    key = (parameters.get("dbname"), parameters.get("host"), parameters.get("user"))
    kept = getattr(_own, "kept", None)
    if kept is None or kept.closed or _own.key != key:
        close()
        wanted = {k: v for k, v in parameters.items() if k not in ("context", "cursor_factory")}
        _own.kept = psycopg.connect(**wanted | PATIENCE, autocommit=True)
        _own.key = key
    return _own.kept


def close() -> None:
    """Let go of the log's connection (after an error, and at the end of a test)."""
    kept = getattr(_own, "kept", None)
    if kept is not None:
        kept.close()
    _own.kept = None


class AccessLogMiddleware:
    """Writes what the answer shows before the answer leaves; refusals and not-found as well.

    A refusal is one line, whether what was asked for exists or not. What the view had prepared to
    show is not shown then, so it is no look. Who sends a choice that he was not offered is refused
    as well, whether it exists or not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _own.refused = False
        response = self.get_response(request)
        match = request.resolver_match
        looks = looks_of(request)
        if match and response.status_code in (403, 404):
            looks[:] = [Look("opvragen", asked_for(request), outcome="niet gevonden")]
        elif response.status_code == 409 or (response.status_code == 422 and _own.refused):
            looks.append(Look("wijzigen", asked_for(request), outcome="geweigerd"))
        try:
            write(request.user.pk or 0, looks, route=match.view_name if match else "")
        except LogUnavailable:
            if settings.DEBUG:
                raise
            return render(request, "503.html", status=503)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A lock held where the page thought it might: a fault of ours, or an attack."""
        state = getattr(exception.__cause__, "sqlstate", "")
        if isinstance(exception, ProgrammingError) and state == WALL:
            looks_of(request)[:] = [Look("opvragen", asked_for(request), outcome="geweigerd")]


def asked_for(request: HttpRequest) -> list[str]:
    """What the address asks for, as it was typed: number=VH-2026-0001. A page that is of nothing in
    particular asks for nothing but itself, and the line names its route."""
    match = request.resolver_match
    asked = sorted(match.kwargs.items()) if match else []
    typed = " ".join(f"{name}={str(value)[:60]}" for name, value in asked)
    return [typed] if typed else []
