"""How the links are shown by which somebody chooses his own password."""

from partners import rules
from partners.models import AccountInvitation, User


def invitation_of(person: User) -> AccountInvitation | None:
    """The last link of this person, if he ever got one."""
    return AccountInvitation.objects.newest_first().filter(user=person).first()


def invitations_waiting() -> list[AccountInvitation]:
    """The new links of who lost his password, at which a second person must look."""
    return list(AccountInvitation.objects.newest_first().waiting())


def invitations_waiting_for(user: User) -> list[AccountInvitation]:
    """Those about which this colleague can decide."""
    return [
        each
        for each in invitations_waiting()
        if not rules.obstacles_to_approve_invitation(each, user)
    ]
