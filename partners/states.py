"""The course of an agreement between the partners. Read down: that is the order.

S2, convenant, last bullet: what is added or changed is approved by the stuurgroep and then laid
down in a signed declaration.
"""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class RegelingStatus(TextChoices):
    """Where a version of the covenant, the kaderdocument or a privacy covenant stands."""

    CONCEPT = "concept", "in voorbereiding"
    AKKOORD = "akkoord", "goedgekeurd door de stuurgroep"
    GELDIG = "geldig", "geldig"
    VERVANGEN = "vervangen", "vervangen"


R = RegelingStatus
REGELING_FLOW = Flow(
    Move("approve_regeling", R.CONCEPT, R.AKKOORD),
    Move("bring_into_force", R.AKKOORD, R.GELDIG),
    Move("replace_regeling", R.GELDIG, R.VERVANGEN),
)
