"""What must be true of drang en dwang: a client refuses, or steps out. OFF-05, OFF-06.

S2, Werkprocessen: "Partners in het veiligheidshuis zullen er samen voor zorgen dat weigerachtige
cliënten of cliënten die op enig moment uit een traject stappen er alsnog aan mee zullen werken."
"""

from datetime import date

from django.utils import timezone

from cases.models import Case
from cases.states import CaseStatus
from maatwerkplan.models import Drangstap, Framework, Maatwerkplan, PartnerAction
from maatwerkplan.rules.delivery import obstacles_to_taking_part, obstacles_to_telling
from maatwerkplan.states import PLAN_FLOW, PRESSED
from partners.models import Chain, Organisation
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_refuse(plan: Maatwerkplan, next_step_on: date | None = None) -> list[Obstacle]:
    """A refusal is recorded of a plan that was offered, with a next step that lies ahead."""
    return PLAN_FLOW.obstacles("refuse", plan.status) + obstacles_to_step_day(next_step_on)


def obstacles_to_drop_out(plan: Maatwerkplan, next_step_on: date | None = None) -> list[Obstacle]:
    """Who steps out signed before, and the partners have a next step that lies ahead."""
    return PLAN_FLOW.obstacles("drop_out", plan.status) + obstacles_to_step_day(next_step_on)


def obstacles_to_step_day(day: date | None) -> list[Obstacle]:
    """The next step is today or later, and not so far off that the client is let go meanwhile."""
    obstacles = obstacles_to_day("vervolgstap", day)
    if day and day < timezone.localdate():
        obstacles.append(
            Obstacle("step_in_past", "De vervolgstap ligt in het verleden. Kies vandaag of later.")
        )
    return obstacles


def obstacles_to_silence(message_given: bool) -> list[Obstacle]:
    """Who does not take part is told that this is not accepted and that the partners do not let
    go. OFF-05."""
    if message_given:
        return []
    return [
        Obstacle(
            "message_not_given",
            "Vertel de cliënt eerst dat de partners hem niet loslaten, en vink dat daarna aan.",
        )
    ]


def obstacles_to_step_of(
    plan: Maatwerkplan, organisation: Organisation | None, secrecy_signed_on: date | None
) -> list[Obstacle]:
    """Who leads the case takes the step himself, or a partner that takes part; a third party signed
    for secrecy first, as for a delivery question."""
    if organisation is None:
        return []
    if outside := obstacles_to_taking_part(plan.case, organisation):
        return outside
    return obstacles_to_telling(plan.case, organisation, secrecy_signed_on, timezone.localdate())


def obstacles_to_pressing(plan: Maatwerkplan) -> list[Obstacle]:
    """Drang en dwang is for a client who does not take part, until there is a new plan."""
    if plan.status in PRESSED and plan.case.status == CaseStatus.DRANG_DWANG:
        return []
    text = "Drang en dwang kan als de cliënt weigert of uit zijn plan stapt. Leg dat eerst vast."
    return [Obstacle("not_pressed", text)]


def care_of(case: Case) -> list[PartnerAction]:
    """The care that runs for this client as far as the house knows: a measure may break it."""
    agreed = PartnerAction.objects.agreed().filter(case=case, organisation__chain=Chain.ZORG)
    running = agreed.with_state().select_related("organisation").in_order()
    return [action for action in running if action.ending is None]


def obstacles_to_care(framework: str, care: list[PartnerAction], seen: bool) -> list[Obstacle]:
    """Who applies dwang looked at the care that runs, and weighed it."""
    if framework != Framework.DWANG or seen or not care:
        return []
    text = "Let op: er loopt zorg. Kijk welke, en vink aan dat je die hebt meegewogen."
    return [Obstacle("care_unseen", text)]


def obstacles_to_outcome(step: Drangstap, happened_on: date | None = None) -> list[Obstacle]:
    """What came of a step is said once, on the day itself or later."""
    obstacles = []
    if not step.is_open:
        text = "Van deze stap is al vastgelegd wat hij opleverde."
        obstacles.append(Obstacle("outcome_known", text))
    if happened_on and happened_on > timezone.localdate():
        text = "Deze datum ligt in de toekomst. Kies vandaag of eerder."
        obstacles.append(Obstacle("in_future", text))
    if happened_on and happened_on < timezone.localdate(step.recorded_at):
        text = "Toen was deze stap nog niet afgesproken. Kies een latere dag."
        obstacles.append(Obstacle("before_step", text))
    return obstacles
