"""Every look is known: written before it is shown, on a connection of its own.

A view says what it shows with `look()`; the middleware writes it before the answer leaves. Can
the log not be written, then nothing is shown (503). The log has no foreign keys: a line about
something that does not exist is the same line. toegang.md decision 8; WGS 1.8 lid 4.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import psycopg
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_own = threading.local()

INSERT = """
    INSERT INTO veiligheidshuis_accesslogentry
        (user_id, username, organisation, roles, action, route, subjects, scope, ground, outcome)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


class LogUnavailable(Exception):
    """The access log could not be written; nothing may be shown."""


@dataclass
class Look:
    """One line: what was seen or done, of which cases or persons, and on what ground."""

    action: str
    subjects: list[str] = field(default_factory=list)
    scope: str = ""
    ground: str = ""
    outcome: str = "getoond"


@dataclass(frozen=True)
class Onlooker:
    """Who looks, and for which organisation and in which role at this moment."""

    user_id: int = 0
    username: str = ""
    organisation: str = ""
    roles: str = ""

    @classmethod
    def of(cls, user: object) -> "Onlooker":
        if not getattr(user, "is_authenticated", False):
            return cls()
        return cls(
            user_id=user.pk,  # type: ignore[attr-defined]
            username=user.get_username(),  # type: ignore[attr-defined]
            organisation=str(user.organisation),  # type: ignore[attr-defined]
            roles=" ".join(sorted(user.active_roles)),  # type: ignore[attr-defined]
        )


def look(
    request: HttpRequest,
    action: str,
    subjects: Iterable[object] = (),
    *,
    scope: str = "",
    ground: str = "",
    outcome: str = "getoond",
) -> None:
    """Say what this answer shows; a list names all its people in one line.

    `action` is a short Dutch word (inzien, zoeken, wijzigen, exporteren), `subjects` are case
    numbers or other ids of what is shown, `scope` the scope it was seen by.
    """
    looks_of(request).append(
        Look(action, [str(s) for s in subjects], scope=scope, ground=ground, outcome=outcome)
    )


def looks_of(request: HttpRequest) -> list[Look]:
    """What this request has to write so far."""
    if not hasattr(request, "looks"):
        request.looks = []  # type: ignore[attr-defined]
    return request.looks  # type: ignore[attr-defined]


def write(who: Onlooker, looks: Iterable[Look], *, route: str = "") -> None:
    """Write the lines at once, in a transaction of their own. Raises LogUnavailable."""
    rows = [
        (
            who.user_id,
            who.username,
            who.organisation,
            who.roles,
            each.action,
            route,
            each.subjects,
            each.scope,
            each.ground,
            each.outcome,
        )
        for each in looks
    ]
    if not rows:
        return
    try:
        with _connection().cursor() as cursor:
            cursor.executemany(INSERT, rows)
    except psycopg.Error as error:
        close()
        raise LogUnavailable(str(error)) from error


def _connection() -> psycopg.Connection:
    """Our own connection to the house's database, outside the request's transaction."""
    parameters = connection.get_connection_params()
    key = (parameters.get("dbname"), parameters.get("host"), parameters.get("user"))
    kept = getattr(_own, "kept", None)
    if kept is None or kept.closed or _own.key != key:
        close()
        wanted = {k: v for k, v in parameters.items() if k not in ("context", "cursor_factory")}
        _own.kept = psycopg.connect(**wanted, autocommit=True)
        _own.key = key
    return _own.kept


def close() -> None:
    """Let go of the log's connection (after an error, and at the end of a test)."""
    kept = getattr(_own, "kept", None)
    if kept is not None:
        kept.close()
    _own.kept = None


class AccessLogMiddleware:
    """Writes what the answer shows before the answer leaves; refusals and not-found as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        looks = looks_of(request)
        if match and match.kwargs and response.status_code in (403, 404):
            # The same single line, whether what was asked for exists or not. What the view had
            # prepared to show is not shown, so it is not a look.
            asked = " ".join(f"{k}={str(v)[:60]}" for k, v in sorted(match.kwargs.items()))
            looks[:] = [Look("opvragen", [asked], outcome="niet gevonden")]
        try:
            write(Onlooker.of(request.user), looks, route=match.view_name if match else "")
        except LogUnavailable:
            if settings.DEBUG:
                raise
            return render(request, "503.html", status=503)
        return response
