"""The victims of the furnished house: every word of each is a canary."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cases import operations as casework
from cases.models import Case, InformationWish, VictimRelation
from tests import situations
from veiligheidshuis.needtoknow import acting_as

if TYPE_CHECKING:
    from tests.house.world import World

OFFICE = frozenset({"bureau", "manager"})


def about_victim(world: "World", about: str, seen_by: str) -> casework.AboutVictim:
    """A victim of whom every word is for these people only."""
    return casework.AboutVictim(
        name=world.canary(f"slachtoffer van {about}", seen_by),
        relation=VictimRelation.BUUR,
        wish=InformationWish.HOREN,
        wish_about=world.canary(f"wat het slachtoffer van {about} wil horen", seen_by),
        supplier=situations.organisation("politie"),
        contact=situations.organisation("slachtofferhulp"),
        safety=world.canary(f"veiligheid van het slachtoffer van {about}", seen_by),
    )


def write_down_victims(world: "World", case: Case) -> None:
    """Two who need not know of each other; the police support one of them, until next week."""
    samira = situations.user("samira")
    for about, seen_by in (("de ondertekenaar", "samira politie"), ("nog eens", "samira")):
        with acting_as(samira.pk):
            victim = casework.record_victim(case, about_victim(world, about, seen_by), by=samira)
        world.victims[about] = victim
    with acting_as(samira.pk):
        casework.let_support(
            world.victims["de ondertekenaar"],
            situations.user("politie"),
            end_date=timezone.localdate() + timedelta(days=7),
            reason=world.canary("waarom iemand een slachtoffer bijstaat", OFFICE | {"samira"}),
            by=samira,
        )
