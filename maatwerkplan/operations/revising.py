"""A plan that goes on in another form: it is carried out until the next is signed. PLN-13, EXE-07.

S4: "geen statisch maar een dynamisch document".
"""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from cases import access
from cases import operations as casework
from cases.models import Basis, Case, Deadline, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import (
    Channel,
    DeliveryAnswer,
    DeliveryQuestion,
    Herziening,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
    ProgressReport,
)
from maatwerkplan.operations.drawing import bring_goals, copy_of, keep_order, locked
from maatwerkplan.operations.execution import put_down
from maatwerkplan.operations.reminding import stop_asking
from maatwerkplan.operations.taking_back import let_matters_fall
from maatwerkplan.states import IN_FORCE, PLAN_FLOW, PlanStatus
from partners.models import User
from veiligheidshuis.obstacles import refuse_if

NOT_IN_THE_NEXT = "Staat niet meer in het nieuwe plan."


@transaction.atomic
def revise_plan(case: Case, *, reason: str, by: User) -> Maatwerkplan:
    """Draw up the next plan beside the one that is carried out, with all that runs or must start,
    and say why it must be otherwise.

    Who works already is not asked again, nor whoever promised and did not begin yet, as long as his
    action stays as it is.
    """
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_revising(case, reason))
    signed = Maatwerkplan.objects.in_force_of(case)
    assert signed  # noqa: S101 - who is in execution has a plan in force
    plan = locked(signed)
    case = casework.revise_plan(plan.case, by=by)
    number = max(Maatwerkplan.objects.filter(case=case).values_list("number", flat=True))
    revision = Maatwerkplan(case=case, number=number + 1, drawn_up_by=by, asked_at=plan.asked_at)
    revision.save(force_insert=True)
    Herziening(plan=revision, case=case, reason=reason, recorded_by=by).save(force_insert=True)
    going_on = [action for action in rules.actions_of(plan) if action.ending is None]
    copies = [(action, copy_of(action, revision, continues=action)) for action in going_on]
    keep_order(copies)
    for action, following in copies:
        if action.started_on is None:
            _keep_promise(action, following)
    bring_goals(plan, revision)
    title = f"Plan {plan.number} wordt herzien"
    record(case, TimelineKind.PLAN, title, scope=Scope.KNOW_CASE, by=by)
    why = "Reden van de herziening"
    record(case, TimelineKind.PLAN, why, text=reason, scope=Scope.VIEW_PLAN, by=by)
    return revision


def _keep_promise(action: PartnerAction, following: PartnerAction) -> None:
    """What its partner was asked and promised stands with the same action in the next plan."""
    given = rules.promise(action)
    if given is None:
        return
    question = DeliveryQuestion.objects.get(pk=given.question_id)
    question.pk, question.plan, question.action = uuid.uuid4(), following.plan, following
    question.revision = following.revision
    question.save(force_insert=True)
    answer = DeliveryAnswer.objects.get(pk=given.pk)
    answer.question = question
    answer.save(force_insert=True)


@transaction.atomic
def drop_revision(plan: Maatwerkplan, *, by: User) -> None:
    """Give up the revision: the plan that was signed is carried out as it is."""
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_drop_revision(plan))
    plan.status = PLAN_FLOW.end("drop_revision", plan.status)
    plan.withdrawn_at = timezone.now()
    plan.version += 1
    plan.save()
    for action in plan.partner_actions.all():
        stop_asking(action)
    let_matters_fall(plan, by=by)
    access.close(plan.case, Basis.LEVERINGSVRAAG)
    back_to_the_plan_in_force(plan.case, by=by)


def back_to_the_plan_in_force(case: Case, *, by: User) -> None:
    """With a revision nobody waits for, the client is in execution again."""
    if Maatwerkplan.objects.filter(case=case, status=PlanStatus.ONDERTEKEND).exists():
        casework.drop_revision(case, by=by)
        record(case, TimelineKind.PLAN, "Herziening ingetrokken", scope=Scope.KNOW_CASE, by=by)


@transaction.atomic
def replace_plan(former: Maatwerkplan, next_plan: Maatwerkplan, *, by: User) -> None:
    """The next plan was signed: what goes on keeps its start, and what it leaves out ends."""
    access.require(by, Scope.LEAD_CASE, former.case)
    refuse_if(rules.obstacles_to_replace_plan(former))
    following = {a.continues_id: a for a in rules.actions_of(next_plan) if a.continues_id}
    for action in rules.actions_of(former):
        if action.ending is None and action.pk not in following:
            _leave_out(action, by=by)
        elif action.ending is None and action.started_on:
            _take_over(action, following[action.pk], action.started_on, by=by)
    subjects = former.partner_actions.values("pk")
    Deadline.objects.filter(subject_id__in=subjects, done_at=None).update(done_at=timezone.now())
    former.status = PLAN_FLOW.end("replace_plan", former.status)
    former.replaced_at = timezone.now()
    former.version += 1
    former.save()


def replace_those_in_force(plan: Maatwerkplan, *, by: User) -> None:
    """Every plan of this client that was signed before makes place for this one."""
    others = Maatwerkplan.objects.filter(case=plan.case, status__in=IN_FORCE).exclude(pk=plan.pk)
    for former in others.select_for_update(of=("self",)).select_related("case").order_by("number"):
        replace_plan(former, plan, by=by)


def _leave_out(action: PartnerAction, *, by: User) -> None:
    today = timezone.localdate()
    put_down(action, ProgressKind.GESTOPT, today, NOT_IN_THE_NEXT, by, Channel.REGIE)
    for contact in rules.contacts_in(action.case, action.organisation):
        tell(action.case, "actie_afgesloten", to=contact.pk)


def _take_over(
    action: PartnerAction, following: PartnerAction, started_on: date, *, by: User
) -> None:
    """The same work: it began when it began, and no second clock runs for it."""
    ProgressReport(
        action=following,
        case_id=following.case_id,
        kind=ProgressKind.START,
        happened_on=started_on,
        text=f"Loopt door uit plan {action.plan.number}.",
        channel=Channel.PLAN,
        recorded_by=by,
    ).save(force_insert=True)
