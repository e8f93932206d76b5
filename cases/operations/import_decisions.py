"""What people say of a list: who is the same person, and that it was read in by mistake. INT-06."""

from django.db import transaction

from cases import access, rules
from cases.models import Case, ImportBatch, ImportRow, RowDecision, RowOutcome
from cases.operations.import_list import (
    complete_bsn,
    one_list_at_a_time,
)
from cases.operations.import_rows import Entry, Suppliers
from cases.operations.newcomers import put_forward_all
from cases.operations.recognition import Register
from partners.access import require_office
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def decide_row(row: ImportRow, *, decision: str, by: User) -> Case | None:
    """A person says of a doubtful row whether it is somebody we know, somebody new, or is left out.

    In a preview it is kept, and can still be changed; of a list that was read in it is done at
    once. INT-07.
    """
    require_office(by)
    one_list_at_a_time()
    row = ImportRow.objects.select_for_update(of=("self",)).select_related(
        "case", "batch__source"
    ).get(pk=row.pk)  # fmt: skip
    refuse_if(rules.obstacles_to_deciding_row(row, decision))
    row.decision, row.decided_by = decision, by
    if row.batch.confirmed_at is None:
        row.save(update_fields=["decision", "decided_by"])
        return row.case
    return _carry_out(row, Entry.unseal(row.sealed_data), by=by)


def _carry_out(row: ImportRow, entry: Entry, *, by: User) -> Case | None:
    row.reason = f"Beslist door {by}."
    if row.decision == RowDecision.WEGLATEN:
        row.outcome, row.reason, row.case = RowOutcome.AFGEWEZEN, f"Weggelaten door {by}.", None
    elif row.is_same_person and row.case:
        row.outcome = RowOutcome.BEKEND
        complete_bsn(row.case, entry.person.bsn)
    else:
        register = Register(by=by)
        register.meet([entry.person])
        meanwhile = register.weigh(entry.person)
        number = meanwhile.case.number if meanwhile.case else ""
        refuse_if(rules.obstacles_to_new_person(meanwhile.outcome, number))
        newcomer = Suppliers(row.batch.source).newcomer(entry)
        (row.case,) = put_forward_all([newcomer], by=by)
        row.outcome, row.gave = RowOutcome.NIEUW, entry.data
    row.sealed_data = ""
    row.save()
    if row.case:
        _settle_repeats(entry, row.case, row.reason)
    return row.case


def _settle_repeats(entry: Entry, case: Case, reason: str) -> None:
    """The same doubtful row of another list is known from now on; nobody decides it twice."""
    for repeat in ImportRow.objects.waiting():
        if Entry.unseal(repeat.sealed_data).person == entry.person:
            repeat.outcome, repeat.reason = RowOutcome.BEKEND, reason
            repeat.case, repeat.sealed_data = case, ""
            repeat.save(update_fields=["outcome", "reason", "case", "sealed_data"])


@transaction.atomic
def undo_import(batch: ImportBatch, *, by: User) -> None:
    """Take a list back that was read in by mistake: within a day, and only when nobody did anything
    with any of its candidates. Everything that came in with it is wiped, not closed."""
    require_office(by)
    one_list_at_a_time()
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_undoing(batch, access.worked_on_of_import(batch)))
    access.undo_import(batch)
