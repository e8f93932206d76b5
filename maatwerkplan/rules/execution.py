"""What must be true of the reports about a signed plan. EXE-01, EXE-02."""

from datetime import date, timedelta

from django.utils import timezone

from maatwerkplan.models import ENDINGS, Channel, PartnerAction, ProgressKind, ProgressReport
from maatwerkplan.states import IN_FORCE
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.werkafspraken import number


def obstacles_to_any_report(action: PartnerAction, kinds: set[str]) -> list[Obstacle]:
    """Reports are about a signed plan, also when its client stepped out of it, until the action has
    ended; `kinds` were reported before."""
    obstacles = []
    if action.plan.status not in IN_FORCE:
        obstacles.append(Obstacle("not_signed", "Dit plan is nog niet getekend."))
    if kinds & set(ENDINGS):
        obstacles.append(
            Obstacle(
                "ended_already",
                "Deze actie is al afgesloten. Klopt dat niet? Bespreek het met elkaar.",
            )
        )
    return obstacles


def reported(action: PartnerAction) -> set[str]:
    """What kinds of report there are about this action."""
    return set(ProgressReport.objects.filter(action=action).values_list("kind", flat=True))


def obstacles_to_reporting(
    action: PartnerAction, kind: str, happened_on: date, channel: str = Channel.HUIS
) -> list[Obstacle]:
    """First a start, then progress; to say that it never starts needs none, nor does who leads the
    case, who says only that it is over. Nothing from tomorrow."""
    kinds = reported(action)
    obstacles = obstacles_to_any_report(action, kinds)
    started = ProgressKind.START in kinds
    if kind == ProgressKind.START and started:
        obstacles.append(Obstacle("started_already", "De start is al gemeld."))
    if kind == ProgressKind.UITGESTELD and started:
        text = "Deze actie is al begonnen. Meld hoe het loopt, of dat het stopt."
        obstacles.append(Obstacle("begun_already", text))
    goes_on = kind in (ProgressKind.VOORTGANG, ProgressKind.AFGEROND)
    if goes_on and not started and channel != Channel.REGIE:
        obstacles.append(Obstacle("not_started", "Meld eerst dat de actie is gestart."))
    if happened_on > timezone.localdate():
        obstacles.append(
            Obstacle("in_future", "Deze datum ligt in de toekomst. Kies vandaag of eerder.")
        )
    if action.plan.offered_on and happened_on < action.plan.offered_on:
        obstacles.append(
            Obstacle(
                "before_offer",
                f"Het plan is aangeboden op {long_date(action.plan.offered_on)}. "
                "Kies die dag of later.",
            )
        )
    return obstacles


def obstacles_to_stopping(kind: str, text: str) -> list[Obstacle]:
    """Who stops or never starts says why: the interventiemanager has to fill the hole."""
    if kind == ProgressKind.GESTOPT and not text.strip():
        return [Obstacle("reason_missing", "Schrijf kort op waarom het stopt of niet begint.")]
    return []


def obstacles_to_putting_off(
    action: PartnerAction, kind: str, until: date | None, text: str
) -> list[Obstacle]:
    """Who begins later says when, within what was agreed, and why. EXE-01."""
    if kind != ProgressKind.UITGESTELD:
        return []
    obstacles = []
    if until is None:
        obstacles.append(Obstacle("new_day_missing", "Kies de dag waarop het wel begint."))
    elif until <= timezone.localdate():
        obstacles.append(Obstacle("new_day_passed", "Kies morgen of later."))
    elif until > action.end_date:
        last = long_date(action.end_date)
        obstacles.append(
            Obstacle(
                "new_day_too_late",
                f"De afspraak loopt tot en met {last}. Kies een eerdere dag, of meld dat het "
                "niet begint.",
            )
        )
    if not text.strip():
        obstacles.append(Obstacle("delay_unexplained", "Schrijf kort op waarom het later begint."))
    return obstacles


def obstacles_to_recording_end(kind: str, text: str) -> list[Obstacle]:
    """Who leads the case says himself only that an action is over, and how he knows."""
    if kind not in ENDINGS:
        text = "Leg hier alleen het einde vast. De rest meldt de partner zelf."
        return [Obstacle("no_end", text)]
    if not text.strip():
        return [Obstacle("reason_missing", "Schrijf kort op hoe je dit weet.")]
    return []


def must_still_start(action: PartnerAction) -> bool:
    """It did not start, and may still. Needs `with_state()`."""
    return action.started_on is None and action.ending is None


def was_missed(action: PartnerAction) -> bool:
    """The client did not come, and nothing was reported since. Needs `with_state()`."""
    return action.reported_as == ProgressKind.GEMIST


def clock_runs(action: PartnerAction, today: date) -> bool:
    """It must still start, and soon: what waits for another is left alone until its own week."""
    if not must_still_start(action) or action.start_by is None:
        return False
    week = timedelta(days=number("start_within_days", action.plan.offered_on))
    return not action.begins_later or today >= action.start_by - week


def is_late(action: PartnerAction, today: date) -> bool:
    """It must still start, while its last day to do so is over. Needs `with_state()`."""
    start_by = action.start_by
    return bool(start_by and today > start_by and must_still_start(action))
