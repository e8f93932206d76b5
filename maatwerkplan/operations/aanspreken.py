"""A partner is held to what it agreed, one step after the other. REG-05."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access
from cases.models import Case, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import Aanspreking, CallStage, PartnerAction
from maatwerkplan.operations.drawing import take_turn
from maatwerkplan.states import AANSPREKING_FLOW
from partners.models import Organisation, Role, User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def call_on(
    action: PartnerAction, *, stage: str, text: str, answer_by: date, by: User
) -> Aanspreking:
    """Who leads reminds the partner of this action, calls it formally, or asks the manager.

    Its contacts, or the managers, get a mail that names nobody. `answer_by` is a day in Amsterdam.
    Raises Refused.
    """
    access.require(by, Scope.LEAD_CASE, action.case)
    take_turn(action.plan_id)  # one step at a time, also of two at the same moment
    calls = rules.calls_of(action)
    refuse_if(
        [
            *rules.obstacles_to_calling(action, calls),
            *rules.obstacles_to_call(calls, stage, text, answer_by),
        ]
    )
    call = Aanspreking(
        action=action,
        plan_id=action.plan_id,
        case=action.case,
        organisation=action.organisation,
        action_text=action.description,
        stage=stage,
        text=text.strip(),
        answer_by=answer_by,
        asked_by=by,
    )
    _keep(call)
    if stage == CallStage.MANAGER:
        for manager in User.objects.in_role(Role.MANAGER).exclude(pk=by.pk):
            tell(action.case, "aanspreken_manager", to=manager.pk)
    else:
        for contact in rules.contacts_in(action.case, action.organisation):
            tell(action.case, "aangesproken", to=contact.pk)
    return call


@transaction.atomic
def ask_power(
    call: Aanspreking, *, asked_of: Organisation, text: str, answer_by: date, by: User
) -> Aanspreking:
    """The manager asks a municipality or the OM for its doorzettingsmacht, by telephone.

    The house sends them nothing: who has no part in the dossier reads nothing of it. What lay
    before the manager ends with it. `answer_by` is a day in Amsterdam. Raises Refused.
    """
    _only_the_manager(by)
    call = held_call(call)
    obstacles = rules.obstacles_to_asking_power(call, by)
    refuse_if([*obstacles, *rules.obstacles_to_asked(text, answer_by)])
    said = f"Doorzettingsmacht gevraagd aan {asked_of.short_name}."
    _settle(call, "call_failed", said, by)
    power = Aanspreking(
        action_id=call.action_id,
        plan_id=call.plan_id,
        case=call.case,
        organisation=call.organisation,
        action_text=call.action_text,
        stage=CallStage.DOORZETTINGSMACHT,
        asked_of=asked_of,
        text=text.strip(),
        answer_by=answer_by,
        asked_by=by,
    )
    _keep(power)
    _tell_who_leads(call.case, by)
    return power


@transaction.atomic
def call_helped(call: Aanspreking, *, outcome: str, by: User) -> None:
    """The partner does what it agreed, or something else was arranged. Raises Refused."""
    _settle_as(call, "call_helped", outcome, by)


@transaction.atomic
def call_failed(call: Aanspreking, *, outcome: str, by: User) -> None:
    """It did not help; what comes next is a harder step, or another plan. Raises Refused."""
    _settle_as(call, "call_failed", outcome, by)


def held_call(call: Aanspreking) -> Aanspreking:
    """The step, held until the transaction ends; or as it stands, when it was settled meanwhile."""
    found = Aanspreking.objects.with_people().filter(pk=call.pk)
    return found.select_for_update(of=("self",)).first() or found.get()


def _settle_as(call: Aanspreking, move: str, outcome: str, by: User) -> None:
    if not access.may(by, Scope.LEAD_CASE, call.case):
        _only_the_manager(by)
    call = held_call(call)
    settling = {
        "call_helped": rules.obstacles_to_call_helped,
        "call_failed": rules.obstacles_to_call_failed,
    }
    refuse_if(settling[move](call, outcome))
    _settle(call, move, outcome, by)
    _tell_who_leads(call.case, by)


def _only_the_manager(by: User) -> None:
    if not by.has_role(Role.MANAGER):
        raise PermissionDenied("Dit doet de manager.")


def _keep(call: Aanspreking) -> None:
    call.save(force_insert=True)
    title = f"{call.organisation.short_name}: {call.get_stage_display()}"
    of = f" Gevraagd aan {call.asked_of.short_name}." if call.asked_of else ""
    text = f"{call.action_text}.{of} {call.text} Uiterlijk {long_date(call.answer_by)}."
    record(call.case, TimelineKind.UITVOERING, title, text=text, by=call.asked_by)


def _settle(call: Aanspreking, move: str, outcome: str, by: User) -> None:
    call.status = AANSPREKING_FLOW.end(move, call.status)
    call.outcome, call.settled_by, call.settled_at = outcome.strip(), by, timezone.now()
    call.save(update_fields=["status", "outcome", "settled_by", "settled_at"])
    title = (
        f"{call.organisation.short_name}: {call.get_stage_display()} {call.get_status_display()}"
    )
    record(call.case, TimelineKind.UITVOERING, title, text=call.outcome, by=by)


def _tell_who_leads(case: Case, by: User) -> None:
    if case.manager_id and case.manager_id != by.pk:
        tell(case, "aanspreken_uitkomst", to=case.manager_id)
