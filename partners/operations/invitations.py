"""Somebody chooses his own password, by a link that is mailed to him. SEC-01.

The link is made when the mail leaves (`address_for`, by the post) out of the invitation and the key
of the house: sent twice it is the same link, and it stands nowhere.
"""

import hashlib
import uuid

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from partners import rules
from partners.models import AccountInvitation, Role, User
from partners.operations.wall import call, require_keeper
from veiligheidshuis import outbox
from veiligheidshuis.obstacles import Refused, refuse_if


@transaction.atomic
def invite(user: User, *, by: User) -> AccountInvitation:
    """Mail somebody a link to choose his password; of who had one, after a second person looked.

    Raises Refused or PermissionDenied.
    """
    require_keeper(by, user.organisation)
    refuse_if(rules.obstacles_to_inviting(user, by))
    pk = uuid.uuid4()
    try:
        with transaction.atomic():
            leaves = call("invite", pk, user.pk)
    except IntegrityError:  # a colleague did the same between the question and the deed
        raise Refused([rules.meanwhile()]) from None
    if leaves:
        outbox.post("accountuitnodiging", to=user.pk)
    else:
        for colleague in _who_looks_along(user, by):
            outbox.post("accountuitnodiging_gevraagd", to=colleague.pk)
    return AccountInvitation.objects.newest_first().get(pk=pk)


@transaction.atomic
def approve_invitation(invitation: AccountInvitation, *, by: User) -> None:
    """A second person agrees that this is somebody who lost his password: the link leaves."""
    _require_looker_on(invitation.user, by)
    refuse_if(rules.obstacles_to_approve_invitation(invitation, by))
    if not call("approve_invitation", invitation.pk):
        raise Refused([rules.meanwhile()])
    outbox.post("accountuitnodiging", to=invitation.user_id)


@transaction.atomic
def withdraw_invitation(invitation: AccountInvitation, *, by: User) -> None:
    """It was not he who asked, or he found his password again: the link is dead."""
    _require_looker_on(invitation.user, by)
    refuse_if(rules.obstacles_to_withdraw_invitation(invitation, by))
    if not call("withdraw_invitation", invitation.pk):
        raise Refused([rules.meanwhile()])


@transaction.atomic
def choose_password(token: str, password: str) -> User:
    """Who holds the link chose his password; the link is used. Raises Refused when it is dead."""
    user_id = call("take_invitation", fingerprint(token), make_password(password))
    if user_id is None:
        raise Refused([rules.link_is_dead()])
    return User.objects.get(pk=user_id)


def address_for(user_id: int) -> str:
    """Where his link leads, made now, by the post; nowhere when he needs none any more."""
    invitation = call("invitation_of", user_id)
    if invitation is None:
        return ""
    token = salted_hmac("partners.invitation", str(invitation), algorithm="sha256").hexdigest()
    call("seal_invitation", invitation, fingerprint(token))
    return reverse("partners:choose_password", args=[token])


def fingerprint(token: str) -> str:
    """What the database keeps of a link: by it nobody makes the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _require_looker_on(user: User, by: User) -> None:
    """Who keeps this account, or the manager."""
    if not by.has_role(Role.MANAGER):
        require_keeper(by, user.organisation)


def _who_looks_along(user: User, by: User) -> list[User]:
    """Those who can be the second person."""
    house = User.objects.in_role(Role.BEDRIJFSBUREAU, Role.MANAGER)
    own = User.objects.in_role(Role.PARTNERBEHEERDER).filter(organisation=user.organisation_id)
    return list((house | own).distinct().exclude(pk__in=[by.pk, user.pk]))
