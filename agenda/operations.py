"""What happens with a casusoverleg: planned and noted by the bedrijfsbureau. S2; MTG-01..05."""

from collections.abc import Sequence
from datetime import date, time

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agenda import rules
from agenda.access import let_note
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from agenda.states import CLOSED, OVERLEG_FLOW
from cases import access
from cases.models import Basis, Case, Scope, TimelineKind
from cases.operations import record, tell
from partners.access import require_office
from partners.models import User
from veiligheidshuis.formats import plain_date
from veiligheidshuis.obstacles import refuse_if, stale
from veiligheidshuis.outbox import post


def _locked(overleg: Casusoverleg) -> Casusoverleg:
    held = Casusoverleg.objects.select_for_update(of=("self",))
    return held.select_related("note_taker__personal_group").get(pk=overleg.pk)


@transaction.atomic
def plan_overleg(
    *, on: date, starts: time, ends: time, place: str, note_taker: User, by: User
) -> Casusoverleg:
    """Put a casusoverleg in the joint agenda, with who takes the notes."""
    require_office(by)
    refuse_if(rules.obstacles_to_planning(on, starts, ends))
    overleg = Casusoverleg(
        on=on, starts=starts, ends=ends, place=place, note_taker=note_taker, planned_by=by
    )
    overleg.save(force_insert=True)
    _ask_for_notes(overleg, by)
    return overleg


def _ask_for_notes(overleg: Casusoverleg, by: User) -> None:
    """Who takes the notes hears it, unless he chose himself."""
    if overleg.note_taker_id != by.pk:
        post("notulist", to=overleg.note_taker_id)


@transaction.atomic
def reschedule(
    overleg: Casusoverleg,
    *,
    on: date,
    starts: time,
    ends: time,
    place: str,
    by: User,
    seen: int | None = None,
) -> Casusoverleg:
    """Move a meeting to another moment or room, and tell who comes. `seen`: version on screen."""
    require_office(by)
    overleg = _locked(overleg)
    refuse_if(stale(seen, overleg.version))
    refuse_if(rules.obstacles_to_reschedule(overleg, on, starts, ends))
    if not rules.is_another_moment(overleg, on, starts, ends, place):
        return overleg
    overleg.on, overleg.starts, overleg.ends, overleg.place = on, starts, ends, place
    overleg.status = OVERLEG_FLOW.end("reschedule", overleg.status)
    _save_change(overleg)
    _tell_who_comes(overleg, "overleg_verzet", by=by)
    return overleg


@transaction.atomic
def call_off(overleg: Casusoverleg, *, by: User) -> None:
    """The meeting does not take place. Who would come is told; the note-taker lets go."""
    require_office(by)
    overleg = _locked(overleg)
    refuse_if(rules.obstacles_to_call_off(overleg))
    overleg.status = OVERLEG_FLOW.end("call_off", overleg.status)
    _save_change(overleg)
    for item in overleg.items.select_related("case").order_by("position"):
        _lay_down_pen(item.case, overleg)
    _tell_who_comes(overleg, "overleg_afgezegd", by=by)


def _save_change(overleg: Casusoverleg) -> None:
    overleg.version += 1
    overleg.changed_at = timezone.now()
    overleg.save()


def _tell_who_comes(overleg: Casusoverleg, kind: str, *, by: User) -> None:
    """One mail to each person, also to who takes the notes; not to who did it himself."""
    told = {by.pk}
    for invitation in overleg.invitations.select_related("case").order_by("pk"):
        if invitation.user_id not in told:
            told.add(invitation.user_id)
            tell(invitation.case, kind, to=invitation.user_id)
    if overleg.note_taker_id not in told:
        post(kind, to=overleg.note_taker_id)


@transaction.atomic
def put_on_agenda(
    overleg: Casusoverleg, case: Case, *, question: str, people: Sequence[User], by: User
) -> AgendaItem:
    """Put a case on the agenda and invite who has a role in it.

    The note-taker knows the case and may write its minutes, until they are adopted.
    """
    require_office(by)
    overleg = _locked(overleg)
    refuse_if(
        [
            *rules.obstacles_to_agenda(overleg, case),
            *rules.obstacles_to_inviting(case, people),
        ]
    )
    overleg.last_point += 1  # counts the points that were taken off, or are closed to the planner
    overleg.save(update_fields=["last_point"])
    item = AgendaItem(overleg=overleg, case=case, position=overleg.last_point, question=question)
    item.save(force_insert=True)
    _invite(item, people)
    let_note(item)
    title = f"Op de agenda van het casusoverleg van {plain_date(overleg.on)}"
    record(case, TimelineKind.OVERLEG, title, text=question, by=by)
    return item


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: User) -> None:
    """A case is not talked of at this meeting after all.

    Who was invited to it is told and sees it no more; the note-taker lets go of the case.
    """
    require_office(by)
    overleg = _locked(item.overleg)
    item.overleg = overleg
    refuse_if(rules.obstacles_to_take_off(item))
    case, told = item.case, list(item.invitations.values_list("user_id", flat=True))
    item.delete()
    _lay_down_pen(case, overleg)
    title = f"Van de agenda gehaald van het casusoverleg van {plain_date(overleg.on)}"
    record(case, TimelineKind.OVERLEG, title, by=by)
    for person in told:
        if person != by.pk:
            tell(case, "overleg_punt_vervalt", to=person)


def _invite(item: AgendaItem, people: Sequence[User]) -> None:
    """Ask these people to one point. Who comes to the meeting already gets no second mail."""
    coming = set(item.overleg.invitations.values_list("user_id", flat=True))
    for person in people:
        Invitation(overleg=item.overleg, item=item, case=item.case, user=person).save(
            force_insert=True
        )
        if person.pk not in coming:
            tell(item.case, "overleg", to=person.pk)


@transaction.atomic
def invite(item: AgendaItem, people: Sequence[User], *, by: User) -> None:
    """Ask more people to a point that stands on the agenda; who was asked already stays so."""
    require_office(by)
    overleg = _locked(item.overleg)
    refuse_if(
        [
            *rules.obstacles_to_changing_who_comes(overleg),
            *rules.obstacles_to_point(item),
            *rules.obstacles_to_inviting(item.case, people),
        ]
    )
    asked = set(item.invitations.values_list("user_id", flat=True))
    _invite(item, [person for person in people if person.pk not in asked])


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Somebody need not come to a point after all: he is told, and does not see it any more."""
    require_office(by)
    overleg = _locked(invitation.overleg)
    refuse_if(rules.obstacles_to_changing_who_comes(overleg))
    case, person = invitation.case, invitation.user_id
    invitation.delete()
    if person != by.pk:
        tell(case, "overleg_punt_vervalt", to=person)


@transaction.atomic
def hand_over_notes(overleg: Casusoverleg, to: User, *, by: User) -> None:
    """Somebody else takes the notes from now on; who did so lets go of the cases at once."""
    require_office(by)
    overleg = _locked(overleg)
    refuse_if(rules.obstacles_to_hand_over_notes(overleg, to))
    overleg.note_taker = to
    overleg.save(update_fields=["note_taker"])
    _ask_for_notes(overleg, by)
    for item in overleg.items.select_related("case").order_by("position"):
        _lay_down_pen(item.case, overleg)
        let_note(item)


@transaction.atomic
def hold(overleg: Casusoverleg, *, by: User) -> None:
    """The meeting took place; its minutes can be completed."""
    require_office(by)
    overleg = _locked(overleg)
    refuse_if(rules.obstacles_to_hold(overleg))
    overleg.status = OVERLEG_FLOW.end("hold", overleg.status)
    overleg.save(update_fields=["status"])


@transaction.atomic
def write_minutes(
    item: AgendaItem,
    *,
    discussed: str,
    decision: str,
    tasks: str,
    by: User,
    seen: int | None = None,
) -> Minutes:
    """Write the minutes of one point; only the named note-taker, until they are adopted.

    `seen` is the version on the screen: 0 when there were no minutes yet.
    """
    access.require(by, Scope.MINUTES, item.case)
    # Held for the whole meeting: adoption, and a second first version, wait for this one.
    overleg = _locked(item.overleg)
    if by.pk != overleg.note_taker_id:
        raise PermissionDenied("Alleen de notulist van dit overleg schrijft de notulen.")
    refuse_if([*rules.obstacles_to_writing(overleg), *rules.obstacles_to_point(item)])
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(item=item).first()
    refuse_if(stale(seen, minutes.version if minutes else 0))
    if minutes is None:
        minutes = Minutes(item=item, case_id=item.case_id, version=0)
    is_new = minutes.version == 0
    minutes.discussed, minutes.decision, minutes.tasks = discussed, decision, tasks
    minutes.written_by, minutes.written_at = by, timezone.now()
    minutes.version += 1
    minutes.save(force_insert=is_new)
    return minutes


@transaction.atomic
def adopt_minutes(overleg: Casusoverleg, *, by: User) -> None:
    """Adopt the minutes: frozen from here on, open to who was invited; the note-taker lets go."""
    overleg = _locked(overleg)
    if by != overleg.note_taker:
        raise PermissionDenied("Wie notuleerde, legt de notulen vast.")
    refuse_if(rules.obstacles_to_adopt_minutes(overleg))
    items = list(overleg.items.select_related("case").order_by("position"))
    overleg.status = OVERLEG_FLOW.end("adopt_minutes", overleg.status)
    overleg.save(update_fields=["status"])
    for item in items:
        record(item.case, TimelineKind.OVERLEG, "Besproken in het casusoverleg", by=by)
        _lay_down_pen(item.case, overleg)


def _lay_down_pen(case: Case, overleg: Casusoverleg) -> None:
    """End what note-taking gave; another meeting about the same case keeps its note-taker."""
    access.close(case, Basis.NOTULIST, because_of=overleg.pk)
    others = AgendaItem.objects.filter(case=case).exclude(overleg=overleg)
    for other in others.exclude(overleg__status__in=CLOSED):
        let_note(other)
