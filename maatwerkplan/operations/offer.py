"""The offer: now, and started within a week; signed by two, or refused. S2, Werkprocessen."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import access
from cases.models import Basis, Deadline, DeadlineKind, Scope, TimelineKind
from cases.operations import record, start_execution, start_pressure, tell
from maatwerkplan import rules
from maatwerkplan.models import (
    Maatwerkplan,
    PartnerAction,
    Party,
    PlanDocument,
    PlanText,
    Refusal,
    Signature,
)
from maatwerkplan.operations.drawing import locked
from maatwerkplan.operations.wording import wording
from maatwerkplan.states import PLAN_FLOW
from partners.models import Role, User
from veiligheidshuis.celery import after_commit
from veiligheidshuis.obstacles import refuse_if, stale
from veiligheidshuis.werkafspraken import number


@transaction.atomic
def offer(
    plan: Maatwerkplan, *, by: User, seen: int | None = None, shown_sha256: str | None = None
) -> PlanText:
    """Offer the plan to the client: from here on it is fixed, and the week begins to run.

    `shown_sha256` is the fingerprint of the preview: what is offered is what was read beforehand.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(stale(seen, plan.version))
    list(PartnerAction.objects.select_for_update(of=("self",)).filter(plan=plan).order_by("pk"))
    actions = rules.actions_of(plan)
    refuse_if(rules.obstacles_to_offer(plan, actions))
    plan.status = PLAN_FLOW.end("offer", plan.status)
    plan.offered_at, plan.offered_by = timezone.now(), by
    plan.version += 1
    plan.save()
    text = PlanText.of(plan, wording(plan, actions, offered_on=timezone.localdate()))
    refuse_if(rules.obstacles_to_preview(shown_sha256, text.sha256))
    text.save(force_insert=True)
    record(plan.case, TimelineKind.AANBOD, "Plan aangeboden", scope=Scope.KNOW_CASE, by=by)
    return text


@transaction.atomic
def sign(
    plan: Maatwerkplan,
    *,
    client_name: str,
    manager_name: str,
    shown_sha256: str,
    by: User,
    client_strokes: dict[str, Any] | None = None,
    manager_strokes: dict[str, Any] | None = None,
) -> None:
    """Client and interventiemanager sign the text that was shown, drawn or typed. OFF-04.

    The actions become tasks of their partners, the start clock runs, and the worker draws the PDF.
    `client_strokes`: {"width", "height", "strokes": [[[x, y], …], …]}; None for a typed name.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_sign(plan, shown_sha256=shown_sha256))
    refuse_if(rules.obstacles_to_names(plan, client_name, manager_name, by))
    for party, name, strokes in (
        (Party.CLIENT, client_name, client_strokes),
        (Party.INTERVENTIEMANAGER, manager_name, manager_strokes),
    ):
        Signature(
            plan=plan,
            case=plan.case,
            party=party,
            name=name.strip(),
            strokes=strokes or None,
            text_sha256=plan.text.sha256,
            recorded_by=by,
        ).save(force_insert=True)
    plan.status = PLAN_FLOW.end("sign", plan.status)
    plan.signed_at = timezone.now()
    plan.version += 1
    plan.save()
    case = start_execution(plan.case, by=by)
    _hand_out(plan, by=by)
    record(
        case,
        TimelineKind.AANBOD,
        "Plan getekend door cliënt en interventiemanager",
        scope=Scope.KNOW_CASE,
        by=by,
    )
    after_commit("maatwerkplan.draw_plan", plan.pk, as_user=by.pk)


def _hand_out(plan: Maatwerkplan, *, by: User) -> None:
    """Every partner gets his task and his clock; who was only asked lets go."""
    assert plan.start_by is not None  # noqa: S101 - a signed plan was offered
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    managers = list(User.objects.in_role(Role.MANAGER))
    told: set[int] = set()
    grace = timedelta(days=number("execution_grace_days"))
    actions = rules.actions_of(plan)
    # A plan that the client signs late can be over: its partners still report how it ended.
    last_day = max(timezone.localdate(), *(action.end_date for action in actions)) + grace
    for action in actions:
        contacts = rules.contacts_in(plan.case, action.organisation)
        if contacts:
            access.grant(
                plan.case,
                action.organisation.group,
                Basis.UITVOERING,
                end_date=last_day,
                because_of=plan.pk,
            )
        for contact in contacts:
            if contact.pk not in told:
                tell(plan.case, "plan_getekend", to=contact.pk)
                told.add(contact.pk)
        _set_clock(action, plan.start_by, reminded=[*contacts, by], warned=managers)


def _set_clock(
    action: PartnerAction, start_by: date, *, reminded: list[User], warned: list[User]
) -> None:
    """Remind partner and interventiemanager before the end, the manager on the day it is missed."""
    early = start_by - timedelta(days=number("start_reminder_days"))
    missed = start_by + timedelta(days=1)
    for kind, day, people in (
        (DeadlineKind.START_NADERT, early, reminded),
        (DeadlineKind.START_GEMIST, missed, warned),
    ):
        for person in {p.pk: p for p in people}.values():
            Deadline(
                case_id=action.case_id,
                subject_id=action.pk,
                kind=kind,
                remind_on=day,
                recipient_id=person.pk,
            ).save(force_insert=True)


@transaction.atomic
def refuse(
    plan: Maatwerkplan,
    *,
    reason: str,
    message_given: bool,
    next_step: str,
    next_step_on: date,
    by: User,
) -> Refusal:
    """The client refuses: drang en dwang opens with its next step and date. OFF-05.

    The message must have been given: it is not accepted, and the partners do not let go.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_refuse(plan, next_step_on))
    refuse_if(rules.obstacles_to_silence(message_given))
    refusal = Refusal(
        plan=plan,
        case=plan.case,
        reason=reason,
        message_given=message_given,
        next_step=next_step,
        next_step_on=next_step_on,
        recorded_by=by,
    )
    refusal.save(force_insert=True)
    plan.status = PLAN_FLOW.end("refuse", plan.status)
    plan.refused_at = timezone.now()
    plan.version += 1
    plan.save()
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    case = start_pressure(plan.case, by=by)
    Deadline(
        case=case,
        subject_id=plan.pk,
        kind=DeadlineKind.VERVOLG_WEIGERING,
        remind_on=next_step_on,
        recipient_id=by.pk,
    ).save(force_insert=True)
    record(case, TimelineKind.AANBOD, "Plan geweigerd", scope=Scope.KNOW_CASE, by=by)
    record(case, TimelineKind.AANBOD, "Reden van de weigering", text=reason, by=by)
    return refusal


@transaction.atomic
def withdraw(plan: Maatwerkplan, *, reason: str, by: User) -> None:
    """Take back an offer that the client neither signed nor refused: it must be otherwise, or he
    died or moved away. A new plan may follow."""
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_withdraw(plan, reason))
    plan.status = PLAN_FLOW.end("withdraw", plan.status)
    plan.withdrawn_at = timezone.now()
    plan.version += 1
    plan.save()
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    record(plan.case, TimelineKind.AANBOD, "Aanbod ingetrokken", scope=Scope.KNOW_CASE, by=by)
    record(plan.case, TimelineKind.AANBOD, "Reden van het intrekken", text=reason, by=by)


@transaction.atomic
def keep_document(plan: Maatwerkplan, pdf: bytes, *, by: User) -> PlanDocument:
    """Keep the PDF that the worker drew. Drawn twice, kept once."""
    access.require(by, Scope.LEAD_CASE, plan.case)
    Maatwerkplan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    kept = PlanDocument.objects.filter(plan=plan).first()
    if kept is None:
        kept = PlanDocument(plan=plan, case_id=plan.case_id, pdf=pdf)
        kept.save(force_insert=True)
    return kept


@transaction.atomic
def ask_for_document(plan: Maatwerkplan, *, by: User) -> None:
    """Have the worker draw the PDF of a signed plan (again), on behalf of who leads the case."""
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_document(plan))
    after_commit("maatwerkplan.draw_plan", plan.pk, as_user=by.pk)
