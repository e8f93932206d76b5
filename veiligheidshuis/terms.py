"""How far from today a day may lie, one way for every date that somebody types; and how long
things last, in words.

A slip of the pen (2062 for 2026) would give access for a generation, or a meeting that nobody sees
in the agenda. The form asks it beside its field and the rule of the operation asks it again. The
days stand in settings.TERMS, each with its reason. A sentence takes a number from the setting or
the werkafspraak that the house keeps to, so that it cannot say another one (`said`).
"""

import re
from datetime import date, timedelta

from django.conf import settings

from veiligheidshuis.formats import in_words, plain_date, today
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.werkafspraken import SUBJECTS, in_short

UNIT = re.compile(r"WORKING_DAYS|DAYS|HOURS|MINUTES")


def said(setting: str) -> str:
    """What a setting says, in the words of a sentence: DRAFT_HOURS is "een dag". The name of a
    werkafspraak is written small: start_within_days, as it holds today."""
    if setting in SUBJECTS:
        return in_short(setting)
    unit = UNIT.search(setting)
    return in_words(getattr(settings, setting), unit.group() if unit else "")


def months_from(day: date, months: int) -> date:
    """The same day so many months on, or back; the last of a month that is too short for it."""
    count = day.year * 12 + day.month - 1 + months
    first_of_next = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(count // 12, count % 12 + 1, min(day.day, last))


def first_day(term: str) -> date:
    """The earliest day that may be meant."""
    return today() - timedelta(days=settings.TERMS[term][0])


def last_day(term: str) -> date:
    """The latest day that may be meant."""
    return today() + timedelta(days=settings.TERMS[term][1])


def obstacles_to_day(term: str, *days: date | None) -> list[Obstacle]:
    """A day lies within the term of what it is for; no day is no obstacle."""
    first, last = first_day(term), last_day(term)
    obstacles = []
    for day in filter(None, days):
        if day < first:
            long_ago = "voorbij" if first == today() else "te lang geleden"
            text = f"De datum {plain_date(day)} is {long_ago}. Kies {plain_date(first)} of later."
            obstacles.append(Obstacle("too_long_ago", text))
        if day > last:
            text = f"De datum {plain_date(day)} is te ver weg. Kies uiterlijk {plain_date(last)}."
            obstacles.append(Obstacle("too_far_ahead", text))
    return obstacles
