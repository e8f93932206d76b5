"""When a plan is evaluated with the participants, and what is said of it. WGS 2.26; EXE-07."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from maatwerkplan.models import Conclusion, Maatwerkplan, PartnerAction
from maatwerkplan.states import PlanStatus
from veiligheidshuis.formats import local_date, long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def evaluated_by(plan: Maatwerkplan) -> date | None:
    """The day by which the plan is evaluated again: the day that was agreed at the last evaluation,
    and before the first a quarter after the signing. None when the last said it is done. Needs
    `with_evaluation()`."""
    if plan.last_conclusion:
        return plan.next_evaluation
    if plan.signed_at is None:
        return None
    return local_date(plan.signed_at) + timedelta(days=settings.EVALUATE_DAYS)


def partners_of(actions: Sequence[PartnerAction]) -> list[str]:
    """Who may have taken part: the partners that carry out the plan, by name."""
    return sorted({action.organisation.short_name for action in actions})


def obstacles_to_evaluating(plan: Maatwerkplan) -> list[Obstacle]:
    """Only a plan that is carried out is evaluated."""
    if plan.status != PlanStatus.ONDERTEKEND:
        text = "Evalueren kan als het plan is getekend en wordt uitgevoerd."
        return [Obstacle("not_carried_out", text)]
    return []


def obstacles_to_evaluation(
    plan: Maatwerkplan,
    *,
    held_on: date | None,
    with_whom: Sequence[str],
    reached: str,
    conclusion: str,
    next_on: date | None,
) -> list[Obstacle]:
    """It was held after the signing, with partners, and says what it brought and what is next."""
    obstacles = []
    if held_on is None or held_on > timezone.localdate():
        text = "Kies de dag waarop de evaluatie was: vandaag of eerder."
        obstacles.append(Obstacle("not_held_yet", text))
    elif plan.signed_at and held_on < local_date(plan.signed_at):
        signed = long_date(plan.signed_at)
        text = f"Het plan is getekend op {signed}. Kies die dag of later."
        obstacles.append(Obstacle("before_signing", text))
    if not with_whom:
        text = "Kruis aan wie erbij was. Evalueren doe je samen met een of meer partners."
        obstacles.append(Obstacle("nobody_there", text))
    if not reached.strip():
        obstacles.append(Obstacle("reached_missing", "Schrijf kort op wat er is bereikt."))
    return [*obstacles, *obstacles_to_next(conclusion, next_on)]


def obstacles_to_next(conclusion: str, next_on: date | None) -> list[Obstacle]:
    """What goes on is evaluated again, within the term."""
    if conclusion != Conclusion.AFRONDEN and next_on is None:
        return [Obstacle("no_next_day", "Kies wanneer de volgende evaluatie is.")]
    return obstacles_to_day("evaluatie", next_on)
