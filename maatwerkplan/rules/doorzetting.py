"""What the manager may set aside, of what stands between a plan and its client. OFF-01.

Only that a partner does not promise what the plan asks of it. What the client lacks, who may take
part and when a plan begins is not for one man to set aside.
"""

from dataclasses import replace

from django.utils import timezone

from maatwerkplan.models import Doorzetting, PartnerAction
from maatwerkplan.rules.delivery import (
    INSTEAD,
    TAKE_OVER,
    current_question,
    obstacles_to_delivery,
)
from maatwerkplan.rules.drawing import obstacles_to_changing
from maatwerkplan.states import DOORZETTING_FLOW
from partners.models import User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle

PUSHABLE = frozenset({"refused", "unanswered", "other_date"})


def matter_of(action: PartnerAction, code: str) -> Doorzetting | None:
    """What was laid before the manager about this obstacle of the action as it is now."""
    question = current_question(action)
    matter = question.matter if question and code in PUSHABLE else None
    return matter if matter and matter.code == code else None


def pushed_through(action: PartnerAction) -> Doorzetting | None:
    """The decision by which this action stands in the plan without a promise of its partner."""
    for each in obstacles_to_delivery(action):
        matter = matter_of(action, each.code)
        if matter and matter.is_pushed_through:
            return matter
    return None


def obstacles_to_counting_on(action: PartnerAction) -> list[Obstacle]:
    """That its partner did not promise it, unless the manager pushed exactly that through. What
    lies before him, or what he did not push through, is said with it."""
    found = []
    for each in obstacles_to_delivery(action):
        matter = matter_of(action, each.code)
        if matter is None:
            found.append(each)
        elif not matter.is_pushed_through:
            found.append(replace(each, message=f"{each.message} {_said_of(matter)}"))
    return found


def _said_of(matter: Doorzetting) -> str:
    if matter.is_pushed_through:
        return "De manager besloot hier al over, voor de partner antwoordde."
    if matter.waits:
        return f"Dit ligt sinds {long_date(timezone.localdate(matter.laid_at))} bij de manager."
    return "De manager heeft dit niet doorgezet."


def obstacles_to_laying_before(action: PartnerAction, why: str | None = None) -> list[Obstacle]:
    """The manager decides once about what a partner answered, or did not answer in time. `why` is
    None as long as it was not typed."""
    obstacles = obstacles_to_changing(action.plan)
    found = matter_for_manager(action)
    if found is None:
        text = "Voor deze actie staat geen antwoord van de partner in de weg."
        return [*obstacles, Obstacle("nothing_to_push", text)]
    question = current_question(action)
    if question and question.matter:
        obstacles.append(Obstacle("laid_before", _said_of(question.matter)))
    if found.code == "unanswered" and question and question.answer_by >= timezone.localdate():
        text = (
            f"{action.organisation.short_name} kan nog antwoorden tot en met "
            f"{long_date(question.answer_by)}. Bel eerst."
        )
        obstacles.append(Obstacle("still_time", text))
    if why is not None and not why.strip():
        obstacles.append(Obstacle("reason_missing", "Schrijf op waarom dit moet doorgaan."))
    return obstacles


def action_gone() -> Obstacle:
    """While somebody wrote why it must go on, a colleague took the action out of the plan."""
    return Obstacle("action_gone", "Deze actie is intussen uit het plan gehaald. Kijk in het plan.")


def matter_for_manager(action: PartnerAction) -> Obstacle | None:
    """The obstacle of this action about which the manager can decide, without what else could be
    tried; None when there is none."""
    found = next((o for o in obstacles_to_delivery(action) if o.code in PUSHABLE), None)
    if found is None:
        return None
    said = found.message
    for advice in (*INSTEAD.values(), TAKE_OVER):
        said = said.removesuffix(f" {advice}")
    return replace(found, message=said)


def obstacles_to_push_through(
    matter: Doorzetting, by: User, reason: str | None = None
) -> list[Obstacle]:
    """A decision is taken once, with a reason, and not by who asked for it. `reason` is None as
    long as it was not typed."""
    obstacles = DOORZETTING_FLOW.obstacles("push_through", matter.status)
    if matter.laid_by_id == by.pk:
        text = "Je legde dit zelf voor. Een andere manager beslist."
        obstacles.append(Obstacle("own_matter", text))
    if reason is not None and not reason.strip():
        obstacles.append(Obstacle("reason_missing", "Schrijf op waarom je dit besluit."))
    return obstacles


# Who decides that it stays as the partner said, decides as well.
obstacles_to_leave_undone = obstacles_to_push_through


def obstacles_to_take_back(matter: Doorzetting) -> list[Obstacle]:
    """Until the manager decided, who laid it before him may take it back."""
    return DOORZETTING_FLOW.obstacles("take_back", matter.status)
