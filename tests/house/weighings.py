"""A report that is weighed in the house that is lived in: who reads it, and who judged."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cases import operations as casework
from cases.models import Case, Criterium, Report
from tests import situations
from veiligheidshuis.needtoknow import acting_as

if TYPE_CHECKING:
    from tests.house.world import World

WEIGHERS = frozenset({"ggd", "om"})


def what_was_told(world: "World", about: str, read: frozenset[str]) -> Report:
    """What was told of somebody, for who weighs it."""
    return situations.a_report(
        reason=world.canary(f"waarom {about} is aangedragen", read),
        discussed=False,
        why_not=world.canary(f"waarom niet besproken met {about}", read),
        ask_again_on=timezone.localdate() + timedelta(days=30),
    )


def weigh_one(world: "World", case: Case) -> None:
    """Screened, and weighed by one of two who were asked: a criterion is not met."""
    weging = situations.asked_to_weigh(case, tuple(sorted(WEIGHERS)))
    office, by = situations.user("bureau"), situations.user("om")
    with acting_as(office.pk):
        casework.screen(case, "zorg", by=office)
    why = world.canary("waarom niet is voldaan", WEIGHERS)
    with acting_as(by.pk):
        casework.weigh(weging, {c.value: (c != Criterium.D, why) for c in Criterium}, by=by)
