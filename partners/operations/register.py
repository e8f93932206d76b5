"""What the bedrijfsbureau keeps of a partner in the register. S2; GOV-01, 06, 07, 08, 22."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from partners import rules
from partners.access import require_office
from partners.models import Mandaat, Organisation, User
from partners.operations.people import call
from veiligheidshuis.obstacles import Refused, refuse_if


@transaction.atomic
def describe_partner(
    organisation: Organisation,
    *,
    legal_form: str,
    representative: str,
    representative_function: str,
    regie: str,
    attachment: str,
    promised_hours: int | None,
    presence: str,
    doelgroepen: Sequence[str],
    by: User,
    seen: int | None = None,
) -> None:
    """Keep who represents a partner, what it directs, and what it promised. Raises Refused.

    `seen` is the version that stood on the page; None when there was no page.
    """
    require_office(by)
    organisation = Organisation.objects.get(pk=organisation.pk)
    refuse_if(rules.obstacles_to_describing(organisation, seen))
    kept = call(
        "describe_partner",
        organisation.pk,
        organisation.version,
        legal_form,
        representative,
        representative_function,
        regie,
        attachment,
        promised_hours,
        presence,
        list(doelgroepen),
    )
    if not kept:  # a colleague saved between the question and the deed
        raise Refused([rules.meanwhile()])


@transaction.atomic
def record_mandaat(
    organisation: Organisation,
    *,
    function: str,
    may: str,
    valid_from: date,
    valid_until: date,
    by: User,
) -> Mandaat:
    """Note what somebody of a partner may decide or promise, and until which day. GOV-22."""
    require_office(by)
    refuse_if(rules.obstacles_to_recording_mandaat(valid_from, valid_until))
    return Mandaat.objects.create(
        organisation=organisation,
        function=function,
        may=may,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=by,
    )


@transaction.atomic
def end_mandaat(mandaat: Mandaat, *, by: User) -> None:
    """Today is the last day of a mandate."""
    require_office(by)
    mandaat = Mandaat.objects.select_for_update().get(pk=mandaat.pk)
    refuse_if(rules.obstacles_to_ending_mandaat(mandaat))
    mandaat.valid_until = timezone.localdate()
    mandaat.save(update_fields=["valid_until"])
