"""The prioriteitenlijst, put ready for its page. It shows facts beside a name and never a score."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils import timezone

from cases.models import (
    Case,
    Doelgroep,
    Lijstplaats,
    OffenceRecord,
    Prioriteitenlijst,
    Regime,
    Scope,
    Verplaatsing,
    name_key,
)
from cases.models.case import sees_process_of_all
from cases.states import CaseStatus
from partners.models import Role, User
from veiligheidshuis import formats

FACTS_OF_DAYS = 365
TOP = 5
PER_PAGE = 50


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
class Asked:
    """What somebody wants to see of a list: everybody, one doelgroep or a name; and which page."""

    doelgroep: str = ""
    name: str = ""
    page: str = "1"

    @property
    def is_whole(self) -> bool:
        return not self.doelgroep and not self.name_words

    @property
    def name_words(self) -> list[str]:
        return name_key(self.name[:80]).split()


@dataclass(frozen=True)
class Line:
    """One candidate as far as needed to find and count him; the page shows fifty of them whole."""

    place: int
    case_id: UUID
    number: str
    doelgroep: str
    source: str
    sort_name: str

    def is_meant(self, asked: Asked) -> bool:
        of_group = not asked.doelgroep or self.doelgroep == asked.doelgroep
        return of_group and all(word in self.sort_name for word in asked.name_words)


@dataclass(frozen=True)
class ListPage:
    """One page of a list, and what the whole of it counts."""

    rows: list[Row]
    page: Page[Line]
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


def lines(ranked: Prioriteitenlijst, user: User) -> list[Line]:
    """Everybody on it whom this user may know, in order: places and counts come from here.

    A list in discussion is counted; of an adopted one everybody keeps his number.
    """
    places = ranked.plaatsen.visible_to(user).in_order()
    told = places.values_list(
        "rank",
        "case_id",
        "case__number",
        "case__doelgroep",
        "case__source__name",
        "case__client__sort_name",
    )
    return [
        Line(rank or counted, case_id, number, doelgroep, source, sort_name)
        for counted, (rank, case_id, number, doelgroep, source, sort_name) in enumerate(told, 1)
    ]


def place_of(ranked: Prioriteitenlijst, user: User, number: str) -> int:
    """Where this candidate stands, counting from 1. Raises Http404 when he is not on it."""
    for line in lines(ranked, user):
        if line.number == number:
            return line.place
    raise Http404


def page_with(ranked: Prioriteitenlijst, user: User, place: int) -> int:
    """The page of the whole list on which this place stands; the last one when it is beyond."""
    before = sum(line.place < place for line in lines(ranked, user))
    return before // PER_PAGE + 1


def list_page(ranked: Prioriteitenlijst, user: User, asked: Asked) -> ListPage:
    """The candidates in order, fifty at a time; each with his place on the whole list."""
    everybody = lines(ranked, user)
    page = Paginator([line for line in everybody if line.is_meant(asked)], PER_PAGE).get_page(
        asked.page
    )
    shown = list(
        ranked.plaatsen.visible_to(user)
        .filter(case__in=[line.case_id for line in page])
        .with_people()
    )
    offences = offences_seen(shown, user)
    return ListPage(
        rows=_rows(ranked, page, shown, offences, user),
        page=page,
        total=len(everybody),
        chips=_chips(everybody),
        sources=Counter(line.source for line in everybody).most_common(),
        moves=latest_moves(ranked, user),
        gone=gone_since(ranked, user),
        shows_offences=bool(offences),
    )


def _rows(
    ranked: Prioriteitenlijst,
    page: Iterable[Line],
    shown: Sequence[Lijstplaats],
    offences: Mapping[UUID, OffenceRecord],
    user: User,
) -> list[Row]:
    cases = {place.case_id: place.case for place in shown}
    before = former_places(ranked, shown)
    assigns = user.has_role(Role.MANAGER) and not ranked.is_open
    return [
        Row(
            place=line.place,
            case=(case := cases[line.case_id]),
            change=change(before.get(line.case_id), line.place),
            offences=offences.get(line.case_id),
            on_top=line.place <= TOP,
            can_assign=assigns and case.status == CaseStatus.GEPRIORITEERD,
        )
        for line in page
        if line.case_id in cases  # taken off in between
    ]


def former_places(ranked: Prioriteitenlijst, places: Sequence[Lijstplaats]) -> dict[UUID, int]:
    """Where everybody stood on the list before this one.

    While a list is discussed that is his priority of today, which its members may see; the former
    list itself only the office sees.
    """
    if ranked.is_open:
        return {place.case_id: place.case.priority for place in places if place.case.priority}
    former = ranked.former()
    if former is None:
        return {}
    same = former.plaatsen.filter(case__in=[place.case_id for place in places], rank__isnull=False)
    return {place.case_id: place.rank for place in same if place.rank}


def gone_since(ranked: Prioriteitenlijst, user: User) -> list[tuple[Case, int]]:
    """Who stood on the list before this one and not on it, with the place of then; for the office.

    A member of the meeting knows only who is on his list. PRI-05.
    """
    if not sees_process_of_all(user):
        return []
    here = ranked.plaatsen.values("case_id")
    if ranked.is_open:
        cases = Case.objects.visible_to(user).filter(regime=ranked.regime, priority__isnull=False)
        ordered = cases.exclude(pk__in=here).with_people().order_by("priority")
        return [(case, case.priority) for case in ordered if case.priority]
    former = ranked.former()
    if former is None:
        return []
    places = former.plaatsen.visible_to(user).exclude(case_id__in=here)
    return [(place.case, place.rank) for place in places.in_order().with_people() if place.rank]


def offences_seen(places: Sequence[Lijstplaats], user: User) -> dict[UUID, OffenceRecord]:
    """The count that was passed on last, in the past year, of those whose judicial data this
    viewer may see; over whatever period was counted."""
    seen = Case.objects.visible_to(user, Scope.VIEW_JUSTICE)
    records = OffenceRecord.objects.filter(
        case__in=seen.filter(pk__in=[place.case_id for place in places]),
        recorded_on__gt=timezone.localdate() - timedelta(days=FACTS_OF_DAYS),
    )
    latest: dict[UUID, OffenceRecord] = {}
    for record in records.select_related("supplier").latest_first():
        latest.setdefault(record.case_id, record)
    return latest


def change(before: int | None, now: int) -> Change:
    """The difference in words."""
    if before is None:
        return Change("nieuw", "nieuw")
    if before == now:
        return Change("gelijk", "gelijk")
    kind, word = ("op", "omhoog") if now < before else ("neer", "omlaag")
    return Change(kind, f"{abs(now - before)} {word}")


def latest_moves(ranked: Prioriteitenlijst, user: User) -> list[Verplaatsing]:
    """What was moved last, of the candidates this viewer sees."""
    moves = ranked.verplaatsingen.filter(case__in=Case.objects.visible_to(user))
    return list(moves.select_related("case__client", "moved_by").order_by("-moved_at", "pk")[:5])


def _chips(everybody: Sequence[Line]) -> list[tuple[str, str, int]]:
    """The doelgroepen on this list with how many there are of each."""
    counts = Counter(line.doelgroep for line in everybody)
    return [(value, label, counts[value]) for value, label in Doelgroep.choices if counts[value]]


def subtitle(ranked: Prioriteitenlijst) -> str:
    """In what state the list is, under its name."""
    local = "Lokale aanpak · " if ranked.regime == Regime.LOKALE_PGA else ""
    meeting = f"selectieoverleg van {formats.long_date(ranked.meeting_on)}"
    if ranked.adopted_at is None:
        return f"{local}In bespreking · {meeting}"
    adopted = formats.long_date(ranked.adopted_at)
    return f"{local}{ranked.get_status_display().capitalize()} op {adopted} · {meeting}"
