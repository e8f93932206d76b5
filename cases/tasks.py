"""What the worker does for cases: the clock that reminds, and that destroys."""

from django.db import connection
from django.utils import timezone

from cases.models import Deadline
from veiligheidshuis import accesslog, needtoknow
from veiligheidshuis.celery import app
from veiligheidshuis.outbox import post


@app.task(name="cases.sweep_deadlines", role="clock")
def sweep_deadlines() -> int:
    """Put a mail in the outbox for every reminder whose day has come; how many there were.

    The mark on the deadline and the mail are one transaction: a worker that dies half way did
    nothing, a task that is delivered twice finds nothing left. Day in Europe/Amsterdam.
    """
    due = list(
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(remind_on__lte=timezone.localdate(), done_at=None, sent_at=None)
        .order_by("remind_on", "pk")
    )
    for deadline in due:
        post(deadline.kind, to=deadline.recipient_id)
        deadline.sent_at = timezone.now()
        deadline.save(update_fields=["sent_at"])
    return len(due)


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
