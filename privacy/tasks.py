"""What the worker does for supervision: watch how people read."""

from django.utils import timezone

from privacy import operations
from veiligheidshuis.celery import app


@app.task(name="privacy.watch_log", role="clock")
def watch_log() -> int:
    """Raise the signals of today and yesterday that are not there yet; how many."""
    return operations.watch(timezone.localdate())


@app.task(name="privacy.close_log", role="clock")
def close_log() -> int:
    """Verify the whole access log and close it until here; how many lines, none when it is not
    whole: then nothing is closed, and the FG hears it."""
    return operations.close_log()
