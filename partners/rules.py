"""What must be true before somebody gets an account or a role."""

from datetime import date

from partners.models import PERSON_ROLES, Organisation, User
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_an_account(organisation: Organisation, role: str) -> list[Obstacle]:
    """Only people of a WGS participant get an account for dossiers. WGS 2.27, 2.31 lid 9."""
    if role in PERSON_ROLES and not organisation.is_participant:
        return [
            Obstacle(
                "no_participant",
                f"{organisation} is geen deelnemer in de zin van de WGS "
                f"({organisation.get_wgs_class_display()}). Deze organisatie krijgt geen account "
                "voor dossiers.",
            )
        ]
    return []


def obstacles_to_appointing(user: User, role: str, start: date, end: date | None) -> list[Obstacle]:
    """A role fits the organisation and has its dates the right way round."""
    obstacles = obstacles_to_an_account(user.organisation, role)
    if end and end < start:
        obstacles.append(
            Obstacle("ends_before_start", "De einddatum ligt vóór de begindatum. Kies een latere.")
        )
    return obstacles


def obstacles_to_adding_user(username: str) -> list[Obstacle]:
    """An account is personal: one name, one person."""
    if User.objects.filter(username__iexact=username).exists():
        return [
            Obstacle(
                "username_taken",
                f"De inlognaam ‘{username}’ bestaat al. Kies een andere inlognaam.",
            )
        ]
    return []
