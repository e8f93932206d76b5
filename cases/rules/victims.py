"""What must be true before somebody supports a victim, or changes what is known of him. DOS-16."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from cases.models import (
    Slachtoffer,
)
from cases.rules.participation import obstacles_to_end_date
from veiligheidshuis.formats import plain_date
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_correcting_victim(victim: Slachtoffer) -> list[Obstacle]:
    """Of a victim that is not kept any more nothing is changed."""
    if victim.ended_on is None:
        return []
    return [Obstacle("ended_already", "Deze gegevens zijn al beëindigd.")]


def obstacles_to_support(
    victim: Slachtoffer, end_date: date, *, work: Sequence[date | None], supports: bool
) -> list[Obstacle]:
    """One victim is supported by somebody by name, who works in this case already and so long.

    `work` holds the last day of each work that he has here; None has no end. DOS-16.
    """
    obstacles = obstacles_to_correcting_victim(victim) + obstacles_to_end_date(end_date)
    if not work:
        obstacles.append(
            Obstacle(
                "no_part",
                "Deze persoon heeft geen werk in dit dossier. Geef eerst toegang tot wat nodig is.",
                url=reverse("cases:access", args=[victim.case.number]),
            )
        )
    last_days = [day for day in work if day is not None]
    if len(last_days) == len(work) > 0 and max(last_days) < end_date:
        obstacles.append(
            Obstacle(
                "longer_than_work",
                "Het werk van deze persoon in dit dossier eindigt op "
                f"{plain_date(max(last_days))}. Kies die dag, of een eerdere.",
            )
        )
    if supports:
        obstacles.append(Obstacle("supports_already", "Deze persoon ziet dit slachtoffer al."))
    return obstacles
