"""What happens with accounts, roles and contact points. The database functions do the writing."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners import rules
from partners.access import require_office, require_office_or_manager
from partners.models import (
    ROLES_WITHOUT_PERSONS,
    Absence,
    Appointment,
    FactorReset,
    IdentityProvider,
    Organisation,
    Role,
    SignOnProposal,
    User,
)
from partners.operations.invitations import invite
from partners.operations.wall import call, require_keeper
from veiligheidshuis import outbox
from veiligheidshuis.obstacles import Obstacle, Refused, refuse_if


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
    first_name: str,
    last_name: str,
    email: str,
    role: str,
    by: User,
    start_date: date | None = None,
    end_date: date | None = None,
    sign_on_only: bool = False,
) -> User:
    """Give somebody an account of his own with his first role, and mail him a link. GOV-03, GOV-05.

    With `sign_on_only` he gets no link: he comes in by way of his own organisation, once he is
    linked. Dates are days in Europe/Amsterdam; `end_date` counts. Raises Refused or
    PermissionDenied.
    """
    require_keeper(by, organisation)
    obstacles = rules.obstacles_to_an_account(organisation, role)
    obstacles += rules.obstacles_to_adding_user(username)
    if sign_on_only:
        obstacles += rules.obstacles_to_going_without_password(organisation)
    refuse_if(obstacles)
    try:
        with transaction.atomic():
            pk = call("add_user", username, first_name, last_name, email, organisation.pk)
    except IntegrityError:  # somebody else took the name between the question and the deed
        raise Refused([rules.username_taken(username)]) from None
    user = User.objects.get(pk=pk)
    appoint(user, role, by=by, start_date=start_date, end_date=end_date)
    if not sign_on_only:
        invite(user, by=by)
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
    """Give somebody a role, from a day (default today) until and with a day.

    It counts once another than who gave it saw his papers; those who can are told. Raises Refused
    or PermissionDenied.
    """
    require_keeper(by, user.organisation)
    start = start_date or timezone.localdate()
    refuse_if(
        [
            *rules.obstacles_to_giving_a_role(user, role, by),
            *rules.obstacles_to_appointing(user, role, start, end_date),
        ]
    )
    call("appoint", user.pk, role, start, end_date)
    if role not in ROLES_WITHOUT_PERSONS:
        _ask_for_papers(user, by)


def _ask_for_papers(user: User, by: User) -> None:
    """Tell who may look at his papers that they wait, as long as they were not all seen. AC-12."""
    if call("cleared", user.pk, timezone.localdate()):
        return
    lookers_on = User.objects.in_role(Role.BEDRIJFSBUREAU, Role.MANAGER)
    for colleague in lookers_on.exclude(pk__in=[by.pk, user.pk]):
        outbox.post("papieren_bekijken", to=colleague.pk)


@transaction.atomic
def record_clearance(user: User, kind: str, *, by: User, seen_on: date, valid_until: date) -> None:
    """Note that a paper was seen by another than who gave the role, and how long it is valid.

    BIO2 6.1. Raises Refused or PermissionDenied.
    """
    require_office_or_manager(by)
    refuse_if(rules.obstacles_to_clearing(user, by, seen_on, valid_until))
    call("record_clearance", user.pk, kind, seen_on, valid_until)


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, end_date: date) -> None:
    """End a role on a day; that day still counts."""
    require_keeper(by, appointment.user.organisation)
    refuse_if(
        [
            *rules.obstacles_to_keeping(appointment.user, by),
            *rules.obstacles_to_ending_appointment(appointment, end_date),
        ]
    )
    call("end_appointment", appointment.pk, end_date)


@transaction.atomic
def set_active(user: User, active: bool, *, by: User) -> None:
    """Switch an account off, or on again. Off means: sees nothing from this moment."""
    require_keeper(by, user.organisation)
    refuse_if(
        rules.obstacles_to_switching_on(by)
        if active
        else rules.obstacles_to_switching_off(user, by)
    )
    call("set_active", user.pk, active)


@transaction.atomic
def block(user: User, *, by: User) -> None:
    """The emergency stop: from this moment nobody is in, or comes in, on this account.

    Whom he leads does not wait for it: the managers are told, and choose who takes over.
    """
    require_keeper(by, user.organisation)
    refuse_if(rules.obstacles_to_blocking(user, by))
    leads = rules.obstacles_to_leaving(user)
    call("set_active", user.pk, False)
    if leads:
        for manager in User.objects.in_role(Role.MANAGER):
            outbox.post("spoedstop", to=manager.pk)


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
    require_office(by)
    call("set_contact_point", organisation.pk, kind, user.pk if user else None, label, phone, email)


@transaction.atomic
def record_absence(
    user: User, *, by: User, start_date: date, end_date: date, stand_in: User | None = None
) -> Absence:
    """Note that somebody is away; both days count.

    Who stands in for an interventiemanager leads his clients for exactly those days: the database
    sees to that (vh.follow_absence). A mail tells him.
    """
    if by != user and not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Alleen het bedrijfsbureau noteert afwezigheid van een ander.")
    refuse_if(rules.obstacles_to_absence(user, start_date, end_date, stand_in))
    if stand_in and stand_in != by:
        outbox.post("waarneming", to=stand_in.pk)
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
def propose_sign_on(user: User, provider: IdentityProvider, subject: str, *, by: User) -> None:
    """Say who a colleague is at his organisation, for another of the office to agree. AUTH-13.

    Raises Refused or PermissionDenied.
    """
    require_office(by)
    refuse_if(rules.obstacles_to_proposing(user, provider, subject, by))
    try:
        with transaction.atomic():
            call("propose_sign_on", user.pk, subject)
    except IntegrityError:  # linked by himself, which nobody but he can see
        raise Refused([rules.linked_already(user)]) from None


@transaction.atomic
def decide_sign_on(proposal: SignOnProposal, *, approve: bool, by: User) -> None:
    """Agree that this is who he is there, and link him; or say that it is not. Raises Refused."""
    require_office(by)
    if approve:
        refuse_if(rules.obstacles_to_approving(proposal, by))
    try:
        with transaction.atomic():
            done = call("decide_sign_on", proposal.pk, approve)
    except IntegrityError:  # meanwhile he linked himself, or somebody else has this subject
        raise Refused([rules.subject_taken()]) from None
    if not done:
        raise Refused([rules.decided_already()])
    if approve:
        outbox.post("eigen_organisatie", to=proposal.user_id)


@transaction.atomic
def unlink_sign_on(user: User, *, by: User) -> None:
    """End the link with the login service: by himself, or by the office for a colleague."""
    if by != user:
        require_office(by)
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


# --- a lost second factor: two people, a day, and he himself can stop it. AUTH-12 ----------------


@transaction.atomic
def ask_reset(user: User, *, reason: str, identity: str, by: User) -> FactorReset:
    """Ask to take away a second factor that was lost; everybody who may look along hears it."""
    require_office(by)
    refuse_if(rules.obstacles_to_asking_reset(user, by))
    pk = uuid.uuid4()
    try:
        with transaction.atomic():
            call("ask_reset", pk, user.pk, reason, identity)
    except IntegrityError:  # a colleague asked it between the question and the deed
        raise Refused(rules.obstacles_to_asking_reset(user, by)) from None
    lookers_on = User.objects.in_role(Role.BEDRIJFSBUREAU, Role.MANAGER)
    for colleague in lookers_on.exclude(pk__in=[by.pk, user.pk]):
        outbox.post("tweede_stap_gevraagd", to=colleague.pk)
    return FactorReset.objects.get(pk=pk)


@transaction.atomic
def approve_reset(reset: FactorReset, *, by: User) -> None:
    """A second person agrees: the day begins in which he himself can stop it."""
    require_office_or_manager(by)
    reset = _looked_at_anew(reset)
    _step("approve_reset", reset, rules.obstacles_to_approve_reset(reset, by))
    outbox.post("tweede_stap_terug", to=reset.user_id)


@transaction.atomic
def refuse_reset(reset: FactorReset, *, by: User) -> None:
    """It does not happen: a second person does not agree, or the factor was found again."""
    require_office_or_manager(by)
    reset = _looked_at_anew(reset)
    _step("refuse_reset", reset, rules.obstacles_to_refuse_reset(reset))


@transaction.atomic
def stop_reset(reset: FactorReset, *, by: User) -> None:
    """He has his factor, and did not ask for this; who did hears it."""
    if by.pk != reset.user_id:
        raise PermissionDenied("Alleen de gebruiker zelf houdt dit tegen.")
    reset = _looked_at_anew(reset)
    _step("stop_reset", reset, rules.obstacles_to_stop_reset(reset))
    for colleague in filter(None, (reset.asked_by_id, reset.approved_by_id)):
        outbox.post("tweede_stap_tegengehouden", to=colleague)


@transaction.atomic
def carry_out_reset(reset: FactorReset, *, by: User) -> None:
    """His second factor and his sessions are gone; he sets up another as soon as he logs in.

    The office does it with him on the line: until he did, his password alone leads to that page.
    """
    require_office(by)
    reset = _looked_at_anew(reset)
    _step("carry_out_reset", reset, rules.obstacles_to_carry_out_reset(reset, by))
    outbox.post("tweede_stap", to=reset.user_id)


def _looked_at_anew(reset: FactorReset) -> FactorReset:
    """As it stands now, and not as it stood on the page."""
    return FactorReset.objects.newest_first().get(pk=reset.pk)


def _step(name: str, reset: FactorReset, obstacles: Sequence[Obstacle]) -> None:
    """Make this step when nothing stands in its way; of two at once the second is refused."""
    refuse_if(obstacles)
    if not call(name, reset.pk):
        raise Refused([rules.meanwhile()])
