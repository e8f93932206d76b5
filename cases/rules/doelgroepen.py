"""Whether somebody meets a definition, by what the house knows: yes, no, or unknown. PRI-02.

Never a score and never an admission: people decide (WGS 1.9, 2.32). A count of which nobody said
over which years it goes proves nothing about a window of years, so that the answer is unknown and
says what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from cases.models import Age, Condition, Definition, Offences, Reference, age_on
from veiligheidshuis.formats import plain_date
from veiligheidshuis.terms import months_from

# Nobody is prosecuted for what he did before he was twelve (Sv 486): nothing older can be counted.
PROSECUTED_FROM = 12
NO_LAST_DAY = "de dag van het laatste feit ontbreekt"


class Answer(IntEnum):
    """In this order: a definition is as true as its weakest line, and as its strongest part."""

    NEE = 0
    ONBEKEND = 1
    JA = 2


@dataclass(frozen=True)
class Count:
    """What one supplier counted: how many offences, over which days, and the last of them."""

    supplier: str
    number: int
    over: tuple[date, date] | None = None
    last_offence_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the house knows of somebody on a day; of each supplier only its latest count."""

    birth_date: date
    day: date
    counts: Sequence[Count] = ()

    @property
    def last_offence_on(self) -> date | None:
        days = [each.last_offence_on for each in self.counts if each.last_offence_on]
        return max(days, default=None)

    def reference(self, definition: Definition) -> date | None:
        """The day from which is looked back; None as long as nobody said it."""
        if definition.reference == Reference.LAST_OFFENCE:
            return self.last_offence_on
        return self.day


@dataclass(frozen=True)
class Finding:
    """One line of a definition, whether it holds, and by which fact or for want of which."""

    condition: Condition
    answer: Answer
    because: str


@dataclass(frozen=True)
class Verdict:
    """What comes of a definition, with the lines of the part that decided it."""

    answer: Answer
    findings: tuple[Finding, ...]


def judge(definition: Definition, facts: Facts) -> Verdict:
    """Hold somebody against a definition; the part that comes nearest decides."""
    reference = facts.reference(definition)
    parts = [tuple(_hold(line, facts, reference) for line in part) for part in definition.parts]
    verdicts = [Verdict(min(each.answer for each in part), part) for part in parts]
    return max(verdicts, key=lambda verdict: verdict.answer)


def _hold(condition: Condition, facts: Facts, reference: date | None) -> Finding:
    if isinstance(condition, Age):
        return _age(condition, facts, reference)
    if isinstance(condition, Offences):
        return _offences(condition, facts, reference)
    return Finding(condition, Answer.ONBEKEND, "hierover oordelen mensen")


def _age(condition: Age, facts: Facts, reference: date | None) -> Finding:
    age = age_on(facts.birth_date, reference or facts.day)
    if reference is None and age >= condition.first:  # how old he was then, nobody can say
        return Finding(condition, Answer.ONBEKEND, NO_LAST_DAY)
    fits = condition.first <= age and (condition.last is None or age <= condition.last)
    words = f"{age} jaar op {plain_date(reference or facts.day)}"
    return Finding(condition, Answer.JA if fits else Answer.NEE, words)


def _offences(condition: Offences, facts: Facts, reference: date | None) -> Finding:
    if not facts.counts:
        return Finding(condition, Answer.ONBEKEND, "niemand leverde een aantal")
    if reference is None:
        told = _told(max(facts.counts, key=lambda count: count.number))
        return Finding(condition, Answer.ONBEKEND, f"{told}; {NO_LAST_DAY}")
    window = _window(condition, facts.birth_date, reference)
    surest = max(facts.counts, key=lambda count: _at_least(count, *window))
    if _at_least(surest, *window) >= condition.least:
        return Finding(condition, Answer.JA, _told(surest))
    whole = [count for count in facts.counts if _at_most(count, *window) is not None]
    highest = max(whole, key=lambda count: _at_most(count, *window) or 0, default=None)
    if highest and (_at_most(highest, *window) or 0) < condition.least:
        return Finding(condition, Answer.NEE, _told(highest))
    missing = f"nodig is een telling van {plain_date(window[0])} tot en met {plain_date(window[1])}"
    return Finding(condition, Answer.ONBEKEND, f"{_told(surest)}; {missing}")


def _window(condition: Offences, birth_date: date, reference: date) -> tuple[date, date]:
    """The days that count: five years back from 1 March 2026 begin on 2 March 2021."""
    if condition.months is None:
        return months_from(birth_date, 12 * PROSECUTED_FROM), reference
    return months_from(reference, -condition.months) + timedelta(days=1), reference


def _at_least(count: Count, first: date, last: date) -> int:
    """How many of those that were counted surely lie in the window."""
    if count.over and first <= count.over[0] and (count.last_offence_on or count.over[1]) <= last:
        return count.number
    return int(count.last_offence_on is not None and first <= count.last_offence_on <= last)


def _at_most(count: Count, first: date, last: date) -> int | None:
    """How many there can be in the window; None when the count does not go over all of it."""
    if not count.over or first < count.over[0] or count.over[1] < last:
        return None
    before = count.last_offence_on is not None and count.last_offence_on < first
    return 0 if before else count.number


def _told(count: Count) -> str:
    """What a supplier told, in words."""
    told = f"{count.supplier} telde er {count.number}"
    if count.over:
        first, last = map(plain_date, count.over)
        told += f" van {first} tot en met {last}"
    else:
        told += " en zei niet over welke jaren"
    if count.last_offence_on:
        told += f", het laatste op {plain_date(count.last_offence_on)}"
    return told
