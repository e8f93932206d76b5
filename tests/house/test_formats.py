"""Dates and times read the same on every server."""

from datetime import UTC, date, datetime, time

import pytest

from veiligheidshuis.formats import (
    clock,
    deadline,
    in_words,
    long_date,
    month_year,
    plain_date,
    short_date,
)

MONDAY = date(2026, 11, 23)


def test_a_date_in_a_table_has_its_year_only_when_it_is_another_year():
    assert short_date(date(2026, 11, 24), on=MONDAY) == "di 24 nov"
    assert short_date(date(2025, 6, 3), on=MONDAY) == "3 jun 2025"


def test_dates_in_a_sentence():
    assert long_date(MONDAY) == "maandag 23 november 2026"
    assert plain_date(date(1991, 3, 14)) == "14 maart 1991"
    assert month_year(MONDAY) == "November 2026"


def test_a_moment_is_shown_as_it_is_at_the_house():
    just_before_midnight_utc = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert long_date(just_before_midnight_utc) == "dinsdag 24 november 2026"
    assert clock(just_before_midnight_utc) == "0.30 uur"
    in_summer = datetime(2026, 7, 1, 7, 4, tzinfo=UTC)
    assert clock(in_summer) == "9.04 uur"


def test_a_time_of_day_has_no_leading_zero():
    assert clock(time(9, 4)) == "9.04 uur"
    assert clock(time(16, 12)) == "16.12 uur"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (26, "nog 3 dagen"),
        (24, "morgen"),
        (23, "vandaag"),
        (22, "1 dag te laat"),
        (20, "3 dagen te laat"),
    ],
)
def test_a_deadline_says_how_long_there_is_left(day, words):
    assert deadline(date(2026, 11, day), on=MONDAY) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (1, "DAYS", "een dag"),
        (7, "DAYS", "een week"),
        (14, "DAYS", "twee weken"),
        (60, "DAYS", "60 dagen"),
        (24, "HOURS", "een dag"),
        (9, "HOURS", "negen uur"),
        (15, "MINUTES", "een kwartier"),
        (5, "WORKING_DAYS", "vijf werkdagen"),
        (5, "", "vijf"),
    ],
)
def test_how_long_is_said_as_people_say_it(number, unit, words):
    assert in_words(number, unit) == words
