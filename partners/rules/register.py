"""What must be true of what the register says of a partner. GOV-01, GOV-22."""

from datetime import date

from django.utils import timezone

from partners.models import Mandaat, Organisation
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle, stale
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_describing(organisation: Organisation, seen: int | None) -> list[Obstacle]:
    """The register is changed by who saw it as it is now."""
    return stale(seen, organisation.version)


def obstacles_to_recording_mandaat(valid_from: date, valid_until: date) -> list[Obstacle]:
    """A mandate has an end, after its beginning and not in years. GOV-22."""
    obstacles = obstacles_to_day("mandaat", valid_from, valid_until)
    if valid_until < valid_from:
        obstacles.append(
            Obstacle("ends_before_start", "De einddatum ligt vóór de begindatum. Kies een latere.")
        )
    return obstacles


def obstacles_to_ending_mandaat(mandaat: Mandaat) -> list[Obstacle]:
    """A mandate is ended while it counts; what is over stays as it was."""
    today = timezone.localdate()
    if mandaat.valid_until < today:
        return [Obstacle("over_already", "Dit mandaat is al afgelopen.")]
    if mandaat.valid_from > today:
        text = f"Dit mandaat begint pas op {long_date(mandaat.valid_from)}. Beëindig het dan."
        return [Obstacle("begins_later", text)]
    return []
