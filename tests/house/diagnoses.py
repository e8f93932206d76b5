"""The diagnosis of the furnished house: every word of each judgement is a canary."""

from typing import TYPE_CHECKING

from django.utils import timezone

from cases import operations as casework
from cases.models import Case, Interview, Leefgebied, SelfReliance
from partners.models import User

if TYPE_CHECKING:
    from tests.house.world import World

LACKING = ("huisvesting", "gezondheid")


def judge_all(world: "World", about: str, know: frozenset[str], case: Case, leader: User) -> None:
    """Lacking on two leefgebieden, and one not known; the client would not talk. Housing is for who
    leads and, when he knows the case, for the police."""
    lead = frozenset({leader.username})
    for leefgebied in Leefgebied.values:
        seen = lead | ({"politie"} & know if leefgebied == "huisvesting" else frozenset())
        unknown = leefgebied == "educatie"
        casework.judge(
            case,
            leefgebied,
            deficit=None if unknown else 3 if leefgebied in LACKING else 0,
            explanation=world.canary(f"{leefgebied} van {about}", seen),
            criminogenic=leefgebied == "huisvesting",
            by=leader,
            **{
                name: world.canary(f"{name} bij {leefgebied} van {about}", seen)
                for name in ("find_out", "protective", "need", "running_help", "source")
            },
        )
    casework.judge_self_reliance(
        case,
        self_reliance=SelfReliance.ZELF,
        instrument=world.canary(f"instrument bij {about}", lead),
        interview=Interview.GEWEIGERD,
        interview_on=timezone.localdate(),
        interview_by=world.canary(f"wie {about} vroeg om te praten", lead),
        refused_because=world.canary(f"waarom {about} niet wilde praten", lead),
        by=leader,
    )
