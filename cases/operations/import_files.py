"""A list comes in: the file is kept until somebody said which column is which. INT-06.

How a partner makes his lists is remembered by the names of his columns, so that nobody says it
twice; a name of a column is the name of nobody.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases import rules
from cases.models import ImportBatch, Indeling, RowOutcome
from partners.access import require_office
from partners.models import Organisation, User
from veiligheidshuis import cipher
from veiligheidshuis.obstacles import refuse_if

# Whose list it is when nobody says so. S2: "de veelplegerlijst van de politie".
SUPPLIER = "politie"


def new_batch(
    filename: str,
    *,
    by: User,
    source: Organisation | None,
    supplied_on: date | None,
    not_read: Iterable[str] = (),
    leaves_sheets: bool = False,
) -> ImportBatch:
    """A list that came in, not yet saved.

    A preview that somebody forgot is wiped on this occasion: it holds persons for no reason.
    """
    require_office(by)
    forgotten = timezone.now() - timedelta(days=settings.PREVIEW_DAYS)
    for old in ImportBatch.objects.previews().filter(read_at__lt=forgotten):
        withdraw_import(old, by=by)
    return ImportBatch(
        filename=_one_line(filename),
        read_by=by,
        source=source or Organisation.objects.get(slug=SUPPLIER),
        supplied_on=supplied_on or timezone.localdate(),
        not_read=list(not_read),
        leaves_sheets=leaves_sheets,
    )


@transaction.atomic
def keep_file(
    filename: str,
    content: bytes,
    *,
    by: User,
    source: Organisation | None = None,
    supplied_on: date | None = None,
    not_read: Iterable[str] = (),
    leaves_sheets: bool = False,
) -> ImportBatch:
    """Keep a file, encrypted, until somebody said which of its columns is which; with the names of
    the columns that may not be read."""
    batch = new_batch(
        filename,
        by=by,
        source=source,
        supplied_on=supplied_on,
        not_read=not_read,
        leaves_sheets=leaves_sheets,
    )
    batch.sealed_file = cipher.seal(content)
    batch.save(force_insert=True)
    return batch


def open_file(batch: ImportBatch) -> bytes:
    """What stands in the file that is kept."""
    return cipher.unseal(bytes(batch.sealed_file))


@transaction.atomic
def remember_columns(
    source: Organisation, columns: Mapping[str, str], *, doelgroep: str, by: User
) -> Indeling:
    """Remember which column is which in the lists of one partner, besides what was known."""
    require_office(by)
    indeling = Indeling.of(source)
    indeling.columns = indeling.columns | dict(columns)
    indeling.doelgroep = doelgroep
    indeling.changed_by, indeling.changed_at = by, timezone.now()
    indeling.save()
    return indeling


@transaction.atomic
def withdraw_import(batch: ImportBatch, *, by: User) -> None:
    """Let a list go that should not be read in; what its rows said is wiped at once."""
    require_office(by)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    refuse_if(rules.obstacles_to_withdrawing_list(batch))
    batch.rows.update(
        outcome=RowOutcome.AFGEWEZEN, reason="Niet ingelezen.", case=None, sealed_data=""
    )
    batch.withdrawn_at, batch.sealed_file = timezone.now(), b""
    batch.save(update_fields=["withdrawn_at", "sealed_file"])


def _one_line(filename: str) -> str:
    """A name of a file as it can be kept: no invisible signs, its end when it is long."""
    return "".join(sign for sign in filename if sign.isprintable())[-120:] or "lijst"
