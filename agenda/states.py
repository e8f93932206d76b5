"""The course of a casusoverleg: planned, held, and its minutes adopted. S2, bedrijfsbureau."""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class OverlegStatus(TextChoices):
    """Where a casusoverleg stands."""

    GEPLAND = "gepland", "gepland"
    GEHOUDEN = "gehouden", "gehouden"
    VASTGESTELD = "vastgesteld", "notulen vastgesteld"


OVERLEG_FLOW = Flow(
    Move("hold", OverlegStatus.GEPLAND, OverlegStatus.GEHOUDEN),
    Move("adopt_minutes", OverlegStatus.GEHOUDEN, OverlegStatus.VASTGESTELD),
)
