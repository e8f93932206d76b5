"""The prioriteitenlijst, put ready for its page. It shows facts beside a name and never a score."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from cases.models import (
    Case,
    Doelgroep,
    Lijstplaats,
    OffenceRecord,
    Prioriteitenlijst,
    Scope,
    Verplaatsing,
)
from cases.models.case import sees_process_of_all
from cases.states import CaseStatus
from partners.models import Role, User
from veiligheidshuis import formats

FACTS_OF_DAYS = 365
TOP = 5


@dataclass(frozen=True)
class Change:
    """How somebody stands against the list before: up, down, the same or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """One candidate on the list, as this viewer may see him."""

    place: int
    case: Case
    change: Change
    offences: OffenceRecord | None
    on_top: bool
    can_assign: bool


@dataclass(frozen=True)
class ListPage:
    """The whole page of one list."""

    rows: list[Row]
    total: int
    chips: list[tuple[str, str, int]]
    sources: list[tuple[str, int]]
    moves: list[Verplaatsing]
    gone: list[tuple[Case, int]]
    shows_offences: bool

    @property
    def numbers(self) -> list[str]:
        """Of everybody who is named on the page."""
        on_it = [row.case.number for row in self.rows]
        return on_it + [case.number for case, _ in self.gone]


def list_page(ranked: Prioriteitenlijst, user: User, doelgroep: str = "") -> ListPage:
    """The candidates in order; with a doelgroep only those, each with his place on the whole."""
    places = list(ranked.plaatsen.visible_to(user).in_order().with_people())
    before = former_places(ranked, places)
    offences = offences_seen(places, user)
    assigns = user.has_role(Role.MANAGER) and not ranked.is_open
    rows = [
        Row(
            place=number,
            case=place.case,
            change=change(before.get(place.case_id), number),
            offences=offences.get(place.case_id),
            on_top=number <= TOP,
            can_assign=assigns and place.case.status == CaseStatus.GEPRIORITEERD,
        )
        for number, place in enumerate(places, start=1)
    ]
    chosen = [row for row in rows if not doelgroep or row.case.doelgroep == doelgroep]
    return ListPage(
        rows=chosen,
        total=len(rows),
        chips=_chips(rows),
        sources=Counter(row.case.source.name for row in rows).most_common(),
        moves=latest_moves(ranked, places),
        gone=gone_since(ranked, user),
        shows_offences=bool(offences),
    )


def former_places(ranked: Prioriteitenlijst, places: Sequence[Lijstplaats]) -> dict[UUID, int]:
    """Where everybody stood on the list before this one.

    While a list is discussed that is his priority of today, which its members may see; the former
    list itself only the office sees.
    """
    if ranked.is_open:
        return {place.case_id: place.case.priority for place in places if place.case.priority}
    former = former_list(ranked)
    return dict(former.plaatsen.values_list("case_id", "rank")) if former else {}


def former_list(ranked: Prioriteitenlijst) -> Prioriteitenlijst | None:
    """The one that was adopted before this one, which is adopted itself."""
    earlier = Prioriteitenlijst.objects.filter(adopted_at__lt=ranked.adopted_at)
    return earlier.order_by("-adopted_at").first()


def gone_since(ranked: Prioriteitenlijst, user: User) -> list[tuple[Case, int]]:
    """Who stood on the list before this one and not on it, with the place of then; for the office.

    A member of the meeting knows only who is on his list. PRI-05.
    """
    if not sees_process_of_all(user):
        return []
    here = ranked.plaatsen.values("case_id")
    if ranked.is_open:
        cases = Case.objects.visible_to(user).filter(priority__isnull=False).exclude(pk__in=here)
        ordered = cases.with_people().order_by("priority")
        return [(case, case.priority) for case in ordered if case.priority]
    former = former_list(ranked)
    if former is None:
        return []
    places = former.plaatsen.visible_to(user).exclude(case_id__in=here)
    return [(place.case, place.rank) for place in places.in_order().with_people()]


def offences_seen(places: Sequence[Lijstplaats], user: User) -> dict[UUID, OffenceRecord]:
    """The latest count of the past year, of those whose judicial data this viewer may see."""
    seen = Case.objects.visible_to(user, Scope.VIEW_JUSTICE)
    records = OffenceRecord.objects.filter(
        case__in=seen.filter(pk__in=[place.case_id for place in places]),
        recorded_on__gt=timezone.localdate() - timedelta(days=FACTS_OF_DAYS),
    )
    latest_last = records.select_related("supplier").order_by("recorded_on", "pk")
    return {record.case_id: record for record in latest_last}


def change(before: int | None, now: int) -> Change:
    """The difference in words."""
    if before is None:
        return Change("nieuw", "nieuw")
    if before == now:
        return Change("gelijk", "gelijk")
    kind, word = ("op", "omhoog") if now < before else ("neer", "omlaag")
    return Change(kind, f"{abs(now - before)} {word}")


def latest_moves(ranked: Prioriteitenlijst, places: Sequence[Lijstplaats]) -> list[Verplaatsing]:
    """What was moved last, of the candidates this viewer sees."""
    moves = ranked.verplaatsingen.filter(case__in=[place.case_id for place in places])
    return list(moves.select_related("case__client", "moved_by").order_by("-moved_at", "pk")[:5])


def _chips(rows: Sequence[Row]) -> list[tuple[str, str, int]]:
    """The doelgroepen on this list with how many there are of each."""
    counts = Counter(row.case.doelgroep for row in rows)
    return [(value, label, counts[value]) for value, label in Doelgroep.choices if counts[value]]


def subtitle(ranked: Prioriteitenlijst) -> str:
    """In what state the list is, under its name."""
    meeting = formats.long_date(ranked.meeting_on)
    if ranked.adopted_at is None:
        return f"In bespreking · selectieoverleg van {meeting}"
    adopted = formats.long_date(ranked.adopted_at)
    return (
        f"{ranked.get_status_display().capitalize()} op {adopted} · selectieoverleg van {meeting}"
    )
