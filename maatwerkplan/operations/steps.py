"""The steps of drang en dwang: taken by partners and by who leads the case. OFF-05, OFF-06."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from cases import access
from cases.models import Basis, Deadline, DeadlineKind, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import Drangstap, Maatwerkplan, PartnerAction, Stapuitkomst
from maatwerkplan.operations.drawing import locked, take_turn
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.werkafspraken import number

SIGNED_AFTER_ALL = "Vervallen: de cliënt tekende een nieuw plan."


@transaction.atomic
def press(
    plan: Maatwerkplan,
    *,
    organisation: Organisation | None,
    framework: str,
    on: date,
    by: User,
    care_seen: bool = False,
    secrecy_signed_on: date | None = None,
    **words: str,
) -> Drangstap:
    """Agree on a step: which partner applies what, and when. Without one who leads does it himself.

    `words`: instrument and description. The partner knows the case from here on, and sees this step
    alone; a third party signed for secrecy first. Before dwang the care that runs was looked at.
    """
    plan = locked(plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    obstacles = rules.obstacles_to_pressing(plan)
    obstacles += rules.obstacles_to_step_of(plan, organisation, secrecy_signed_on)
    obstacles += rules.obstacles_to_step_day(on)
    obstacles += rules.obstacles_to_care(framework, rules.care_of(plan.case), care_seen)
    refuse_if(obstacles)
    step = Drangstap(
        plan=plan,
        case=plan.case,
        organisation=organisation,
        framework=framework,
        on=on,
        care_seen=care_seen,
        secrecy_signed_on=None if _takes_part(plan, organisation) else secrecy_signed_on,
        recorded_by=by,
        **words,
    )
    stand(step, by=by)
    if organisation:
        _let_in(step, organisation)
    title = f"Drangstap: {step.get_instrument_display()} door {step.who}"
    record(plan.case, TimelineKind.UITVOERING, title, text=step.description, by=by)
    return step


def _takes_part(plan: Maatwerkplan, organisation: Organisation | None) -> bool:
    """Nobody asks a participant, nor who leads the case, to sign for secrecy."""
    return organisation is None or organisation.may_take_part(plan.case.regime)


def stand(step: Drangstap, *, by: User) -> None:
    """The step stands, and who leads the case is reminded of it on its day."""
    step.save(force_insert=True)
    Deadline(
        case=step.case,
        subject_id=step.pk,
        kind=DeadlineKind.VERVOLG_WEIGERING,
        remind_on=step.on,
        recipient_id=(step.case.manager or by).pk,
    ).save(force_insert=True)


def _let_in(step: Drangstap, organisation: Organisation) -> None:
    """The partner is told, and knows the case until some weeks after the last that he does here."""
    own = {"case": step.case, "organisation": organisation}
    running = PartnerAction.objects.agreed().filter(**own).with_state()
    days = [action.end_date for action in running if action.ending is None]
    days += Drangstap.objects.open().filter(**own).values_list("on", flat=True)
    if organisation.may_take_part(step.case.regime) and not organisation.has_left:
        access.close(step.case, Basis.UITVOERING, group=organisation.group)
        access.grant(
            step.case,
            organisation.group,
            Basis.UITVOERING,
            end_date=max(days) + timedelta(days=number("execution_grace_days")),
            because_of=step.plan_id,
        )
    for contact in rules.contacts_in(step.case, organisation):
        tell(step.case, "drangstap", to=contact.pk)


def wait_for_steps(plan: Maatwerkplan) -> None:
    """Take the turn of every plan with an open step, before the case is held: their partners may be
    telling what came of it (lock order: turn, case, plan)."""
    left = Drangstap.objects.open().filter(case=plan.case_id)
    for plan_id in left.order_by("plan").values_list("plan", flat=True).distinct():
        take_turn(plan_id)


def let_steps_fall(plan: Maatwerkplan, *, by: User) -> None:
    """The client signed a plan, so he is pressed no more: what was still open falls away, nobody is
    reminded of it, and its partner hears that he need not come."""
    left = list(Drangstap.objects.open().filter(case=plan.case).in_order())
    for step in left:
        Stapuitkomst(
            step=step,
            case=plan.case,
            text=SIGNED_AFTER_ALL,
            happened_on=timezone.localdate(),
            recorded_by=by,
        ).save(force_insert=True)
        contacts = rules.contacts_in(plan.case, step.organisation) if step.organisation else []
        for contact in contacts:
            tell(plan.case, "drangstap_vervalt", to=contact.pk)
    subjects = [step.pk for step in left]
    Deadline.objects.filter(subject_id__in=subjects, done_at=None).update(done_at=timezone.now())
    if left:
        told = "\n".join(f"{capfirst(step.who)}: {step.description}" for step in left)
        title = "Open stappen van drang en dwang vervallen: er is een nieuw plan getekend"
        record(plan.case, TimelineKind.UITVOERING, title, text=told, by=by)


@transaction.atomic
def record_outcome(step: Drangstap, *, text: str, happened_on: date, by: User) -> Stapuitkomst:
    """Say what came of a step: its own partner, or who leads the case."""
    if by.organisation_id != step.organisation_id:
        access.require(by, Scope.LEAD_CASE, step.case)
    take_turn(step.plan_id)
    step = Drangstap.objects.select_related("case", "organisation", "outcome").get(pk=step.pk)
    refuse_if(rules.obstacles_to_outcome(step, happened_on))
    outcome = Stapuitkomst(
        step=step, case=step.case, text=text, happened_on=happened_on, recorded_by=by
    )
    outcome.save(force_insert=True)
    if access.may(by, Scope.LEAD_CASE, step.case):
        waiting = Deadline.objects.filter(subject_id=step.pk, done_at=None)
        waiting.update(done_at=timezone.now())
    elif step.case.manager_id:
        tell(step.case, "drangstap_uitkomst", to=step.case.manager_id)
    title = f"{capfirst(step.who)}: {step.description}"
    record(step.case, TimelineKind.UITVOERING, title, text=text, by=by)
    return outcome
