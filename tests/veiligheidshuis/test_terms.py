"""Counting in months, where months are not equally long."""

from datetime import date

import pytest

from veiligheidshuis.terms import months_from


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 1, 15), -3, date(2025, 10, 15)),
        (date(2026, 12, 1), -12, date(2025, 12, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_so_many_months_from_a_day_is_the_same_day_or_the_last_one(day, months, found):
    assert months_from(day, months) == found
