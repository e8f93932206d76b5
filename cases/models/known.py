"""What the asking user knows, searched, paged and counted inside the wall.

Row-level security alone would ask its lock of every case first; these functions of the wall
(cases/migrations/0005_search.sql) ask the same rule and start from the few that matter. They give
ids and numbers: the rows of a page are read under the locks as always. ADR 0017.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection


def search(
    words: list[str], born: date | None, *, most: int, forgiving: bool = False
) -> list[UUID]:
    """The cases that the asking user knows and that fit, best first: by words of the name, in any
    order, and by birth date. Forgiving: also what is spelled almost the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM vh.search_cases(%s::text[], %s::date, %s, %s)",
            [words, born, forgiving, most],
        )
        return [case_id for (case_id,) in cursor.fetchall()]


def newest(skip: int, most: int) -> list[UUID]:
    """The cases that the asking user knows, newest first; so many of them after so many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM vh.newest_cases(%s, %s)", [skip, most])
        return [case_id for (case_id,) in cursor.fetchall()]


def count_known(most: int | None = None) -> int:
    """How many cases the asking user knows; counted no further than `most`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.count_cases(%s)", [most])
        return int(cursor.fetchone()[0])


class Tally(NamedTuple):
    """How many of the cases that somebody knows stand at one step with one interventiemanager."""

    status: str
    manager_id: int | None
    number: int


def tally() -> list[Tally]:
    """Who stands where, in numbers without names, of the cases the asking user knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, manager_id, number FROM vh.tally_cases()")
        return [Tally(*row) for row in cursor.fetchall()]
