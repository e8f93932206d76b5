"""Two versions of a plan side by side: what came, went and changed, and who signed. PLN-13."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from cases.models import Case, Leefgebied
from maatwerkplan import rules
from maatwerkplan.models import Doel, Maatwerkplan, PartnerAction
from veiligheidshuis.formats import long_date

# What of an action is compared, in the words of the page.
FIELDS: dict[str, Callable[[PartnerAction], str]] = {
    "Wat": lambda action: action.description,
    "Partner": lambda action: action.organisation.short_name,
    "Vanaf": lambda action: long_date(action.start_date),
    "Tot en met": lambda action: long_date(action.end_date),
    "Kader": lambda action: action.get_framework_display(),
    "Na": lambda action: action.after.description if action.after else "niets",
    "Tot die tijd": lambda action: action.bridged_by.description if action.bridged_by else "niets",
    "Betaalt": lambda action: action.paid_by,
    "Trajectbegeleiding": lambda action: "ja" if action.is_guidance else "nee",
}


GOAL_FIELDS: dict[str, Callable[[Doel], str]] = {
    "Doel": lambda goal: goal.together,
    "Eigen woorden": lambda goal: goal.own_words,
    "Doet zelf": lambda goal: goal.own_part,
}


@dataclass(frozen=True)
class Difference:
    """What of one action or goal is otherwise in the newer plan."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One action in the older plan, the newer one, or both."""

    older: PartnerAction | None
    newer: PartnerAction | None
    differences: list[Difference]

    @property
    def action(self) -> PartnerAction:
        """As it is in the newer plan, or was in the older."""
        action = self.newer or self.older
        assert action  # noqa: S101 - a line is of at least one of both
        return action

    @property
    def badge(self) -> tuple[str, str]:
        if self.older is None:
            return ("ok", "Nieuw")
        if self.newer is None:
            return ("fout", "Weg")
        return ("let-op", "Gewijzigd") if self.differences else ("leeg", "Gelijk")


@dataclass(frozen=True)
class Versions:
    """All versions of the plan of one client, and two of them compared."""

    plans: list[Maatwerkplan]
    older: Maatwerkplan | None
    newer: Maatwerkplan | None
    lines: list[Line]
    goals: list[tuple[str, list[Difference]]]


def versions_of(case: Case, asked: str) -> Versions:
    """The plan with the number that was asked for beside the one before it; else the last two."""
    actions = PartnerAction.objects.select_related("organisation", "after", "bridged_by").in_order()
    plans = list(
        Maatwerkplan.objects.filter(case=case)
        .select_related("drawn_up_by", "herziening")
        .prefetch_related("signatures", "goals", Prefetch("partner_actions", actions))
        .order_by("number")
    )
    places = {str(plan.number): place for place, plan in enumerate(plans) if place}
    place = places.get(asked, len(plans) - 1)
    if place < 1:
        return Versions(plans, None, None, [], [])
    older, newer = plans[place - 1], plans[place]
    lines = list(_compared(plans, older, newer))
    return Versions(plans, older, newer, lines, list(_goals(older, newer)))


def _goals(older: Maatwerkplan, newer: Maatwerkplan) -> Iterator[tuple[str, list[Difference]]]:
    """The leefgebieden whose goal came, went or changed, with what is otherwise."""
    before, after = ({g.leefgebied: g for g in rules.goals_of(plan)} for plan in (older, newer))
    for leefgebied, label in Leefgebied.choices:
        one, other = before.get(leefgebied, Doel()), after.get(leefgebied, Doel())
        said = [Difference(each, read(one), read(other)) for each, read in GOAL_FIELDS.items()]
        if changed := [each for each in said if each.before != each.after]:
            yield str(label), changed


def _compared(
    plans: list[Maatwerkplan], older: Maatwerkplan, newer: Maatwerkplan
) -> Iterator[Line]:
    """First what is in the newer plan, then what went."""
    former = {each.pk: each.continues_id for plan in plans for each in plan.partner_actions.all()}
    left = {action.pk: action for action in older.partner_actions.all()}
    for action in newer.partner_actions.all():
        found = _same(action, left, former)
        if found:
            del left[found.pk]
        yield Line(found, action, _differences(found, action) if found else [])
    for action in left.values():
        yield Line(action, None, [])


def _same(
    action: PartnerAction, left: dict[UUID, PartnerAction], former: dict[UUID, UUID | None]
) -> PartnerAction | None:
    """The same work in the older plan: what it continues, or the same words by the same partner."""
    before = former[action.pk]
    while before is not None and before not in left:
        before = former.get(before)
    if before is not None:
        return left[before]
    alike = (action.leefgebied, action.description, action.organisation_id)
    same = (a for a in left.values() if (a.leefgebied, a.description, a.organisation_id) == alike)
    return next(same, None)


def _differences(older: PartnerAction, newer: PartnerAction) -> list[Difference]:
    said = [Difference(label, read(older), read(newer)) for label, read in FIELDS.items()]
    return [each for each in said if each.before != each.after]
