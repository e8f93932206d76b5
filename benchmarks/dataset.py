"""A house of any size: N cases, 20 N lines in their timelines, 4 N who take part, 500 people.

Who is measured sees the same part of any house: an interventiemanager 300 cases, a partner 5 in
100, the office the process data of all. The rest is skewed as houses are: a few people with
many cases, and a few cases that drag on.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import psycopg
from django.utils import timezone

from benchmarks.loading import bare, copy
from benchmarks.names import somebody
from benchmarks.seats import Seat, Weighed, few_with_many, organisations, seat_everybody
from cases.access import GRANTS
from cases.models import LEEFGEBIED_SCOPES, Basis, Doelgroep, Regime, Scope, TimelineKind
from cases.models.client import name_key, search_key
from cases.states import CaseStatus

SEED = 20060907  # the covenant
OBSERVED = 6  # interventiemanagers who each see exactly so many cases:
SEES, BARRED, FORMER = 300, 5, 40
HARMLESS = (Scope.KNOW_CASE, Scope.VIEW_HUISVESTING)
STATUSES = Weighed(
    [
        (CaseStatus.AANGEMELD, 10), (CaseStatus.GEPRIORITEERD, 5), (CaseStatus.TOEGEDEELD, 8),
        (CaseStatus.DIAGNOSE, 17), (CaseStatus.PLANVORMING, 17), (CaseStatus.UITVOERING, 38),
        (CaseStatus.DRANG_DWANG, 5),
    ]
)  # fmt: skip
NOT_IN_HAND = (CaseStatus.AANGEMELD, CaseStatus.GEPRIORITEERD)
ITEM_SCOPES = Weighed(
    [(Scope.LEAD_CASE, 45), (Scope.KNOW_CASE, 20), (Scope.VIEW_PLAN, 15)]
    + [(Scope(scope), 3) for scope in LEEFGEBIED_SCOPES]
)
WORDS = "Gebeld over de afspraak van volgende week; hij komt, en neemt zijn papieren mee. "
COLUMNS = {
    "cases_client": "id first_name name_prefix last_name birth_date municipality sort_name"
    " search_name first_processed_on",
    "cases_case": "id number client_id doelgroep status source_id source_note opened_at"
    " opened_by_id manager_id assigned_on werkwijze_on regime first_processed_on",
    "cases_participation": "group_id permission_id content_object_id start_date end_date basis"
    " reason granted_by_id granted_at regime first_processed_on",
    "cases_timelineitem": "id case_id at kind title text scope author_id first_processed_on",
    "cases_bar": "case_id user_id reason set_by_id set_at lift_reason first_processed_on",
}


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case as far as the rest of the house depends on it."""

    pk: str
    client: str
    status: CaseStatus
    opened: datetime
    leader: Seat | None


Line = tuple[object, ...]


def permissions_of_a_case(owner: psycopg.Connection) -> dict[str, int]:
    """The ids of the scopes."""
    rows = owner.execute(
        "SELECT s.codename, s.id FROM auth_permission s JOIN django_content_type t"
        " ON t.id = s.content_type_id WHERE t.app_label = 'cases' AND t.model = 'case'"
    )
    return dict(rows.fetchall())


@dataclass
class Dataset:
    """The house while it is filled; everything by chance, and always the same."""

    owner: psycopg.Connection
    size: int
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    today: date = field(default_factory=timezone.localdate)
    barred: list[tuple[int, str]] = field(default_factory=list)

    def fill(self) -> None:
        """People first, then cases, then everything on them."""
        self.organisations = organisations(self.owner)
        self.people = list(seat_everybody(self.owner, self.organisations))
        self.writer = self.people[OBSERVED]
        self.permissions = permissions_of_a_case(self.owner)
        leaders = few_with_many([p for p in self.people[OBSERVED:] if p.role[0] == "i"])
        self.cases = [self._dossier(leaders) for _ in range(self.size)]
        with bare(self.owner, tuple(COLUMNS)):
            self._copy("cases_client", map(self._client, self.cases))
            self._copy("cases_case", (self._case(n, case) for n, case in enumerate(self.cases)))
            self._copy("cases_participation", self._participations())
            self._copy("cases_timelineitem", self._items())
            self._copy("cases_bar", self._bars())
        self.owner.execute("VACUUM ANALYZE")

    def _copy(self, table: str, rows: Iterator[Line]) -> None:
        today = self.today.isoformat()
        copy(self.owner, table, COLUMNS[table].split(), ((*row, today) for row in rows))

    def _key(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    # --- cases and clients ----------------------------------------------------------------------

    def _dossier(self, leaders: Weighed[Seat]) -> Dossier:
        status = STATUSES.pick(self.chance)
        leader = None if status in NOT_IN_HAND else leaders.pick(self.chance)
        day = self.today - timedelta(days=self.chance.randrange(1, 1800))
        hour = time(self.chance.randrange(8, 18), self.chance.randrange(60))
        opened = datetime.combine(day, hour, UTC)
        return Dossier(self._key(), self._key(), status, opened, leader)

    def _client(self, case: Dossier) -> Line:
        who = somebody(self.chance)
        first, prefix, last = who.first_name, who.name_prefix, who.last_name
        keys = name_key(last, first), search_key(first, prefix, last)
        return (case.client, first, prefix, last, who.birth_date, "Heerlen", *keys)

    def _case(self, n: int, case: Dossier) -> Line:
        number = f"VH-{2000 + n // 100_000}-{n % 100_000:04d}"
        source, writer = self.chance.choice(self.organisations).pk, self.writer.pk
        led = (case.leader.pk, case.opened.date()) if case.leader else (None, None)
        doelgroep = self.chance.choice(Doelgroep.values)
        about = (case.pk, number, case.client, doelgroep, case.status.value, source, "")
        return (*about, case.opened, writer, *led, case.opened.date(), Regime.WGS.value)

    # --- who takes part -------------------------------------------------------------------------

    def _participations(self) -> Iterator[Line]:
        ended = (self.today - timedelta(days=1)).isoformat()
        for case, group, basis, scopes, counts in self._grants():
            start, granted_at = case.opened.date().isoformat(), case.opened.isoformat()
            ends = None if counts else ended
            given = (basis.value, "", self.writer.pk, granted_at, Regime.WGS.value)
            for scope in scopes:
                yield (group, self.permissions[scope], case.pk, start, ends, *given)

    def _grants(self) -> Iterator[tuple[Dossier, int, Basis, tuple[Scope, ...], bool]]:
        """Case, group, basis, scopes and whether it still counts; four for a case on average."""
        for observed in self.people[:OBSERVED]:
            drawn = self.chance.sample(self.cases, SEES + BARRED + FORMER)
            self.barred += [(observed.pk, case.pk) for case in drawn[:BARRED]]
            for n, case in enumerate(drawn):
                yield case, observed.group, Basis.UITVOERING, HARMLESS, n < SEES + BARRED
        others = few_with_many([p for p in self.people[OBSERVED:] if p.role[0] == "i"][::-1])
        for case in self.cases:
            if case.leader:
                yield case, case.leader.group, Basis.TOEWIJZING, GRANTS[Basis.TOEWIJZING], True
            for house in self.organisations:
                if self.chance.random() < house.share:
                    yield case, house.group, Basis.LEVERINGSVRAAG, (Scope.KNOW_CASE,), True
            for other in {others.pick(self.chance) for _ in range(2)} - {case.leader}:
                yield case, other.group, Basis.HAND, HARMLESS, self.chance.random() < 0.9

    def _items(self) -> Iterator[Line]:
        kinds, chance = TimelineKind.values, self.chance
        for case in self.cases:
            author = (case.leader or self.writer).pk
            for n in range(min(200, 1 + int(chance.expovariate(1 / 19)))):
                at, text = case.opened + timedelta(days=n), WORDS * chance.randrange(1, 5)
                scope = ITEM_SCOPES.pick(chance)
                yield (
                    self._key(),
                    case.pk,
                    at,
                    chance.choice(kinds),
                    "Contact",
                    text,
                    scope,
                    author,
                )

    def _bars(self) -> Iterator[Line]:
        """Everybody who is measured is barred from some of the cases that he would know."""
        for person in self.people[-70:]:
            drawn = self.chance.sample(self.cases, BARRED)
            self.barred += [(person.pk, case.pk) for case in drawn]
        set_at = datetime(2025, 1, 1, tzinfo=UTC)
        for user, case in self.barred:
            yield (case, user, "verwant", self.writer.pk, set_at, "")
