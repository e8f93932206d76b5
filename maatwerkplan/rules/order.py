"""What comes after what, and what bridges the time until then. S2, voetnoot 10 (PLN-04).

S2: "totdat hij deze opleiding heeft afgerond een nuttige dagbesteding"; and for debts first a plan,
then carry it out. Both are said on the action that waits: what it comes after, and what goes on
until it begins. So whoever sees that one action alone (its partner, the clock, the figures) knows
that it begins on its own day and not within the week, and learns nothing of the other.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from cases.models import Leefgebied
from maatwerkplan.models import PartnerAction
from veiligheidshuis import workdays
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import said
from veiligheidshuis.werkafspraken import number


def obstacles_to_order(action: PartnerAction, others: Iterable[PartnerAction]) -> list[Obstacle]:
    """An action waits for others of its own plan, and never, by whatever way round, for itself."""
    by_id = {each.pk: each for each in others if each.pk != action.pk}
    wanted = _waits_for(action)
    if any(pk not in by_id for pk in wanted):
        text = "Kies een andere actie uit dit plan, waarop deze actie wacht."
        return [Obstacle("waits_for_none_of_these", text)]
    seen: set[UUID] = set()
    ahead = list(wanted)
    while ahead:
        each = by_id[ahead.pop()]
        if action.pk in _waits_for(each):
            text = f"‘{each.description}’ wacht zelf op deze actie. Zo begint geen van beide."
            return [Obstacle("waits_in_a_circle", text)]
        seen.add(each.pk)
        ahead += [pk for pk in _waits_for(each) if pk not in seen and pk in by_id]
    return []


def _waits_for(action: PartnerAction) -> list[UUID]:
    return [pk for pk in (action.after_id, action.bridged_by_id) if pk is not None]


def obstacles_to_begin_in_time(
    action: PartnerAction, actions: Sequence[PartnerAction]
) -> list[Obstacle]:
    """What is offered today begins within a week (S2, voetnoot 11); what waits begins when it can,
    and no later: not before the other is done, not long after it, and without a gap."""
    by_id: dict[UUID | None, PartnerAction] = {each.pk: each for each in actions}
    former, bridge = by_id.get(action.after_id), by_id.get(action.bridged_by_id)
    if former is None and bridge is None:
        return _within(action, timezone.localdate(), "het aanbod")
    obstacles = []
    if former:
        obstacles += _after(action, former)
    if bridge:
        obstacles += _without_gap(action, bridge)
    return obstacles


def _within(action: PartnerAction, day: date, what: str) -> list[Obstacle]:
    if action.start_date <= day + timedelta(days=number("start_within_days")):
        return []
    text = (
        f"‘{action.description}’ begint pas op {long_date(action.start_date)}. Na {what} moet "
        f"alles binnen {said('start_within_days')} beginnen. Kies een eerdere begindatum."
    )
    return [Obstacle("starts_late", text, about=str(action.pk))]


def _after(action: PartnerAction, former: PartnerAction) -> list[Obstacle]:
    if action.start_date > former.end_date:
        return _within(action, former.end_date, f"‘{former.description}’")
    text = (
        f"‘{action.description}’ komt na ‘{former.description}’, en dat duurt tot en met "
        f"{long_date(former.end_date)}. Kies een latere begindatum."
    )
    return [Obstacle("starts_before_former", text, about=str(action.pk))]


def _is_gap(action: PartnerAction, bridge: PartnerAction) -> bool:
    """Whether the client is left with nothing between the two (S2, voetnoot 10).

    Partners work on working days: day care until Friday and a training from Monday follow each
    other, and nobody can lay a plan otherwise; so a weekend or a day off (Algemene termijnenwet,
    article 3) is no gap. But one lives somewhere on Sunday as well: a bridge of huisvesting goes on
    until the very day before, or the client sleeps in the street for a weekend.
    """
    last = action.start_date - timedelta(days=1)
    if bridge.leefgebied == Leefgebied.HUISVESTING:
        return bridge.end_date < last
    return workdays.passed(bridge.end_date, last) > 0


def _without_gap(action: PartnerAction, bridge: PartnerAction) -> list[Obstacle]:
    """The bridge stands from before until what it bridges begins; it may go on beside that."""
    if bridge.start_date >= action.start_date:
        text = (
            f"‘{bridge.description}’ begint niet eerder dan ‘{action.description}’, en overbrugt "
            "dus niets. Laat het eerder beginnen."
        )
        return [Obstacle("bridges_nothing", text, about=str(bridge.pk))]
    if not _is_gap(action, bridge):
        return []
    text = (
        f"‘{bridge.description}’ duurt tot en met {long_date(bridge.end_date)}, en "
        f"‘{action.description}’ begint op {long_date(action.start_date)}. Daartussen is er niets. "
        "Laat het langer doorgaan."
    )
    return [Obstacle("gap", text, about=str(bridge.pk))]
