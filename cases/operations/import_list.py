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
from cases.models import Case, ClientBsn, ImportBatch, ImportRow, RowDecision, RowOutcome
from cases.operations.import_files import new_batch, require_office
from cases.operations.import_rows import Entry, ReadRow, Suppliers
from cases.operations.intake import put_forward
from cases.operations.recognition import Dossier, Register, Verdict
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if

WRITTEN = ["outcome", "reason", "case", "gave", "sealed_data"]


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
    register = Register((row.entry.person for row in rows if row.entry), by=by)
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
        case_id=verdict.case and verdict.case.pk,
        sealed_data=row.entry.seal(),
    )


@transaction.atomic
def confirm_import(batch: ImportBatch, *, by: User) -> Tally:
    """Read the list in for good; each new row becomes a candidate. Everything or nothing, and done
    once, however often asked.

    Every row is weighed again: somebody else may have read the same list in meanwhile. What is
    doubtful and undecided stays outside, and waits.
    """
    require_office(by)
    one_list_at_a_time()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_reading_in(batch))
    if batch.confirmed_at is None:
        rows = list(
            batch.rows.exclude(sealed_data="").order_by("line").select_related("decided_by")
        )
        entries = [Entry.unseal(row.sealed_data) for row in rows]
        register = Register((entry.person for entry in entries), by=by)
        suppliers = Suppliers(batch.source)
        for row, entry in zip(rows, entries, strict=True):
            _settle(row, entry, register, suppliers, by=by)
        ImportRow.objects.bulk_update(rows, WRITTEN)
        batch.confirmed_at = timezone.now()
        batch.save(update_fields=["confirmed_at"])
    return tally_import(batch)


def _settle(
    row: ImportRow, entry: Entry, register: Register, suppliers: Suppliers, *, by: User
) -> None:
    """What the rule says of a row; of a doubtful one what somebody said of it in the preview."""
    verdict = _decided(row, register.weigh(entry.person))
    row.outcome, row.reason = verdict.outcome, verdict.reason
    case = verdict.case
    if verdict.outcome == RowOutcome.NIEUW:
        opened = open_candidate(entry, suppliers, by=by)
        case = Dossier(opened.pk, opened.number)
        register.add(entry.person, row.line, case)
        row.gave = entry.data
    elif row.outcome != RowOutcome.AFGEWEZEN:
        register.remember_line(entry.person, row.line, case)
    if row.is_same_person and verdict.outcome == RowOutcome.BEKEND and case:
        complete_bsn(Case.objects.get(pk=case.pk), entry.person.bsn)
    row.case_id = case and case.pk
    if verdict.outcome != RowOutcome.TWIJFELACHTIG:
        row.sealed_data = ""


def _decided(row: ImportRow, verdict: Verdict) -> Verdict:
    """A decision counts for what was seen in the preview: who is doubted for another reason by now
    is looked at again."""
    if row.decision == RowDecision.WEGLATEN:
        return Verdict(RowOutcome.AFGEWEZEN, f"Weggelaten door {row.decided_by}.")
    seen_otherwise = row.case_id is not None and row.case_id != (verdict.case and verdict.case.pk)
    if verdict.outcome != RowOutcome.TWIJFELACHTIG or not row.decision or seen_otherwise:
        return verdict
    by_person = f"Beslist door {row.decided_by}."
    if row.is_same_person:
        return Verdict(RowOutcome.BEKEND, by_person, verdict.case)
    return Verdict(RowOutcome.NIEUW, by_person)


def tally_import(batch: ImportBatch) -> Tally:
    """How the rows of a list stand now."""
    return Tally(**Counter(batch.rows.values_list("outcome", flat=True)))


def open_candidate(entry: Entry, suppliers: Suppliers, *, by: User) -> Case:
    """A row becomes a candidate, put forward by whom it names."""
    return put_forward(
        entry.person,
        doelgroep=entry.doelgroep,
        source=suppliers.of(entry.source_note),
        source_note=entry.source_note,
        offences=entry.offences,
        by=by,
    )


def complete_bsn(case: Case, bsn: str) -> None:
    """Keep the BSN of somebody who had none yet; one that is kept already stays as it is."""
    if bsn:
        ClientBsn.objects.bulk_create([ClientBsn.of(case.client, bsn)], ignore_conflicts=True)


def one_list_at_a_time() -> None:
    """Two lists with the same person, read in at once, would not see each other's newcomers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.import_list'))")
