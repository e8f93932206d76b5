"""Candidates and lists of the police, put ready for their pages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from cases.models import Case, ImportBatch, ImportRow, RowOutcome, ToldApart, looks_like
from cases.operations import Entry
from partners.models import User


@dataclass(frozen=True)
class Candidate:
    """Somebody who was put forward, and whom he looks like."""

    case: Case
    lookalikes: list[Case]


def candidates(cases: Sequence[Case], user: User) -> list[Candidate]:
    """Candidates with everybody else of the same birth date and (almost) the same name, as long as
    nobody said that they are two people. INT-07."""
    births = {case.client.birth_date for case in cases}
    known = Case.objects.visible_to(user).not_closed()
    known = known.filter(client__birth_date__in=births, joined_to=None).select_related("client")
    told_apart = ToldApart.objects.filter(case=OuterRef("pk")).values("other_id")
    born_on: dict[date, list[Case]] = defaultdict(list)
    apart: set[frozenset[UUID]] = set()
    for case in known.annotate(apart_from=ArraySubquery(told_apart)).order_by("number"):
        born_on[case.client.birth_date].append(case)
        apart |= {frozenset((case.pk, other)) for other in case.apart_from}
    return [
        Candidate(
            case,
            [
                other
                for other in born_on[case.client.birth_date]
                if looks_like(case, other) and frozenset((case.pk, other.pk)) not in apart
            ],
        )
        for case in cases
    ]


@dataclass(frozen=True)
class Line:
    """A row of a list: what it says while that is kept, and whom it is or looks like."""

    row: ImportRow
    entry: Entry | None
    kind: str

    @property
    def asks_decision(self) -> bool:
        return (
            self.row.outcome == RowOutcome.TWIJFELACHTIG and self.row.batch.confirmed_at is not None
        )


def waiting() -> list[ImportRow]:
    """Doubtful rows that somebody has to decide; a person who stands on two lists waits once."""
    rows = ImportRow.objects.waiting().select_related("batch")
    once = {Entry.unseal(row.sealed_data).person: row for row in reversed(rows)}
    return list(reversed(once.values()))


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
    """The rows of a list, what asks attention on top; of one outcome when that was chosen."""
    rows = batch.rows.select_related("batch", "case__client").most_urgent_first()
    return rows.filter(outcome=outcome) if outcome in RowOutcome.values else rows


def subjects(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[str]:
    """What this page shows, for the access log."""
    return [str(batch.pk), *sorted({row.case.number for row in rows if row.case})]
