"""Who is in the house now, on which device, and when that ends.

A session ends a quarter of an hour after the last thing somebody did, nine hours after he came in,
and at once when he logs out here or elsewhere, gets another password or another second factor, or
is switched off; and when he logs out at the login service by way of which he came. A page that
refreshes by itself (it says so with the header X-Vanzelf) is not somebody who does something.
AUTH-08, AUTH-09, AUTH-10.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.contrib.sessions.middleware import SessionMiddleware as DjangoMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from veiligheidshuis import cipher, stepup
from veiligheidshuis.models import Session

IDLE = timedelta(minutes=settings.IDLE_MINUTES)
ABSOLUTE = timedelta(hours=settings.SESSION_HOURS)
CAME_AT, DEVICE, THERE = "binnen_om", "toestel", "elders"
# A minute of precision is enough, and saves writing at every click.
TOUCH_AFTER = timedelta(minutes=1)
LOAD = """
    WITH touched AS (
        UPDATE veiligheidshuis_session SET last_act_at = %(now)s
        WHERE %(acts)s AND session_key = %(key)s
          AND last_act_at BETWEEN %(dead)s AND %(stale)s)
    SELECT session_key, session_data, expire_date, user_id, last_act_at
    FROM veiligheidshuis_session WHERE session_key = %(key)s AND expire_date > %(now)s
"""
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome"}
BROWSERS |= {"Safari/": "Safari"}
SYSTEMS = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad"}
SYSTEMS |= {"Mac OS": "Mac", "Linux": "Linux"}


class SessionStore(DjangoStore):
    """Sessions in a table of our own, that knows whose each is and when he last did something."""

    acts = True
    last_act_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 - get_model_class says so; mypy cannot know
        row.user_id = data.get(SESSION_KEY)
        row.subject_there, row.session_there = data.get(THERE, ("", ""))
        return row

    def _get_session_from_db(self) -> Session | None:
        """Read the session and note that somebody did something, in one question."""
        now = timezone.now()
        asked = {"key": self.session_key, "now": now, "acts": self.acts}
        asked |= {"dead": now - IDLE, "stale": now - TOUCH_AFTER}
        row = next(iter(Session.objects.raw(LOAD, asked)), None)
        if row is None:
            self._session_key = None
            return None
        self.last_act_at = row.last_act_at
        return row

    def is_over(self) -> bool:
        """Whether nobody did anything for a quarter of an hour, or it has lasted nine hours."""
        now = timezone.now()
        idle = self.last_act_at is not None and now - self.last_act_at > IDLE
        return idle or now - _came_at(self.get(CAME_AT)) > ABSOLUTE


def begin(request: HttpRequest) -> None:
    """Somebody came in: from now on nine hours count."""
    request.session[CAME_AT] = timezone.now().timestamp()
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    stepup.mark(request)


def _came_at(stamp: float | None) -> datetime:
    """When somebody came in; long ago for a session that does not say."""
    return datetime.fromtimestamp(stamp or 0.0, tz=UTC)


def device_of(agent: str) -> str:
    """A browser and its machine in words that somebody recognises as his own."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), "Een browser")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    return f"{browser} op {system}" if system else browser


class SessionMiddleware(DjangoMiddleware):
    """Opens the session of this browser; says whether the request is something somebody does."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.acts = "X-Vanzelf" not in request.headers  # type: ignore[attr-defined]


class OverMiddleware:
    """A session that is over, or in which no second factor was proved, is nobody's. AUTH-01, -08.

    Whose it was is kept with the request: what he was sending is not lost (drafts.py). A part of
    a page that finds the door shut sends the whole page to the door.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.whose = None  # type: ignore[attr-defined]
        if stepup.PROVED_AT not in request.session:
            request.user = AnonymousUser()
        elif request.session.is_over():  # type: ignore[attr-defined]
            request.whose = request.user.pk  # type: ignore[attr-defined]
            logout(request)
        return _whole_page(request, self.get_response(request))


def _whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lead htmx to the door with the whole page, and from there back to where somebody was."""
    if not (request.headers.get("HX-Request") and "Location" in response.headers):
        return response
    door = reverse("login")
    if urlsplit(response.headers["Location"]).path != door:
        return response
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path
    where = f"{door}?{urlencode({'next': page})}"
    return HttpResponse(status=204, headers={"HX-Redirect": where})


@dataclass(frozen=True)
class Presence:
    """One device on which somebody is logged in; the mark names it without being its key."""

    mark: str
    device: str
    came_at: datetime
    last_act_at: datetime
    here: bool


def of(request: HttpRequest) -> list[Presence]:
    """Where the asking user is logged in now, the latest first."""
    now = timezone.now()
    found = []
    for row in _rows_of(request).filter(last_act_at__gte=now - IDLE):
        data = request.session.decode(row.session_data)
        came_at = _came_at(data.get(CAME_AT))
        if now - came_at > ABSOLUTE:
            continue
        here = row.session_key == request.session.session_key
        device = data.get(DEVICE, "Een browser")
        found.append(Presence(_mark(row), device, came_at, row.last_act_at, here))
    return found


def end(request: HttpRequest, mark: str) -> bool:
    """End one of his sessions elsewhere; False when there is none with this mark."""
    keys = [row.session_key for row in _rows_of(request) if _mark(row) == mark]
    here = request.session.session_key
    return bool(Session.objects.filter(session_key__in=keys).exclude(session_key=here).delete()[0])


def end_elsewhere(request: HttpRequest) -> None:
    """End all his sessions but this one."""
    _rows_of(request).exclude(session_key=request.session.session_key).delete()


def lean_on(request: HttpRequest, issuer: str, subject: str, session: str) -> None:
    """He comes by way of a login service: what ends there ends here, from the first step on."""
    there = (_fingerprint(issuer, "sub", subject), _fingerprint(issuer, "sid", session))
    request.session[THERE] = there


def end_by(issuer: str, subject: str, session: str) -> list[int]:
    """End what leans on this session there, or on all of this person there; whose they were.

    Named are one of the two or both. A session of this person of which his login service never
    said which one it was there ends with any of them.
    """
    if not (subject or session):
        return []
    leaning = Session.objects.all()
    if subject:
        leaning = leaning.filter(subject_there=_fingerprint(issuer, "sub", subject))
    if session:
        these = [_fingerprint(issuer, "sid", session), *([""] if subject else [])]
        leaning = leaning.filter(session_there__in=these)
    ended = dict(leaning.values_list("session_key", "user_id"))
    Session.objects.filter(session_key__in=ended).delete()
    return sorted({user_id for user_id in ended.values() if user_id})


def _fingerprint(issuer: str, claim: str, value: str) -> str:
    return cipher.digest(f"inlogdienst:{issuer} {claim} {value}") if value else ""


def _rows_of(request: HttpRequest) -> Any:
    return Session.objects.filter(user_id=request.user.pk).order_by("-last_act_at", "session_key")


def _mark(row: Session) -> str:
    return cipher.digest(f"sessie:{row.session_key}")[:20]


def forget_old() -> int:
    """Take away what is over; how many. Runs as the clock, that sees no more than the hour."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM veiligheidshuis_session WHERE expire_date < now()")
        return cursor.rowcount
