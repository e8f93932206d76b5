"""Drang en dwang: the client refuses, or steps out, and is not let go. OFF-05, OFF-06."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases import access
from cases import operations as casework
from cases.models import Basis, Case, Deadline, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import (
    Channel,
    Drangstap,
    Framework,
    Instrument,
    Maatwerkplan,
    ProgressKind,
    Refusal,
)
from maatwerkplan.operations.drawing import locked
from maatwerkplan.operations.execution import put_down
from maatwerkplan.operations.steps import stand
from maatwerkplan.states import PLAN_FLOW
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.werkafspraken import number

STEPPED_OUT = "De cliënt is uit het plan gestapt."


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
    plan.status = PLAN_FLOW.end("refuse", plan.status)
    plan.refused_at = timezone.now()
    plan.version += 1
    plan.save()
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    case = casework.start_pressure(plan.case, by=by)
    record(case, TimelineKind.AANBOD, "Plan geweigerd", scope=Scope.KNOW_CASE, by=by)
    record(case, TimelineKind.AANBOD, "Reden van de weigering", text=reason, by=by)
    return _press_on(plan, case, reason, next_step, next_step_on, by)


@transaction.atomic
def drop_out(
    plan: Maatwerkplan,
    *,
    reason: str,
    message_given: bool,
    next_step: str,
    next_step_on: date,
    by: User,
    goes_on: Collection[UUID] = (),
) -> Refusal:
    """The client steps out of the plan that he signed: the same track as after a refusal. OFF-06.

    What runs ends with it, but for the actions that who leads the case lets go on (their ids). Who
    has nothing left to do here reads that for some weeks, as after any end, and then no more.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_drop_out(plan, next_step_on))
    refuse_if(rules.obstacles_to_silence(message_given))
    _end_what_runs(plan, set(goes_on), by=by)
    plan.status = PLAN_FLOW.end("drop_out", plan.status)
    plan.dropped_out_at = timezone.now()
    plan.version += 1
    plan.save()
    case = casework.drop_out(plan.case, by=by)
    record(case, TimelineKind.AANBOD, "Cliënt stapt uit het plan", scope=Scope.KNOW_CASE, by=by)
    record(case, TimelineKind.AANBOD, "Waarom de cliënt eruit stapt", text=reason, by=by)
    return _press_on(plan, case, reason, next_step, next_step_on, by)


def _press_on(
    plan: Maatwerkplan, case: Case, reason: str, next_step: str, next_step_on: date, by: User
) -> Refusal:
    """What the client said is kept, and the first step stands; who leads the case takes it."""
    refusal = Refusal(
        plan=plan,
        case=case,
        reason=reason,
        message_given=True,
        recorded_by=by,
    )
    refusal.save(force_insert=True)
    step = Drangstap(
        plan=plan,
        case=case,
        instrument=Instrument.ANDERS,
        description=next_step,
        framework=Framework.DRANG,
        on=next_step_on,
        recorded_by=by,
    )
    stand(step, by=by)
    return refusal


def _end_what_runs(plan: Maatwerkplan, goes_on: set[UUID], *, by: User) -> None:
    """End the actions that do not go on: their partners are told, and their clocks stop."""
    running = [action for action in rules.actions_of(plan) if action.ending is None]
    staying = {action.organisation_id for action in running if action.pk in goes_on}
    ending = [action for action in running if action.pk not in goes_on]
    for action in ending:
        put_down(action, ProgressKind.GESTOPT, timezone.localdate(), STEPPED_OUT, by, Channel.REGIE)
    subjects = [action.pk for action in ending]
    Deadline.objects.filter(subject_id__in=subjects, done_at=None).update(done_at=timezone.now())
    actions = plan.partner_actions.select_related("organisation__group")
    partners = {action.organisation for action in actions}
    told = {action.organisation_id for action in ending}
    for organisation in sorted(partners, key=lambda each: each.pk):
        if organisation.pk not in staying:
            _let_go(plan, organisation, reads_on=organisation.pk in told)
        contacts = rules.contacts_in(plan.case, organisation) if organisation.pk in told else []
        for contact in contacts:
            tell(plan.case, "actie_afgesloten", to=contact.pk)


def _let_go(plan: Maatwerkplan, organisation: Organisation, *, reads_on: bool) -> None:
    """It has nothing left to do here. Whose action was ended just now reads for some weeks what
    stopped and whom to call: the mail that tells it names nobody."""
    if not organisation.may_take_part(plan.case.regime):
        return
    group, last = organisation.group, number("execution_grace_days")
    access.close(plan.case, Basis.UITVOERING, group=group, because_of=plan.pk)
    if reads_on and not organisation.has_left:
        access.grant(
            plan.case,
            group,
            Basis.UITVOERING,
            end_date=timezone.localdate() + timedelta(days=last),
            because_of=plan.pk,
        )
