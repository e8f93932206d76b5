"""Tries every page as everybody: with ids that are his, hidden, absent or do not belong together.

Each attempt is undone, whatever it did, so that the next one finds the same house. What a page
showed is compared with who may come across which word, and with what a stranger of the same role
was shown: to know nothing any more is to be a stranger.
"""

import hashlib
import itertools
import multiprocessing
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie

from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from tests.attempts.house import House
from tests.attempts.lines import missing
from tests.attempts.people import SHUT_OUT, Somebody
from tests.attempts.rare import RARE
from tests.house.contents import words_in
from tests.house.doors import Door, absent
from tests.house.matrix import MATRIX
from tests.house.test_headers import complaints
from tests.house.test_two_worlds import GROWING, told_by
from tests.house.walk import browser, routes
from tests.house.world import OFFICE, World
from veiligheidshuis import accesslog
from veiligheidshuis.models import READING_THE_LOG

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Who could stand in for somebody is never he himself: everybody reads another list.
NAMES_COLLEAGUES = {"partners:own_absence"}
# A session that seems unused ends; that it was used is undone with the rest, so log in again.
AFRESH = 300
DOORS_EACH = 1  # of one route, for one person; another role tries another door
PARTNERS = ("ketenpartner", "interventiemanager")  # who know nothing by their role alone
WITHOUT_ROLE = ("rol_voorbij", "rol_straks")
BY_DAY = ("ketenpartner", "bedrijfsbureau")
OUT = ("uit", "uitgetreden", *WITHOUT_ROLE)
# What names somebody or something that is about somebody.
PERSONAL = {
    *("number", "action_id", "question_id", "overleg_id", "batch_id", "row_id", "invitation_id"),
    *("code", "pk"),
}
# Whether anything was written, but for when this session was last used.
WRITTEN = """
    SELECT pg_current_xact_id_if_assigned() IS NOT NULL AND EXISTS (
      SELECT FROM pg_stat_xact_user_tables
      WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname <> 'veiligheidshuis_session')
"""
SURNAME = re.compile(rb"Maar\d+")  # of everybody who was made (people.seat)
words_of = lru_cache(maxsize=2)(words_in)  # the same answer is asked several things


@dataclass(frozen=True)
class Cell:
    """One person at one door, with one method."""

    who: Somebody
    method: str
    door: Door
    ids: str

    def __str__(self) -> str:
        return f"{self.who}: {self.method} {self.door} ({self.ids})"


Cells = Callable[[list[Somebody], dict[str, list[Door]]], Iterator[Cell]]


@dataclass
class Tally:
    """What came of many cells."""

    cells: int = 0
    opened: int = 0
    shown: int = 0
    wrong: list[str] = field(default_factory=list)
    real: set[tuple[str, str, str]] = field(default_factory=set)  # role, state, route; his own ids

    def add(self, other: "Tally") -> None:
        self.cells += other.cells
        self.opened += other.opened
        self.shown += other.shown
        self.wrong += other.wrong
        self.real |= other.real


def doors_of(world: World) -> dict[str, list[Door]]:
    known = routes()
    return {name: list(row(name, world)) for name, row in MATRIX.items() if name in known}


def nested_wrongly(doors: list[Door]) -> list[Door]:
    """The first id of one and the rest of another, or of nothing: they do not belong together."""
    several = [door for door in doors if len(door.arguments) > 1]
    real = {door.arguments for door in several}
    nothing = [(door, gone) for door in several[:1] if (gone := absent(door))]
    mixed = [
        Door(a.route, (a.arguments[0], *b.arguments[1:]), frozenset(), a.method, a.public)
        for a, b in (*nothing, *itertools.permutations(several, 2))
    ]
    return [door for door in mixed if door.arguments not in real]


def malformed(door: Door) -> Door | None:
    """What no number ever was; None where the address cannot even hold it."""
    odd = tuple((name, "VH-2026-0001'--" if name == "number" else v) for name, v in door.arguments)
    changed = Door(door.route, odd, frozenset(), door.method, door.public)
    try:
        reverse(changed.route, kwargs=changed.kwargs)
    except NoReverseMatch:
        return None
    return changed if odd != door.arguments else None


def kinds(doors: list[Door]) -> dict[str, list[Door]]:
    """The doors of one route by what is right or wrong with their ids."""
    gone = [way for door in doors[:1] if (way := absent(door))]
    odd = [way for door in doors[:1] if (way := malformed(door))]
    found = {"echt": doors, "afwezig": gone, "verkeerd": nested_wrongly(doors), "vreemd": odd}
    return {kind: some for kind, some in found.items() if some}


def pairwise(people: list[Somebody], doors: dict[str, list[Door]]) -> Iterator[Cell]:
    """Everybody at every route once; every method with every kind of id, in turn, by everybody.

    People of one role try the same doors, so that what they find can be compared.
    """
    roles = sorted({somebody.role for somebody in people})
    by_kind = {route: kinds(some) for route, some in doors.items()}
    for who in people:
        turn = roles.index(who.role)
        for n, some in enumerate(doors.values()):
            start = (turn * DOORS_EACH + n) % len(some) if some else 0
            for door in (some + some)[start : start + min(DOORS_EACH, len(some))]:
                yield Cell(who, door.method, door, "echt")
    in_turn = itertools.cycle(people)
    for found, method in itertools.product(by_kind.values(), METHODS):
        for kind, some in found.items():
            for door in some[:1]:
                yield Cell(next(in_turn), method, door, kind)


def all_together(people: list[Somebody], doors: dict[str, list[Door]]) -> Iterator[Cell]:
    """The full product: everybody at every route, with every method and every kind of id."""
    roles = sorted({somebody.role for somebody in people})
    by_kind = [kinds(some) for some in doors.values()]
    for who, found, method in itertools.product(people, by_kind, METHODS):
        for kind, some in found.items():
            yield Cell(who, method, some[roles.index(who.role) % len(some)], kind)


def attempt(visitor: Browser, cell: Cell) -> tuple[HttpResponse, bool]:
    """What came back at this door, and whether anything was written."""
    address = reverse(cell.door.route, kwargs=cell.door.kwargs) + cell.door.query
    return undone(visitor, lambda: visitor.generic(cell.method, address))


def undone(visitor: Browser, ask: Callable[[], HttpResponse]) -> tuple[HttpResponse, bool]:
    """What came back, and whether anything was written; whatever was done is undone.

    So is what the browser was told to keep: who logs out is there again.
    """
    kept = {name: morsel.value for name, morsel in visitor.cookies.items()}
    with connection.cursor() as cursor:  # what was undone before counts no longer
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with transaction.atomic():
        answer = ask()
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            (wrote,) = cursor.fetchone()
        transaction.set_rollback(True)
    visitor.cookies = SimpleCookie(kept)
    return answer, wrote


def may_see(world: World, who: Somebody) -> frozenset[str]:
    """The words that somebody may come across: by what he holds, and by his role."""
    everything = world.canaries
    if who.state in ("", "demo"):
        return frozenset(c.word.lower() for c in everything if who.username in c.seen_by)
    about_cases = [c for c in everything if c.seen_by != {"buurtregisseur"}]
    office = who.role in ("bedrijfsbureau", "manager") and who.state not in OUT
    words: set[str] = set()
    if office and who.state not in ("zonder_rol", "uitgesloten"):
        words |= {c.word for c in everything if c.seen_by & OFFICE}
    elif office and who.state == "uitgesloten":
        words |= {c.word for c in everything if "regel van de lijst" in c.about}
    if who.state in ("kent", "ander_deel"):
        known = [circle.know for circle in world.circles.values() if circle.know - OFFICE]
        words |= {c.word for c in everything if "van de afgeslotene" in c.about and c.seen_by}
        words |= {c.word for c in everything if any(c.seen_by >= know for know in known)}
    if who.state == "ander_deel":
        words |= {c.word for c in everything if "educatie van" in c.about}
    if who.state in ("alles", "per_uur", "opgeheven"):
        words |= {c.word for c in about_cases}
    return frozenset(word.lower() for word in words)


def judge(cell: Cell, answer: HttpResponse, wrote: bool, allowed: frozenset[str]) -> Iterator[str]:
    """Everything that is wrong with this answer to this person."""
    words = words_of(body_of(answer)) | words_in(str(answer.headers))
    if leaked := words - allowed:
        yield f"{cell}: toont {sorted(leaked)[:3]}"
    if answer.status_code >= 500 or answer.status_code == 403:  # a refusal tells that it is there
        yield f"{cell}: {answer.status_code}"
    if answer.status_code in (404, 405) and wrote:
        yield f"{cell}: {answer.status_code}, en toch is er iets geschreven"
    lines = {each.action for each in accesslog.looks_of(answer.wsgi_request)}
    if words and not lines - {READING_THE_LOG}:
        yield f"{cell}: toont iemand zonder regel in het logboek"
    if cell.ids == "echt" and cell.method == cell.door.method:
        yield from (f"{cell}: {what}" for what in missing(cell.door, answer))
    if bad := complaints(answer.headers):
        yield f"{cell}: mist {bad}"
    personal = not cell.door.public and PERSONAL & cell.door.kwargs.keys()
    stranger = cell.who.state in SHUT_OUT and cell.who.role in (
        "ketenpartner",
        "interventiemanager",
    )
    if personal and stranger and answer.status_code not in (404, 405):
        yield f"{cell}: {answer.status_code} voor een vreemde"
    if cell.ids != "echt" and personal and answer.status_code not in (302, 404, 405):
        yield f"{cell}: {answer.status_code} op wat niet bestaat"


def body_of(answer: HttpResponse) -> bytes:
    return answer.content if not answer.streaming else b""


def print_of(who: Somebody, answer: HttpResponse) -> str:
    """What somebody was shown, but for the keys of the form, the moment at which a file was made,
    and his own name."""
    told = told_by(body_of(answer))
    body = told.encode() if isinstance(told, str) else told
    body = SURNAME.sub(b"", body.replace(who.username.encode(), b""))
    return f"{answer.status_code} {hashlib.sha256(body).hexdigest()}"


def alike(who: Somebody) -> str:
    """Whose shadow somebody is: he must be shown exactly what that one is shown."""
    if who.state in SHUT_OUT and who.role in PARTNERS:
        return f"{who.role}-vreemde"
    if who.state in WITHOUT_ROLE:
        return f"{who.role}-zonder-rol"
    return who.username


def try_pages(world: World, todo: Iterable[Cell]) -> Tally:
    """Try these cells, one after the other."""
    tally = Tally()
    visitors: dict[Somebody, tuple[Browser, float]] = {}
    allowed: dict[Somebody, frozenset[str]] = {}
    prints: dict[tuple[str, str, str], tuple[str, Cell]] = {}
    for cell in todo:
        if cell.who not in visitors or time.monotonic() - visitors[cell.who][1] > AFRESH:
            visitors[cell.who] = (browser(cell.who.username), time.monotonic())
            allowed[cell.who] = may_see(world, cell.who)
        answer, wrote = attempt(visitors[cell.who][0], cell)
        tally.cells += 1
        if cell.ids == "echt":
            tally.real.add((cell.who.role, cell.who.state, cell.door.route))
        tally.opened += answer.status_code == 200
        tally.shown += bool(words_of(body_of(answer)))
        tally.wrong += judge(cell, answer, wrote, allowed[cell.who])
        if cell.door.route not in GROWING | NAMES_COLLEAGUES:
            key, shown = (alike(cell.who), cell.method, str(cell.door)), print_of(cell.who, answer)
            seen, first = prints.setdefault(key, (shown, cell))
            if seen != shown:
                tally.wrong.append(f"{cell}: ziet iets anders dan {first.who}")
    return tally


def everybody(house: House, *, at_night: bool = False) -> list[Somebody]:
    """Each role in each state; the demo people and the rare ones walk elsewhere. By day the roles
    that see most of persons, each in every state; the others at night (docs/onderweg.md)."""
    made = [somebody for somebody in house.people if somebody.state not in ("", "demo", RARE)]
    return [each for each in made if at_night or each.role in BY_DAY]


def all_cells(house: House, cells: Cells = pairwise) -> list[Cell]:
    """Everything that is to be tried."""
    people = everybody(house, at_night=cells is all_together)
    return list(cells(people, doors_of(house.world)))


def try_all_pages(house: House, cells: Cells = pairwise, processes: int = 2) -> Tally:
    """Everybody, in as many processes as there are cores for it; a role stays in one process."""
    todo = all_cells(house, cells)
    roles = sorted({c.who.role for c in todo}, key=lambda r: -sum(c.who.role == r for c in todo))
    parts = [
        [c for c in todo if roles.index(c.who.role) % processes == n] for n in range(processes)
    ]
    connections.close_all()
    accesslog.close()
    context = multiprocessing.get_context("fork")
    with context.Pool(processes) as pool:
        found = pool.starmap(try_pages, [(house.world, part) for part in parts])
    total = Tally()
    for part in found:
        total.add(part)
    return total
