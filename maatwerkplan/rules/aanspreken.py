"""When a partner is held to what it agreed, and how hard. REG-05.

Each step follows one that did not help; only what cannot wait goes to the manager at once. What
helped is done with: the next time begins with a reminder again.
"""

from collections.abc import Sequence
from datetime import date

from maatwerkplan.models import Aanspreking, CallStage, PartnerAction
from maatwerkplan.rules.execution import obstacles_to_any_report, reported
from maatwerkplan.states import AANSPREKING_FLOW, AansprekingStatus
from partners.models import User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

OF_WHO_LEADS = (CallStage.HERINNERING, CallStage.OPROEP, CallStage.MANAGER)


def calls_of(action: PartnerAction) -> list[Aanspreking]:
    """How the partner was held to this action, the last on top."""
    return list(Aanspreking.objects.filter(action=action).with_people().last_first())


def stages_for(calls: Sequence[Aanspreking]) -> list[CallStage]:
    """Which steps who leads can take now, the one that comes next first. `calls`: the last on
    top."""
    tried = set()
    for call in calls:
        if call.status == AansprekingStatus.GELUKT:
            break
        tried.add(call.stage)
    hardest = max((OF_WHO_LEADS.index(CallStage(s)) for s in tried & {*OF_WHO_LEADS}), default=-1)
    if tried - {*OF_WHO_LEADS}:
        return [CallStage.MANAGER]
    following = OF_WHO_LEADS[min(hardest + 1, len(OF_WHO_LEADS) - 1)]
    return list(dict.fromkeys([following, CallStage.MANAGER]))


def obstacles_to_calling(action: PartnerAction, calls: Sequence[Aanspreking]) -> list[Obstacle]:
    """A partner is held to an action of a signed plan that did not end, one step at a time.
    `calls`: the last on top."""
    obstacles = obstacles_to_any_report(action, reported(action))
    if any(call.runs for call in calls):
        text = "Er loopt al een stap. Leg eerst vast wat daar uitkwam."
        obstacles.append(Obstacle("called_already", text))
    return obstacles


def obstacles_to_call(
    calls: Sequence[Aanspreking], stage: str, text: str, answer_by: date | None
) -> list[Obstacle]:
    """The step comes now, says what is asked and gives a day."""
    obstacles = []
    stages = stages_for(calls)
    if stage not in stages:
        label = stages[0].label
        found = f"Deze stap komt nog niet, of is al geweest. Nu is aan de beurt: {label}."
        obstacles.append(Obstacle("step_out_of_turn", found))
    return [*obstacles, *obstacles_to_asked(text, answer_by)]


def obstacles_to_asked(text: str, answer_by: date | None) -> list[Obstacle]:
    """Who is called on reads what is asked of him, and by when."""
    obstacles = []
    if not text.strip():
        obstacles.append(Obstacle("call_without_words", "Schrijf op wat je vraagt."))
    if answer_by is None:
        obstacles.append(
            Obstacle("call_without_day", "Kies voor welke dag dit geregeld moet zijn.")
        )
    return [*obstacles, *obstacles_to_day("aanspreken", answer_by)]


def obstacles_to_asking_power(call: Aanspreking, user: User) -> list[Obstacle]:
    """The manager asks it about what lies before him, when he could not settle it himself."""
    obstacles = []
    if call.stage != CallStage.MANAGER or not call.runs:
        text = "Dit ligt niet meer bij je. Kijk hoe het nu staat."
        obstacles.append(Obstacle("not_with_manager", text))
    if call.asked_by_id == user.pk:
        text = "Je legde dit zelf voor. Een andere manager vraagt om doorzettingsmacht."
        obstacles.append(Obstacle("own_call", text))
    return obstacles


def obstacles_to_call_helped(call: Aanspreking, outcome: str | None = None) -> list[Obstacle]:
    """What came of it is said once, in words. `outcome` is None as long as it was not typed."""
    return _settling(call, "call_helped", outcome)


def obstacles_to_call_failed(call: Aanspreking, outcome: str | None = None) -> list[Obstacle]:
    """It did not help: the same."""
    return _settling(call, "call_failed", outcome)


def _settling(call: Aanspreking, move: str, outcome: str | None) -> list[Obstacle]:
    obstacles = AANSPREKING_FLOW.obstacles(move, call.status)
    if outcome is not None and not outcome.strip():
        obstacles.append(Obstacle("outcome_missing", "Schrijf op wat eruit kwam."))
    return obstacles


def call_is_overdue(action: PartnerAction, today: date) -> bool:
    """Its partner was held to it, and the day passed without an outcome. Needs `with_state()`."""
    return action.call_by is not None and action.call_by < today


def said_of_call(action: PartnerAction) -> str:
    """Which step runs about this action and until when; "" without one. Needs `with_state()`."""
    if action.call_by is None or action.call_stage is None:
        return ""
    label = CallStage(action.call_stage).label.capitalize()
    return f"{label}, uiterlijk {long_date(action.call_by)}"
