"""For whom the pages of a prioriteitenlijst open."""

from collections.abc import Iterable
from typing import Any

from tests.house.world import World

OFFICE = frozenset({"bureau", "manager"})


def lists(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """A list in discussion is for its members and the office, an adopted one for the office."""
    for name, ranked in world.lists.items():
        members = frozenset({"om", "ggd"}) if name == "in bespreking" else frozenset()
        yield {"code": ranked.code}, OFFICE | members


def lists_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for ranked in world.lists.values():
        yield {"code": ranked.code}, OFFICE


def asked_sources(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"code": world.lists["in bespreking"].code, "asked_id": world.asked_source}, OFFICE


def open_lists_of_manager(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    yield {"code": world.lists["in bespreking"].code}, frozenset({"manager"})


def places(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    code = world.lists["in bespreking"].code
    for about in ("de eerste kandidaat", "de tweede kandidaat"):
        number = world.circles[about].case.number
        yield {"code": code, "number": number}, OFFICE | {"om", "ggd"}


def places_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for place, _ in places(world):
        yield place, OFFICE
