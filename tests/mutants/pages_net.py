"""The net of the pages: a few telling people try every door that a spoiled function can open.

The wall is down meanwhile, so that only the code keeps them out. What is wrong, is tried again with
the change undone: a mutant is caught by something that is right without it.
"""

import multiprocessing
from collections.abc import Iterator

from django.db import connections
from django.test import Client as Browser

from tests.attempts.house import House
from tests.attempts.pages import Cell, attempt, doors_of, judge, kinds, may_see
from tests.attempts.people import Somebody
from tests.attempts.reference import RULES
from tests.house.walk import browser, routes
from tests.house.world import VISITOR
from tests.mutants.source import Spoiled, wrappers
from veiligheidshuis import accesslog

TELLING = frozenset(
    {
        *("", "samira", "politie", "ggd", "legerdesheils", "mondriaan", "bureau", "manager"),
        *("bewoner", "buurtregisseur", "fg", "ketenpartner-vreemde", "ketenpartner-ander-deel"),
        *("ketenpartner-uitgesloten", "bedrijfsbureau-uitgesloten"),
    }
)
DOORS_EACH = 3
WORKERS = 2
# What a spoiled rule of access shows on.
EVERYWHERE = (
    *("cases:detail", "cases:search", "cases:list", "cases:candidates", "cases:access"),
    *("cases:assign", "cases:lists", "cases:list_add", "cases:diagnosis", "cases:overview"),
    *("maatwerkplan:questions", "maatwerkplan:question", "maatwerkplan:action"),
    *("maatwerkplan:actions", "agenda:overleg", "agenda:of_case", "agenda:agenda"),
)


class PagesNet:
    """The doors of every route, and somebody logged in for everybody who tells."""

    def __init__(self, house: House) -> None:
        self.world = house.world
        self.doors = doors_of(house.world)
        self.people = [each for each in house.people if each.username in TELLING]
        self.browsers: dict[Somebody, Browser] = {p: browser(p.username) for p in self.people}
        self.allowed = {person: may_see(house.world, person) for person in self.people}
        self.views = {
            route: (wrappers(p.callback)[-1].__module__, wrappers(p.callback)[-1].__name__)
            for route, p in routes().items()
        }
        for table in RULES:
            house.owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY".encode())

    def wrong(self, cell: Cell) -> list[str]:
        """Everything that is wrong with what this person finds behind this door."""
        answer, wrote = attempt(self.browsers[cell.who], cell)
        location = answer.headers.get("Location", "")
        misjudged = wrongly_opened(cell, answer.status_code, location)
        return [*judge(cell, answer, wrote, self.allowed[cell.who]), *misjudged]

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
        undo = spoiled.put_in_place()
        for cell in self.cells(spoiled):
            if complaints := self.wrong(cell):
                undo()
                known = self.wrong(cell)
                undo = spoiled.put_in_place()
                if new := [each for each in complaints if each not in known]:
                    return new[0]
        return ""


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
