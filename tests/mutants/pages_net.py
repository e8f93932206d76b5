"""The net of the pages: a few telling people try every door that a spoiled function can open.

The wall is down meanwhile, so that only the code keeps them out. What is wrong, is tried again with
the change undone: a mutant is caught by something that is right without it.
"""

import multiprocessing
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, product

from django.db import connections
from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import Resolver404, resolve

from cases.models import Scope
from tests.attempts.house import House
from tests.attempts.pages import Cell, attempt, body_of, doors_of, judge, kinds, may_see, undone
from tests.attempts.people import Somebody
from tests.attempts.rare import RARE
from tests.attempts.reference import RULES
from tests.house.doors import Door, Fresh
from tests.house.matrix import MATRIX
from tests.house.test_fresh import old_proof
from tests.house.unlogged import FOR_WHO_STANDS_ON_IT, WITHOUT_A_LINE
from tests.house.walk import browser, routes
from tests.house.world import OFFENCES, VISITOR
from tests.mutants import furniture, signing_on
from tests.mutants.filling import filled
from tests.mutants.source import Spoiled, wrappers
from veiligheidshuis import accesslog
from veiligheidshuis.accesslog import Look, looks_of

TELLING = frozenset(
    {
        *("", "samira", "politie", "ggd", "legerdesheils", "mondriaan", "bureau", "manager"),
        *("bewoner", "buurtregisseur", "fg", "ketenpartner-vreemde", "ketenpartner-ander-deel"),
        *("ketenpartner-uitgesloten", "bedrijfsbureau-uitgesloten", "manager-uitgesloten"),
        "politie2",  # put somebody forward whom they may not know any more
        "privacy",
        # who work where an action is asked or carried out, or note, and have no business there
        *(
            "lid-uitgesloten",
            "lid-gesloten",
            "leidt-zonder-slachtoffers",
            "leidde-gesloten",
            "noteerde-gesloten",
            "tweede-voorzitter",
        ),
        *("bureau-leest", "ketenpartner-zonder-rol", "manager-elders", "beheerder", "rimo"),
    }
)
DOORS_EACH, FORMS_EACH = 4, 6  # of one route
LINK = re.compile(r'(?:href|action)="(/[^"?#]*)')
FRESH = {route: row for route, row in MATRIX.items() if isinstance(row, Fresh)}
# Whose proof is old: for every page that asks one again somebody whose page it is.
UNPROVED = frozenset({"bureau", "manager", "samira", "ggd", "politie"})
OFFENCES_SAID = f"{OFFENCES // 1000}.{OFFENCES % 1000}".encode()  # as a page writes the number
STRANGER = "bewoner"  # for whom most pages are not there: nothing is asked of him either
WORKERS = 2
# What a spoiled rule of access shows on.
EVERYWHERE = (
    *("cases:detail", "cases:search", "cases:list", "cases:candidates", "cases:access"),
    *("cases:assign", "cases:lists", "cases:list_add", "cases:diagnosis", "cases:overview"),
    *("cases:victims", "cases:victim_edit"),
    *("maatwerkplan:questions", "maatwerkplan:question", "maatwerkplan:action"),
    *("maatwerkplan:actions", "maatwerkplan:pdf", "agenda:overleg", "agenda:of_case"),
    *("agenda:agenda", "agenda:minutes"),
)


class PagesNet:
    """The doors of every route, and who tells; they log in anew for each change, for a session that
    is not seen to be used ends after a quarter of an hour."""

    def __init__(self, house: House) -> None:
        self.world = house.world
        furniture.bring_in(house)
        self.doors = {route: tell_apart(doors) for route, doors in doors_of(house.world).items()}
        for door in furniture.doors_of_its_own(house):
            self.doors[door.route] = [door, *self.doors[door.route]]
        self.sign_on = signing_on.open_services(house)
        self.people = [each for each in house.people if each.username in TELLING]
        self.browsers: dict[Somebody, Browser] = {}
        self.long_ago: dict[str, Browser] = {}
        self.allowed = {person: may_see(house.world, person) for person in self.people}
        self.behind: dict[tuple[str, str], set[str]] = {}  # for whom anything of this is there
        for door in chain.from_iterable(self.doors.values()):
            for name, value in door.arguments[:1]:
                self.behind.setdefault((name, str(value)), set()).update(door.opens_for)
        self.views = {
            route: (wrappers(p.callback)[-1].__module__, wrappers(p.callback)[-1].__name__)
            for route, p in routes().items()
        }
        for table in RULES:
            house.owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY".encode())

    def wrong(self, cell: Cell) -> list[str]:
        """Everything that is wrong with what this person finds behind this door."""
        answer, wrote = attempt(self._browser(cell.who), cell)
        location = answer.headers.get("Location", "")
        misjudged = wrongly_opened(cell, answer.status_code, location)
        sent = cell.method == "POST" and cell.who.username in cell.door.opens_for
        if (wrote or sent) and answer.status_code in (302, 303):
            misjudged += wrongly_done(cell, looks_of(answer.wsgi_request))
        if cell.ids != "echt" and answer.status_code in (200, 409, 422):
            misjudged.append(f"{cell}: opent wat er niet is")
        if is_silent(cell, answer):
            misjudged.append(f"{cell}: toont iets zonder regel in het logboek")
        misjudged += [f"{cell}: noemt {pk}" for pk in self.not_for(cell.who, body_of(answer))]
        return [*judge(cell, answer, wrote, self.allowed[cell.who]), *misjudged]

    def not_for(self, who: Somebody, body: bytes) -> list[str]:
        """What this page leads to, while nothing of it is there for this person."""
        led_to = {
            thing for way in LINK.findall(body.decode(errors="replace")) for thing in named_by(way)
        }
        return sorted(
            value
            for name, value in led_to
            if who.username not in self.behind.get((name, value), {who.username})
        )

    def _browser(self, who: Somebody) -> Browser:
        if who not in self.browsers:
            self.browsers[who] = browser(who.username)
        return self.browsers[who]

    def sends(self, who: Somebody, door: Door) -> list[str]:
        """What goes wrong when somebody fills in and sends each form of a page that is his."""
        browser_of = self._browser(who)
        page, _ = attempt(browser_of, Cell(who, "GET", door, "echt"))
        found = []
        for form in filled(page.content, page.wsgi_request.path):
            answer, wrote = undone(browser_of, partial(form.send, browser_of))
            done = wrote and answer.status_code in (302, 303)
            if answer.status_code >= 500:
                found.append(f"{who}: POST {form.address}: {answer.status_code}")
            tried = form.answers_at_once and answer.status_code == 200
            if (done or tried) and not looks_of(answer.wsgi_request):
                what = "keek eerst" if tried else "deed iets"
                found.append(f"{who}: POST {form.address}: {what} zonder regel in het logboek")
        return found

    def forms(self, spoiled: Spoiled) -> Iterator[tuple[Somebody, Door]]:
        """Somebody whose page it is, at the pages of the same module; of what has no page itself,
        at one door of every page of its floor."""
        floor = spoiled.module.partition(".")[0]
        own = [r for r, (module, _) in self.views.items() if module == spoiled.module]
        above = [r for r, (module, _) in self.views.items() if module.startswith(f"{floor}.")]
        for route in own or above:
            for door in self.doors.get(route, [])[: FORMS_EACH if own else 1]:
                whose = [p for p in self.people if p.username in door.opens_for]
                if door.method == "GET" and whose:
                    yield whose[0], door

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
                    if self._asks_again(STRANGER, door, method) and STRANGER not in door.opens_for:
                        found.append(f"{STRANGER}: {method} {door} vraagt een bewijs")
        return found

    def _asks_again(self, username: str, door: Door, method: str) -> bool:
        if username not in self.long_ago:
            self.long_ago[username] = old_proof(username)
            self.long_ago[username].raise_request_exception = False
        cell = Cell(Somebody(username, 0), method, door, "echt")
        answer, _ = attempt(self.long_ago[username], cell)
        return answer.headers.get("Location", "").startswith("/bevestigen/")

    def cells(self, spoiled: Spoiled) -> Iterator[Cell]:
        """Everybody at the doors where it can show; first one door of each route, then the others.

        What does not exist or does not belong together is tried by whose page it is: nobody else
        comes as far as that.
        """
        for n in range(1 if spoiled.changes_nothing else DOORS_EACH):
            for route in self.routes_of(spoiled, n):
                doors = self.doors.get(route, [])
                opens_for = frozenset().union(*(door.opens_for for door in doors))
                for ids, some in kinds(doors).items():
                    for door, who in product(some[n : n + 1], self.people):
                        if ids == "echt" or who.username in opens_for:
                            yield Cell(who, door.method, door, ids)

    def routes_of(self, spoiled: Spoiled, n: int) -> list[str]:
        """Its own pages; of what they share those of the module, or of all that ask its floor."""
        own = [r for r, view in self.views.items() if view == (spoiled.module, spoiled.view)]
        near = [r for r, (module, _) in self.views.items() if module == spoiled.module]
        floor = spoiled.module.partition(".")[0]
        above = [r for r, (module, _) in self.views.items() if module.startswith(f"{floor}.")]
        return own or near or [*dict.fromkeys((*EVERYWHERE, *(above if n == 0 else ())))]

    def warm_up(self) -> None:
        """Each page once, so that no process has to read its template and put its question
        together again. Who came in for it leaves: his session would be old when it is needed."""
        for doors in self.doors.values():
            for who, door in product(self.people, doors[:1]):
                if who.username in door.opens_for:
                    self.wrong(Cell(who, door.method, door, "echt"))
                    break
        self.browsers.clear()

    def caught(self, spoiled: Spoiled) -> str:
        """What betrays this change; asked in a process of its own, that ends with it."""
        asked: list[Callable[[], list[str]]] = [partial(self.unproved, spoiled)]
        asked += [partial(self.wrong, cell) for cell in self.cells(spoiled)]
        asked += [partial(self.sends, *form) for form in self.forms(spoiled)]
        asked += self.sign_on.ways() if spoiled.module in signing_on.WALKED else []
        undo = spoiled.put_in_place()
        for what_is_wrong in asked:
            if complaints := what_is_wrong():
                undo()
                known = what_is_wrong()
                undo = spoiled.put_in_place()
                if new := [each for each in complaints if each not in known]:
                    return new[0]
        return ""


@cache
def named_by(way: str) -> list[tuple[str, str]]:
    """The thing whose page this is: the first that its address names."""
    try:
        return [(name, str(value)) for name, value in resolve(way).kwargs.items()][:1]
    except Resolver404:
        return []


def tell_apart(doors: list[Door]) -> list[Door]:
    """First a door for each circle of people (the last: there most was asked), then the others."""
    first = list({door.opens_for: door for door in doors}.values())
    return first + [door for door in doors if door not in first]


def wrongly_done(cell: Cell, looks: Sequence[Look]) -> list[str]:
    """A deed, or a try at one, with what does not belong together or without a line in the log."""
    found = [] if cell.ids == "echt" else [f"{cell}: deed iets"]
    return found if looks else [*found, f"{cell}: deed iets zonder regel in het logboek"]


def is_silent(cell: Cell, answer: HttpResponse) -> bool:
    """A page that opened and left no line, and is not one of which is said why not; or that says
    how many offences somebody committed, without a line for what only some may read."""
    expected = cell.door.route not in WITHOUT_A_LINE | FOR_WHO_STANDS_ON_IT
    shown = answer.status_code == 200 and cell.method == "GET" and cell.who.username != VISITOR
    looks = looks_of(answer.wsgi_request)
    of_justice = any(look.scope == Scope.VIEW_JUSTICE for look in looks)
    counted = OFFENCES_SAID in answer.content if shown and not answer.streaming else False
    return shown and ((expected and not looks) or (counted and not of_justice))


def wrongly_opened(cell: Cell, status: int, location: str) -> list[str]:
    """A door that stands open for somebody for whom it should not, or the other way round."""
    made = cell.who.state not in ("", "demo", RARE, "zonder_rol")
    if made or cell.ids != "echt" or cell.method != cell.door.method:
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
    net.warm_up()
    connections.close_all()
    accesslog.close()
    with multiprocessing.get_context("fork").Pool(WORKERS, maxtasksperchild=1) as pool:
        for n, betrayed in pool.imap_unordered(_catch, range(len(spoiled))):
            yield spoiled[n], betrayed
