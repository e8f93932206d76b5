"""What must be true before a round begins in which every colleague is confirmed, and before
somebody is. GOV-03; the database asks the same (0014_bevestigen.sql)."""

from partners.models import Bevestigingsronde, Role, User
from partners.rules.keeping import obstacles_to_keeping
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_begin_round(latest: Bevestigingsronde | None) -> list[Obstacle]:
    """One round at a time."""
    if latest is None or latest.is_over:
        return []
    return [
        Obstacle(
            "round_runs",
            f"Er loopt al een ronde, tot en met {long_date(latest.last_day)}. "
            "Daarna kan een nieuwe beginnen.",
        )
    ]


def obstacles_to_confirm(user: User, by: User, latest: Bevestigingsronde | None) -> list[Obstacle]:
    """Nobody says it of himself; who keeps the account does, or the manager of the house."""
    if latest is None:
        return [Obstacle("no_round", "Er is nog geen ronde begonnen. Bel het bedrijfsbureau.")]
    if user == by:
        return [
            Obstacle(
                "own_account",
                "Uw eigen account bevestigt een ander: een collega-beheerder, het bedrijfsbureau "
                "of de manager.",
            )
        ]
    if not user.is_active:
        return [Obstacle("off", f"Het account van {user} staat uit. Daar is niets te bevestigen.")]
    return [] if by.has_role(Role.MANAGER) else obstacles_to_keeping(user, by)
