"""What the worker does for supervision: watch how people read."""

from django.utils import timezone

from privacy import operations
from veiligheidshuis.celery import app


@app.task(name="privacy.watch_log", role="clock")
def watch_log() -> int:
    """Raise the signals of today and yesterday that are not there yet; how many."""
    return operations.watch(timezone.localdate())
