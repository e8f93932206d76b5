"""What must be true of the offer: shown, signed by two, or taken back. S2, Werkprocessen."""

from django.db.models import Prefetch

from cases.models import Case, SelfReliance
from cases.rules import is_judged_again
from maatwerkplan.models import DeliveryQuestion, Maatwerkplan, PartnerAction
from maatwerkplan.rules.doorzetting import obstacles_to_counting_on
from maatwerkplan.rules.drawing import LEEFGEBIEDEN, obstacles_to_beginning
from maatwerkplan.rules.order import obstacles_to_begin_in_time
from maatwerkplan.states import PLAN_FLOW
from veiligheidshuis import pdf, seal
from veiligheidshuis.obstacles import Obstacle


def actions_of(plan: Maatwerkplan) -> list[PartnerAction]:
    """The actions with all that the delivery rules read, in two queries."""
    actions = plan.partner_actions.with_state().select_related("organisation", "case", "plan")
    questions = Prefetch("questions", DeliveryQuestion.objects.with_what_was_said())
    return list(actions.prefetch_related(questions).in_order())


def obstacles_to_offer(
    plan: Maatwerkplan, actions: list[PartnerAction] | None = None
) -> list[Obstacle]:
    """All that still stands between a plan and its client, in words. PLN-02, PLN-03, OFF-01.

    Every deficit is covered ("over de volle breedte"), guidance is there when the client cannot
    carry out the plan himself, and every partner can deliver what the plan says, soon.
    """
    actions = actions_of(plan) if actions is None else actions
    obstacles = PLAN_FLOW.obstacles("offer", plan.status)
    if not actions:
        obstacles.append(Obstacle("no_actions", "Het plan bevat nog geen acties."))
    if is_judged_again(plan.case):
        text = "De diagnose wordt opnieuw beoordeeld. Stel haar eerst vast."
        obstacles.append(Obstacle("diagnosis_open", text))
    obstacles += _uncovered(plan, actions)
    obstacles += _guidance(plan, actions)
    for action in actions:
        obstacles += obstacles_to_beginning(action)
        obstacles += obstacles_to_counting_on(action)
        obstacles += obstacles_to_begin_in_time(action, actions)
    return obstacles


def _uncovered(plan: Maatwerkplan, actions: list[PartnerAction]) -> list[Obstacle]:
    covered = {action.leefgebied for action in actions}
    lacking = [score for score in plan.case.leefgebieden.all() if score.deficit]
    lacking.sort(key=lambda score: LEEFGEBIEDEN.index(score.leefgebied))
    return [
        Obstacle(
            "uncovered",
            f"Het tekort op {score.get_leefgebied_display()} ({score.deficit_word}) "
            "heeft nog geen actie.",
            about=score.leefgebied,
        )
        for score in lacking
        if score.leefgebied not in covered
    ]


def needs_guidance(case: Case) -> bool:
    """Too little self-reliance to carry out the plan. S2, voetnoot 8."""
    diagnosis = getattr(case, "diagnosis", None)
    return diagnosis is not None and diagnosis.self_reliance == SelfReliance.NIET


def _guidance(plan: Maatwerkplan, actions: list[PartnerAction]) -> list[Obstacle]:
    if any(action.is_guidance for action in actions) or not needs_guidance(plan.case):
        return []
    return [
        Obstacle(
            "guidance_missing",
            "De cliënt kan het plan niet zelf uitvoeren. Neem trajectbegeleiding op in het plan.",
        )
    ]


def obstacles_to_preview(read_sha256: str | None, now_sha256: str) -> list[Obstacle]:
    """What is offered is what was read beforehand. None when nobody read it (a command)."""
    if read_sha256 in (None, now_sha256):
        return []
    return [
        Obstacle(
            "other_preview",
            "Het plan is veranderd nadat je dit voorbeeld opende. Hieronder staat het nieuwe "
            "voorbeeld. Lees het na en bied het dan aan.",
        )
    ]


def obstacles_to_sign(plan: Maatwerkplan, *, shown_sha256: str | None = None) -> list[Obstacle]:
    """Both sign what was shown, on a machine that can draw the document.

    `shown_sha256` is the fingerprint of the text on the page; None when there is no page yet.
    """
    obstacles = PLAN_FLOW.obstacles("sign", plan.status)
    if why := pdf.unavailable():
        obstacles.append(Obstacle("no_pdf", f"Tekenen kan nu niet. {why}"))
    if shown_sha256 is not None and not obstacles and shown_sha256 != plan.text.sha256:
        obstacles.append(
            Obstacle("other_text", "De tekst op dit scherm is niet het plan dat is aangeboden.")
        )
    return obstacles


def obstacles_to_document(plan: Maatwerkplan) -> list[Obstacle]:
    """There is a document of a plan that both signed, on a machine that can draw it."""
    obstacles = []
    if plan.signed_at is None:
        obstacles.append(Obstacle("not_signed", "Dit plan is nog niet getekend."))
    if why := pdf.unavailable():
        obstacles.append(Obstacle("no_pdf", why))
    if why := seal.missing():
        obstacles.append(Obstacle("no_seal", why))
    return obstacles


def obstacles_to_withdraw(plan: Maatwerkplan, reason: str | None = None) -> list[Obstacle]:
    """An offer is withdrawn while it lies before the client, for a reason. None: not typed yet."""
    obstacles = PLAN_FLOW.obstacles("withdraw", plan.status)
    if reason is not None and not reason.strip():
        obstacles.append(Obstacle("reason_missing", "Schrijf kort op waarom je het intrekt."))
    return obstacles
