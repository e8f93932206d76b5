"""A plan is evaluated with the participants. WGS 2.26; EXE-07."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from cases import access
from cases.models import Scope, TimelineKind
from cases.operations import record
from maatwerkplan import rules
from maatwerkplan.models import Conclusion, Evaluatie, Maatwerkplan
from maatwerkplan.operations.drawing import locked
from partners.models import User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def evaluate(
    plan: Maatwerkplan,
    *,
    held_on: date,
    with_whom: Sequence[str],
    reached: str,
    conclusion: str,
    next_on: date | None,
    by: User,
) -> Evaluatie:
    """Who leads writes down what the partners found, what they concluded, and the next day.

    Days in Amsterdam. A plan that can be rounded off has no next evaluation. Raises Refused.
    """
    access.require(by, Scope.LEAD_CASE, plan.case)
    plan = locked(plan)
    if conclusion == Conclusion.AFRONDEN:
        next_on = None
    said: dict[str, Any] = {
        "held_on": held_on,
        "with_whom": list(with_whom),
        "reached": reached.strip(),
        "conclusion": conclusion,
        "next_on": next_on,
    }
    refuse_if([*rules.obstacles_to_evaluating(plan), *rules.obstacles_to_evaluation(plan, **said)])
    kept = Evaluatie(plan=plan, case=plan.case, recorded_by=by, **said)
    kept.save(force_insert=True)
    after = f" Volgende evaluatie: {long_date(next_on)}." if next_on else ""
    record(
        plan.case,
        TimelineKind.UITVOERING,
        f"Plan geëvalueerd: {kept.get_conclusion_display()}",
        text=f"Met {', '.join(with_whom)}. {kept.reached}{after}",
        happened_on=held_on,
        by=by,
    )
    return kept
