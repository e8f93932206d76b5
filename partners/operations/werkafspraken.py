"""The house agrees to work otherwise from a day on. S2, convenant; GOV-11."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from partners import rules
from partners.access import require_office
from partners.models import User
from veiligheidshuis.models import Werkafspraak
from veiligheidshuis.obstacles import Refused, refuse_if
from veiligheidshuis.werkafspraken import SUBJECTS


@transaction.atomic
def agree(
    subject: str,
    *,
    content: str,
    valid_from: date,
    source: str,
    changes: str,
    decided_on: date,
    decision: str,
    by: User,
) -> Werkafspraak:
    """Note what the stuurgroep decided about how the house works, and from which day. GOV-11.

    The version before it ends on the day before. Raises KeyError for no subject, and Refused.
    """
    require_office(by)
    asked = (SUBJECTS[subject], content, valid_from, decided_on)
    refuse_if(rules.obstacles_to_agreeing(*asked))
    version = Werkafspraak(
        subject=subject,
        content=content,
        valid_from=valid_from,
        source=source,
        changes=changes,
        decided_on=decided_on,
        decision=decision,
        recorded_by_id=by.pk,
    )
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:  # a colleague wrote one for that day between the question and the deed
        raise Refused(rules.obstacles_to_agreeing(*asked)) from None
    return version


@transaction.atomic
def withdraw_agreement(version: Werkafspraak, *, by: User) -> None:
    """Take back a version before its day; it stays to be read, and the one before it holds on."""
    require_office(by)
    version = Werkafspraak.objects.select_for_update().get(pk=version.pk)
    refuse_if(rules.obstacles_to_withdrawing(version))
    version.withdrawn_at, version.withdrawn_by_id = timezone.now(), by.pk
    version.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
