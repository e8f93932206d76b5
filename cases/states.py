"""The procedure of a case, a prioriteitenlijst and a document. Read down: that is the order.

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
    PLANVORMING = "planvorming", "bezig met het plan"
    UITVOERING = "uitvoering", "in uitvoering"
    DRANG_DWANG = "drang_dwang", "drang en dwang"
    SAMENGEVOEGD = "samengevoegd", "samengevoegd"
    NIET_TOEGELATEN = "niet_toegelaten", "niet toegelaten"
    AFGESLOTEN = "afgesloten", "afgesloten"


# The diagnosis was established: what follows is about the plan.
DIAGNOSED = (CaseStatus.PLANVORMING, CaseStatus.UITVOERING, CaseStatus.DRANG_DWANG)

S = CaseStatus
CASE_FLOW = Flow(
    Move("join", S.AANGEMELD, S.SAMENGEVOEGD),
    Move("decline", S.AANGEMELD, S.NIET_TOEGELATEN),
    Move("prioritise", S.AANGEMELD, S.GEPRIORITEERD),
    Move("put_back", S.GEPRIORITEERD, S.AANGEMELD),
    Move("assign", S.GEPRIORITEERD, S.TOEGEDEELD),
    Move("start_diagnosis", S.TOEGEDEELD, S.DIAGNOSE),
    Move("complete_diagnosis", S.DIAGNOSE, S.PLANVORMING),
    Move("start_execution", S.PLANVORMING, S.UITVOERING),
    Move("start_pressure", S.PLANVORMING, S.DRANG_DWANG),
    Move("revise_plan", S.UITVOERING, S.PLANVORMING),
    Move("drop_revision", S.PLANVORMING, S.UITVOERING),
    Move("drop_out", S.UITVOERING, S.DRANG_DWANG),
    Move("resume_planning", S.DRANG_DWANG, S.PLANVORMING),
    Move("close_case", S.TOEGEDEELD, S.AFGESLOTEN),
    Move("close_case", S.DIAGNOSE, S.AFGESLOTEN),
    Move("close_case", S.PLANVORMING, S.AFGESLOTEN),
    Move("close_case", S.UITVOERING, S.AFGESLOTEN),
    Move("close_case", S.DRANG_DWANG, S.AFGESLOTEN),
    otherwise={
        "join": (
            "Samenvoegen kan alleen met wie net is aangedragen. "
            "Heeft de cliënt al een plaats op een lijst? Overleg dan met de manager."
        ),
        "decline": (
            "Niet toelaten kan met wie is aangemeld en op geen lijst staat. "
            "Staat de cliënt op een lijst? Laat het bedrijfsbureau hem daar eerst af halen."
        ),
        "prioritise": (
            "Deze cliënt staat al op een lijst of is al toegewezen. Kies een andere kandidaat."
        ),
        "put_back": (
            "Terug naar de kandidaten kan alleen van de lijst, zolang niemand is toegewezen. "
            "Is er een interventiemanager? Dan houdt die de cliënt."
        ),
        "assign": (
            "Toewijzen kan als de cliënt op een vastgestelde lijst staat. "
            "Is er al een interventiemanager? Draag de cliënt dan over."
        ),
        "start_diagnosis": (
            "De diagnose begint één keer, als de cliënt is toegewezen. "
            "Is de diagnose al begonnen? Ga dan verder bij ‘Diagnose’."
        ),
        "complete_diagnosis": (
            "Oordelen en vaststellen kan zolang de diagnose loopt. "
            "Ligt de diagnose al vast? Kies daar dan ‘Opnieuw beoordelen’."
        ),
        "start_execution": (
            "Een plan volgt op een diagnose die is vastgesteld. Maak eerst de diagnose af."
        ),
        "start_pressure": (
            "Drang en dwang volgt op een plan dat de cliënt weigert. Leg eerst de weigering vast."
        ),
        "revise_plan": (
            "Een plan herzien kan zolang het wordt uitgevoerd. "
            "Is er al een herziening? Werk dan daarin verder."
        ),
        "drop_revision": (
            "Een herziening intrekken kan zolang zij wordt gemaakt of bij de cliënt ligt. "
            "Is zij getekend? Dan geldt zij, en kun je haar weer herzien."
        ),
        "drop_out": (
            "Uit een plan stappen kan zolang het wordt uitgevoerd. "
            "Weigert de cliënt een aanbod? Leg dan de weigering vast."
        ),
        "close_case": (
            "Afsluiten kan als de cliënt een interventiemanager heeft. Dit dossier is al dicht, of "
            "nog niet toegewezen."
        ),
        "resume_planning": (
            "Een nieuw plan na een weigering of uitval kan één keer. "
            "Werk verder in het plan dat er nu is."
        ),
    },
)
# Nobody leads these: no more than a report yet, not admitted, or closed.
NOT_IN_HAND = (
    S.AANGEMELD,
    S.GEPRIORITEERD,
    S.SAMENGEVOEGD,
    S.NIET_TOEGELATEN,
    S.AFGESLOTEN,
)


class WegingStatus(TextChoices):
    """The core participants were asked; then they admit, or they do not. WGS 2.31 lid 2."""

    GEVRAAGD = "gevraagd", "wordt gewogen"
    TOEGELATEN = "toegelaten", "toegelaten"
    NIET_TOEGELATEN = "niet_toegelaten", "niet toegelaten"


WEGING_FLOW = Flow(
    Move("admit", WegingStatus.GEVRAAGD, WegingStatus.TOEGELATEN),
    Move("decline", WegingStatus.GEVRAAGD, WegingStatus.NIET_TOEGELATEN),
    otherwise={
        "admit": "Over deze aanmelding is al besloten. Kijk bij de uitkomst hieronder.",
        "decline": "Over deze aanmelding is al besloten. Kijk bij de uitkomst hieronder.",
    },
)


class ListStatus(TextChoices):
    """A prioriteitenlijst is worked on, then adopted and frozen, then replaced by the next."""

    CONCEPT = "concept", "in bespreking"
    VASTGESTELD = "vastgesteld", "vastgesteld"
    VERVANGEN = "vervangen", "vervangen"


LIST_FLOW = Flow(
    Move("adopt_list", ListStatus.CONCEPT, ListStatus.VASTGESTELD),
    Move("replace_list", ListStatus.VASTGESTELD, ListStatus.VERVANGEN),
    otherwise={
        "adopt_list": (
            "Deze lijst is vastgesteld en verandert niet meer. "
            "Bewaar dit voor de nieuwe lijst van het volgende selectieoverleg."
        ),
        "replace_list": (
            "Alleen een lijst die is vastgesteld, wordt vervangen. Stel deze lijst eerst vast."
        ),
    },
)


class DocumentStatus(TextChoices):
    """A document waits until somebody looked whether it does harm; then it can be opened."""

    WACHT = "wacht", "wacht op controle"
    SCHOON = "schoon", "gecontroleerd"
    BESMET = "besmet", "onveilig en gewist"
    TERUGGENOMEN = "teruggenomen", "teruggenomen en gewist"


DOCUMENT_FLOW = Flow(
    Move("clear_document", DocumentStatus.WACHT, DocumentStatus.SCHOON),
    Move("refuse_document", DocumentStatus.WACHT, DocumentStatus.BESMET),
    Move("take_back_document", DocumentStatus.WACHT, DocumentStatus.TERUGGENOMEN),
    Move("take_back_document", DocumentStatus.SCHOON, DocumentStatus.TERUGGENOMEN),
    otherwise={
        "clear_document": "Dit stuk is al gecontroleerd. Kijk bij de stukken wat eruit kwam.",
        "refuse_document": "Dit stuk is al gecontroleerd. Kijk bij de stukken wat eruit kwam.",
        "take_back_document": "Het bestand van dit stuk is al gewist. Er is niets meer te doen.",
    },
)
# There are bytes: of what was refused or taken back they are gone.
KEPT_DOCUMENTS = (DocumentStatus.WACHT, DocumentStatus.SCHOON)
