"""What is carried out, and who is held to it: doors for the walk. EXE-01, REG-05."""

from datetime import timedelta
from typing import TYPE_CHECKING

from maatwerkplan import operations
from maatwerkplan.models import Aanspreking, CallStage, Conclusion, Maatwerkplan
from tests.house.matters import MANAGER, Things
from tests.situations import user
from veiligheidshuis.formats import today
from veiligheidshuis.needtoknow import acting_as

if TYPE_CHECKING:
    from tests.house.world import World

SIGNED = "de ondertekenaar"
# By leefgebied: who was asked.
ASKED = {"huisvesting": "legerdesheils", "gezondheid": "mondriaan"}


def lay_a_partner_before_the_manager(world: "World") -> None:
    """The clinic does not begin: who leads cannot wait, and asks the manager."""
    samira = user("samira")
    with acting_as(samira.pk):
        action = world.actions[f"gezondheid van {SIGNED}"]
        action.refresh_from_db()
        operations.call_on(
            action,
            stage=CallStage.MANAGER,
            text=world.canary("wat de kliniek wordt gevraagd", "samira mondriaan manager"),
            answer_by=today(),
            by=samira,
        )


def evaluate_a_plan(world: "World") -> None:
    """Who leads evaluated it with the shelter; it goes on."""
    samira = user("samira")
    with acting_as(samira.pk):
        plan = Maatwerkplan.objects.get(case=world.circles[SIGNED].case)
        operations.evaluate(
            plan,
            held_on=today(),
            with_whom=["Leger des Heils"],
            reached=world.canary("wat er is bereikt", "samira"),
            conclusion=Conclusion.DOORGAAN,
            next_on=today() + timedelta(days=90),
            by=samira,
        )


def _called() -> list[Aanspreking]:
    with acting_as(user("samira").pk):
        return list(Aanspreking.objects.all())


def calls(world: "World") -> Things:
    """What came of it is written down by who leads, and by the manager who was asked."""
    for call in _called():
        yield {"call_id": call.pk}, world.circles[SIGNED].lead | MANAGER


def calls_of_manager(world: "World") -> Things:
    """He asks doorzettingsmacht for what he cannot settle himself."""
    for call in _called():
        yield {"call_id": call.pk}, MANAGER


def signed_actions(world: "World") -> Things:
    """What was agreed is carried out by the partner whose it is, and by nobody else."""
    for name, action in world.actions.items():
        leefgebied, about = name.split(" van ")
        by = frozenset({ASKED[leefgebied]} if about == SIGNED else ())
        yield {"action_id": action.pk}, by


def recordable_reports(world: "World") -> Things:
    for name, action in world.actions.items():
        about = name.split(" van ")[1]
        circle = world.circles[about]
        lead = circle.lead if about == SIGNED else frozenset()
        yield {"number": circle.case.number, "action_id": action.pk}, lead
