"""For whom the pages of the dated facts open: for who leads, and for nobody else."""

from collections.abc import Iterable
from typing import Any

from cases.models import DatedFact, FactKind
from tests.house.doors import Door, of_cases
from tests.house.world import World
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as


def kinds_of_fact(route: str, world: World) -> Iterable[Door]:
    """A form for each kind, of each case."""
    for kind in FactKind.values:
        yield from of_cases("lead", kind=kind)(route, world)


def facts(world: World) -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Every fact of the one case that has them, also the secret one."""
    signed = world.circles["de ondertekenaar"]
    with acting_as(user("samira").pk):
        known = list(DatedFact.objects.filter(case=signed.case).values_list("pk", flat=True))
    for fact_id in known:
        yield {"number": signed.case.number, "fact_id": fact_id}, signed.lead
