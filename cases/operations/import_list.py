"""A list of the police is read in: first a preview, then for good. S2, Werkprocessen; INT-06.

A file becomes a batch of rows. Nothing is opened before somebody confirms, and what a row said
is kept encrypted and only until it is decided. A doubtful row waits for a person.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from cases import rules
from cases.models import Case, ClientBsn, ImportBatch, ImportRow, RowDecision, RowOutcome
from cases.operations.import_files import new_batch
from cases.operations.import_rows import Entry, ReadRow, Suppliers
from cases.operations.newcomers import Newcomer, put_forward_all
from cases.operations.recognition import Dossier, Register, Verdict
from partners.access import require_office
from partners.models import Organisation, User, contact_users
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.outbox import post

PART = 1000  # rows at a time
WRITE = """
    UPDATE cases_importrow r SET outcome = n.outcome, reason = n.reason, case_id = n.case_id,
      gave = string_to_array(n.gave, ','), sealed_data = n.sealed_data
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::text[], %s::text[])
      AS n (id, outcome, reason, case_id, gave, sealed_data)
    WHERE r.id = n.id
"""
Progress = Callable[[int], None]


def nobody_asks(line: int) -> None:
    """How far a reading is, when nobody waits for it."""


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
    not_read: Iterable[str] = (),
    leaves_sheets: bool = False,
) -> ImportBatch:
    """Keep a list that was read and say what each row would become. Opens nothing yet."""
    batch = new_batch(
        filename,
        by=by,
        source=source,
        supplied_on=supplied_on,
        not_read=not_read,
        leaves_sheets=leaves_sheets,
    )
    batch.save(force_insert=True)
    _weigh(batch, rows, by=by)
    return batch


@transaction.atomic
def weigh_import(
    batch: ImportBatch, rows: Iterable[ReadRow], *, by: User, progress: Progress = nobody_asks
) -> None:
    """Say what each row of a file that was kept would become; the file itself goes."""
    require_office(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_weighing(batch))
    _weigh(batch, rows, by=by, progress=progress)
    batch.sealed_file, batch.asked_at = b"", None
    batch.save(update_fields=["sealed_file", "asked_at"])


def _weigh(
    batch: ImportBatch, rows: Iterable[ReadRow], *, by: User, progress: Progress = nobody_asks
) -> None:
    register = Register(by=by)
    unread = iter(rows)
    while part := list(islice(unread, PART)):
        register.meet(row.entry.person for row in part if row.entry)
        ImportRow.objects.bulk_create([_previewed(batch, row, register) for row in part])
        progress(part[-1].line)


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
        reason=verdict.said(),
        case_id=verdict.case and verdict.case.pk,
        sealed_data=row.entry.seal(),
    )


@transaction.atomic
def confirm_import(batch: ImportBatch, *, by: User, progress: Progress = nobody_asks) -> Tally:
    """Read the list in for good; each new row becomes a candidate. Everything or nothing, and done
    once, however often asked.

    Every row is weighed again: somebody else may have read the same list in meanwhile. What is
    doubtful and undecided stays outside, and waits.
    """
    require_office(by)
    one_list_at_a_time()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_reading_in(batch, by))
    if batch.confirmed_at is None:
        reading = _Reading(batch, by)
        kept = batch.rows.exclude(sealed_data="").order_by("line").select_related("decided_by")
        line = 0
        while part := list(kept.filter(line__gt=line)[:PART]):
            reading.settle(part)
            line = part[-1].line
            progress(line)
        batch.confirmed_at, batch.asked_at = timezone.now(), None
        batch.save(update_fields=["confirmed_at", "asked_at"])
        _tell_supplier(batch, by)
    return tally_import(batch)


def _tell_supplier(batch: ImportBatch, by: User) -> None:
    """Whoever is asked for the partner that supplied it can read how it was read in. INT-10."""
    for contact in contact_users(batch.source):
        if contact.pk != by.pk:
            post("lijst_ingelezen", to=contact.pk)


class _Reading:
    """One list while it is read in, a part at a time."""

    def __init__(self, batch: ImportBatch, by: User) -> None:
        self.by = by
        self.register = Register(by=by)
        self.suppliers = Suppliers(batch.source)
        self.numbers: dict[UUID, str] = {}  # of the cases that this list opened

    def settle(self, rows: list[ImportRow]) -> None:
        """What becomes of these rows, and the cases of the new ones."""
        entries = [Entry.unseal(row.sealed_data) for row in rows]
        self.register.meet(entry.person for entry in entries)
        newcomers: list[Newcomer] = []
        found = [self._weigh(*pair, newcomers) for pair in zip(rows, entries, strict=True)]
        opened = put_forward_all(newcomers, by=self.by)
        self.numbers |= {case.pk: case.number for case in opened}
        for row, entry, verdict in zip(rows, entries, found, strict=True):
            self._write(row, entry, verdict)
        write_rows(rows)

    def _weigh(self, row: ImportRow, entry: Entry, newcomers: list[Newcomer]) -> Verdict:
        """What the rule says; of a doubtful row what somebody said of it in the preview."""
        verdict = _decided(row, self.register.weigh(entry.person))
        if verdict.outcome == RowOutcome.NIEUW:
            newcomers.append(self.suppliers.newcomer(entry))
            verdict = replace(verdict, case=Dossier(newcomers[-1].case_id, ""))
            self.register.add(entry.person, row.line, verdict.case)
        elif verdict.outcome != RowOutcome.AFGEWEZEN:
            self.register.remember_line(entry.person, row.line, verdict.case)
        return verdict

    def _write(self, row: ImportRow, entry: Entry, verdict: Verdict) -> None:
        case = verdict.case
        row.outcome, row.case_id = verdict.outcome, case and case.pk
        row.reason = verdict.said(self.numbers.get(case.pk, "") if case else "")
        if verdict.outcome == RowOutcome.NIEUW:
            row.gave = entry.data
        if row.is_same_person and verdict.outcome == RowOutcome.BEKEND and case:
            complete_bsn(Case.objects.select_related("client").get(pk=case.pk), entry.person.bsn)
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


def complete_bsn(case: Case, bsn: str) -> None:
    """Keep the BSN of somebody who had none yet; one that is kept already stays as it is."""
    if bsn:
        ClientBsn.objects.bulk_create([ClientBsn.of(case.client, bsn)], ignore_conflicts=True)


def write_rows(rows: Iterable[ImportRow]) -> None:
    """What became of these rows, in one statement."""
    written = [
        (row.pk, row.outcome, row.reason, row.case_id, ",".join(row.gave), row.sealed_data)
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(column) for column in zip(*written, strict=True)])


def one_list_at_a_time() -> None:
    """Two lists with the same person, read in at once, would not see each other's newcomers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.import_list'))")
