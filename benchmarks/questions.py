"""What the pages ask, by the functions that the pages call; and the same in raw SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.measuring import Statement
from benchmarks.names import FREQUENT
from cases import access
from cases.models import known
from cases.presenters import search
from cases.presenters.dossier import Dossier, timeline
from partners.models import User

PROFILES = {
    "interventiemanager": "interventiemanager met 300 dossiers",
    "partner": "partner met 5 procent",
    "bureau": "bedrijfsbureau, procesgegevens van alles",
}


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks, a rare name and a dossier that he knows."""

    profile: str
    user: User
    rare: str
    number: str


Raw = Callable[[Viewer], list[Statement]]


@dataclass(frozen=True)
class Question:
    """A question of a page: how the house asks it, and how SQL asks it that knows beforehand."""

    code: str
    label: str
    ask: Callable[[Viewer], object]
    raw: Raw
    read: Callable[[Any], object]  # the answer, from the rows of the raw statements

    @property
    def name(self) -> str:
        return f"{self.code} {self.label}"


def newest(viewer: Viewer) -> object:
    newest = search.KnownCases()[0 : search.A_PAGE]
    return [line.number for line in known.lines(newest)]


def count(viewer: Viewer) -> object:
    return known.count_known()


def find_frequent(viewer: Viewer) -> object:
    return [line.number for line in search.find(viewer.user, FREQUENT).lines]


def find_rare(viewer: Viewer) -> object:
    return [line.number for line in search.find(viewer.user, viewer.rare).lines]


def open_dossier(viewer: Viewer) -> object:
    case = access.get_case(viewer.user, viewer.number)
    dossier = Dossier(case, viewer.user, "cases:detail")
    return [case.number, *[event["at"] for event in timeline(dossier).events]]


def dashboard(viewer: Viewer) -> object:
    return {(line.status, line.manager_id): line.number for line in known.tally()}


# --- the same in raw SQL ------------------------------------------------------------------------

KNOWN = "c.id IN (SELECT case_id FROM bench_known WHERE user_id = $1 AND scope = 'know_case')"
NOT_BARRED = "c.id NOT IN (SELECT case_id FROM cases_bar WHERE user_id = $1)"
PEOPLE = """
    SELECT c.number, c.*, k.*, m.first_name, m.last_name, o.name
    FROM cases_case c JOIN cases_client k ON k.id = c.client_id
      JOIN partners_organisation o ON o.id = c.source_id
      LEFT JOIN partners_user m ON m.id = c.manager_id
"""


def known_to(viewer: Viewer) -> str:
    """The condition that knows beforehand."""
    return NOT_BARRED if viewer.profile == "bureau" else KNOWN


def raw_newest(viewer: Viewer) -> list[Statement]:
    order = "ORDER BY c.opened_at DESC, c.id DESC LIMIT 25"
    return [(f"{PEOPLE} WHERE {known_to(viewer)} {order}", [viewer.user.pk])]


def raw_count(viewer: Viewer) -> list[Statement]:
    if viewer.profile == "bureau":
        statement = f"SELECT count(*) FROM cases_case c WHERE {NOT_BARRED}"
    else:
        statement = "SELECT count(*) FROM bench_known WHERE user_id = $1 AND scope = 'know_case'"
    return [(statement, [viewer.user.pk])]


def raw_find(viewer: Viewer, query: str) -> list[Statement]:
    words = search.Sought.of(query).words
    fits = " AND ".join(f"k.search_name LIKE ${n}" for n in range(3, 3 + len(words)))
    order = "ORDER BY strict_word_similarity($2, k.search_name) DESC, k.sort_name, c.id"
    parameters = [viewer.user.pk, " ".join(words), *[f"%{word}%" for word in words]]
    where = f"WHERE {known_to(viewer)} AND {fits}"
    return [(f"{PEOPLE} {where} {order} LIMIT {search.MOST}", parameters)]


def raw_dossier(viewer: Viewer) -> list[Statement]:
    user, number = viewer.user.pk, viewer.number
    seen = "(SELECT scope FROM bench_known WHERE user_id = $1 AND case_id = c.id)"
    if viewer.profile == "bureau":
        seen = "('know_case')"
    items = f"""
        SELECT t.at, t.*, a.* FROM cases_case c JOIN cases_timelineitem t ON t.case_id = c.id
          JOIN partners_user a ON a.id = t.author_id
        WHERE c.number = $2 AND {known_to(viewer)} AND t.scope IN {seen}
        ORDER BY t.at DESC, t.id DESC LIMIT 26
    """
    case = f"{PEOPLE} WHERE c.number = $2 AND {known_to(viewer)}"
    return [(case, [user, number]), (items, [user, number])]


def raw_dashboard(viewer: Viewer) -> list[Statement]:
    statement = f"""SELECT c.status, c.manager_id, count(*) FROM cases_case c
                    WHERE {known_to(viewer)} GROUP BY 1, 2"""
    return [(statement, [viewer.user.pk])]


def first_column(answers: Sequence[Sequence[tuple[Any, ...]]]) -> object:
    return [row[0] for row in answers[0]]


QUESTIONS = [
    Question("Q1", "nieuwste 25", newest, raw_newest, first_column),
    Question("Q2", "aantal", count, raw_count, lambda rows: rows[0][0][0]),
    Question(
        "Q3", "naam die veel voorkomt", find_frequent, lambda v: raw_find(v, FREQUENT), first_column
    ),
    Question(
        "Q3", "naam die weinig voorkomt", find_rare, lambda v: raw_find(v, v.rare), first_column
    ),
    Question(
        "Q4", "dossier openen", open_dossier, raw_dossier,
        lambda rows: [rows[0][0][0], *[row[0] for row in rows[1][:25]]],
    ),
    Question(
        "Q5", "dashboard", dashboard, raw_dashboard,
        lambda rows: {(status, manager): n for status, manager, n in rows[0]},
    ),
]  # fmt: skip
