"""How the delivery check is shown: to who asks, and to who is asked."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.models import Case, Scope
from cases.presenters.dossier import scopes_of
from maatwerkplan import rules
from maatwerkplan.models import DeliveryAnswer, DeliveryQuestion
from maatwerkplan.presenters.plan import Line, PlanPage, latest_plan, plan_page
from maatwerkplan.states import PlanStatus
from partners.models import User

MOST = 100


@dataclass(frozen=True)
class Row:
    """One question of a plan, with what can be done about it."""

    line: Line
    by_phone: bool

    @property
    def told(self) -> DeliveryQuestion | DeliveryAnswer | None:
        """Where it stands what the partner was told: with the question, or with the answer."""
        both = (self.line.delivery.question, self.line.delivery.answer)
        return next((about for about in both if about and about.disclosed), None)

    @property
    def may_record(self) -> bool:
        """Waiting for somebody who has no account: telephone or letter."""
        return self.by_phone and self.line.delivery.kind == "wacht"


def rows(page: PlanPage) -> list[Row]:
    """Every action of the plan with its question."""
    with_account: dict[int, bool] = {}
    for line in page.lines:
        organisation = line.action.organisation
        if organisation.pk not in with_account:
            contacts = rules.contacts_in(line.action.case, organisation)
            with_account[organisation.pk] = bool(contacts)
    return [Row(line, not with_account[line.action.organisation_id]) for line in page.lines]


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits, and for how long."""

    question: DeliveryQuestion
    days: int


def open_in_caseload(user: User) -> list[OpenQuestion]:
    """The longest waiting first."""
    found = (
        DeliveryQuestion.objects.open()
        .filter(case__in=Case.objects.visible_to(user, Scope.LEAD_CASE))
        .select_related("action", "case__client", "organisation")
        .order_by("asked_at", "pk")[:MOST]
    )
    today = timezone.localdate()
    return [OpenQuestion(q, (today - timezone.localdate(q.asked_at)).days) for q in found]


def questions_of(user: User) -> dict[str, Any]:
    """The questions to this user's organisation, as far as he still knows the case."""
    own = DeliveryQuestion.objects.current().to_organisation_of(user)
    found = own.select_related("action", "case__client", "asked_by", "answer")
    shown = list(found.order_by("asked_at", "pk")[:MOST])
    return {
        "open": [q for q in shown if not hasattr(q, "answer")],
        "answered": [q for q in shown if hasattr(q, "answer")],
    }


def panel(case: Case, user: User) -> dict[str, Any]:
    """How the plan stands; who holds only `know_case` reads status and dates, no content."""
    plan = latest_plan(case)
    scopes = scopes_of(user, case)
    whole = Scope.VIEW_PLAN in scopes
    page = plan_page(plan, rules.actions_of(plan)) if plan and whole else None
    return {
        "case": case,
        "plan": plan,
        "page": page,
        "whole": whole,
        "leads": Scope.LEAD_CASE in scopes,
        "is_concept": bool(plan and plan.status == PlanStatus.CONCEPT),
        "is_signed": bool(plan and plan.status == PlanStatus.ONDERTEKEND),
    }
