"""A door of the house, and the kinds of rows that the matrix of all doors is made of."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.house.world import World


@dataclass(frozen=True)
class Door:
    """An address with arguments, and for whom it opens."""

    route: str
    arguments: tuple[tuple[str, Any], ...]
    opens_for: frozenset[str]
    method: str = "GET"
    public: bool = False
    query: str = ""

    @property
    def kwargs(self) -> dict[str, Any]:
        return dict(self.arguments)

    def __str__(self) -> str:
        arguments = " ".join(str(v) for _, v in self.arguments)
        return f"{self.method} {self.route} {arguments} {self.query}".strip()


Row = Callable[[str, World], Iterable[Door]]
ABSENT: dict[str, Any] = {
    "number": "VH-2099-9999",
    "other": "VH-2099-9998",
    "code": "bestaatniet",
    "slug": "bestaatniet",
    "leefgebied": "huisvesting",
    "group_id": 999_999,
    "user_id": 999_999,
    "appointment_id": 999_999,
    "position": 99,
    "factor_id": 999_999,
    "proposal_id": 999_999,
    "mark": "bestaatniet",
    "token": "bestaatniet",
    "kind": "bestaatniet",
    "step": "bestaatniet",
}


def absent(door: Door) -> Door | None:
    """The same door to something that does not exist; None when the address has no arguments."""
    if not door.arguments:
        return None
    arguments = tuple(
        (name, ABSENT.get(name, uuid.UUID(int=4 << 76 | 8 << 60 | 1))) for name, _ in door.arguments
    )
    return Door(door.route, arguments, frozenset(), door.method, door.public)


def page(*people: frozenset[str], method: str = "GET", public: bool = False) -> Row:
    """One page for these people."""
    who = frozenset().union(*people)
    return lambda route, world: [Door(route, (), who, method, public)]


def of_cases(circle: str, method: str = "GET", **more: Any) -> Row:
    """A page of each case, for a circle round it: know, lead, diagnosis, plan, …"""

    def doors(route: str, world: World) -> Iterable[Door]:
        for each in world.circles.values():
            arguments = (("number", each.case.number), *more.items())
            yield Door(route, arguments, getattr(each, circle), method)

    return doors


def timelines(route: str, world: World) -> Iterable[Door]:
    """A dossier of each circle, and of the one with most to tell also what happened before."""
    yield from of_cases("know")(route, world)
    told = world.circles["de ondertekenaar"]
    yield Door(route, (("number", told.case.number),), told.know, query="?pagina=2")


def of(
    things: Callable[[World], Iterable[tuple[dict[str, Any], frozenset[str]]]], method: str = "GET"
) -> Row:
    """A page of each thing, with its own arguments and people."""
    return lambda route, world: [
        Door(route, tuple(kwargs.items()), people, method) for kwargs, people in things(world)
    ]


@dataclass(frozen=True)
class Fresh:
    """A row whose page asks a fresh proof first, for these methods. AUTH-11."""

    row: Row
    methods: frozenset[str]

    def __call__(self, route: str, world: World) -> Iterable[Door]:
        return self.row(route, world)


def fresh(row: Row) -> Fresh:
    """Before it is shown, and before it does anything."""
    return Fresh(row, frozenset({"GET", "POST"}))


def fresh_to_send(row: Row) -> Fresh:
    """Before it does anything; it may be looked at."""
    return Fresh(row, frozenset({"POST"}))


def fresh_to_take_along(row: Row) -> Fresh:
    """Before a file leaves the house."""
    return Fresh(row, frozenset({"GET"}))
