"""How the leefgebieden went since the diagnosis was first established. DIA-07.

What changed, and the course of each, as far as this reader may see it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString

from cases.models import DEFICIT_WORDS, Case, LeefgebiedScore, Vaststelling
from veiligheidshuis import charts

NEWEST = 4  # of the times that it was established; an older one stands in the history
WORDS = {
    "explanation": "toelichting",
    "find_out": "wat nog wordt uitgezocht",
    "protective": "wat goed gaat",
    "need": "wat nodig is",
    "running_help": "hulp die al loopt",
}


@dataclass(frozen=True)
class Course:
    """One leefgebied, each time that the diagnosis was established and now."""

    label: str
    words: list[tuple[str, str]]  # when, and how it stood
    picture: SafeString


@dataclass(frozen=True)
class Development:
    """The days on which the diagnosis was established, and how each leefgebied stood."""

    days: list[date]
    is_open: bool
    courses: list[Course]
    changes: list[str]  # from the time before to the last, or to what is judged now


def development_of(case: Case, scores: list[LeefgebiedScore]) -> Development | None:
    """None when there is nothing to compare: it was established at most once, and not opened."""
    times = list(Vaststelling.objects.filter(case=case).order_by("number"))[-NEWEST:]
    last = times[-1].at if times else None
    is_open = last is not None and any(s.judged_at and s.judged_at > last for s in scores)
    if not times or (len(times) == 1 and not is_open):
        return None
    then = [_at(case, time.at) for time in times]
    now = {score.leefgebied: score for score in scores}
    stands = [*then, now] if is_open else then
    days = [timezone.localdate(time.at) for time in times]
    return Development(
        days,
        is_open,
        [_course(score, stands, days) for score in scores],
        [words for score in scores for words in _changed(score, stands[-2], stands[-1])],
    )


Stand = dict[str, LeefgebiedScore]


def _at(case: Case, moment: datetime) -> Stand:
    """The judgements as they stood then; of each leefgebied that this reader sees."""
    lines = LeefgebiedScore.history.filter(case_id=case.pk, history_date__lte=moment)
    return {line.leefgebied: line for line in lines.order_by("history_date", "version")}


def _course(score: LeefgebiedScore, stands: list[Stand], days: list[date]) -> Course:
    found = [
        stand[score.leefgebied].deficit if score.leefgebied in stand else None for stand in stands
    ]
    label = score.get_leefgebied_display()
    moments = [f"{day.day}-{day.month}-{day.year}" for day in days]
    moments += ["nu"] * (len(found) - len(days))
    picture = charts.course(label, moments, found, key=f"verloop-{score.leefgebied}")
    words = [(moment, _word(deficit)) for moment, deficit in zip(moments, found, strict=True)]
    return Course(label, words, picture)


def _word(deficit: int | None) -> str:
    return "onbekend" if deficit is None else f"{deficit} {DEFICIT_WORDS[deficit]}"


def _changed(score: LeefgebiedScore, was: Stand, now: Stand) -> list[str]:
    before, after = was.get(score.leefgebied), now.get(score.leefgebied)
    if before is None or after is None:
        return []
    name = score.get_leefgebied_display().capitalize()
    changes = []
    if before.deficit != after.deficit:
        changes.append(f"{name}: was {_word(before.deficit)}, nu {_word(after.deficit)}.")
    if after.deficit is not None and bool(before.criminogenic) != bool(after.criminogenic):
        words = "hangt nu samen" if after.criminogenic else "hangt niet meer samen"
        changes.append(f"{name}: {words} met delict of overlast.")
    others = [
        word for field, word in WORDS.items() if getattr(before, field) != getattr(after, field)
    ]
    if others:
        changes.append(f"{name}, anders beschreven: {', '.join(others)}.")
    return changes
