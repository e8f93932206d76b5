"""The net of the pages: a few telling people try every door that a spoiled function can open.

The wall is down meanwhile, so that only the code keeps them out. What is wrong, is tried again with
the change undone: a mutant is caught by something that is right without it.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product

from django.db import connections
from django.test import Client as Browser

from tests.attempts.house import House
from tests.attempts.pages import Cell, attempt, doors_of, judge, kinds, may_see
from tests.attempts.people import Somebody
from tests.attempts.reference import RULES
from tests.house.doors import Door, Fresh
from tests.house.matrix import MATRIX
from tests.house.test_fresh import old_proof
from tests.house.walk import browser, routes
from tests.house.world import VISITOR
from tests.mutants.source import Spoiled, wrappers
from veiligheidshuis import accesslog
from veiligheidshuis.accesslog import Look, looks_of

TELLING = frozenset(
    {
        *("", "samira", "politie", "ggd", "legerdesheils", "mondriaan", "bureau", "manager"),
        *("bewoner", "buurtregisseur", "fg", "ketenpartner-vreemde", "ketenpartner-ander-deel"),
        *("ketenpartner-uitgesloten", "bedrijfsbureau-uitgesloten"),
    }
)
DOORS_EACH = 3
FRESH = {route: row for route, row in MATRIX.items() if isinstance(row, Fresh)}
# Whose proof is old: for every page that asks one again somebody whose page it is.
UNPROVED = frozenset({"bureau", "manager", "samira", "ggd", "politie"})
WORKERS = 2
# What a spoiled rule of access shows on.
EVERYWHERE = (
    *("cases:detail", "cases:search", "cases:list", "cases:candidates", "cases:access"),
    *("cases:assign", "cases:lists", "cases:list_add", "cases:diagnosis", "cases:overview"),
    *("maatwerkplan:questions", "maatwerkplan:question", "maatwerkplan:action"),
    *("maatwerkplan:actions", "maatwerkplan:pdf", "agenda:overleg", "agenda:of_case"),
    *("agenda:agenda", "agenda:minutes"),
)


class PagesNet:
    """The doors of every route, and who tells; they log in anew for each change, for a session that
    is not seen to be used ends after a quarter of an hour."""

    def __init__(self, house: House) -> None:
        self.world = house.world
        self.doors = {route: tell_apart(doors) for route, doors in doors_of(house.world).items()}
        self.people = [each for each in house.people if each.username in TELLING]
        self.browsers: dict[Somebody, Browser] = {}
        self.long_ago: dict[str, Browser] = {}
        self.allowed = {person: may_see(house.world, person) for person in self.people}
        self.views = {
            route: (wrappers(p.callback)[-1].__module__, wrappers(p.callback)[-1].__name__)
            for route, p in routes().items()
        }
        for table in RULES:
            house.owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY".encode())

    def wrong(self, cell: Cell) -> list[str]:
        """Everything that is wrong with what this person finds behind this door."""
        if cell.who not in self.browsers:
            self.browsers[cell.who] = browser(cell.who.username)
        answer, wrote = attempt(self.browsers[cell.who], cell)
        location = answer.headers.get("Location", "")
        misjudged = wrongly_opened(cell, answer.status_code, location)
        if wrote and answer.status_code in (302, 303):
            misjudged += wrongly_done(cell, looks_of(answer.wsgi_request))
        return [*judge(cell, answer, wrote, self.allowed[cell.who]), *misjudged]

    def unproved(self, spoiled: Spoiled) -> list[str]:
        """Where an old proof is enough: what tests/house/test_fresh.py asks of the sound house."""
        found = []
        for route, row in FRESH.items():
            if self.views[route] == (spoiled.module, spoiled.view):
                for door, method in product(self.doors[route][:1], sorted(row.methods)):
                    who = UNPROVED & door.opens_for or UNPROVED
                    found += [
                        f"{name}: {method} {door} met een oud bewijs"
                        for name in sorted(who)
                        if not self._asks_again(name, door, method)
                    ]
        return found

    def _asks_again(self, username: str, door: Door, method: str) -> bool:
        if username not in self.long_ago:
            self.long_ago[username] = old_proof(username)
        cell = Cell(Somebody(username, 0), method, door, "echt")
        answer, _ = attempt(self.long_ago[username], cell)
        return answer.headers.get("Location", "").startswith("/bevestigen/")

    def cells(self, spoiled: Spoiled) -> Iterator[Cell]:
        """Everybody at the doors where it can show; first one door of each route, then the others.

        Its own pages with every kind of id; what pages share with those that are there.
        """
        own = [r for r, view in self.views.items() if view == (spoiled.module, spoiled.view)]
        near = [r for r, (module, _) in self.views.items() if module == spoiled.module]
        several = [
            (ids, doors)
            for route in own or near or EVERYWHERE
            for ids, doors in kinds(self.doors.get(route, [])).items()
            if own or ids == "echt"
        ]
        for n in range(DOORS_EACH):
            for ids, doors in several:
                for door in doors[n : n + 1]:
                    for who in self.people:
                        yield Cell(who, door.method, door, ids)

    def caught(self, spoiled: Spoiled) -> str:
        """What betrays this change; asked in a process of its own, that ends with it."""
        asked: list[Callable[[], list[str]]] = [partial(self.unproved, spoiled)]
        asked += [partial(self.wrong, cell) for cell in self.cells(spoiled)]
        undo = spoiled.put_in_place()
        for what_is_wrong in asked:
            if complaints := what_is_wrong():
                undo()
                known = what_is_wrong()
                undo = spoiled.put_in_place()
                if new := [each for each in complaints if each not in known]:
                    return new[0]
        return ""


def tell_apart(doors: list[Door]) -> list[Door]:
    """First a door for each circle of people, then the others: a few of them tell the most."""
    first = list({door.opens_for: door for door in reversed(doors)}.values())
    return first + [door for door in doors if door not in first]


def wrongly_done(cell: Cell, looks: Sequence[Look]) -> list[str]:
    """A deed with what does not belong together, or without a line in the log."""
    found = [] if cell.ids == "echt" else [f"{cell}: deed iets"]
    return found if looks else [*found, f"{cell}: deed iets zonder regel in het logboek"]


def wrongly_opened(cell: Cell, status: int, location: str) -> list[str]:
    """A door that stands open for somebody for whom it should not, or the other way round."""
    if cell.who.state not in ("", "demo") or cell.ids != "echt" or cell.method != cell.door.method:
        return []
    to_login = status == 302 and location.startswith("/inloggen")
    if cell.who.username == VISITOR and not cell.door.public:
        return [] if to_login else [f"{cell}: {status} voor een bezoeker"]
    should = cell.who.username in cell.door.opens_for
    opened = status in (200, 303, 400, 409, 422) or (status == 302 and not to_login)
    return [] if opened == should else [f"{cell}: {status}, mag {'wel' if should else 'niet'}"]


_net: PagesNet
_spoiled: list[Spoiled]


def _catch(n: int) -> tuple[int, str]:
    return n, _net.caught(_spoiled[n])


def catch_all(net: PagesNet, spoiled: list[Spoiled]) -> Iterator[tuple[Spoiled, str]]:
    """Each change in a process of its own, so that none is left behind; the quickest come first."""
    global _net, _spoiled
    _net, _spoiled = net, spoiled
    connections.close_all()
    accesslog.close()
    with multiprocessing.get_context("fork").Pool(WORKERS, maxtasksperchild=1) as pool:
        for n, betrayed in pool.imap_unordered(_catch, range(len(spoiled))):
            yield spoiled[n], betrayed
