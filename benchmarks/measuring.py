"""What a question costs the database: time, pages read, plan; asked by us and by raw SQL.

Milliseconds differ from machine to machine and from minute to minute. So ours and raw are measured
in turn, each several times, and the best of each counts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

from veiligheidshuis.needtoknow import acting_as

TIMES, MOST_TIMES, LONG_ENOUGH_MS = 5, 25, 40
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "
WATCHED = ("cases_case", "cases_client", "cases_timelineitem")
Statement = tuple[str, Any]


@dataclass
class Cost:
    """What the statements of one question cost together."""

    planning: float = 0
    execution: float = 0
    buffers: int = 0
    plans: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ms(self) -> float:
        return self.planning + self.execution

    def add(self, explained: dict[str, Any]) -> None:
        """Planning and execution, and every page that was touched."""
        self.planning += explained["Planning Time"]
        self.execution += explained["Execution Time"]
        for part in (explained["Plan"], explained.get("Planning", {})):
            self.buffers += part.get("Shared Hit Blocks", 0) + part.get("Shared Read Blocks", 0)
        self.plans.append(explained["Plan"])


@dataclass(frozen=True)
class Asked:
    """A question, asked once by the functions of the house."""

    answer: object
    statements: list[Statement]
    scans: int  # how often a whole table of cases, clients or timelines was read


def ask(user: int, question: Callable[[], object]) -> Asked:
    """Ask it as this user, and see what PostgreSQL is asked."""
    with acting_as(user):
        before = _scans()
        with _overheard() as statements:
            answer = question()
        return Asked(answer, statements, _scans() - before)


def cost_of(user: int, statements: Sequence[Statement]) -> Cost:
    """The same statements once more, with everything that PostgreSQL tells about them."""
    cost = Cost()
    with acting_as(user), connection.cursor() as cursor:
        for statement, parameters in statements:
            cursor.execute(EXPLAIN + statement, parameters)
            cost.add(cursor.fetchone()[0][0])
    return cost


@contextmanager
def _overheard() -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield heard


def _scans() -> int:
    """Whole reads of the tables that grow, in this transaction; also those within a function."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_xact_user_tables"
            " WHERE relname = ANY (%s)",
            [list(WATCHED)],
        )
        return int(cursor.fetchone()[0])


class Prepared:
    """Raw SQL, prepared once, run by the owner, whom no lock stops."""

    def __init__(self, owner: psycopg.Connection, statements: Sequence[Statement]) -> None:
        self._cursor = psycopg.ClientCursor(owner)
        self._cursor.execute("DEALLOCATE ALL")  # those of the question before
        self._cursor.execute("SET jit = off")  # as ours (settings.py)
        self._calls = []
        for n, (statement, parameters) in enumerate(statements):
            name = f"raw_{n}"
            self._cursor.execute(f"PREPARE {name} AS {statement}")
            marks = ", ".join(["%s"] * len(parameters))
            self._calls.append(
                (f"EXECUTE {name}({marks})" if marks else f"EXECUTE {name}", parameters)
            )

    def plan(self, mode: str, page_cost: float) -> None:
        """Plan once for all values (force_generic_plan) or anew for each (force_custom_plan), with
        what the planner is told that a page costs which is not the next one."""
        self._cursor.execute(f"SET plan_cache_mode = {mode}")
        self._cursor.execute(f"SET random_page_cost = {page_cost}")

    def answer(self) -> list[list[tuple[Any, ...]]]:
        """The rows of each statement."""
        return [self._cursor.execute(*call).fetchall() for call in self._calls]

    def cost(self) -> Cost:
        """What running them once costs."""
        cost = Cost()
        for call, parameters in self._calls:
            row = self._cursor.execute(EXPLAIN + call, parameters).fetchone()
            cost.add(row[0][0])  # type: ignore[index]
        return cost


def best(measure: Callable[[], Cost]) -> Cost:
    """The cheapest of several times: the others were disturbed by something else. What is over soon
    is asked more often, for there a disturbance weighs more."""
    costs = [measure() for _ in range(TIMES)]
    while len(costs) < MOST_TIMES and sum(cost.ms for cost in costs) < LONG_ENOUGH_MS:
        costs.append(measure())
    return min(costs, key=lambda cost: cost.ms)
