"""What the asking user knows, searched, paged and counted inside the wall.

Row-level security alone would ask its lock of every case first; these functions of the wall
(cases/migrations/0005_search.sql) ask the same rule and start from the few that matter. They give
ids and numbers: the rows of a page are read under the locks as always. ADR 0017.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from cases.models.client import spoken_name
from cases.models.scopes import Scope
from cases.states import CaseStatus
from partners.models import Doelgroep, Regime
from veiligheidshuis.locks import PROCESS_VIEW, holds

STATUSES, DOELGROEPEN = dict(CaseStatus.choices), dict(Doelgroep.choices)
# The lines of a list, under the locks. Written out: every list asks it, and Django takes longer to
# put it together than PostgreSQL to answer it (measured, ADR 0018).
LINES = f"""
    SELECT c.id, c.number, c.status, c.doelgroep, c.regime, k.first_name, k.name_prefix,
      k.last_name, k.birth_date,
      coalesce(nullif(trim(m.first_name || ' ' || m.last_name), ''), m.username, ''),
      {PROCESS_VIEW} OR {holds("c.id", Scope.LEAD_CASE)}
    FROM cases_case c JOIN cases_client k ON k.id = c.client_id
      LEFT JOIN partners_user m ON m.id = c.manager_id
    WHERE c.id = ANY (%s)
"""  # noqa: S608 - the words of our own locks


@dataclass(frozen=True, slots=True)
class Line:
    """One dossier as a list shows it: a row that its reader may know."""

    pk: UUID
    number: str
    status: str
    doelgroep: str
    regime: str
    first_name: str
    name_prefix: str
    last_name: str
    birth_date: date
    manager: str
    sees_course: bool  # who leads or administers reads why somebody is here; a partner does not

    @property
    def name(self) -> str:
        return spoken_name(self.first_name, self.name_prefix, self.last_name)

    @property
    def is_local(self) -> bool:
        """Of the local approach: beside its number it says so. PRV-20."""
        return self.regime == Regime.LOKALE_PGA

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]

    @property
    def doelgroep_label(self) -> str:
        return DOELGROEPEN[self.doelgroep]


def lines(ids: list[UUID]) -> list[Line]:
    """The lines of these cases, in this order; of what the asking user may not know there is none.

    The wall is asked about these, and not about every candidate.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINES, [ids])
        found = {row[0]: Line(*row) for row in cursor.fetchall()}
    return [found[each] for each in ids if each in found]


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
