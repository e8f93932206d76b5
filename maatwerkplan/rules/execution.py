"""What must be true of the reports about a signed plan. EXE-01, EXE-02."""

from datetime import date

from django.utils import timezone

from maatwerkplan.models import PartnerAction, ProgressKind, ProgressReport
from maatwerkplan.states import PlanStatus
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle


def started_already() -> Obstacle:
    """Also what the database says when two colleagues report the start at the same moment."""
    return Obstacle("started_already", "De start is al gemeld.")


def obstacles_to_any_report(action: PartnerAction, kinds: set[str]) -> list[Obstacle]:
    """Reports are about a signed plan, until the action has ended; `kinds` were reported before."""
    obstacles = []
    if action.plan.status != PlanStatus.ONDERTEKEND:
        obstacles.append(Obstacle("not_signed", "Dit plan is nog niet getekend."))
    if kinds & {ProgressKind.AFGEROND, ProgressKind.GESTOPT}:
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


def obstacles_to_reporting(action: PartnerAction, kind: str, happened_on: date) -> list[Obstacle]:
    """First a start, then progress; nothing from tomorrow."""
    kinds = reported(action)
    obstacles = obstacles_to_any_report(action, kinds)
    started = ProgressKind.START in kinds
    if kind == ProgressKind.START and started:
        obstacles.append(started_already())
    if kind != ProgressKind.START and not started:
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
    """Who stops says why: the interventiemanager has to fill the hole."""
    if kind == ProgressKind.GESTOPT and not text.strip():
        return [Obstacle("reason_missing", "Schrijf kort op waarom het is gestopt.")]
    return []


def is_late(action: PartnerAction, today: date) -> bool:
    """Not started while the week after the offer is over. Needs `with_state()`."""
    start_by = action.plan.start_by
    return bool(start_by and today > start_by and action.started_on is None)  # type: ignore[attr-defined]
