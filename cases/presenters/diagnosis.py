"""How the diagnosis is shown: seven leefgebieden as a list and as one picture."""

from django.utils.safestring import SafeString

from cases.models import Leefgebied, LeefgebiedScore
from veiligheidshuis import charts


def picture(scores: list[LeefgebiedScore]) -> SafeString | str:
    """The radar, for who sees all seven; a part of it would mislead."""
    if len(scores) < len(Leefgebied):
        return ""
    labels = [score.get_leefgebied_display().capitalize() for score in scores]
    return charts.radar(labels, [score.deficit for score in scores])
