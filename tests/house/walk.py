"""Somebody walks through the house: every door of the matrix is tried by everybody, once.

What was seen is kept, so that many tests can ask about one walk.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import psycopg
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import situations
from tests.entering import enter, take_back
from tests.house.doors import Door, absent
from tests.house.matrix import MATRIX
from tests.house.world import EVERYBODY, World
from veiligheidshuis import tablet
from veiligheidshuis.mails import MAILS
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.outbox import message

ENOUGH = 2  # of the cases that somebody tries who knows none


@dataclass(frozen=True)
class Visit:
    """What somebody found behind a door."""

    viewer: str
    door: Door
    status: int
    content: bytes
    queries: int
    location: str
    content_type: str
    logged: int
    headers: Mapping[str, str] = field(repr=False, hash=False)

    @property
    def opened(self) -> bool:
        """A page (409: with what stands in the way), or the way on to another page."""
        led_on = self.status in (302, 303) and not self.location.startswith("/inloggen/")
        return self.status in (200, 409) or led_on

    def __str__(self) -> str:
        return f"{self.viewer or 'een bezoeker'}: {self.door} -> {self.status} {self.location}"


def routes() -> dict[str, URLPattern]:
    """Every route of the resolver by its full name."""
    return dict(_routes(get_resolver(), ""))


def _routes(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}", each


def browser(username: str) -> Browser:
    """A browser in which this person logged in; a visitor's without a name."""
    opened = Browser(raise_request_exception=False)
    later = time.time() + 3600  # the walk takes longer than a proof stays fresh
    return enter(opened, situations.user(username), proved_at=later) if username else opened


def try_door(
    browser: Browser, viewer: str, door: Door, owner: psycopg.Connection | None = None
) -> Visit:
    """What somebody finds behind this door; with the owner's connection also what was logged."""
    before = _lines(owner)
    address = reverse(door.route, kwargs=door.kwargs) + door.query
    connection.queries_log.clear()  # Django keeps nine thousand; a walk asks more
    with CaptureQueriesContext(connection) as queries:
        found = browser.generic(door.method, address)
    if tablet.HELD in found.wsgi_request.session:
        take_back(browser)  # the walk goes on through the whole house
    return _kept(viewer, door, found, len(queries), _lines(owner) - before)


def _lines(owner: psycopg.Connection | None) -> int:
    """How many lines the access log has."""
    if owner is None:
        return 0
    (lines,) = owner.execute("SELECT sum(place) FROM vh.log_head").fetchone() or (0,)
    return int(lines)


def _kept(viewer: str, door: Door, found: HttpResponseBase, queries: int, logged: int) -> Visit:
    content = b"".join(found) if found.streaming else found.content  # type: ignore[attr-defined]
    return Visit(
        viewer=viewer,
        door=door,
        status=found.status_code,
        content=content,
        queries=queries,
        location=found.headers.get("Location", ""),
        content_type=found.headers.get("Content-Type", ""),
        logged=logged,
        headers=dict(found.headers),
    )


@dataclass
class Walk:
    """The world, and everything that everybody found in it."""

    world: World
    visits: list[Visit]
    doors: list[Door]
    messages: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # what the programs wrote on their output

    def by(self, viewer: str) -> Iterator[Visit]:
        return (visit for visit in self.visits if visit.viewer == viewer)


def walk(world: World, owner: psycopg.Connection) -> Walk:
    """Everybody tries every door, and the same door to something that does not exist.

    Who may not come in tries first to change something; a door for changing that opens is left
    shut here, so that the world stays as it is.
    """
    known = routes()
    doors = [d for name, row in MATRIX.items() if name in known for d in row(name, world)]
    doors += {way: way for door in doors if (way := absent(door))}
    visits = []
    for viewer in sorted(EVERYBODY):
        someone = browser(viewer)
        someone.get("/health/")  # what is looked up once in a process is not counted
        visits += [
            try_door(someone, viewer, door, owner) for door in _tried_by(viewer, doors, world)
        ]
    return Walk(world, visits, doors)


def _tried_by(viewer: str, doors: list[Door], world: World) -> Iterator[Door]:
    """All that he may try. Who knows no case at all is kept out of each for the same reason: of
    every page he tries two of them, and at night all (attempts/test_pages.py)."""
    numbers = {circle.case.number for circle in world.circles.values()}
    knows_any = any(viewer in circle.know for circle in world.circles.values())
    kept_out: Counter[tuple[str, str]] = Counter()
    for door in doors:
        opens = viewer in door.opens_for
        if opens and door.method == "POST":
            continue
        if not (opens or knows_any) and numbers & set(door.kwargs.values()):
            kept_out[door.route, door.method] += 1
            if kept_out[door.route, door.method] > ENOUGH:
                continue
        yield door


def left_behind(owner: psycopg.Connection) -> tuple[list[str], list[str]]:
    """What the walk left in the access log and the outbox."""
    log = owner.execute(
        "SELECT concat_ws(' ', username, organisation, roles, action, route, subjects, scope,"
        " ground, outcome) FROM veiligheidshuis_accesslogentry"
    ).fetchall()
    mails = owner.execute("SELECT id, kind, recipient_id FROM veiligheidshuis_outboxmail")
    travelling = [
        message(
            OutboxMail(id=pk, kind=kind, recipient_id=to), f"{to}@huis.example", MAILS[kind].path
        ).message()
        for pk, kind, to in mails
    ]
    return [line for (line,) in log], [str(mail) for mail in travelling]
