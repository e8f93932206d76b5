"""Drawing up the plan: which partner does what, when, in which framework. PLN-01."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cases import access
from cases.models import Basis, Case, Deadline, DeadlineKind, Scope, TimelineKind, scope_of
from cases.operations import record, resume_planning
from maatwerkplan import rules
from maatwerkplan.models import (
    Answer,
    DeliveryQuestion,
    Doel,
    Financing,
    Maatwerkplan,
    PartnerAction,
)
from maatwerkplan.operations.reminding import stop_asking
from maatwerkplan.operations.taking_back import let_matters_fall
from maatwerkplan.states import IN_FORCE, PRESSED
from partners.models import Organisation, User
from veiligheidshuis.obstacles import Obstacle, refuse_if, stale


def take_turn(plan_id: UUID) -> None:
    """Wait until nobody else is busy with what is asked and told about this plan, and keep others
    waiting until the transaction ends.

    A lock on a row is for who may change it; a partner changes nothing of the plan and still has to
    take his turn before he answers or reports (ADR 0010).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(plan_id)])


def locked(plan: Maatwerkplan) -> Maatwerkplan:
    """The plan, held until the transaction ends. Lock order: turn, case, plan, action."""
    take_turn(plan.pk)
    Case.objects.select_for_update(of=("self",)).get(pk=plan.case_id)
    held = Maatwerkplan.objects.select_for_update(of=("self",))
    return held.select_related("case__client", "case__manager").get(pk=plan.pk)


@transaction.atomic
def draw_up(case: Case, *, by: User) -> Maatwerkplan:
    """Start the plan of a diagnosed client; after a refusal, a drop-out or a withdrawn offer a
    new one, with the former's actions.

    The goals and actions of the former plan come along, and the partners are asked again, but for
    what runs already.
    """
    access.require(by, Scope.LEAD_CASE, case)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    former = Maatwerkplan.objects.latest_of(case)
    refuse_if(rules.obstacles_to_drawing_up(case, former))
    if former and former.status in PRESSED:
        case = resume_planning(case, by=by)
        _stop_reminding_of_the_step(former)
    numbers = Maatwerkplan.objects.filter(case=case).values_list("number", flat=True)
    number = max(numbers, default=0) + 1
    plan = Maatwerkplan(case=case, number=number, drawn_up_by=by)
    plan.save(force_insert=True)
    if former:
        actions = rules.actions_of(former)
        keep_order([(each, copy_of(each, plan, _still_running(each))) for each in actions])
        bring_goals(former, plan)
    record(case, TimelineKind.PLAN, "Maatwerkplan in opbouw", scope=Scope.KNOW_CASE, by=by)
    return plan


def copy_of(
    action: PartnerAction, plan: Maatwerkplan, continues: PartnerAction | None
) -> PartnerAction:
    """The same action in the next plan."""
    following = PartnerAction(
        plan=plan,
        case=plan.case,
        leefgebied=action.leefgebied,
        scope=action.scope,
        description=action.description,
        organisation_id=action.organisation_id,
        start_date=action.start_date,
        end_date=action.end_date,
        framework=action.framework,
        is_guidance=action.is_guidance,
        financing=action.financing,
        municipality=action.municipality,
        continues=continues,
    )
    following.save(force_insert=True)
    return following


def keep_order(copies: list[tuple[PartnerAction, PartnerAction]]) -> None:
    """What waited for another waits for the same in the next plan, if that came along as well."""
    following: dict[UUID | None, PartnerAction] = {former.pk: copy for former, copy in copies}
    for former, copy in copies:
        if former.begins_later:
            copy.after = following.get(former.after_id)
            copy.bridged_by = following.get(former.bridged_by_id)
            copy.save(update_fields=["after", "bridged_by"])


def bring_goals(former: Maatwerkplan, plan: Maatwerkplan) -> None:
    """What was wanted is wanted still: the next plan begins with the goals of the former."""
    for goal in rules.goals_of(former):
        Doel(
            plan=plan,
            case=plan.case,
            leefgebied=goal.leefgebied,
            together=goal.together,
            own_words=goal.own_words,
            own_part=goal.own_part,
        ).save(force_insert=True)


def _still_running(action: PartnerAction) -> PartnerAction | None:
    """What of a plan in force goes on in this action: itself, or what it was to continue."""
    if action.plan.status in IN_FORCE:
        return action if action.ending is None else None
    former = action.continues
    goes_on = former and former.plan.status in IN_FORCE and not action.former_ended_on
    return former if goes_on else None


def _stop_reminding_of_the_step(refused: Maatwerkplan) -> None:
    """With a new plan drang en dwang is over: nobody is reminded of its steps any more."""
    waiting = Deadline.objects.filter(subject_id__in=refused.steps.values("pk"), done_at=None)
    waiting.filter(kind=DeadlineKind.VERVOLG_WEIGERING).update(done_at=timezone.now())


@transaction.atomic
def add_action(
    plan: Maatwerkplan,
    *,
    leefgebied: str,
    description: str,
    organisation: Organisation,
    start_date: date,
    end_date: date,
    framework: str,
    by: User,
    is_guidance: bool = False,
    financing: str = Financing.ONBEKEND,
    municipality: str = "",
    after: PartnerAction | None = None,
    bridged_by: PartnerAction | None = None,
) -> PartnerAction:
    """Put an action in the plan; both days count. Its partner is asked later (`ask`)."""
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    action = PartnerAction(
        plan=plan,
        case=plan.case,
        leefgebied=leefgebied,
        scope=scope_of(leefgebied),
        description=description,
        organisation=organisation,
        start_date=start_date,
        end_date=end_date,
        framework=framework,
        is_guidance=is_guidance,
        financing=financing,
        municipality=municipality,
        after=after,
        bridged_by=bridged_by,
    )
    refuse_if(_obstacles_to(action, plan))
    action.save(force_insert=True)
    _record(action, "toegevoegd", by=by)
    return action


def _obstacles_to(
    action: PartnerAction, plan: Maatwerkplan, kept: Sequence[date] = ()
) -> list[Obstacle]:
    """All that stands in the way of an action as it would be kept; `kept` are the days it has."""
    return [
        *rules.obstacles_to_changing(plan),
        *rules.obstacles_to_action(action.start_date, action.end_date, kept=kept),
        *rules.obstacles_to_financing(action.financing, action.municipality),
        *rules.obstacles_to_order(action, plan.partner_actions.all()),
    ]


def _record(action: PartnerAction, what: str, *, by: User) -> None:
    """What became of an action: its description can name care, so only who leads reads it."""
    title = f"Actie {what}: {action.organisation.short_name}"
    record(action.case, TimelineKind.PLAN, title, text=action.description, by=by)


@transaction.atomic
def change_action(
    action: PartnerAction, *, by: User, seen: int | None = None, **changes: object
) -> PartnerAction:
    """Change an action. What its partner answered about counts no more; other answers stand.

    `changes` are fields of PartnerAction; `seen` is the version on the screen. Until he is asked
    again its partner has no question any more, and knows the case no longer because of it.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    action = PartnerAction.objects.select_for_update(of=("self",)).get(pk=action.pk, plan=plan)
    refuse_if(stale(seen, action.version))
    before = {name: getattr(action, name) for name in rules.ASKED_ABOUT}
    former, kept = action.organisation, (action.start_date, action.end_date)
    for name, value in changes.items():
        setattr(action, name, value)
    action.scope = scope_of(action.leefgebied)
    refuse_if(_obstacles_to(action, plan, kept=kept))
    action.version += 1
    if before == {name: getattr(action, name) for name in rules.ASKED_ABOUT}:
        action.save()
        return action
    action.revision += 1
    action.save()
    _record(action, "gewijzigd", by=by)
    stop_asking(action)
    let_matters_fall(plan, action, by=by)
    let_go(plan, former)
    return action


@transaction.atomic
def take_over_date(action: PartnerAction, *, by: User, seen: int | None = None) -> PartnerAction:
    """Take over the day from which the partner can deliver: his own, so he is not asked again.

    Only when the end must move along with it is he asked about that. `seen` is the version on the
    screen.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    action = PartnerAction.objects.select_for_update(of=("self",)).get(pk=action.pk, plan=plan)
    refuse_if([*rules.obstacles_to_changing(plan), *rules.obstacles_to_taking_over(action, seen)])
    length = action.end_date - action.start_date
    action.start_date = rules.other_start(action) or action.start_date
    moves_its_end = action.start_date > action.end_date
    if moves_its_end:
        action.end_date = action.start_date + length
        action.revision += 1
    action.version += 1
    action.save(update_fields=["start_date", "end_date", "revision", "version"])
    _record(action, "gewijzigd", by=by)
    let_matters_fall(plan, action, by=by)
    if moves_its_end:
        stop_asking(action)
        let_go(plan, action.organisation)
    return action


@transaction.atomic
def remove_action(action: PartnerAction, *, by: User) -> None:
    """Take an action out of a plan that is still being made."""
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(rules.obstacles_to_changing(plan))
    action = PartnerAction.objects.get(pk=action.pk, plan=plan)
    _record(action, "weggehaald", by=by)
    organisation = action.organisation
    stop_asking(action)
    let_matters_fall(plan, action, by=by)
    action.delete()
    let_go(plan, organisation)


def let_go(plan: Maatwerkplan, organisation: Organisation) -> None:
    """A partner that has nothing left to answer or to deliver here knows the case no longer."""
    asked = DeliveryQuestion.objects.current().filter(plan=plan, organisation=organisation)
    if not asked.exclude(answer__answer=Answer.NEE).exists():
        access.close(plan.case, Basis.LEVERINGSVRAAG, group=organisation.group)
