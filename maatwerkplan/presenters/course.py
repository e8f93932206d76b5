"""The phases of a client from his plan on: drawn up, asked about, offered, carried out."""

from datetime import datetime

from cases.models import Case
from cases.presenters.course import Course, Phase, diagnosis_phase
from cases.states import DIAGNOSED
from maatwerkplan.models import Maatwerkplan
from veiligheidshuis.formats import local_date, short_date


def phases_of(case: Case) -> list[Phase]:
    """What the dossier shows after the diagnosis (cases.presenters.course)."""
    return _phases(case, Maatwerkplan.objects.latest_of(case))


def course_with(case: Case, plan: Maatwerkplan | None) -> Course:
    """The same course, for who already read the latest plan: the whole caseload at once."""
    return Course([diagnosis_phase(case), *_phases(case, plan)])


def _phases(case: Case, plan: Maatwerkplan | None) -> list[Phase]:
    diagnosed = case.status in DIAGNOSED
    if plan is None:
        return [Phase(diagnosed), Phase(False), Phase(False), Phase(False)]
    return [
        Phase(diagnosed, f"opgesteld {_day(plan.drawn_up_at)}"),
        Phase(plan.asked_at is not None, _on("gevraagd", plan.asked_at)),
        _offer(plan),
        _execution(plan),
    ]


def _offer(plan: Maatwerkplan) -> Phase:
    if plan.refused_at:
        return Phase(True, _on("geweigerd", plan.refused_at), stopped=True)
    if plan.withdrawn_at:
        return Phase(True, _on("ingetrokken", plan.withdrawn_at), stopped=True)
    return Phase(plan.offered_at is not None, _on("aangeboden", plan.offered_at))


def _execution(plan: Maatwerkplan) -> Phase:
    if plan.dropped_out_at:
        return Phase(True, _on("eruit gestapt", plan.dropped_out_at), stopped=True)
    return Phase(plan.signed_at is not None, _on("getekend", plan.signed_at))


def _on(what: str, moment: datetime | None) -> str:
    return f"{what} {_day(moment)}" if moment else ""


def _day(moment: datetime) -> str:
    return short_date(local_date(moment))
