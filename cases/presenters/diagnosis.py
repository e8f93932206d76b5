"""How the diagnosis is shown: seven leefgebieden as a list and as one picture."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from cases.models import UNKNOWN, Case, Diagnosis, Leefgebied, LeefgebiedScore
from cases.presenters.development import development_of
from veiligheidshuis import charts


def picture(scores: list[LeefgebiedScore]) -> SafeString | str:
    """The radar, for who sees all seven; a part of it would mislead."""
    if len(scores) < len(Leefgebied):
        return ""
    labels = [score.get_leefgebied_display().capitalize() for score in scores]
    return charts.radar(labels, [score.deficit for score in scores])


def told_of(case: Case, scores: list[LeefgebiedScore]) -> dict[str, Any]:
    """What the page tells of all judgements together, as far as this reader sees them."""
    return {
        "judged": sum(score.is_judged for score in scores),
        "unknown": sum(score.is_unknown for score in scores),
        "picture": picture(scores),
        "development": development_of(case, scores),
    }


def as_typed(score: LeefgebiedScore) -> dict[str, Any]:
    """A judgement as its form begins."""
    return {
        "deficit": UNKNOWN if score.deficit is None else str(score.deficit),
        "explanation": score.explanation,
        "criminogenic": {True: "ja", False: "nee", None: ""}[score.criminogenic],
        "find_out": score.find_out,
        "protective": score.protective,
        "need": score.need,
        "running_help": score.running_help,
        "source": score.source,
        "version": score.version,
    }


def next_to_judge(score: LeefgebiedScore) -> str:
    """The leefgebied after this one that nobody judged yet, round to the first; "" when there is
    none. Also ‘nog onbekend’ is a judgement."""
    waiting = LeefgebiedScore.objects.filter(case_id=score.case_id, judged_at=None)
    names = [each.leefgebied for each in waiting.exclude(pk=score.pk).in_order()]
    order = list(Leefgebied.values)
    here = order.index(score.leefgebied)
    return min(names, key=lambda name: (order.index(name) - here) % len(order), default="")


def said_of_judging(score: LeefgebiedScore, judged: Mapping[str, Any]) -> str:
    """What is told to whoever saved this judgement."""
    name = score.get_leefgebied_display()
    if judged["deficit"] is None:
        return f"Bewaard. {name.capitalize()} is nog onbekend; zoek uit wat je opschreef."
    return f"Het oordeel over {name} staat er."


def self_reliance_as_typed(diagnosis: Diagnosis) -> dict[str, Any]:
    """The judgement on carrying out the plan, as its form begins."""
    return {
        "self_reliance": diagnosis.self_reliance,
        "instrument": diagnosis.instrument,
        "interview": diagnosis.interview,
        "interview_on": diagnosis.interview_on,
        "interview_by": diagnosis.interview_by,
        "refused_because": diagnosis.refused_because,
        "version": diagnosis.version,
    }
