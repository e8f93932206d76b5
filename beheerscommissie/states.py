"""The procedure of an overlastmelding. Read down: that is the order. S4, 4.7; eisen.md 3.2."""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class ReportStatus(TextChoices):
    """Where an overlastmelding stands. It is closed only when its melder has heard the outcome."""

    GEMELD = "gemeld", "gemeld"
    TOEGEWEZEN = "toegewezen", "toegewezen"
    AFGEHANDELD = "afgehandeld", "afgehandeld"
    TERUGGEKOPPELD = "teruggekoppeld", "teruggekoppeld"


S = ReportStatus
REPORT_FLOW = Flow(
    Move("assign_report", S.GEMELD, S.TOEGEWEZEN),
    Move("assign_report", S.TOEGEWEZEN, S.TOEGEWEZEN),  # on to another party: S4, 3 "opschalen"
    Move("handle_report", S.TOEGEWEZEN, S.AFGEHANDELD),
    Move("give_feedback", S.AFGEHANDELD, S.TERUGGEKOPPELD),
    otherwise={
        "assign_report": (
            "Deze melding is al afgehandeld en gaat niet meer naar een andere partij. "
            "Laat de melder weten wat er is gedaan."
        ),
        "handle_report": (
            "Afhandelen kan als de melding bij een partij ligt. Kies eerst een partij. "
            "Is er al vastgelegd wat er is gedaan? Laat dat dan aan de melder weten."
        ),
        "give_feedback": (
            "De melder hoort de uitkomst één keer, als er iets is gedaan. "
            "Leg zo nodig eerst vast wat er is gedaan."
        ),
    },
)
