"""What lies before the manager in the furnished house, and for whom its pages open."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maatwerkplan import operations
from maatwerkplan.models import Answer, DeliveryQuestion, Doorzetting
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

if TYPE_CHECKING:
    from tests.house.world import World

ABOUT = "de wachtende"
MANAGER = frozenset({"manager"})
Things = Iterable[tuple[dict[str, Any], frozenset[str]]]


def say_no_and_ask_the_manager(world: "World") -> None:
    """The clinic cannot, and lets go; who leads asks the manager to push it through."""
    clinic, samira = user("mondriaan"), user("samira")
    asked = DeliveryQuestion.objects.select_related("action", "case", "plan", "organisation__group")
    with acting_as(clinic.pk):
        operations.answer_question(
            asked.get(pk=world.questions[f"gezondheid van {ABOUT}"].pk),
            answer=Answer.NEE,
            reason=world.canary("waarom de kliniek niet kan", "samira manager"),
            by=clinic,
        )
    with acting_as(samira.pk):
        operations.lay_before(
            world.actions[f"gezondheid van {ABOUT}"],
            why=world.canary("waarom het moet doorgaan", "samira manager"),
            by=samira,
        )


def _laid() -> list[Doorzetting]:
    with acting_as(user("samira").pk):
        return list(Doorzetting.objects.all())


def matters_led(world: "World") -> Things:
    """Taken back by who leads."""
    circle = world.circles[ABOUT]
    for matter in _laid():
        yield {"number": circle.case.number, "matter_id": matter.pk}, circle.lead


def matters(world: "World") -> Things:
    """Decided by the manager."""
    for matter in _laid():
        yield {"matter_id": matter.pk}, MANAGER
