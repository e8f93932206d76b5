"""What must be true before somebody supports a victim, or changes what is known of him. DOS-16."""

from datetime import date

from django.urls import reverse

from cases.models import (
    Slachtoffer,
)
from cases.rules.participation import obstacles_to_end_date
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_correcting_victim(victim: Slachtoffer) -> list[Obstacle]:
    """Of a victim that is not kept any more nothing is changed."""
    if victim.ended_on is None:
        return []
    return [Obstacle("ended_already", "Deze gegevens zijn al beëindigd.")]


def obstacles_to_support(
    victim: Slachtoffer, end_date: date, *, has_part: bool, supports: bool
) -> list[Obstacle]:
    """One victim is supported by somebody by name, who works in this case already. DOS-16."""
    obstacles = obstacles_to_correcting_victim(victim) + obstacles_to_end_date(end_date)
    if not has_part:
        obstacles.append(
            Obstacle(
                "no_part",
                "Deze persoon heeft geen werk in dit dossier. Geef eerst toegang tot wat nodig is.",
                url=reverse("cases:access", args=[victim.case.number]),
            )
        )
    if supports:
        obstacles.append(Obstacle("supports_already", "Deze persoon ziet dit slachtoffer al."))
    return obstacles
