"""Drawing up the plan: which partner does what, when, in which framework. PLN-01."""

from datetime import date

from django.db import transaction

from cases import access
from cases.models import Basis, Case, Scope, TimelineKind, scope_of
from cases.operations import record, resume_planning
from maatwerkplan import rules
from maatwerkplan.models import Answer, DeliveryQuestion, Maatwerkplan, PartnerAction
from maatwerkplan.states import PlanStatus
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if, stale


def locked(plan: Maatwerkplan) -> Maatwerkplan:
    """The plan, held until the transaction ends. Lock order: case, plan, action."""
    Case.objects.select_for_update(of=("self",)).get(pk=plan.case_id)
    held = Maatwerkplan.objects.select_for_update(of=("self",))
    return held.select_related("case__client", "case__manager").get(pk=plan.pk)


@transaction.atomic
def draw_up(case: Case, *, by: User) -> Maatwerkplan:
    """Start the plan of a diagnosed client; after a refusal or a withdrawn offer a new one, with
    the former's actions.

    The actions of the former plan come along unasked: every partner is asked again.
    """
    access.require(by, Scope.LEAD_CASE, case)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    former = Maatwerkplan.objects.latest_of(case)
    refuse_if(rules.obstacles_to_drawing_up(case))
    if former and former.status == PlanStatus.GEWEIGERD:
        case = resume_planning(case, by=by)
    number = former.number + 1 if former else 1
    plan = Maatwerkplan(case=case, number=number, drawn_up_by=by)
    plan.save(force_insert=True)
    for action in former.partner_actions.in_order() if former else ():
        PartnerAction(
            plan=plan,
            case=case,
            leefgebied=action.leefgebied,
            scope=action.scope,
            description=action.description,
            organisation_id=action.organisation_id,
            start_date=action.start_date,
            end_date=action.end_date,
            framework=action.framework,
            is_guidance=action.is_guidance,
        ).save(force_insert=True)
    record(case, TimelineKind.PLAN, "Maatwerkplan in opbouw", scope=Scope.KNOW_CASE, by=by)
    return plan


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
) -> PartnerAction:
    """Put an action in the plan; both days count. Its partner is asked later (`ask`)."""
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    refuse_if(
        [*rules.obstacles_to_changing(plan), *rules.obstacles_to_action(start_date, end_date)]
    )
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
    )
    action.save(force_insert=True)
    _record(action, "toegevoegd", by=by)
    return action


def _record(action: PartnerAction, what: str, *, by: User) -> None:
    """What became of an action: its description can name care, so only who leads reads it."""
    title = f"Actie {what}: {action.organisation.short_name}"
    record(action.case, TimelineKind.PLAN, title, text=action.description, by=by)


# What a partner is shown when he is asked; whoever changes it asks him again.
ASKED_ABOUT = (
    "leefgebied",
    "description",
    "organisation_id",
    "start_date",
    "end_date",
    "framework",
    "is_guidance",
)


@transaction.atomic
def change_action(
    action: PartnerAction, *, by: User, seen: int | None = None, **changes: object
) -> PartnerAction:
    """Change an action. What its partner answered about counts no more; other answers stand.

    `changes` are fields of PartnerAction; `seen` is the revision on the screen.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    action = PartnerAction.objects.select_for_update(of=("self",)).get(pk=action.pk, plan=plan)
    refuse_if(stale(seen, action.revision))
    before = {name: getattr(action, name) for name in ASKED_ABOUT}
    former = action.organisation
    for name, value in changes.items():
        setattr(action, name, value)
    action.scope = scope_of(action.leefgebied)
    refuse_if(
        [
            *rules.obstacles_to_changing(plan),
            *rules.obstacles_to_action(action.start_date, action.end_date),
        ]
    )
    if before != {name: getattr(action, name) for name in ASKED_ABOUT}:
        action.revision += 1
        _record(action, "gewijzigd", by=by)
    action.save()
    if former.pk != action.organisation_id:
        let_go(plan, former)
    return action


@transaction.atomic
def take_over_date(action: PartnerAction, *, by: User, seen: int | None = None) -> PartnerAction:
    """Take over the day from which the partner can deliver: his own, so he is not asked again.

    Only when the end must move along with it is he asked about that. `seen` is the revision on the
    screen.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    action = PartnerAction.objects.select_for_update(of=("self",)).get(pk=action.pk, plan=plan)
    refuse_if([*rules.obstacles_to_changing(plan), *rules.obstacles_to_taking_over(action, seen)])
    length = action.end_date - action.start_date
    action.start_date = rules.other_start(action) or action.start_date
    if action.start_date > action.end_date:
        action.end_date = action.start_date + length
        action.revision += 1
    action.save(update_fields=["start_date", "end_date", "revision"])
    _record(action, "gewijzigd", by=by)
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
    action.delete()
    let_go(plan, organisation)


def let_go(plan: Maatwerkplan, organisation: Organisation) -> None:
    """A partner that has nothing left to answer or to deliver here knows the case no longer."""
    asked = DeliveryQuestion.objects.current().filter(plan=plan, organisation=organisation)
    if not asked.exclude(answer__answer=Answer.NEE).exists():
        access.close(plan.case, Basis.LEVERINGSVRAAG, group=organisation.group)
