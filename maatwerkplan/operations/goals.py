"""Writing down what a plan is for: together, in the client's own words, and by himself. PLN-14."""

from django.db import transaction

from cases import access
from cases.models import Scope, TimelineKind
from cases.operations import record
from maatwerkplan import rules
from maatwerkplan.models import Doel, Maatwerkplan
from maatwerkplan.operations.drawing import locked
from partners.models import User
from veiligheidshuis.obstacles import refuse_if, stale


@transaction.atomic
def set_goal(
    plan: Maatwerkplan,
    leefgebied: str,
    *,
    together: str,
    own_words: str,
    own_part: str,
    by: User,
    seen: int | None = None,
) -> Doel:
    """Write down the goal on one leefgebied, over what stood there; nothing is a way to take away.

    No partner is asked again: none was shown it (`rules.ASKED_ABOUT`). `seen` is the version on
    the screen, 0 when nothing stood there.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    goal = Doel.objects.filter(plan=plan, leefgebied=leefgebied).first()
    refuse_if(stale(seen, goal.version if goal else 0))
    refuse_if(rules.obstacles_to_goal(plan, leefgebied))
    if goal is None:
        goal = Doel(plan=plan, case=plan.case, leefgebied=leefgebied, version=0)
    said = (goal.together, goal.own_words, goal.own_part)
    goal.together, goal.own_words, goal.own_part = together, own_words, own_part
    if said == (together, own_words, own_part):
        return goal
    goal.version += 1
    goal.save(force_insert=goal.version == 1)
    words = " ".join(filter(None, (together, own_part)))
    done = "opgeschreven" if goal.says_something else "weggehaald"
    title = f"Doel {done}: {goal.get_leefgebied_display()}"
    record(plan.case, TimelineKind.PLAN, title, text=words, by=by)
    return goal
