"""The delivery check: every partner in the plan is asked, and answers within a minute. OFF-01."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases import access
from cases.models import Basis, DeadlineKind, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import (
    Answer,
    DeliveryAnswer,
    DeliveryQuestion,
    Maatwerkplan,
    PartnerAction,
    WhyNot,
)
from maatwerkplan.operations.drawing import let_go, locked, take_turn
from maatwerkplan.operations.reminding import remind, stop_asking
from partners.models import Mandaat, Organisation, Regime, User
from veiligheidshuis.obstacles import Refused, refuse_if

DISCLOSED = "Naam en geboortedatum van de cliënt, fase van het dossier, en deze ene actie."
GROUND = "WGS 1.5 en 2.31 lid 5: afstemmen van interventies in het casusoverleg"
GROUND_COVENANT = "Het convenant dat deze partner bindt: lokale persoonsgerichte aanpak"
NOT_TOLD_YET = "Geen account: er is nog niets verstrekt."
GROUND_THIRD_PARTY = "WGS 2.31 lid 9: incidentele derde"


def lawful_ground(organisation: Organisation, regime: str) -> str:
    """On what ground this organisation is told anything at all. PRV-20."""
    if regime == Regime.LOKALE_PGA:
        return GROUND_COVENANT
    return GROUND if organisation.is_participant else GROUND_THIRD_PARTY


@transaction.atomic
def ask(action: PartnerAction, *, by: User) -> DeliveryQuestion:
    """Ask the partner of one action whether it can deliver this, at that moment.

    Its contact points know the case from here on (name and birth date), and see this question. An
    organisation without an account is asked by telephone or letter: nothing was told to it yet, and
    what will be told is written down with its answer (`record_answer`). Whoever becomes its contact
    point before it answered finds the question there.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    actions = plan.partner_actions.with_state()
    action = actions.select_related("organisation__group", "plan", "case").get(pk=action.pk)
    refuse_if(rules.obstacles_to_asking(action))
    if rules.has_expired(action):  # the same action, and a new question about it
        action.revision += 1
        action.save(update_fields=["revision"])
    _begin_check(plan)
    organisation = action.organisation
    contacts = rules.contacts_in(plan.case, organisation)
    question = _put(action, contacts, by=by)
    if organisation.may_take_part(plan.case.regime):
        access.grant(plan.case, organisation.group, Basis.LEVERINGSVRAAG, because_of=plan.pk)
    for contact in contacts:
        tell(plan.case, "leveringsvraag", to=contact.pk)
    stop_asking(action)
    remind(action, DeadlineKind.ANTWOORD_NADERT, question.answer_by, contacts)
    record(
        plan.case,
        TimelineKind.LEVERING,
        f"{organisation.short_name} gevraagd",
        text=f"{action.description}. {_told(question) or NOT_TOLD_YET}",
        by=by,
    )
    return question


def _put(action: PartnerAction, contacts: list[User], *, by: User) -> DeliveryQuestion:
    """The question about the action as it is now, with what its page tells who has an account."""
    question = DeliveryQuestion(
        action=action,
        plan=action.plan,
        case=action.case,
        organisation=action.organisation,
        revision=action.revision,
        asked_by=by,
        disclosed=DISCLOSED if contacts else "",
        ground=lawful_ground(action.organisation, action.case.regime) if contacts else "",
    )
    question.save(force_insert=True)
    return question


def _told(about: DeliveryQuestion | DeliveryAnswer) -> str:
    """What was disclosed and why that may be; empty when nothing was."""
    return f"Verstrekt: {about.disclosed} Grond: {about.ground}." if about.disclosed else ""


def _begin_check(plan: Maatwerkplan) -> None:
    if plan.asked_at is None:
        plan.asked_at = timezone.now()
        plan.save(update_fields=["asked_at"])


@transaction.atomic
def ask_all(plan: Maatwerkplan, *, by: User) -> int:
    """Ask about every action not asked as it is now, or whose promise is over; how many."""
    plan = locked(plan)
    refuse_if(rules.obstacles_to_changing(plan))
    actions = [a for a in rules.actions_of(plan) if rules.must_be_asked(a)]
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
    mandaat: Mandaat | None = None,
    why_not: str = "",
) -> DeliveryAnswer:
    """A partner answers his own question: can, can with a change, or cannot with a reason.

    A yes names the mandate that it rests on, when its partner has any.
    """
    if by.organisation_id != question.organisation_id:
        raise DeliveryQuestion.DoesNotExist
    words: dict[str, Any] = {"condition": condition, "other_start": other_start, "reason": reason}
    words |= {"why_not": why_not, "mandaat": mandaat}
    if question.case.manager_id:  # first: who says no, can tell nothing about the case any more
        tell(question.case, "leveringsantwoord", to=question.case.manager_id)
    return _answer(question, answer, by, **words, **_told_by_the_page(question))


def _told_by_the_page(question: DeliveryQuestion) -> dict[str, str]:
    """What who answers has read, when nobody could read it yet on the day of the question."""
    if question.disclosed:
        return {}
    ground = lawful_ground(question.organisation, question.case.regime)
    return {"disclosed": DISCLOSED, "ground": ground}


@transaction.atomic
def record_answer(
    question: DeliveryQuestion,
    *,
    answer: str,
    channel: str,
    received_from: str,
    received_on: date,
    disclosed: str,
    ground: str,
    by: User,
    secrecy_signed_on: date | None = None,
    **words: Any,
) -> DeliveryAnswer:
    """The interventiemanager writes down what a partner without an account said or wrote.

    `disclosed` is what he told the partner himself, `ground` why he might; of a third party also
    the day on which it signed for secrecy. `words` as in `answer_question`. Days in Amsterdam.
    """
    case, partner = question.case, question.organisation
    access.require(by, Scope.LEAD_CASE, case)
    obstacles = rules.obstacles_to_recording_for(case, partner)
    obstacles += rules.obstacles_to_recording_words(channel, received_from)
    obstacles += rules.obstacles_to_receiving(question, received_on)
    obstacles += rules.obstacles_to_disclosing(disclosed, ground)
    obstacles += rules.obstacles_to_telling(case, partner, secrecy_signed_on, received_on)
    refuse_if(obstacles)
    return _answer(
        question,
        answer,
        by,
        channel=channel,
        received_from=received_from,
        received_on=received_on,
        disclosed=disclosed,
        ground=ground,
        secrecy_signed_on=secrecy_signed_on,
        **words,
    )


def _as_it_is_now(question: DeliveryQuestion) -> DeliveryQuestion:
    """The question, held until the transaction ends: a colleague may be answering it as well, and
    who leads the case may be changing or removing its action."""
    take_turn(question.plan_id)
    asked = DeliveryQuestion.objects.select_related(
        "action", "plan", "case", "organisation__group", "answer"
    )
    found = asked.filter(pk=question.pk).first()
    if found is None:
        raise Refused([rules.asked_no_more()])
    return found


def _answer(question: DeliveryQuestion, answer: str, by: User, **about: Any) -> DeliveryAnswer:
    """Keep what was said. Who cannot deliver and is asked nothing else, lets go of the case."""
    question = _as_it_is_now(question)
    refuse_if(rules.obstacles_to_answering(question))
    refuse_if(
        [
            *rules.obstacles_to_words(answer, **about),
            *rules.obstacles_to_promising(question.organisation, answer, about.get("mandaat")),
        ]
    )
    if answer == Answer.NEE:
        about["why_not"] = about.get("why_not") or WhyNot.ANDERS
    given = DeliveryAnswer(question=question, answer=answer, recorded_by=by, **about)
    given.save(force_insert=True)
    stop_asking(question.action)
    said = given.condition or given.reason
    rests_on = f"Mandaat: {given.mandaat.function}." if given.mandaat else ""
    told = [f"{question.action.description}.", said, rests_on, _told(given)]
    record(
        question.case,
        TimelineKind.LEVERING,
        f"{question.organisation.short_name}: {given}",
        text=" ".join(filter(None, told)),
        by=by,
    )
    if answer == Answer.NEE:
        let_go(question.plan, question.organisation)
    return given
