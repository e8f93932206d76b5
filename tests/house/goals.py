"""The goals of the furnished house, and for whom their pages open: every word is a canary."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maatwerkplan import operations
from maatwerkplan.models import Maatwerkplan
from partners.models import User

if TYPE_CHECKING:
    from tests.house.world import World


def set_a_goal(world: "World", about: str, plan: Maatwerkplan, leader: User) -> None:
    """On housing, for who leads: whoever sees that leefgebied, or acts on it, sees no goal."""
    lead = frozenset({leader.username})
    words = {
        name: world.canary(f"{name} bij het doel van {about}", lead)
        for name in ("together", "own_words", "own_part")
    }
    operations.set_goal(plan, "huisvesting", **words, by=leader)


def goals(world: "World") -> Iterable[tuple[dict[str, Any], frozenset[str]]]:
    """Of each plan, on a leefgebied with a goal and on one without."""
    for circle in world.circles.values():
        for leefgebied in ("huisvesting", "educatie"):
            yield {"number": circle.case.number, "leefgebied": leefgebied}, circle.plan
