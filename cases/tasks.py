"""What the worker does for cases: the clock that reminds and destroys, lists that take long, and
the look at what somebody brought in."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import connection
from django.utils import timezone

from cases import access, documents, operations
from cases.models import Deadline, Document, ImportBatch, Indeling, Scope
from cases.rules.columns import Layout
from partners.models import User
from veiligheidshuis import accesslog, needtoknow, scanner
from veiligheidshuis.celery import after_commit, app
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.outbox import post

log = logging.getLogger(__name__)

# A scanner that is down or starts up: the worker comes back every minute, for an hour.
SCAN_AGAIN, SCAN_TRIES = 60, 60
# What must be asked before the terms of today are read: the floor that knows what a term is about
# says who hears of it today. Filled in AppConfig.ready().
BEFORE_THE_SWEEP: list[Callable[[], None]] = []


@app.task(name="cases.sweep_deadlines", role="clock")
def sweep_deadlines() -> int:
    """Put a mail in the outbox for every reminder whose day has come; how many there were.

    The mark on the deadline and the mail are one transaction: a worker that dies half way did
    nothing, a task that is delivered twice finds nothing left. Day in Europe/Amsterdam.
    """
    for address in BEFORE_THE_SWEEP:
        address()
    due = list(
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(remind_on__lte=timezone.localdate(), done_at=None, sent_at=None)
        .order_by("remind_on", "pk")
    )
    for deadline in due:
        post(deadline.kind, to=deadline.recipient_id)
        deadline.was_sent(timezone.now())
        deadline.save(update_fields=["sent_at", "remind_on"])
    return len(due)


@app.task(name="cases.read_list")
def read_list(batch_id: str) -> bool:
    """Say of each row of a file what it would become, for who brought it in; whether it was done.

    A task that is delivered twice finds nothing left to do.
    """
    by = User.objects.get(pk=needtoknow.asking())
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("source")
        .get(pk=batch_id)
    )
    if not batch.sealed_file or not batch.layout:
        return False
    known = Indeling.of(batch.source).columns
    content = operations.open_file(batch)
    rows = documents.read_rows(content, Layout(**batch.layout), known)
    try:
        operations.weigh_import(batch, rows, by=by, progress=operations.telling_progress(batch))
    except documents.Unreadable as unreadable:
        operations.give_up(batch, str(unreadable), by=by)
    return True


@app.task(name="cases.read_list_in")
def read_list_in(batch_id: str) -> str:
    """Read a list in for good, for who confirmed it; what became of it. Everybody whom it touched
    stands in the access log before it counts."""
    by = User.objects.get(pk=needtoknow.asking())
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.asked_at is None or batch.withdrawn_at is not None:
        return ""
    tally = operations.confirm_import(batch, by=by, progress=operations.telling_progress(batch))
    look = accesslog.Look("importeren", [batch.in_log, *batch.rows.numbers()])
    accesslog.write(by.pk, [look], route="cases.read_list_in")
    return str(tally)


@app.task(name="cases.scan_document")
def scan_document(document_id: str, tries: int = 1) -> str:
    """Have a document looked at, for who brought it in or asked again; what became of it.

    Delivered twice it is looked at once. Without a scanner that answers it goes on waiting, and the
    worker comes back to it. Who lost the dossier in the meantime has no business with it: whoever
    leads it now asks again on the page.
    """
    by = User.objects.get(pk=needtoknow.asking())
    document = Document.objects.select_related("case").filter(pk=document_id).first()
    if document is None or not access.may(by, Scope.LEAD_CASE, document.case):
        log.warning("document %s is no business of user %s (any longer)", document_id, by.pk)
        return ""
    if not document.waits:
        return document.status
    try:
        verdict = scanner.scan(operations.open_document(document))
    except scanner.NoScanner as none:
        log.warning("document %s waits, after %s tries: %s", document_id, tries, none)
        if tries < SCAN_TRIES:
            named = {"as_user": by.pk, "tries": tries + 1}
            after_commit("cases.scan_document", document_id, seconds=SCAN_AGAIN, **named)
        return document.status
    settle = operations.refuse_document if verdict.found else operations.clear_document
    with suppress(Refused):  # somebody looked, or took it back, in the meantime
        settle(document, verdict, by=by)
    document.refresh_from_db(fields=["status"])
    return document.status


@app.task(name="cases.destroy_documents", role="clock")
def destroy_documents() -> int:
    """Destroy every document whose last day is over; how many. WGS 1.8 lid 7.

    The log keeps of which dossiers; cannot it be written, then nothing is destroyed.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.destroy_documents()")
        numbers = [number for (number,) in cursor.fetchall()]
    done = [accesslog.Look("vernietigen", [number, "stuk"], outcome="gedaan") for number in numbers]
    accesslog.write(needtoknow.ANONYMOUS, done, route="cases.destroy_documents")
    return len(numbers)


@app.task(name="cases.destroy_declined", role="clock")
def destroy_declined() -> int:
    """Destroy every report that was not admitted, once its term is over; how many. BGS 1.16 lid 1.

    The log keeps that it happened, by number: of whom it was, nothing says any more. Cannot the log
    be written, then nothing is destroyed and the next round does it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.destroy_declined()")
        numbers = [number for (number,) in cursor.fetchall()]
    done = [accesslog.Look("vernietigen", [number], outcome="gedaan") for number in numbers]
    accesslog.write(needtoknow.ANONYMOUS, done, route="cases.destroy_declined")
    return len(numbers)
