"""A long list is for the worker: reading its rows, and reading it in for good. INT-06.

What the worker does is one transaction: one that is killed did nothing, and the task that comes
back finds it to be done, or done. How far it is stands outside the database, and holds nobody.
"""

from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases import rules
from cases.models import ImportBatch, ImportRow
from cases.operations.import_list import Progress
from cases.rules.columns import Layout
from partners.access import require_office
from partners.models import User
from veiligheidshuis.celery import after_commit
from veiligheidshuis.obstacles import refuse_if

KEPT = timedelta(hours=1)


@transaction.atomic
def ask_reading(batch: ImportBatch, layout: Layout, *, by: User) -> None:
    """Ask the worker to say of each row what it would become."""
    require_office(by)
    refuse_if([*rules.obstacles_to_weighing(batch), *rules.obstacles_to_asking_worker(batch)])
    batch.layout = {"places": layout.places, "doelgroep": layout.doelgroep}
    batch.asked_at = timezone.now()
    batch.save(update_fields=["layout", "asked_at"])
    after_commit("cases.read_list", batch.pk, as_user=by.pk)


@transaction.atomic
def ask_reading_in(batch: ImportBatch, *, by: User) -> None:
    """Ask the worker to read a list in for good."""
    require_office(by)
    refuse_if([*rules.obstacles_to_reading_in(batch, by), *rules.obstacles_to_asking_worker(batch)])
    batch.asked_at = timezone.now()
    batch.save(update_fields=["asked_at"])
    after_commit("cases.read_list_in", batch.pk, as_user=by.pk)


@transaction.atomic
def give_up(batch: ImportBatch, why: str, *, by: User) -> None:
    """The rows of a file cannot be read after all: it is wiped, and the page says why."""
    require_office(by)
    ImportRow.objects.filter(batch=batch).update(sealed_data="")
    batch.sealed_file, batch.asked_at = b"", None
    batch.failure, batch.withdrawn_at = why[:300], timezone.now()
    batch.save(update_fields=["sealed_file", "asked_at", "failure", "withdrawn_at"])


def progress_of(batch: ImportBatch) -> int:
    """At which line of the list the worker is."""
    return int(cache.get(_key(batch), 0))


def last_line(batch: ImportBatch) -> int:
    """The last line of a list that is read in for good; 0 while its rows are still weighed."""
    return batch.rows.aggregate(last=Max("line"))["last"] or 0


def telling_progress(batch: ImportBatch) -> Progress:
    """Keeps at which line the worker is, for the page that waits."""
    return lambda line: cache.set(_key(batch), line, timeout=KEPT.total_seconds())


def _key(batch: ImportBatch) -> str:
    return f"inlezen:{batch.pk}"
