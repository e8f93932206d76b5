"""What must be true of drang en dwang: a client refuses, or steps out. OFF-05, OFF-06.

S2, Werkprocessen: "Partners in het veiligheidshuis zullen er samen voor zorgen dat weigerachtige
cliënten of cliënten die op enig moment uit een traject stappen er alsnog aan mee zullen werken."
"""

from datetime import date

from django.utils import timezone

from maatwerkplan.models import Maatwerkplan
from maatwerkplan.states import PLAN_FLOW
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
