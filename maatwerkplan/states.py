"""The course of a maatwerkplan. S2, Werkprocessen: diagnose, maatwerkplan, check, uitvoering."""

from django.db.models import TextChoices

from veiligheidshuis.flow import Flow, Move


class PlanStatus(TextChoices):
    """From the drawing board to a contract, to a refusal, or back before either; and out of it."""

    CONCEPT = "concept", "in opbouw"
    AANGEBODEN = "aangeboden", "aangeboden"
    ONDERTEKEND = "ondertekend", "getekend"
    GEWEIGERD = "geweigerd", "geweigerd"
    INGETROKKEN = "ingetrokken", "ingetrokken"
    UITGEVALLEN = "uitgevallen", "cliënt is eruit gestapt"
    VERVANGEN = "vervangen", "vervangen"


# Both signed it, and what still runs of it is carried out.
IN_FORCE = (PlanStatus.ONDERTEKEND, PlanStatus.UITGEVALLEN)
# The client does not take part: the partners press on until there is a new plan.
PRESSED = (PlanStatus.GEWEIGERD, PlanStatus.UITGEVALLEN)


PLAN_FLOW = Flow(
    Move("offer", PlanStatus.CONCEPT, PlanStatus.AANGEBODEN),
    Move("sign", PlanStatus.AANGEBODEN, PlanStatus.ONDERTEKEND),
    Move("refuse", PlanStatus.AANGEBODEN, PlanStatus.GEWEIGERD),
    Move("withdraw", PlanStatus.AANGEBODEN, PlanStatus.INGETROKKEN),
    Move("drop_out", PlanStatus.ONDERTEKEND, PlanStatus.UITGEVALLEN),
    Move("drop_revision", PlanStatus.CONCEPT, PlanStatus.INGETROKKEN),
    Move("replace_plan", PlanStatus.ONDERTEKEND, PlanStatus.VERVANGEN),
    Move("replace_plan", PlanStatus.UITGEVALLEN, PlanStatus.VERVANGEN),
    otherwise={
        "offer": (
            "Dit plan is al aangeboden en ligt vast. "
            "Weigert de cliënt of trek je het in? Leg dat vast en stel daarna een nieuw plan op."
        ),
        "sign": (
            "Tekenen kan als het plan is aangeboden, één keer. "
            "Is het nog in opbouw? Bied het eerst aan. Is het geweigerd of ingetrokken? "
            "Stel een nieuw plan op."
        ),
        "refuse": (
            "Een weigering leg je vast nadat je het plan hebt aangeboden, en voor er is getekend. "
            "Is er al getekend? Leg dan vast dat de cliënt eruit stapt."
        ),
        "withdraw": (
            "Intrekken kan zolang de cliënt niet heeft getekend en niet heeft geweigerd. "
            "Is het plan nog in opbouw? Dan kun je het gewoon wijzigen."
        ),
        "drop_revision": (
            "Een herziening intrekken kan zolang zij in opbouw is. "
            "Ligt zij bij de cliënt? Trek dan het aanbod in."
        ),
        "replace_plan": (
            "Alleen een getekend plan wordt vervangen, als het nieuwe is getekend. "
            "Laat het nieuwe plan tekenen."
        ),
        "drop_out": (
            "Uit een plan stappen kan als het is getekend, één keer. "
            "Is het nog niet getekend? Leg dan de weigering vast."
        ),
    },
)


class DoorzettingStatus(TextChoices):
    """What became of what was laid before the manager."""

    VOORGELEGD = "voorgelegd", "ligt bij de manager"
    DOORGEZET = "doorgezet", "doorgezet"
    NIET_DOORGEZET = "niet_doorgezet", "niet doorgezet"
    TERUGGENOMEN = "teruggenomen", "teruggenomen"


DECIDED = (DoorzettingStatus.DOORGEZET, DoorzettingStatus.NIET_DOORGEZET)
DECIDED_ONCE = "Hierover is al beslist, of het ligt niet meer voor. Kijk hoe het nu staat."

DOORZETTING_FLOW = Flow(
    Move("push_through", DoorzettingStatus.VOORGELEGD, DoorzettingStatus.DOORGEZET),
    Move("leave_undone", DoorzettingStatus.VOORGELEGD, DoorzettingStatus.NIET_DOORGEZET),
    Move("take_back", DoorzettingStatus.VOORGELEGD, DoorzettingStatus.TERUGGENOMEN),
    otherwise={
        "push_through": DECIDED_ONCE,
        "leave_undone": DECIDED_ONCE,
        "take_back": "De manager heeft al beslist. Terugnemen kan niet meer.",
    },
)


class AansprekingStatus(TextChoices):
    """What came of it that a partner was held to what it agreed."""

    LOOPT = "loopt", "loopt"
    GELUKT = "gelukt", "gelukt"
    NIET_GELUKT = "niet_gelukt", "niet gelukt"


SETTLED_ONCE = "De uitkomst staat er al. Kijk bij de startklok wat de volgende stap is."

AANSPREKING_FLOW = Flow(
    Move("call_helped", AansprekingStatus.LOOPT, AansprekingStatus.GELUKT),
    Move("call_failed", AansprekingStatus.LOOPT, AansprekingStatus.NIET_GELUKT),
    otherwise={"call_helped": SETTLED_ONCE, "call_failed": SETTLED_ONCE},
)
