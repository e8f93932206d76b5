"""The course of a maatwerkplan. S2, Werkprocessen: diagnose, maatwerkplan, check, uitvoering."""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class PlanStatus(TextChoices):
    """From the drawing board to a contract, or to a refusal."""

    CONCEPT = "concept", "in opbouw"
    AANGEBODEN = "aangeboden", "aangeboden"
    ONDERTEKEND = "ondertekend", "getekend"
    GEWEIGERD = "geweigerd", "geweigerd"


PLAN_FLOW = Flow(
    Move("offer", PlanStatus.CONCEPT, PlanStatus.AANGEBODEN),
    Move("sign", PlanStatus.AANGEBODEN, PlanStatus.ONDERTEKEND),
    Move("refuse", PlanStatus.AANGEBODEN, PlanStatus.GEWEIGERD),
)
