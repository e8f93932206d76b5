"""Terms in working days, against a table that nobody computed here.

The table was written apart from our own calendar: its Easters come from python-dateutil, the other
days from the law. The number of working days of a year is what is left of Monday to Friday.
"""

from datetime import date, timedelta

import pytest

from veiligheidshuis import workdays

# Year, working days in it, and its days off by the Algemene termijnenwet, article 3.
YEARS = {
    2020: (254, "1-1 10-4 13-4 27-4 5-5 21-5 1-6 25-12 26-12"),
    2021: (254, "1-1 2-4 5-4 27-4 5-5 13-5 24-5 25-12 26-12"),
    2022: (253, "1-1 15-4 18-4 27-4 5-5 26-5 6-6 25-12 26-12"),
    2023: (252, "1-1 7-4 10-4 27-4 5-5 18-5 29-5 25-12 26-12"),
    2024: (255, "1-1 29-3 1-4 27-4 5-5 9-5 20-5 25-12 26-12"),
    2025: (253, "1-1 18-4 21-4 26-4 5-5 29-5 9-6 25-12 26-12"),
    2026: (253, "1-1 3-4 6-4 27-4 5-5 14-5 25-5 25-12 26-12"),
    2027: (254, "1-1 26-3 29-3 27-4 5-5 6-5 17-5 25-12 26-12"),
    2028: (252, "1-1 14-4 17-4 27-4 5-5 25-5 5-6 25-12 26-12"),
    2029: (253, "1-1 30-3 2-4 27-4 5-5 10-5 21-5 25-12 26-12"),
    2030: (254, "1-1 19-4 22-4 27-4 5-5 30-5 10-6 25-12 26-12"),
    2031: (253, "1-1 11-4 14-4 26-4 5-5 22-5 2-6 25-12 26-12"),
    2032: (255, "1-1 26-3 29-3 27-4 5-5 6-5 17-5 25-12 26-12"),
    2033: (253, "1-1 15-4 18-4 27-4 5-5 26-5 6-6 25-12 26-12"),
    2034: (252, "1-1 7-4 10-4 27-4 5-5 18-5 29-5 25-12 26-12"),
    2035: (253, "1-1 23-3 26-3 27-4 3-5 5-5 14-5 25-12 26-12"),
}


def table(year: int) -> set[date]:
    """The days off of this year, as the table has them."""
    days = (day.split("-") for day in YEARS[year][1].split())
    return {date(year, int(month), int(day)) for day, month in days}


def whole(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_the_working_days_of_a_year_are_those_of_the_table(year):
    off = table(year)
    expected = [day for day in whole(year) if day.isoweekday() <= 5 and day not in off]

    assert [day for day in whole(year) if workdays.is_workday(day)] == expected
    assert len(expected) == YEARS[year][0]


@pytest.mark.parametrize("year", range(2020, 2035))
def test_five_working_days_after_any_day_are_counted_on_the_table(year):
    off = table(year) | table(year + 1)
    for start in whole(year):
        day, left = start, 5
        while left:
            day += timedelta(days=1)
            left -= day.isoweekday() <= 5 and day not in off
        assert workdays.after(start, 5) == day
        assert workdays.passed(start, day) == 5
        assert workdays.passed(start, day - timedelta(days=1)) == 4


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # a weekend
        (date(2026, 12, 23), 5, date(2026, 12, 31)),  # both days of Christmas
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 5, 4), 1, date(2026, 5, 6)),  # the fifth of May of a year that is no fifth
        (date(2025, 4, 25), 1, date(2025, 4, 28)),  # King's Day on the Saturday before
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday to Easter Monday
    ],
)
def test_a_term_steps_over_days_off(start, days, end):
    assert workdays.after(start, days) == end


def test_no_working_day_has_passed_on_the_day_itself():
    assert workdays.passed(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert workdays.after(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_a_day_that_a_royal_decree_adds_is_no_working_day(settings):
    settings.EXTRA_DAYS_OFF = frozenset({date(2026, 5, 15)})

    assert workdays.after(date(2026, 5, 13), 1) == date(2026, 5, 18)
