"""A supplier of judicial data counts how often somebody came into view. WGS 2.30; Wpg 8 and 13."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases import access, rules
from cases.models import Case, OffenceRecord, Scope, TimelineKind
from cases.operations.timeline import record
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def count_offences(
    case: Case,
    *,
    count: int,
    counted_from: date,
    counted_until: date,
    last_offence_on: date | None,
    source_note: str,
    by: User,
) -> None:
    """Note how many offences a partner of the straf chain counted, and over which days. PRI-02.

    The days count, both of them. Who counts need not see what others counted, so that nothing is
    read back. Raises PermissionDenied for another chain, and Refused.
    """
    access.require(by, Scope.KNOW_CASE, case)
    if not rules.supplies_offences(by):
        raise PermissionDenied("Delicten telt een deelnemer uit de strafrechtketen.")
    refuse_if(
        rules.obstacles_to_counting(case, count, counted_from, counted_until, last_offence_on)
    )
    counted = OffenceRecord(
        case=case,
        count=count,
        supplier=by.organisation,
        source_note=source_note,
        counted_from=counted_from,
        counted_until=counted_until,
        last_offence_on=last_offence_on,
    )
    counted.save(force_insert=True)
    told = f"{by.organisation.short_name} telde delicten"
    record(case, TimelineKind.AANMELDING, told, scope=Scope.VIEW_JUSTICE, by=by)
