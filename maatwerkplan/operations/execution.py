"""Execution: partners report start and progress; the start stops the clock. EXE-01..03."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases import access
from cases.models import Deadline, DeadlineKind, Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import ENDINGS, Channel, PartnerAction, ProgressKind, ProgressReport
from maatwerkplan.operations.drawing import take_turn
from partners.models import User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import refuse_if

# What who leads the case hears at once: he has to talk to somebody about it. EXE-03.
HEARD_AT_ONCE: dict[str, str] = {
    ProgressKind.UITGESTELD: "actie_uitgesteld",
    ProgressKind.GEMIST: "afspraak_gemist",
}


@transaction.atomic
def report(
    action: PartnerAction,
    *,
    kind: str,
    happened_on: date,
    by: User,
    text: str = "",
    until: date | None = None,
) -> ProgressReport:
    """A partner reports about his own action. Days are days in Europe/Amsterdam.

    `until`: when it begins, of what is put off. Who leads hears of that, and of a client who did
    not come. Raises Refused.
    """
    if by.organisation_id != action.organisation_id:
        raise PartnerAction.DoesNotExist
    told = put_down(action, kind, happened_on, text, by, until=until)
    if kind in HEARD_AT_ONCE and action.case.manager_id:
        tell(action.case, HEARD_AT_ONCE[kind], to=action.case.manager_id)
    return told


@transaction.atomic
def record_report(
    action: PartnerAction,
    *,
    kind: str,
    happened_on: date,
    channel: str,
    received_from: str,
    received_on: date,
    disclosed: str,
    ground: str,
    by: User,
    text: str = "",
    until: date | None = None,
) -> ProgressReport:
    """The interventiemanager writes down what a partner without an account reported.

    `disclosed` is what he told the partner himself, `ground` why he might. Days in Amsterdam.
    """
    access.require(by, Scope.LEAD_CASE, action.case)
    refuse_if(rules.obstacles_to_recording_for(action.case, action.organisation))
    refuse_if(
        [
            *rules.obstacles_to_recording_words(channel, received_from),
            *rules.obstacles_to_disclosing(disclosed, ground),
            *rules.obstacles_to_hearing(happened_on, received_on),
        ]
    )
    return put_down(
        action,
        kind,
        happened_on,
        text,
        by,
        until=until,
        channel=channel,
        received_from=received_from,
        received_on=received_on,
        disclosed=disclosed,
        ground=ground,
    )


@transaction.atomic
def record_end(
    action: PartnerAction, *, kind: str, happened_on: date, text: str, by: User
) -> ProgressReport:
    """Who leads the case establishes that an action is over, because its partner does not say so.

    `text` says how he knows. The partner reads it with his action, and is told to look.
    """
    access.require(by, Scope.LEAD_CASE, action.case)
    refuse_if(rules.obstacles_to_recording_end(kind, text))
    told = put_down(action, kind, happened_on, text, by, Channel.REGIE)
    for contact in rules.contacts_in(action.case, action.organisation):
        tell(action.case, "actie_afgesloten", to=contact.pk)
    return told


def put_down(
    action: PartnerAction,
    kind: str,
    happened_on: date,
    text: str,
    by: User,
    channel: str = Channel.HUIS,
    until: date | None = None,
    **how: object,
) -> ProgressReport:
    """Keep a report, however it came, and stop the clocks that it answers."""
    take_turn(action.plan_id)  # a start and an end are told once, also by two at the same moment
    refuse_if(
        [
            *rules.obstacles_to_reporting(action, kind, happened_on, channel),
            *rules.obstacles_to_stopping(kind, text),
            *rules.obstacles_to_putting_off(action, kind, until, text),
        ]
    )
    about = {"action": action, "case_id": action.case_id, "kind": kind, "happened_on": happened_on}
    about["until"] = until
    told = ProgressReport(**about, text=text, channel=channel, recorded_by=by, **how)
    told.save(force_insert=True)
    _stop_clock(told)
    record(
        action.case,
        TimelineKind.UITVOERING,
        f"{action.organisation.short_name}: {told.get_kind_display()}",
        text=" ".join(filter(None, [f"{action.description}.", _begins(until), text])),
        scope=Scope(action.scope),
        by=by,
    )
    return told


def _begins(until: date | None) -> str:
    return f"Begint op {long_date(until)}." if until else ""


def _stop_clock(told: ProgressReport) -> None:
    """A start is awaited no longer. Who never starts, or later, is not reminded of it; that it did
    not start within the week the manager still hears: it did not."""
    waiting = Deadline.objects.filter(subject_id=told.action_id, done_at=None)
    if told.kind in (*ENDINGS, ProgressKind.UITGESTELD):
        waiting = waiting.exclude(kind=DeadlineKind.START_GEMIST)
    if told.kind not in (ProgressKind.VOORTGANG, ProgressKind.GEMIST):
        waiting.update(done_at=timezone.now())
