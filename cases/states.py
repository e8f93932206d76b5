"""The procedure of a case and of a prioriteitenlijst. Read down: that is the order.

S2, Werkprocessen.
"""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class CaseStatus(TextChoices):
    """Where a client's course through the house stands."""

    AANGEMELD = "aangemeld", "aangemeld"
    GEPRIORITEERD = "geprioriteerd", "op de lijst"
    TOEGEDEELD = "toegedeeld", "toegewezen"
    DIAGNOSE = "diagnose", "in diagnose"
    PLANVORMING = "planvorming", "plan in opbouw"
    UITVOERING = "uitvoering", "in uitvoering"
    DRANG_DWANG = "drang_dwang", "drang en dwang"
    SAMENGEVOEGD = "samengevoegd", "samengevoegd"
    AFGESLOTEN = "afgesloten", "afgesloten"


S = CaseStatus
CASE_FLOW = Flow(
    Move("join", S.AANGEMELD, S.SAMENGEVOEGD),
    Move("prioritise", S.AANGEMELD, S.GEPRIORITEERD),
    Move("put_back", S.GEPRIORITEERD, S.AANGEMELD),
    Move("assign", S.GEPRIORITEERD, S.TOEGEDEELD),
    Move("start_diagnosis", S.TOEGEDEELD, S.DIAGNOSE),
    Move("complete_diagnosis", S.DIAGNOSE, S.PLANVORMING),
    Move("start_execution", S.PLANVORMING, S.UITVOERING),
    Move("start_pressure", S.PLANVORMING, S.DRANG_DWANG),
    Move("resume_planning", S.DRANG_DWANG, S.PLANVORMING),
    Move("close_case", S.TOEGEDEELD, S.AFGESLOTEN),
    Move("close_case", S.DIAGNOSE, S.AFGESLOTEN),
    Move("close_case", S.PLANVORMING, S.AFGESLOTEN),
    Move("close_case", S.UITVOERING, S.AFGESLOTEN),
    Move("close_case", S.DRANG_DWANG, S.AFGESLOTEN),
)
# Nobody leads these: no more than a report yet, or closed.
NOT_IN_HAND = (S.AANGEMELD, S.GEPRIORITEERD, S.SAMENGEVOEGD, S.AFGESLOTEN)


class ListStatus(TextChoices):
    """A prioriteitenlijst is worked on, then adopted and frozen, then replaced by the next."""

    CONCEPT = "concept", "in bespreking"
    VASTGESTELD = "vastgesteld", "vastgesteld"
    VERVANGEN = "vervangen", "vervangen"


LIST_FLOW = Flow(
    Move("adopt_list", ListStatus.CONCEPT, ListStatus.VASTGESTELD),
    Move("replace_list", ListStatus.VASTGESTELD, ListStatus.VERVANGEN),
)
