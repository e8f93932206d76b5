"""The one door to the figures: a function that gives suppressed counts, for those who steer.

Nobody here has a row of a person within reach. toegang.md decision 4; eisen.md 1.7.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from partners.models import Role

STEERING = (Role.STUURGROEP, Role.MANAGER)


@dataclass(frozen=True)
class HalfYear:
    """The figures of half a year, in clients; None is a figure that is not shown.

    Of the half-year that still runs every figure is rounded down to fives.
    """

    first_day: date
    running: bool
    offered: int | None
    signed: int | None
    started: int | None
    refused: int | None

    @property
    def name(self) -> str:
        """As the covenant counts: "1e helft 2026"."""
        return f"{1 if self.first_day.month == 1 else 2}e helft {self.first_day.year}"


def half_years() -> list[HalfYear]:
    """The half-year that runs and the three before it, the newest first.

    Raises ProgrammingError for who does not steer: the page asked that before.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT half_year, running, offered, signed, started, refused "
            "FROM vh.half_year_figures()"
        )
        return [HalfYear(*row) for row in cursor.fetchall()]
