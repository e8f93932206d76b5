"""Working days: what "binnen vijf werkdagen" means, one way for the whole house.

The days off are those of the Algemene termijnenwet, article 3: its first paragraph names them, its
second sets Good Friday on a par. The fifth of May counts every year, also where an employer gives
it once in five. Days that a royal decree adds (third paragraph) stand in settings.EXTRA_DAYS_OFF.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.conf import settings

SUNDAY = 6


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, left_over = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moved + 15) % 30
    leap_years, rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * left_over + 2 * leap_years - epact - rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """The 27th of April, or the day before when that is a Sunday."""
    birthday = date(year, 4, 27)
    return birthday - timedelta(days=1) if birthday.weekday() == SUNDAY else birthday


@cache
def days_off(year: int) -> frozenset[date]:
    """The days of the Algemene termijnenwet, article 3 paragraphs 1 and 2."""
    sunday = easter(year)
    about_easter = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday
    return frozenset(
        {
            date(year, 1, 1),
            kings_day(year),
            date(year, 5, 5),
            date(year, 12, 25),
            date(year, 12, 26),
            *(sunday + timedelta(days=n) for n in about_easter),
        }
    )


def is_workday(day: date) -> bool:
    """No Saturday or Sunday, and none of the days off."""
    off = day in days_off(day.year) or day in settings.EXTRA_DAYS_OFF
    return day.weekday() < 5 and not off


def passed(start: date, end: date) -> int:
    """How many working days lie after `start`, until and with `end`."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(is_workday, days))


def after(start: date, count: int) -> date:
    """The day on which so many working days have passed since `start`."""
    days = _workdays_after(start)
    return [next(days) for _ in range(count)][-1] if count else start


def _workdays_after(start: date) -> Iterator[date]:
    day = start
    while True:
        day += timedelta(days=1)
        if is_workday(day):
            yield day
