"""The dated facts of the furnished house: every word of each is a canary."""

from typing import TYPE_CHECKING

from django.utils import timezone

from cases import operations as casework
from cases.models import SORTS, Case, DatedFact, FactKind
from tests import situations
from veiligheidshuis.needtoknow import acting_as

if TYPE_CHECKING:
    from tests.house.world import World


def write_down_facts(world: "World", case: Case) -> None:
    """One of each kind, a secret address, and an address that was wrong: for who leads."""
    for kind in FactKind:
        _write(world, case, kind)
    _write(world, case, FactKind.ADRES, secret=True)
    wrong, samira = _write(world, case, FactKind.ADRES), situations.user("samira")
    with acting_as(samira.pk):
        because = world.canary("waarom een adres niet klopte", "samira")
        casework.withdraw_fact(wrong, because=because, by=samira)


def _write(world: "World", case: Case, kind: FactKind, *, secret: bool = False) -> DatedFact:
    samira = situations.user("samira")
    with acting_as(samira.pk):
        about = casework.AboutFact(
            kind=kind,
            sort=next(iter(SORTS[kind])),
            what=world.canary(f"{kind} van de ondertekenaar", "samira"),
            phone=world.canary("telefoon van een naaste", "samira") if kind == "omgeving" else "",
            from_on=timezone.localdate(),
            secret=secret,
            supplier=situations.organisation("politie"),
        )
        return casework.record_fact(case, about, by=samira)
