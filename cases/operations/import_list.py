"""A list of the police is read in: first a preview, then for good. S2, Werkprocessen; INT-06.

A file becomes a batch of rows. Nothing is opened before somebody confirms, and what a row said
is kept encrypted and only until it is decided. A doubtful row waits for a person.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from cases import rules
from cases.models import Case, ClientBsn, ImportBatch, ImportRow, RowOutcome
from cases.operations.import_files import new_batch, require_office
from cases.operations.import_rows import Entry, ReadRow, Suppliers
from cases.operations.intake import put_forward
from cases.operations.recognition import Register
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if


@dataclass(frozen=True)
class Tally:
    """How many rows of each sort."""

    nieuw: int = 0
    bekend: int = 0
    twijfelachtig: int = 0
    afgewezen: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{number} {word}" for word, number in asdict(self).items())


@transaction.atomic
def receive_import(
    filename: str,
    rows: Iterable[ReadRow],
    *,
    by: User,
    source: Organisation | None = None,
    supplied_on: date | None = None,
) -> ImportBatch:
    """Keep a list that was read and say what each row would become. Opens nothing yet."""
    batch = new_batch(filename, by=by, source=source, supplied_on=supplied_on)
    batch.save(force_insert=True)
    _weigh(batch, rows, by=by)
    return batch


@transaction.atomic
def weigh_import(batch: ImportBatch, rows: Iterable[ReadRow], *, by: User) -> None:
    """Say what each row of a file that was kept would become; the file itself goes."""
    require_office(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_weighing(batch))
    _weigh(batch, rows, by=by)
    batch.sealed_file = b""
    batch.save(update_fields=["sealed_file"])


def _weigh(batch: ImportBatch, rows: Iterable[ReadRow], *, by: User) -> None:
    rows = list(rows)
    register = Register(_births(row.entry for row in rows), by=by)
    ImportRow.objects.bulk_create([_previewed(batch, row, register) for row in rows])


def _previewed(batch: ImportBatch, row: ReadRow, register: Register) -> ImportRow:
    if row.entry is None:
        return ImportRow(
            batch=batch, line=row.line, outcome=RowOutcome.AFGEWEZEN, reason=row.reason[:300]
        )
    verdict = register.weigh(row.entry.person)
    if verdict.outcome == RowOutcome.NIEUW:
        register.add(row.entry.person, row.line)
    else:
        register.remember_line(row.entry.person, row.line, verdict.case)
    return ImportRow(
        batch=batch,
        line=row.line,
        outcome=verdict.outcome,
        reason=verdict.reason,
        case=verdict.case,
        sealed_data=row.entry.seal(),
    )


@transaction.atomic
def confirm_import(batch: ImportBatch, *, by: User) -> Tally:
    """Read the list in for good; each new row becomes a candidate. Done once, however often asked.

    Every row is weighed again: somebody else may have read the same list in meanwhile.
    """
    require_office(by)
    _one_list_at_a_time()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_reading_in(batch))
    if batch.confirmed_at is None:
        rows = list(batch.rows.exclude(sealed_data="").order_by("line"))
        entries = [Entry.unseal(row.sealed_data) for row in rows]
        register = Register(_births(entries), by=by)
        suppliers = Suppliers(batch.source)
        for row, entry in zip(rows, entries, strict=True):
            _decide_by_rule(row, entry, register, suppliers, by=by)
        ImportRow.objects.bulk_update(rows, ["outcome", "reason", "case", "sealed_data"])
        batch.confirmed_at = timezone.now()
        batch.save(update_fields=["confirmed_at"])
    return tally_import(batch)


def _decide_by_rule(
    row: ImportRow,
    entry: Entry,
    register: Register,
    suppliers: Suppliers,
    *,
    by: User,
) -> None:
    verdict = register.weigh(entry.person)
    row.outcome, row.reason, row.case = verdict.outcome, verdict.reason, verdict.case
    if verdict.outcome == RowOutcome.NIEUW:
        row.case = _open(entry, suppliers, by=by)
        register.add(entry.person, row.line, row.case)
    else:
        register.remember_line(entry.person, row.line, row.case)
    if verdict.outcome != RowOutcome.TWIJFELACHTIG:
        row.sealed_data = ""


@transaction.atomic
def decide_row(row: ImportRow, *, same: bool, by: User) -> Case:
    """A person says of a doubtful row whether it is somebody we know, or somebody new. INT-07."""
    require_office(by)
    _one_list_at_a_time()
    row = (
        ImportRow.objects.select_for_update(of=("self",))
        .select_related("case", "batch__source")
        .get(pk=row.pk)
    )
    refuse_if(rules.obstacles_to_deciding_row(row, same=same))
    entry = Entry.unseal(row.sealed_data)
    case = row.case if same else None
    if case is None:
        meanwhile = Register([entry.person.birth_date], by=by).weigh(entry.person)
        refuse_if(rules.obstacles_to_new_person(meanwhile.outcome, meanwhile.case))
        case = _open(entry, Suppliers(row.batch.source), by=by)
    elif entry.person.bsn:
        _complete_bsn(case, entry.person.bsn)
    row.outcome = RowOutcome.BEKEND if same else RowOutcome.NIEUW
    row.reason, row.case, row.sealed_data = f"Beslist door {by}.", case, ""
    row.save(update_fields=["outcome", "reason", "case", "sealed_data"])
    for repeat in ImportRow.objects.waiting():
        if Entry.unseal(repeat.sealed_data).person == entry.person:
            _settle(repeat, case, row.reason)
    return case


def _settle(repeat: ImportRow, case: Case, reason: str) -> None:
    """The same doubtful row of another list is known from now on; nobody decides it twice."""
    repeat.outcome, repeat.reason = RowOutcome.BEKEND, reason
    repeat.case, repeat.sealed_data = case, ""
    repeat.save(update_fields=["outcome", "reason", "case", "sealed_data"])


def tally_import(batch: ImportBatch) -> Tally:
    """How the rows of a list stand now."""
    return Tally(**Counter(batch.rows.values_list("outcome", flat=True)))


def _open(entry: Entry, suppliers: Suppliers, *, by: User) -> Case:
    return put_forward(
        entry.person,
        doelgroep=entry.doelgroep,
        source=suppliers.of(entry.source_note),
        source_note=entry.source_note,
        offences=entry.offences,
        by=by,
    )


def _complete_bsn(case: Case, bsn: str) -> None:
    """Keep the BSN of somebody who had none yet; one that is kept already stays as it is."""
    ClientBsn.objects.bulk_create([ClientBsn.of(case.client, bsn)], ignore_conflicts=True)


def _births(entries: Iterable[Entry | None]) -> set[date]:
    return {entry.person.birth_date for entry in entries if entry}


def _one_list_at_a_time() -> None:
    """Two lists with the same person, read in at once, would not see each other's newcomers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.import_list'))")
