"""The diagnosis over the seven leefgebieden. S2, voetnoot 6 tot en met 9; DIA-01..05."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import (
    Case,
    Diagnosis,
    Leefgebied,
    LeefgebiedScore,
    Scope,
    TimelineKind,
    Vaststelling,
    scope_of,
)
from cases.operations.moves import locked, move
from cases.operations.timeline import record
from cases.states import CaseStatus
from partners.models import User
from veiligheidshuis.obstacles import refuse_if, stale


@transaction.atomic
def start_diagnosis(case: Case, *, by: User) -> Diagnosis:
    """Open the seven leefgebieden, all "nog onbekend"."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_start_diagnosis(case))
    diagnosis = Diagnosis(case=case)
    diagnosis.save(force_insert=True)
    for leefgebied in Leefgebied.values:
        score = LeefgebiedScore(case=case, leefgebied=leefgebied, scope=scope_of(leefgebied))
        score.save(force_insert=True)
    move(case, "start_diagnosis")
    record(case, TimelineKind.DIAGNOSE, "Diagnose gestart", scope=Scope.KNOW_CASE, by=by)
    return diagnosis


# What a judgement can say besides how much is lacking and why.
WORDS = ("find_out", "protective", "need", "running_help", "source")


@transaction.atomic
def judge(
    case: Case,
    leefgebied: str,
    *,
    deficit: int | None,
    explanation: str,
    criminogenic: bool | None,
    by: User,
    seen: int | None = None,
    **words: str,
) -> LeefgebiedScore:
    """Judge one leefgebied: 0 (nothing lacks) to 4 (very serious), or None for "nog onbekend".

    `words` are what else is known of it: find_out (asked when it is not known), protective, need,
    running_help and source. DIA-04.
    """
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(
        [
            *rules.obstacles_to_judging(case),
            *rules.obstacles_to_judgement(deficit, explanation, criminogenic, **words),
        ]
    )
    score = LeefgebiedScore.objects.select_for_update().get(case=case, leefgebied=leefgebied)
    refuse_if(stale(seen, score.version))
    score.deficit, score.explanation, score.criminogenic = deficit, explanation, criminogenic
    for name in WORDS:
        setattr(score, name, words.get(name, ""))
    score.judged_by, score.judged_at = by, timezone.now()
    score.version += 1
    score.save()
    return score


@transaction.atomic
def judge_self_reliance(
    case: Case,
    *,
    self_reliance: str,
    by: User,
    instrument: str = "",
    interview: str = "",
    interview_on: date | None = None,
    interview_by: str = "",
    refused_because: str = "",
    seen: int | None = None,
) -> Diagnosis:
    """Judge whether the client can carry out the plan himself; "niet" asks trajectbegeleiding.

    `interview`: he was spoken to, or refused that; on a day, and refused for a reason. DIA-03.
    """
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(
        [
            *rules.obstacles_to_judging(case),
            *rules.obstacles_to_interview(interview, interview_on, refused_because),
        ]
    )
    diagnosis = Diagnosis.objects.select_for_update().get(case=case)
    refuse_if(stale(seen, diagnosis.version))
    diagnosis.self_reliance, diagnosis.instrument = self_reliance, instrument
    diagnosis.interview, diagnosis.interview_on = interview, interview_on
    diagnosis.interview_by, diagnosis.refused_because = interview_by, refused_because
    diagnosis.version += 1
    diagnosis.save()
    return diagnosis


@transaction.atomic
def complete_diagnosis(case: Case, *, by: User) -> None:
    """Establish the diagnosis, for the first time or again; the plan can be made now."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_complete_diagnosis(case))
    diagnosis = Diagnosis.objects.select_for_update().get(case=case)
    diagnosis.completed_on, diagnosis.completed_by = timezone.localdate(), by
    diagnosis.save(update_fields=["completed_on", "completed_by"])
    numbers = Vaststelling.objects.filter(case=case).values_list("number", flat=True)
    number = max(numbers, default=0) + 1
    Vaststelling(case=case, number=number, established_by=by).save(force_insert=True)
    if case.status == CaseStatus.DIAGNOSE:
        move(case, "complete_diagnosis")
    title = "Diagnose vastgesteld" if number == 1 else "Diagnose opnieuw vastgesteld"
    record(case, TimelineKind.DIAGNOSE, title, scope=Scope.KNOW_CASE, by=by)


@transaction.atomic
def judge_again(case: Case, *, reason: str, by: User) -> None:
    """Open an established diagnosis, to say how it stands now; the plan that runs goes on. DIA-07.

    A plan that is being made is offered when it was established again.
    """
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_judging_again(case, reason))
    diagnosis = Diagnosis.objects.select_for_update().get(case=case)
    diagnosis.completed_on = diagnosis.completed_by = None
    diagnosis.version += 1
    diagnosis.save(update_fields=["completed_on", "completed_by", "version"])
    title = "Diagnose wordt opnieuw beoordeeld"
    record(case, TimelineKind.DIAGNOSE, title, text=reason, by=by)
