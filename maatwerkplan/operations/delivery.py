"""The delivery check: every partner in the plan is asked, and answers within a minute. OFF-01."""

from datetime import date

from django.db import IntegrityError, transaction

from cases import access
from cases.models import Basis, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import (
    Answer,
    DeliveryAnswer,
    DeliveryQuestion,
    Maatwerkplan,
    PartnerAction,
)
from maatwerkplan.operations.drawing import locked
from partners.models import Organisation, User, contact_users
from veiligheidshuis.obstacles import Refused, refuse_if

DISCLOSED = "Naam en geboortedatum van de cliënt, fase van het dossier, en deze ene actie."
GROUND = "WGS 1.5 en 2.31 lid 5: afstemmen van interventies in het casusoverleg"
# The declaration of secrecy that this asks is not in the house yet: nothing is said about it.
GROUND_THIRD_PARTY = "WGS 2.31 lid 9: incidentele derde"


def lawful_ground(organisation: Organisation) -> str:
    """On what ground this organisation is told anything at all."""
    return GROUND if organisation.is_participant else GROUND_THIRD_PARTY


@transaction.atomic
def ask(
    action: PartnerAction, *, by: User, disclosed: str = DISCLOSED, ground: str = ""
) -> DeliveryQuestion:
    """Ask the partner of one action whether it can deliver this, at that moment.

    Its contact points know the case from here on (name and birth date), and see this question. An
    organisation without an account is asked by telephone or letter; what was told is kept.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    action = plan.partner_actions.select_related("organisation__group", "plan", "case").get(
        pk=action.pk
    )
    refuse_if(rules.obstacles_to_asking(action))
    organisation = action.organisation
    question = DeliveryQuestion(
        action=action,
        plan=plan,
        case=plan.case,
        organisation=organisation,
        revision=action.revision,
        asked_by=by,
        disclosed=disclosed,
        ground=ground or lawful_ground(organisation),
    )
    question.save(force_insert=True)
    contacts = list(contact_users(organisation))
    if organisation.is_participant and contacts:
        access.grant(plan.case, organisation.group, Basis.LEVERINGSVRAAG, because_of=plan.pk)
    for contact in contacts:
        tell(plan.case, "leveringsvraag", to=contact.pk)
    record(
        plan.case,
        TimelineKind.LEVERING,
        f"{organisation.short_name} gevraagd: {action.description}",
        text=f"Verstrekt: {question.disclosed} Grond: {question.ground}",
        by=by,
    )
    return question


@transaction.atomic
def ask_all(plan: Maatwerkplan, *, by: User) -> int:
    """Ask about every action that was not asked in its present form; how many."""
    plan = locked(plan)
    refuse_if(rules.obstacles_to_changing(plan))
    actions = [a for a in rules.actions_of(plan) if rules.current_question(a) is None]
    for action in actions:
        ask(action, by=by)
    return len(actions)


@transaction.atomic
def answer_question(
    question: DeliveryQuestion,
    *,
    answer: str,
    by: User,
    condition: str = "",
    other_start: date | None = None,
    reason: str = "",
) -> DeliveryAnswer:
    """A partner answers his own question: can, can with a change, or cannot with a reason."""
    if by.organisation_id != question.organisation_id:
        raise DeliveryQuestion.DoesNotExist
    given = _answer(
        question, answer, by, condition=condition, other_start=other_start, reason=reason
    )
    if question.case.manager_id:
        tell(question.case, "leveringsantwoord", to=question.case.manager_id)
    if answer == Answer.NEE:
        _let_go_after_no(question)
    return given


def _let_go_after_no(question: DeliveryQuestion) -> None:
    """Who can deliver nothing in this plan need not know the case any longer."""
    same = DeliveryQuestion.objects.current().filter(
        plan_id=question.plan_id, organisation_id=question.organisation_id
    )
    if not same.exclude(answer__answer=Answer.NEE).exists():
        access.close(question.case, Basis.LEVERINGSVRAAG, group=question.organisation.group)


@transaction.atomic
def record_answer(
    question: DeliveryQuestion,
    *,
    answer: str,
    channel: str,
    received_from: str,
    received_on: date,
    by: User,
    condition: str = "",
    other_start: date | None = None,
    reason: str = "",
) -> DeliveryAnswer:
    """The interventiemanager writes down what a partner without an account said or wrote."""
    access.require(by, Scope.LEAD_CASE, question.case)
    refuse_if(rules.obstacles_to_recording_for(question.organisation))
    refuse_if(rules.obstacles_to_recording_words(channel, received_from))
    refuse_if(rules.obstacles_to_receiving(question, received_on))
    return _answer(
        question,
        answer,
        by,
        condition=condition,
        other_start=other_start,
        reason=reason,
        channel=channel,
        received_from=received_from,
        received_on=received_on,
    )


def _answer(question: DeliveryQuestion, answer: str, by: User, **about: object) -> DeliveryAnswer:
    refuse_if(rules.obstacles_to_answering(question))
    refuse_if(rules.obstacles_to_words(answer, **about))
    given = DeliveryAnswer(question=question, answer=answer, recorded_by=by, **about)
    try:
        with transaction.atomic():
            given.save(force_insert=True)
    except IntegrityError:  # a colleague answered at the same moment
        raise Refused([rules.answered_already()]) from None
    record(
        question.case,
        TimelineKind.LEVERING,
        f"{question.organisation.short_name}: {given.get_answer_display()}",
        text=f"{question.action.description}. {given.condition or given.reason}".strip(),
        by=by,
    )
    return given
