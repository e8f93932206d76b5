"""What happens with the agreements between the partners. S2, convenant; GOV-02, GOV-04."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from partners import rules
from partners.access import require_office
from partners.models import Ondertekening, Organisation, Regeling, User
from partners.states import REGELING_FLOW, RegelingStatus
from veiligheidshuis.obstacles import Refused, refuse_if


@transaction.atomic
def draft_regeling(
    *,
    kind: str,
    title: str,
    dated_on: date,
    valid_from: date,
    valid_until: date | None,
    covers: list[str],
    changes: str,
    by: User,
) -> Regeling:
    """Prepare the next version of an agreement, or the first. S2, convenant; GOV-02.

    Dates are days in Europe/Amsterdam; `valid_until` counts. Raises Refused.
    """
    require_office(by)
    days = (dated_on, valid_from, valid_until)
    refuse_if(rules.obstacles_to_drafting_regeling(kind, title, *days))
    versions = Regeling.objects.filter(kind=kind, title__iexact=title)
    latest = versions.order_by("-version").first()
    regeling = Regeling(
        kind=kind,
        title=latest.title if latest else title,
        version=latest.version + 1 if latest else 1,
        status=RegelingStatus.CONCEPT,
        dated_on=dated_on,
        valid_from=valid_from,
        valid_until=valid_until,
        covers=covers,
        changes=changes,
    )
    return _kept_once(regeling)


def _kept_once(regeling: Regeling) -> Regeling:
    """Kept, unless a colleague began the same version between the question and the deed."""
    try:
        with transaction.atomic():
            regeling.save(force_insert=True)
    except IntegrityError:
        busy = rules.obstacles_to_drafting_regeling(regeling.kind, regeling.title)
        raise Refused(busy) from None
    return regeling


@transaction.atomic
def approve_regeling(regeling: Regeling, *, decided_on: date, decision: str, by: User) -> Regeling:
    """Note that the stuurgroep approved this version, in which meeting and how. GOV-04."""
    require_office(by)
    regeling = Regeling.objects.select_for_update().get(pk=regeling.pk)
    refuse_if(rules.obstacles_to_approve_regeling(regeling, decided_on))
    regeling.status = REGELING_FLOW.end("approve_regeling", regeling.status)
    regeling.decided_on, regeling.decision = decided_on, decision
    regeling.save()
    return regeling


@transaction.atomic
def record_ondertekening(
    regeling: Regeling, organisation: Organisation, *, signed_on: date, function: str, by: User
) -> Ondertekening:
    """Note that a partner signed, on which day and by somebody in which function. S2, convenant."""
    require_office(by)
    regeling = Regeling.objects.select_for_update().get(pk=regeling.pk)
    refuse_if(rules.obstacles_to_signing_regeling(regeling, organisation, signed_on))
    return Ondertekening.objects.create(
        regeling=regeling,
        organisation=organisation,
        signed_on=signed_on,
        function=function,
        recorded_by=by,
    )


@transaction.atomic
def bring_into_force(regeling: Regeling, *, by: User) -> Regeling:
    """From here on this version binds; the one before it ends on the day before. S2, convenant."""
    require_office(by)
    regeling = Regeling.objects.select_for_update().get(pk=regeling.pk)
    refuse_if(rules.obstacles_to_bring_into_force(regeling))
    same = Regeling.objects.filter(kind=regeling.kind, title=regeling.title)
    for former in same.filter(status=RegelingStatus.GELDIG):
        replace_regeling(former, last_day=regeling.valid_from - timedelta(days=1), by=by)
    regeling.status = REGELING_FLOW.end("bring_into_force", regeling.status)
    regeling.save(update_fields=["status"])
    return regeling


@transaction.atomic
def replace_regeling(regeling: Regeling, *, last_day: date, by: User) -> None:
    """This version binds until and with that day; the next has taken its place."""
    require_office(by)
    regeling = Regeling.objects.select_for_update().get(pk=regeling.pk)
    refuse_if(rules.obstacles_to_replace_regeling(regeling))
    regeling.status = REGELING_FLOW.end("replace_regeling", regeling.status)
    regeling.valid_until = max(last_day, regeling.valid_from)
    regeling.save(update_fields=["status", "valid_until"])


@transaction.atomic
def withdraw_regeling(regeling: Regeling, *, by: User) -> None:
    """Take back a version that does not bind yet; it stays to be read."""
    require_office(by)
    regeling = Regeling.objects.select_for_update().get(pk=regeling.pk)
    refuse_if(rules.obstacles_to_withdraw_regeling(regeling))
    regeling.status = REGELING_FLOW.end("withdraw_regeling", regeling.status)
    regeling.save(update_fields=["status"])
