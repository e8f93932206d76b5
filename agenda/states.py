"""The course of a casusoverleg: planned, moved or called off, held, its minutes adopted. S2."""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class OverlegStatus(TextChoices):
    """Where a casusoverleg stands."""

    GEPLAND = "gepland", "gepland"
    GEHOUDEN = "gehouden", "gehouden"
    VASTGESTELD = "vastgesteld", "notulen vastgesteld"
    AFGEZEGD = "afgezegd", "afgezegd"


# No notes are taken any more.
CLOSED = (OverlegStatus.VASTGESTELD, OverlegStatus.AFGEZEGD)

OVERLEG_FLOW = Flow(
    Move("reschedule", OverlegStatus.GEPLAND, OverlegStatus.GEPLAND),
    Move("call_off", OverlegStatus.GEPLAND, OverlegStatus.AFGEZEGD),
    Move("hold", OverlegStatus.GEPLAND, OverlegStatus.GEHOUDEN),
    Move("adopt_minutes", OverlegStatus.GEHOUDEN, OverlegStatus.VASTGESTELD),
    otherwise={
        "reschedule": (
            "Dit overleg is al gehouden of afgezegd. Plan een nieuw overleg op een andere dag."
        ),
        "call_off": ("Dit overleg is al gehouden of afgezegd. Je hoeft niets meer af te zeggen."),
        "hold": (
            "Dit overleg is al als gehouden gemeld, of afgezegd. Je hoeft niets meer te melden."
        ),
        "adopt_minutes": (
            "Notulen worden één keer vastgesteld, nadat het overleg is gehouden. "
            "Eerst meldt het bedrijfsbureau dat het is gehouden."
        ),
    },
)
