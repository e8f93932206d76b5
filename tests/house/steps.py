"""What is done about the client in the house of the tests who refuses: two steps."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from maatwerkplan import operations as planning
from maatwerkplan.models import Framework, Instrument, Maatwerkplan
from tests import situations
from veiligheidshuis.needtoknow import acting_as

if TYPE_CHECKING:
    from tests.house.world import World


def press_on(world: "World", plan: Maatwerkplan) -> None:
    """The first is taken by who leads, the second by a partner, who sees that one alone."""
    tom, rimo = situations.user("tom"), situations.organisation("rimo-parkstad")
    with acting_as(tom.pk):
        first = plan.steps.get()
        second = planning.press(
            plan,
            organisation=rimo,
            instrument=Instrument.HUISBEZOEK,
            description=world.canary("stap bij de weigeraar", "tom rimo"),
            framework=Framework.DRANG,
            on=timezone.localdate() + timedelta(days=2),
            by=tom,
        )
    world.steps = {"tom": first.pk, "rimo": second.pk}
