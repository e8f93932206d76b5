"""When a day of reading is unusual, and when a signal may be laid aside.

The thresholds are our choice, high enough that an ordinary day is silent: a signal that comes
every day is read by nobody. AUD-17; BIO2 5.17.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from partners.models import User
from privacy.models import Signal, SignalKind
from veiligheidshuis.obstacles import Obstacle

USUAL_OVER = timedelta(days=28)
MANY = 25  # so many dossiers in a day is never too many
MANY_LISTED = 200  # four pages of fifty: lists are there to be paged through
MANY_ALONG = 25  # what leaves the house is out of sight
MANY_TIMES = 3  # times what is usual for this person
AT_NIGHT = 3  # dossiers between 22 and 6 o'clock
NIGHTS_USUAL = 3  # who read in so many nights of these weeks has night duty
REFUSALS = 10  # a typing error happens; a row of them is guessing
WITHOUT_TASK = 5  # dossiers seen by function alone, where nothing asks for it
NAMESAKES = 1


@dataclass(frozen=True)
class ReadingDay:
    """What one person read on one day, in numbers. Days in Europe/Amsterdam."""

    user_id: int
    day: date
    opened: int = 0  # dossiers opened one by one
    searched: int = 0  # dossiers that came up in a search
    listed: int = 0  # dossiers that stood on a page with others
    taken_along: int = 0  # dossiers in a file that left the house
    refused: int = 0  # times that what was asked for was not there
    at_night: int = 0  # dossiers seen between 22 and 6 o'clock
    without_task: int = 0  # opened without task, meeting or role
    namesakes: int = 0  # opened, of a client with the reader's own surname


Way = Callable[[ReadingDay], int]


def suspicious(day: ReadingDay) -> bool:
    """Whether it is worth asking what is usual for this person."""
    return bool(signals(day, []))


def signals(day: ReadingDay, before: Sequence[ReadingDay]) -> dict[SignalKind, int]:
    """What is unusual about this day, given the days before it, and how many it concerns."""
    found = {
        SignalKind.VEEL: _more_than_usual(day, before),
        SignalKind.MEEGENOMEN: _over(lambda d: d.taken_along, MANY_ALONG, day, before),
        SignalKind.NACHT: _at_night(day, before),
        SignalKind.AFTASTEN: day.refused if day.refused >= REFUSALS else 0,
        SignalKind.ZONDER_TAAK: day.without_task if day.without_task >= WITHOUT_TASK else 0,
        SignalKind.NAAMGENOOT: day.namesakes if day.namesakes >= NAMESAKES else 0,
    }
    return {kind: count for kind, count in found.items() if count}


def _more_than_usual(day: ReadingDay, before: Sequence[ReadingDay]) -> int:
    """Opened one by one, searched for or paged through; each against what this person does."""
    return max(
        _over(lambda d: d.opened, MANY, day, before),
        _over(lambda d: d.searched, MANY, day, before),
        _over(lambda d: d.listed, MANY_LISTED, day, before),
    )


def _over(way: Way, many: int, day: ReadingDay, before: Sequence[ReadingDay]) -> int:
    """How many in this way, when that is many and far more than usual for this person; else 0."""
    usual = median([way(each) for each in before] or [0])
    return way(day) if way(day) > max(many, MANY_TIMES * usual) else 0


def _at_night(day: ReadingDay, before: Sequence[ReadingDay]) -> int:
    nights = sum(1 for each in before if each.at_night)
    return day.at_night if day.at_night >= AT_NIGHT and nights < NIGHTS_USUAL else 0


def obstacles_to_handling(signal: Signal, by: User) -> list[Obstacle]:
    """A signal is judged once, and by nobody over himself."""
    if signal.handled_at is not None:
        text = f"{signal.handled_by} heeft dit signaal al afgehandeld."
        return [Obstacle("handled_already", text)]
    if signal.user_id == by.pk:
        text = (
            "Dit signaal gaat over jou. Een andere functionaris gegevensbescherming handelt het "
            "af. Is die er niet? Vraag het bedrijfsbureau om een vervanger."
        )
        return [Obstacle("about_himself", text)]
    return []
