"""What happens with accounts, roles and contact points. The database functions do the writing."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partners import rules
from partners.models import (
    Absence,
    Appointment,
    IdentityProvider,
    Ondertekening,
    Organisation,
    Regeling,
    Role,
    User,
)
from partners.states import REGELING_FLOW, RegelingStatus
from veiligheidshuis import outbox
from veiligheidshuis.obstacles import Refused, refuse_if


def call(function: str, *args: Any) -> Any:
    """Ask a definer function of the wall; its answer. Raises ProgrammingError when it refuses."""
    marks = ", ".join(["%s"] * len(args))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT vh.{function}({marks})", args)
        return cursor.fetchone()[0]


def _require_office(by: User) -> None:
    if not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Dit doet alleen het bedrijfsbureau.")


@transaction.atomic
def open_house(
    *, username: str, password: str, first_name: str, last_name: str, email: str
) -> User:
    """Make the first account of an empty house: the bedrijfsbureau. Refused ever after."""
    pk = call("open_house", username, make_password(password), first_name, last_name, email)
    return User.objects.get(pk=pk)


@transaction.atomic
def add_user(
    organisation: Organisation,
    *,
    username: str,
    password: str,
    first_name: str,
    last_name: str,
    email: str,
    role: str,
    by: User,
    start_date: date | None = None,
    end_date: date | None = None,
) -> User:
    """Give somebody an account of his own with his first role. GOV-03, GOV-05.

    Dates are days in Europe/Amsterdam; `end_date` counts. Raises Refused or PermissionDenied.
    """
    _require_office(by)
    refuse_if(
        [
            *rules.obstacles_to_an_account(organisation, role),
            *rules.obstacles_to_adding_user(username),
        ]
    )
    hashed = make_password(password)
    try:
        with transaction.atomic():
            pk = call("add_user", username, hashed, first_name, last_name, email, organisation.pk)
    except IntegrityError:  # somebody else took the name between the question and the deed
        raise Refused([rules.username_taken(username)]) from None
    user = User.objects.get(pk=pk)
    appoint(user, role, by=by, start_date=start_date, end_date=end_date)
    return user


@transaction.atomic
def appoint(
    user: User,
    role: str,
    *,
    by: User,
    start_date: date | None = None,
    end_date: date | None = None,
) -> None:
    """Give somebody a role, from a day (default today) until and with a day."""
    _require_office(by)
    start = start_date or timezone.localdate()
    refuse_if(
        [
            *rules.obstacles_to_own_role(user, by),
            *rules.obstacles_to_appointing(user, role, start, end_date),
        ]
    )
    call("appoint", user.pk, role, start, end_date)


@transaction.atomic
def record_clearance(user: User, kind: str, *, by: User, seen_on: date, valid_until: date) -> None:
    """Note that the office saw somebody's paper, and until which day it is valid. BIO2 6.1."""
    _require_office(by)
    refuse_if(rules.obstacles_to_clearing(user, by, seen_on, valid_until))
    call("record_clearance", user.pk, kind, seen_on, valid_until)


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, end_date: date) -> None:
    """End a role on a day; that day still counts."""
    _require_office(by)
    refuse_if(rules.obstacles_to_ending_appointment(appointment, end_date))
    call("end_appointment", appointment.pk, end_date)


@transaction.atomic
def set_active(user: User, active: bool, *, by: User) -> None:
    """Switch an account off, or on again. Off means: sees nothing from this moment."""
    _require_office(by)
    if not active:
        refuse_if(rules.obstacles_to_switching_off(user))
    call("set_active", user.pk, active)


@transaction.atomic
def set_contact_point(
    organisation: Organisation,
    kind: str,
    *,
    by: User,
    label: str,
    user: User | None = None,
    phone: str = "",
    email: str = "",
) -> None:
    """Name the first contact point of an organisation, or its deputy. S2: "contactpunten"."""
    _require_office(by)
    call("set_contact_point", organisation.pk, kind, user.pk if user else None, label, phone, email)


@transaction.atomic
def record_absence(
    user: User, *, by: User, start_date: date, end_date: date, stand_in: User | None = None
) -> Absence:
    """Note that somebody is away; both days count.

    Who stands in for an interventiemanager leads his clients for exactly those days: the database
    sees to that (vh.follow_absence).
    """
    if by != user and not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Alleen het bedrijfsbureau noteert afwezigheid van een ander.")
    refuse_if(rules.obstacles_to_absence(user, start_date, end_date, stand_in))
    return Absence.objects.create(
        user=user, start_date=start_date, end_date=end_date, stand_in=stand_in
    )


@transaction.atomic
def link_sign_on(user: User, provider: IdentityProvider, subject: str, *, by: User) -> None:
    """Link an account with who somebody is at the login service of his organisation. AUTH-13.

    He does it himself, having proved himself on both sides; a mail tells him. Raises Refused.
    """
    if by != user:
        raise PermissionDenied("Iemand koppelt alleen zijn eigen account.")
    refuse_if(rules.obstacles_to_linking(user, provider))
    try:
        with transaction.atomic():
            call("link_sign_on", provider.pk, subject)
    except IntegrityError:  # the subject of somebody else, whose link nobody but he can see
        raise Refused([rules.subject_taken()]) from None
    outbox.post("eigen_organisatie", to=user.pk)


@transaction.atomic
def unlink_sign_on(user: User, *, by: User) -> None:
    """End the link with the login service: by himself, or by the office for a colleague."""
    if by != user:
        _require_office(by)
    if call("unlink_sign_on", user.pk):
        outbox.post("eigen_organisatie", to=user.pk)


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> None:
    """Somebody is back before his last day, or does not go; who stood in lets go at once."""
    if by != absence.user and not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Alleen het bedrijfsbureau wijzigt de afwezigheid van een ander.")
    refuse_if(rules.obstacles_to_coming_back(absence))
    yesterday = timezone.localdate() - timedelta(days=1)
    if absence.start_date > yesterday:
        absence.delete()
    else:
        absence.end_date = yesterday
        absence.save(update_fields=["end_date"])


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
    _require_office(by)
    refuse_if(rules.obstacles_to_drafting_regeling(kind, title))
    versions = Regeling.objects.filter(kind=kind, title=title)
    latest = versions.order_by("-version").first()
    regeling = Regeling(
        kind=kind,
        title=title,
        version=latest.version + 1 if latest else 1,
        status=RegelingStatus.CONCEPT,
        dated_on=dated_on,
        valid_from=valid_from,
        valid_until=valid_until,
        covers=covers,
        changes=changes,
    )
    try:
        with transaction.atomic():
            regeling.save(force_insert=True)
    except IntegrityError:  # a colleague began the same version between the question and the deed
        raise Refused(rules.obstacles_to_drafting_regeling(kind, title)) from None
    return regeling


@transaction.atomic
def approve_regeling(regeling: Regeling, *, decided_on: date, decision: str, by: User) -> Regeling:
    """Note that the stuurgroep approved this version, in which meeting and how. GOV-04."""
    _require_office(by)
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
    _require_office(by)
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
    _require_office(by)
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
    _require_office(by)
    regeling = Regeling.objects.select_for_update().get(pk=regeling.pk)
    refuse_if(rules.obstacles_to_replace_regeling(regeling))
    regeling.status = REGELING_FLOW.end("replace_regeling", regeling.status)
    regeling.valid_until = max(last_day, regeling.valid_from)
    regeling.save(update_fields=["status", "valid_until"])
