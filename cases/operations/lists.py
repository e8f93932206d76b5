"""The prioriteitenlijst: opened, ranked by people, adopted, frozen.

S2, Werkprocessen; PRI-03..05.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases import access, rules
from cases.models import (
    Basis,
    Case,
    Lijstplaats,
    Prioriteitenlijst,
    Regime,
    Scope,
    Selectielid,
    TimelineKind,
    Verplaatsing,
)
from cases.operations.moves import locked, move
from cases.operations.timeline import record
from cases.states import LIST_FLOW, CaseStatus, ListStatus
from partners.access import require_office_or_manager
from partners.models import Chain, Role, User
from veiligheidshuis.obstacles import refuse_if, stale
from veiligheidshuis.werkafspraken import version

# Between two places there is room for thirty more, each halfway; vh.move_place then makes new room.
ROOM = 2**32
# Of a move one types a place at most, and an arrow nothing at all.
OTHER_ORDER = "De volgorde is intussen veranderd. Kijk wat er nu staat en verplaats opnieuw."


def _locked_list(ranked: Prioriteitenlijst) -> Prioriteitenlijst:
    return Prioriteitenlijst.objects.select_for_update().get(pk=ranked.pk)


def _renew(ranked: Prioriteitenlijst) -> None:
    """The order is another one: who still has the former on his screen is told (`seen`)."""
    ranked.version += 1
    ranked.save(update_fields=["version"])


def _lock_all_lists() -> None:
    """Two lists adopted at once must see each other: one of them gives way to the other."""
    list(Prioriteitenlijst.objects.select_for_update().order_by("pk"))


@transaction.atomic
def open_list(
    code: str,
    *,
    meeting_on: date,
    members: Iterable[User],
    by: User,
    start_from: Prioriteitenlijst | None = None,
    regime: str = Regime.WGS,
) -> Prioriteitenlijst:
    """Start a new list of one regime with the named members of its selection meeting.

    Empty, or in the order of a former list (`start_from`); nobody on that one is let go of, also
    when who opens the new one may not know him. Raises Refused.
    """
    require_office_or_manager(by)
    members = list(members)
    refuse_if(rules.obstacles_to_opening_list(code, meeting_on, members, regime))
    ranked = Prioriteitenlijst(code=code, meeting_on=meeting_on, regime=regime, opened_by=by)
    ranked.save(force_insert=True)
    Selectielid.objects.bulk_create(
        [Selectielid(prioriteitenlijst=ranked, user=member) for member in members]
    )
    if start_from:
        places = start_from.plaatsen.in_order().select_related("case__client")
        add_candidates(ranked, [place.case for place in places], by=by)
        access.take_along_unseen(ranked, start_from)
    return ranked


@transaction.atomic
def add_candidates(ranked: Prioriteitenlijst, cases: Sequence[Case], *, by: User) -> None:
    """Put candidates at the end of the list, each under the criteria of today (PRI-06); its members
    know them until the list is adopted.

    Offence data are shown only to members who work in the strafrechtketen.
    """
    require_office_or_manager(by)
    ranked = _locked_list(ranked)
    refuse_if(rules.obstacles_to_listing(ranked, cases))
    last = ranked.plaatsen.aggregate(last=Max("position", default=0))["last"]
    named = ranked.selectieleden.exclude(user=by).select_related("user__organisation")
    # Who was switched off or lost his role since knows nobody any more; who does this knows them
    # by his function, and nobody gives himself anything.
    members = [
        member.user
        for member in named
        if member.user.principal_ids and ranked.regime in member.user.regimes
    ]
    criteria = version("criteria")
    for number, case in enumerate(cases, start=1):
        position = last + number * ROOM
        place = Lijstplaats(prioriteitenlijst=ranked, case=case, position=position)
        place.criteria = criteria
        place.save(force_insert=True)
        for member in members:
            justice = member.organisation.chain == Chain.STRAF
            scopes = [Scope.KNOW_CASE, Scope.VIEW_JUSTICE] if justice else [Scope.KNOW_CASE]
            access.grant(
                case, member.personal_group, Basis.SELECTIE, scopes=scopes, because_of=ranked.pk
            )
        record(case, TimelineKind.LIJST, f"Voorgedragen op prioriteitenlijst {ranked.code}", by=by)
    _renew(ranked)


@transaction.atomic
def move_candidate(
    ranked: Prioriteitenlijst,
    case: Case,
    *,
    to_place: int,
    by: User,
    reason: str = "",
    seen: int | None = None,
) -> None:
    """Move a candidate to another place (1 is first), by a member of the meeting or the office.

    Works on the places that the mover sees, so that somebody who is barred from one candidate can
    rank the others. However long the list is, one place is written. `seen` is the version of the
    list on his screen. Raises Refused.
    """
    ranked = _locked_list(ranked)
    order = list(ranked.plaatsen.in_order().values_list("case_id", flat=True))
    if case.pk not in order:  # somebody took him off the list meanwhile
        refuse_if(rules.obstacles_to_taking_off(ranked, case))
    refuse_if(stale(seen, ranked.version, OTHER_ORDER))
    from_place = order.index(case.pk) + 1
    refuse_if(rules.obstacles_to_moving(ranked, from_place, to_place, len(order), reason))
    if to_place == from_place:
        return
    order.remove(case.pk)
    access.move_place(ranked, case, before=order[to_place - 1] if order[to_place - 1 :] else None)
    _renew(ranked)
    Verplaatsing(
        prioriteitenlijst=ranked,
        case=case,
        from_rank=from_place,
        to_rank=to_place,
        reason=reason,
        moved_by=by,
    ).save(force_insert=True)


@transaction.atomic
def take_off_list(ranked: Prioriteitenlijst, case: Case, *, reason: str, by: User) -> None:
    """Somebody need not be on a list any more: he leaves it at once. WGS 2.32 lid 4; PRI-07.

    His place goes, and how he was moved; the members of the meeting let go of him. An adopted list
    keeps the numbers of the others. Raises Refused.
    """
    require_office_or_manager(by)
    ranked = _locked_list(ranked)
    refuse_if(rules.obstacles_to_taking_off(ranked, case))
    title = f"Van prioriteitenlijst {ranked.code} gehaald"
    record(case, TimelineKind.LIJST, title, text=reason, by=by)
    access.take_off_list(ranked, case)
    if ranked.status == ListStatus.VASTGESTELD:
        put_back(case, by=by)
    _renew(ranked)


@transaction.atomic
def record_meeting(ranked: Prioriteitenlijst, said: Mapping[Selectielid, str], *, by: User) -> None:
    """Write down of every member whether he came, and who adopts for his organisation. PRI-03.

    Until the list is adopted it can be corrected. Raises Refused.
    """
    require_office_or_manager(by)
    ranked = _locked_list(ranked)
    refuse_if(rules.obstacles_to_recording_meeting(ranked, said))
    for member, attendance in said.items():
        member.attendance, member.organisation = attendance, member.user.organisation
        member.save(update_fields=["attendance", "organisation"])


@transaction.atomic
def adopt_list(ranked: Prioriteitenlijst, *, by: User, seen: int | None = None) -> None:
    """The core participants adopted the list at their table, and the manager records that: from
    here on it is frozen under its fingerprint, and its members let go. S2; PRI-05.

    `seen` is the version of the order that he has before him. Raises Refused.
    """
    if not by.has_role(Role.MANAGER):
        raise PermissionDenied("Alleen de manager stelt de prioriteitenlijst vast.")
    _lock_all_lists()
    ranked = _locked_list(ranked)
    refuse_if(rules.obstacles_to_adopt_list(ranked, seen))
    access.number_places(ranked)
    for place in ranked.plaatsen.in_order().select_related("case"):
        prioritise(place, by=by)
    access.adopt_unseen(ranked.pk)
    access.close_selection(ranked.pk)
    adopted = Prioriteitenlijst.objects.filter(status=ListStatus.VASTGESTELD)
    for former in adopted.filter(regime=ranked.regime):
        replace_list(former, by=by, keep=ranked)
    ranked.status = LIST_FLOW.end("adopt_list", ranked.status)
    ranked.adopted_at, ranked.adopted_by = timezone.now(), by
    ranked.save(update_fields=["status", "adopted_at", "adopted_by"])
    access.seal_list(ranked)


def prioritise(place: Lijstplaats, *, by: User) -> None:
    """A candidate's place on the adopted list becomes his priority; part of `adopt_list`."""
    case = locked(place.case)
    case.priority = place.rank
    if case.status == CaseStatus.AANGEMELD:
        case.werkwijze_on = timezone.localdate()
        move(case, "prioritise", fields=("priority", "werkwijze_on"))
    else:  # somebody in hand keeps his status; only his place is new
        case.save(update_fields=["priority"])
    record(
        case,
        TimelineKind.LIJST,
        f"Op plaats {place.rank} van de prioriteitenlijst",
        by=by,
    )


def put_back(case: Case, *, by: User) -> None:
    """Who is not on the new list has no place; nobody's client is a candidate again."""
    case = locked(case)
    case.priority = None
    if rules.obstacles_to_put_back(case):  # somebody in hand keeps his interventiemanager
        case.save(update_fields=["priority"])
    else:
        move(case, "put_back", fields=("priority",))
    record(case, TimelineKind.LIJST, "Niet meer op de prioriteitenlijst", by=by)


def replace_list(former: Prioriteitenlijst, *, by: User, keep: Prioriteitenlijst) -> None:
    """The former list gives way; who is not on the new one has no priority any more. WGS 2.32."""
    refuse_if(rules.obstacles_to_replace_list(former))
    kept = keep.plaatsen.values("case_id")
    for case in Case.objects.filter(lijstplaatsen__prioriteitenlijst=former).exclude(pk__in=kept):
        put_back(case, by=by)
    former.status = LIST_FLOW.end("replace_list", former.status)
    former.save(update_fields=["status"])
