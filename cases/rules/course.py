"""What must be true for the next step of a client's course, up to its end. S2, Werkprocessen."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from cases.models import (
    Case,
    Diagnosis,
    Interview,
    LeefgebiedScore,
)
from cases.states import CASE_FLOW, DIAGNOSED
from partners.models import CORE, Organisation
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

# What higher floors have against closing a case; they fill this in AppConfig.ready().
CLOSING: list[Callable[[Case], list[Obstacle]]] = []


def obstacles_to_start_diagnosis(case: Case) -> list[Obstacle]:
    """The diagnosis starts when the client has an interventiemanager."""
    return CASE_FLOW.obstacles("start_diagnosis", case.status)


def obstacles_to_judging(case: Case) -> list[Obstacle]:
    """A leefgebied is judged while the diagnosis is being made, or is judged again. DIA-07."""
    if case.status in DIAGNOSED and _is_open_now(case):
        return []
    return CASE_FLOW.obstacles("complete_diagnosis", case.status)


def is_judged_again(case: Case) -> bool:
    """The diagnosis was established, and was open again beside the plan when it was read."""
    diagnosis = getattr(case, "diagnosis", None)
    return case.status in DIAGNOSED and diagnosis is not None and diagnosis.completed_on is None


def _is_open_now(case: Case) -> bool:
    return Diagnosis.objects.filter(case=case, completed_on=None).exists()


def obstacles_to_judging_again(case: Case, reason: str | None = None) -> list[Obstacle]:
    """What was established is judged again, for a reason; None: not typed yet. DIA-07."""
    if case.status not in DIAGNOSED:
        text = (
            "Opnieuw beoordelen kan als de diagnose is vastgesteld en het dossier loopt. "
            "Wordt de diagnose nog gemaakt? Ga daar dan verder."
        )
        return [Obstacle("not_established", text)]
    if _is_open_now(case):
        text = "De diagnose wordt al opnieuw beoordeeld. Stel haar vast als zij klaar is."
        return [Obstacle("judged_again_already", text)]
    if reason is not None and not reason.strip():
        return [Obstacle("reason_missing", "Schrijf kort op waarom je opnieuw beoordeelt.")]
    return []


def obstacles_to_judgement(
    deficit: int | None,
    explanation: str,
    criminogenic: bool | None,
    find_out: str = "",
    **_: str,
) -> list[Obstacle]:
    """A deficit says what lacks, and whether it drives delict or nuisance; what is not known yet,
    why not and how it will be. S2, voetnoot 6 en 7; DIA-04."""
    if deficit is None:
        return _obstacles_to_not_knowing(explanation, find_out)
    if deficit == 0:
        return []
    obstacles = []
    if not explanation.strip():
        obstacles.append(Obstacle("explanation_missing", "Schrijf kort op wat er tekortkomt."))
    if criminogenic is None:
        obstacles.append(Obstacle("criminogenic_missing", "Kies ja of nee."))
    return obstacles


def _obstacles_to_not_knowing(explanation: str, find_out: str) -> list[Obstacle]:
    obstacles = []
    if not explanation.strip():
        text = "Schrijf kort op waarom dit nog niet bekend is."
        obstacles.append(Obstacle("explanation_missing", text))
    if not find_out.strip():
        text = "Schrijf op hoe je dit te weten komt."
        obstacles.append(Obstacle("find_out_missing", text))
    return obstacles


def obstacles_to_interview(
    interview: str, interview_on: date | None, refused_because: str
) -> list[Obstacle]:
    """The client was spoken to on a day, or refused that on a day and for a reason. DIA-03."""
    refused = interview == Interview.GEWEIGERD
    obstacles = []
    if interview and interview_on is None:
        obstacles.append(Obstacle("interview_on_missing", "Vul in op welke dag dat was."))
    if interview_on is not None and not interview:
        text = "Kies of het gesprek er was. Is er nog geen gesprek geweest? Haal dan de dag weg."
        obstacles.append(Obstacle("interview_missing", text))
    if refused and not refused_because.strip():
        text = "Schrijf kort op waarom de cliënt niet wilde praten."
        obstacles.append(Obstacle("refused_because_missing", text))
    if refused_because.strip() and not refused:
        text = "Dit hoort bij een gesprek dat is geweigerd. Kies dat hierboven, of maak dit leeg."
        obstacles.append(Obstacle("refused_because_too_much", text))
    return obstacles


def obstacles_to_complete_diagnosis(case: Case) -> list[Obstacle]:
    """Complete: every leefgebied is judged, also as not known for a reason; the client's
    self-reliance too, and he was spoken to or refused that. S2, vn 7-8; DIA-03, DIA-04."""
    obstacles = obstacles_to_judging(case)
    obstacles += [
        Obstacle(
            "unjudged",
            f"Het leefgebied {score.get_leefgebied_display()} is nog niet beoordeeld.",
            url=reverse("cases:score", args=[case.number, score.leefgebied]),
        )
        for score in LeefgebiedScore.objects.filter(case=case).unjudged().in_order()
    ]
    diagnosis = Diagnosis.objects.filter(case=case).first()
    here = reverse("cases:diagnosis", args=[case.number]) + "#zelf-uitvoeren"
    if diagnosis is None or not diagnosis.self_reliance:
        text = "Beoordeel of de cliënt het plan zelf kan uitvoeren."
        obstacles.append(Obstacle("self_reliance_unjudged", text, url=here))
    if diagnosis is None or not diagnosis.interview:
        text = "Leg vast wanneer je met de cliënt sprak, of dat hij dat weigerde."
        obstacles.append(Obstacle("interview_unknown", text, url=here))
    return obstacles


def obstacles_to_start_execution(case: Case) -> list[Obstacle]:
    """Execution starts from a plan, once it is signed."""
    return CASE_FLOW.obstacles("start_execution", case.status)


def obstacles_to_start_pressure(case: Case) -> list[Obstacle]:
    """Drang en dwang follows a refused plan. S2: "dat de ketenpartners niet los zullen laten"."""
    return CASE_FLOW.obstacles("start_pressure", case.status)


def obstacles_to_revise_plan(case: Case) -> list[Obstacle]:
    """A plan that is carried out may need to be otherwise. S4: "geen statisch document"."""
    return CASE_FLOW.obstacles("revise_plan", case.status)


def obstacles_to_drop_revision(case: Case) -> list[Obstacle]:
    """A revision is taken back while it is being made or lies before the client."""
    return CASE_FLOW.obstacles("drop_revision", case.status)


def obstacles_to_drop_out(case: Case) -> list[Obstacle]:
    """Who steps out of his plan has one that is carried out. S2, Werkprocessen."""
    return CASE_FLOW.obstacles("drop_out", case.status)


def obstacles_to_resume_planning(case: Case) -> list[Obstacle]:
    """Whoever refused gets a new plan."""
    return CASE_FLOW.obstacles("resume_planning", case.status)


def obstacles_to_close_case(case: Case) -> list[Obstacle]:
    """Nothing runs any more, on whatever floor. EXE-09."""
    obstacles = CASE_FLOW.obstacles("close_case", case.status)
    return obstacles + [obstacle for asks in CLOSING for obstacle in asks(case)]


def obstacles_to_closing_decision(decided_by: Organisation, decided_on: date) -> list[Obstacle]:
    """A core participant decided before that a case may be closed. WGS 2.31 lid 8."""
    obstacles = obstacles_to_day("besluit", decided_on)
    if decided_on > timezone.localdate():
        obstacles.append(Obstacle("not_yet", "Deze dag moet nog komen. Sluit daarna pas af."))
    if decided_by.wgs_class not in CORE or not decided_by.is_seated:
        obstacles.append(
            Obstacle(
                "no_core_participant",
                f"{decided_by} is geen kerndeelnemer. Een kerndeelnemer besluit over het "
                "afsluiten (WGS 2.31 lid 8).",
            )
        )
    return obstacles
