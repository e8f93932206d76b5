"""The doors round the table of partners: agreements, who joins, and how the house works."""

from collections.abc import Iterable
from typing import Any

from partners.models import Regeling
from tests.house.world import PERSONS, World
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.werkafspraken import SUBJECTS, version

BUREAU = frozenset({"bureau"})
OFFICE = BUREAU | {"manager"}
FG = frozenset({"fg"})
TABLE = PERSONS | {"stuurgroep"}


def regelingen(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The agreements are for everybody at the table, and for who supervises."""
    for each, _ in regelingen_of_office(world):
        yield each, TABLE | FG


def regelingen_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    with acting_as(user("bureau").pk):
        for regeling in Regeling.objects.newest_first():
            yield {"regeling_id": regeling.pk}, BUREAU


def werkafspraken(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """How the house works is for everybody at the table, and for who supervises."""
    for each, _ in werkafspraken_of_office(world):
        yield each, TABLE | FG


def werkafspraken_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for key in SUBJECTS:
        yield {"key": key}, BUREAU


def versions_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for key in SUBJECTS:
        yield {"key": key, "version_id": version(key).pk}, BUREAU


def confirmed(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """The administrator of the police confirms those of the police; the house all of them."""
    yield {"slug": "politie"}, OFFICE | {"beheerder"}
    yield {"slug": "ggd-zuid-limburg"}, OFFICE


def toetredingen(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Who comes to the table and who sits there is for everybody at it, and who supervises."""
    for each, _ in toetredingen_of_office(world):
        yield each, TABLE | FG


def toetredingen_of_office(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    for toetreding_id in world.toetredingen:
        yield {"toetreding_id": toetreding_id}, BUREAU
