"""Candidates and lists of the police, put ready for their pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from cases import access, rules
from cases.models import (
    Case,
    ImportBatch,
    ImportRow,
    RowDecision,
    RowOutcome,
    Spelling,
    ToldApart,
    spelling_of,
    spoken_name,
)
from cases.operations import SUPPLIER, Entry
from cases.rules import columns
from cases.states import CaseStatus
from partners.models import Organisation, User
from veiligheidshuis.formats import plain_date
from veiligheidshuis.obstacles import Obstacle


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom a candidate may be: what is compared, and what is shown when he is alike."""

    pk: UUID
    number: str
    name: str
    spelling: Spelling
    regime: str


@dataclass(frozen=True)
class Candidate:
    """Somebody who was put forward, and whom he looks like."""

    case: Case
    lookalikes: list[Known]


def waiting_candidates(user: User) -> QuerySet[Case]:
    """Who was put forward and is on no list yet, the newest first; with how far the weighing is."""
    cases = Case.objects.visible_to(user).filter(status=CaseStatus.AANGEMELD)
    return cases.with_people().select_related("weging").order_by("-opened_at", "pk")


def candidates(cases: Sequence[Case], user: User) -> list[Candidate]:
    """Candidates with everybody else of the same regime and birth date and (almost) the same name,
    as long as nobody said that they are two people. INT-07; PRV-20."""
    born_on: dict[date, list[Known]] = defaultdict(list)
    apart: set[frozenset[UUID]] = set()
    days = {c.client.birth_date for c in cases}
    for pk, number, regime, born, told_apart, *name in _born_on(days, user):
        born_on[born].append(Known(pk, number, spoken_name(*name), Spelling.of(*name), regime))
        apart |= {frozenset((pk, other)) for other in told_apart}

    def lookalikes(case: Case) -> list[Known]:
        spelling = spelling_of(case.client)
        return [
            other
            for other in born_on[case.client.birth_date]
            if other.pk != case.pk
            and other.regime == case.regime
            and spelling.resembles(other.spelling)
            and frozenset((case.pk, other.pk)) not in apart
        ]

    return [Candidate(case, lookalikes(case)) for case in cases]


def numbers_of(shown: Iterable[Candidate]) -> set[str]:
    """Whom a page with these candidates names, for the access log."""
    alike = {other.number for candidate in shown for other in candidate.lookalikes}
    return alike | {candidate.case.number for candidate in shown}


def _born_on(days: set[date], user: User) -> QuerySet[Case, tuple[Any, ...]]:
    """Everybody with a dossier who was born on one of these days, and who was told apart from whom.
    Values and no dossiers: there are ten of these for each candidate, and few are shown."""
    told_apart = ToldApart.objects.filter(case=OuterRef("pk")).values("other_id")
    known = Case.objects.visible_to(user).not_closed().filter(joined_to=None)
    known = known.filter(client__birth_date__in=days).order_by("number")
    return known.annotate(apart_from=ArraySubquery(told_apart)).values_list(
        "pk", "number", "regime", "client__birth_date", "apart_from",
        "client__first_name", "client__name_prefix", "client__last_name",
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of a list: what it says while that is kept, and whom it is or looks like."""

    row: ImportRow
    entry: Entry | None
    kind: str

    @property
    def asks_decision(self) -> bool:
        doubtful = self.row.outcome == RowOutcome.TWIJFELACHTIG
        return bool(self.row.sealed_data) and (doubtful or self.row.batch.confirmed_at is not None)

    @property
    def no_data(self) -> str:
        """Why nothing of the row can be read any more: it was wiped, or never kept."""
        batch = self.row.batch
        over = batch.withdrawn_at is not None or batch.undone_at is not None
        rejected = self.row.outcome == RowOutcome.AFGEWEZEN and not self.row.decision
        return "niet bewaard" if rejected and not over else "gewist"

    @property
    def decided(self) -> str:
        """What was said of it in the preview, and not done yet."""
        waits = self.row.batch.confirmed_at is None and self.row.sealed_data
        return self.row.get_decision_display() if waits else ""

    @property
    def gave(self) -> str:
        """Which data came from this row, and since when the house has them."""
        if not self.row.gave:
            return ""
        return (
            f"{', '.join(self.row.gave)}, eerst verwerkt {plain_date(self.row.first_processed_on)}"
        )


def waiting() -> list[ImportRow]:
    """Doubtful rows that somebody has to decide; a person who stands on two lists waits once."""
    rows = ImportRow.objects.waiting().select_related("batch")
    once = {Entry.unseal(row.sealed_data).person: row for row in reversed(rows)}
    return list(reversed(once.values()))


def waiting_lists() -> dict[str, list[ImportBatch]]:
    """Lists with which somebody has to do something: that could not be read, or are looked at."""
    batches = ImportBatch.objects
    waiting = (batches.unreadable() | batches.previews()).order_by("-read_at")
    found: dict[str, list[ImportBatch]] = {"unreadable": [], "previews": []}
    for batch in waiting:
        found["unreadable" if batch.failure else "previews"].append(batch)
    return found


OUTCOME_KINDS = {
    RowOutcome.NIEUW: "ok",
    RowOutcome.BEKEND: "info",
    RowOutcome.TWIJFELACHTIG: "let-op",
    RowOutcome.AFGEWEZEN: "fout",
}


def lines(rows: Iterable[ImportRow]) -> list[Line]:
    """Rows as they are shown; only what is not yet decided can still be read."""
    return [
        Line(
            row,
            Entry.unseal(row.sealed_data) if row.sealed_data else None,
            OUTCOME_KINDS[RowOutcome(row.outcome)],
        )
        for row in rows
    ]


def rows_of(batch: ImportBatch, outcome: str) -> QuerySet[ImportRow]:
    """The rows of a list in the order of the file; of one outcome when that was chosen."""
    rows = batch.rows.with_cases().in_order()
    return rows.filter(outcome=outcome) if outcome in RowOutcome.values else rows


def sources() -> dict[str, Any]:
    """Whose lists come in: every partner at the table; mostly the police."""
    seated = Organisation.objects.seated()
    return {
        "sources": seated.in_covenant_order(),
        "usual": seated.filter(slug=SUPPLIER).first(),
    }


SAID = {
    RowDecision.ZELFDE: "is iemand die we al kennen",
    RowDecision.NIEUW: "is een nieuwe kandidaat",
    RowDecision.WEGLATEN: "is weggelaten",
}


def said_of(row: ImportRow, decision: str) -> str:
    """What became of a row by a decision; in a preview it waits for the reading in."""
    if row.batch.confirmed_at is None:
        label = RowDecision(decision).label
        return f"Regel {row.line}: {label}. Dat gebeurt als je de lijst inleest."
    return f"Regel {row.line} {SAID[RowDecision(decision)]}."


def undoing(batch: ImportBatch) -> list[Obstacle] | None:
    """What stands in the way of taking a list back; None when there is nothing to take back."""
    if batch.confirmed_at is None or batch.undone_at is not None:
        return None
    return rules.obstacles_to_undoing(batch, access.worked_on_of_import(batch))


def not_read(batch: ImportBatch) -> list[str]:
    """What is said of sheets and columns that are not read, until the list is read in or let go."""
    done = batch.confirmed_at is not None or batch.withdrawn_at is not None
    if done:
        return []
    sheets = [columns.OTHER_SHEETS] if batch.leaves_sheets else []
    return [*sheets, *(columns.not_read(heading) for heading in batch.not_read)]


def subjects(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[str]:
    """What this page shows, for the access log."""
    return [batch.in_log, *sorted({row.case.number for row in rows if row.case})]
