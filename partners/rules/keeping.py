"""Who keeps whose account: the bedrijfsbureau all, a partner's own administrator of his own people.

GOV-03, SEC-06; the database asks the same (vh.keeps_account in 0002_wall.sql).
"""

from django.utils import timezone

from partners.models import GIVES, AccountInvitation, Role, User
from veiligheidshuis.obstacles import Obstacle


def roles_given_by(by: User) -> frozenset[Role]:
    """The roles that somebody may give today."""
    return frozenset(role for holder in GIVES if by.has_role(holder) for role in GIVES[holder])


def obstacles_to_giving_this_role(role: str, by: User) -> list[Obstacle]:
    """Nobody gives a role that is higher than his own."""
    if role in roles_given_by(by):
        return []
    return [
        Obstacle(
            "role_of_the_house",
            f"De rol {Role(role).label} geeft alleen het bedrijfsbureau. Bel het bedrijfsbureau.",
        )
    ]


def obstacles_to_keeping(user: User, by: User) -> list[Obstacle]:
    """An administrator keeps neither his own account, nor that of who has a role of the house."""
    if by.has_role(Role.BEDRIJFSBUREAU):
        return []
    if user == by:
        return [
            Obstacle(
                "own_account",
                "Uw eigen account beheert een ander: een collega-beheerder of het bedrijfsbureau.",
            )
        ]
    coming = user.appointments.overlapping(timezone.localdate(), None)
    if coming.exclude(role__in=roles_given_by(by)).exists():
        return [
            Obstacle(
                "role_of_the_house",
                f"{user} heeft ook een rol die het veiligheidshuis geeft. "
                "Daarom beheert het bedrijfsbureau dit account. Bel het bedrijfsbureau.",
            )
        ]
    return []


def obstacles_to_switching_on(by: User) -> list[Obstacle]:
    """Who put an account out may have had a reason: in again is for the house."""
    if by.has_role(Role.BEDRIJFSBUREAU):
        return []
    return [Obstacle("on_by_the_house", "Een account weer aanzetten doet het bedrijfsbureau.")]


def obstacles_to_inviting(user: User, by: User) -> list[Obstacle]:
    """A link goes to who may come in; nobody sends himself one, and one waits at a time."""
    if user == by:
        return [
            Obstacle("own_account", "Uw eigen wachtwoord wijzigt u zelf, onder ‘Mijn account’.")
        ]
    obstacles = obstacles_to_keeping(user, by)
    if not user.is_active:
        obstacles.append(Obstacle("off", f"Het account van {user} staat uit."))
    if user.account_invitations.waiting().exists():
        obstacles.append(
            Obstacle(
                "waiting_already",
                f"Voor {user} is al een nieuwe link gevraagd. Een ander kijkt daar eerst naar.",
            )
        )
    return obstacles


def obstacles_to_approve_invitation(invitation: AccountInvitation, by: User) -> list[Obstacle]:
    """A second person looks along: never who asked, and never he himself."""
    if invitation.closed_at or invitation.approved_at:
        return [Obstacle("decided_already", "Hierover is al beslist.")]
    if by.pk in (invitation.asked_by_id, invitation.user_id):
        return [
            Obstacle(
                "second_person",
                "Iemand anders kijkt mee: een collega van het bedrijfsbureau, de manager of een "
                "andere beheerder van deze organisatie.",
            )
        ]
    return [] if by.has_role(Role.MANAGER) else obstacles_to_keeping(invitation.user, by)


def obstacles_to_withdraw_invitation(invitation: AccountInvitation, by: User) -> list[Obstacle]:
    """As long as the link was not used it can be called off."""
    if invitation.closed_at:
        return [Obstacle("decided_already", "Hierover is al beslist.")]
    return [] if by.has_role(Role.MANAGER) else obstacles_to_keeping(invitation.user, by)


def link_is_dead() -> Obstacle:
    return Obstacle("dead", "Deze link werkt niet meer. Vraag een nieuwe.")
