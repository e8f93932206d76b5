"""How the delivery check is shown: to who asks, and to who is asked."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.models import Case, Scope
from cases.presenters.dossier import scopes_of
from maatwerkplan import rules
from maatwerkplan.models import DeliveryAnswer, DeliveryQuestion, Doorzetting
from maatwerkplan.operations.delivery import lawful_ground
from maatwerkplan.presenters.plan import Line, PlanPage, latest_plan, plan_in_force, plan_page
from maatwerkplan.presenters.pressure import track_of
from maatwerkplan.states import PlanStatus
from partners.models import ContactPoint, User, with_an_account

MOST_ANSWERED = 100


@dataclass(frozen=True)
class Row:
    """One question of a plan, with what can be done about it."""

    line: Line
    by_phone: bool
    phones: tuple[str, ...] = ()

    @property
    def badge(self) -> tuple[str, str]:
        """How its delivery stands; of who has no account nobody sent anything: he is called."""
        if self.may_record:
            return "let-op", "Nog te bellen"
        return self.line.delivery.kind, self.line.delivery.text

    @property
    def told(self) -> DeliveryQuestion | DeliveryAnswer | None:
        """Where it stands what the partner was told: with the question, or with the answer."""
        both = (self.line.delivery.question, self.line.delivery.answer)
        return next((about for about in both if about and about.disclosed), None)

    @property
    def matter(self) -> Doorzetting | None:
        """What lies before the manager about it, or was not pushed through."""
        found = rules.matter_for_manager(self.line.action)
        laid = rules.matter_of(self.line.action, found.code) if found else None
        return None if laid and laid.is_pushed_through else laid

    @property
    def may_lay_before(self) -> bool:
        """Its partner does not promise it, and the manager was not asked yet."""
        return not rules.obstacles_to_laying_before(self.line.action)

    @property
    def may_record(self) -> bool:
        """Waiting for somebody who has no account: telephone or letter."""
        return self.by_phone and self.line.delivery.kind == "wacht"


def rows(page: PlanPage, regime: str) -> list[Row]:
    """Every action of the plan with its question, and the numbers of who has no account; `regime`
    is that of the dossier."""
    asked = {line.action.organisation_id for line in page.lines}
    silent = asked - with_an_account(asked, regime)
    points = ContactPoint.objects.filter(organisation__in=silent).exclude(phone="")
    phones: dict[int, list[str]] = defaultdict(list)
    for organisation, phone in points.order_by("kind").values_list("organisation_id", "phone"):
        phones[organisation].append(phone)
    return [
        Row(line, about in silent, tuple(phones[about]))
        for line in page.lines
        for about in [line.action.organisation_id]
    ]


def grounds_of_asking(shown: list[Row], regime: str) -> str:
    """On what ground who reads a question here is told anything, under the regime of the dossier
    (PRV-20; ADR 0031); who has no account is told by telephone, on the ground that stands there."""
    asked = [row for row in shown if not row.by_phone] or shown
    grounds = {lawful_ground(row.line.action.organisation, regime) for row in asked}
    return "; ".join(sorted(grounds))


def said_of_asking(page: PlanPage, regime: str) -> str:
    """What happened with the questions: sent to who has an account, and whom to call still."""
    shown = rows(page, regime)
    to_call = sorted({r.line.action.organisation.short_name for r in shown if r.may_record})
    sent = any(r.line.delivery.kind == "wacht" and not r.by_phone for r in shown)
    sentences = []
    if sent:
        sentences.append("De vragen zijn verstuurd. Elke partner ziet alleen de eigen vraag.")
    if to_call:
        named = ", ".join(to_call)
        sentences.append(
            f"Bel of schrijf zelf nog: {named}. Die hebben geen account voor dit dossier."
        )
    return " ".join(sentences)


@dataclass(frozen=True)
class OpenQuestion:
    """A question that waits, and for how long."""

    question: DeliveryQuestion
    days: int


def open_in_caseload(user: User) -> list[OpenQuestion]:
    """All of them, the longest waiting first."""
    found = (
        DeliveryQuestion.objects.open()
        .filter(case__in=Case.objects.visible_to(user, Scope.LEAD_CASE))
        .select_related("action", "case__client", "organisation")
        .order_by("asked_at", "pk")
    )
    today = timezone.localdate()
    return [OpenQuestion(q, (today - timezone.localdate(q.asked_at)).days) for q in found]


def questions_of(user: User) -> dict[str, Any]:
    """The questions to this user's organisation, as far as he still knows the case: all that wait,
    and what was answered last."""
    own = DeliveryQuestion.objects.current().to_organisation_of(user)
    own = own.select_related("action", "case__client", "asked_by", "answer")
    answered = own.exclude(answer=None).order_by("-answer__recorded_at", "pk")
    return {
        "open": list(own.filter(answer=None).order_by("asked_at", "pk")),
        "answered": list(answered[:MOST_ANSWERED]),
    }


def panel(case: Case, user: User) -> dict[str, Any]:
    """How the plan stands; who holds only `know_case` reads status and dates, no content."""
    plan = latest_plan(case)
    scopes = scopes_of(user, case)
    whole = Scope.VIEW_PLAN in scopes
    being_made = bool(plan and plan.status in (PlanStatus.CONCEPT, PlanStatus.AANGEBODEN))
    in_force = plan_in_force(case) if being_made else None
    page = plan_page(plan, rules.actions_of(plan)) if plan and whole else None
    return {
        "case": case,
        "plan": plan,
        "page": page,
        "whole": whole,
        "leads": Scope.LEAD_CASE in scopes,
        "is_concept": bool(plan and plan.status == PlanStatus.CONCEPT),
        "is_signed": bool(in_force or (plan and plan.status == PlanStatus.ONDERTEKEND)),
        "is_revised": in_force is not None,
        "track": track_of(plan) if Scope.LEAD_CASE in scopes else None,
    }
