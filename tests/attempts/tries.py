"""The words in which a function of the wall is tried: called, looked at, asked for its answer."""

from collections.abc import Iterable
from typing import Any

from psycopg import sql

from tests.attempts.bare import Row
from tests.attempts.reference import Asker
from tests.attempts.wall import Attempt


def call(function: str, allowed: bool, *args: Any) -> Attempt:
    """May this be done at all? Answered by whether the function refuses."""
    return Attempt("call", function, select(function, args), allowed)


def shows(function: str, allowed: bool, *args: Any) -> Attempt:
    """Does it show any row?"""
    return Attempt("shows", function, select(function, args, rows=True), allowed)


def answers(function: str, expected: str, *args: Any) -> Attempt:
    """Is the answer this one? `expected` is SQL in which x is the answer."""
    return says(function, expected, select(function, args))


def says(function: str, expected: str, question: str) -> Attempt:
    """The same of a question in SQL that asks this function."""
    statement = f"SELECT FROM ({question}) AS given (x) WHERE {expected}"
    return Attempt("answers", function, statement, True)


def answers_the_clock(function: str, expected: str, question: str) -> Attempt:
    """The same of a question that the clock alone may ask, in the narrow role that it has."""
    done = (
        "DO $clock$ BEGIN PERFORM set_config('role', 'vh_clock', true);"
        f" PERFORM FROM ({question}) AS given (x) WHERE {expected};"
        " IF NOT FOUND THEN RAISE insufficient_privilege; END IF; END $clock$"
    )
    return Attempt("call", function, done, True)


def knows_after(function: str, case: str, statement: str) -> Attempt:
    """Who did this knows the case from then on."""
    asked = f"IF NOT vh.may('{case}', 'know_case') THEN RAISE insufficient_privilege; END IF;"
    done = statement.replace("SELECT", "PERFORM", 1)
    return Attempt("call", function, f"DO $done$ BEGIN {done}; {asked} END $done$", True)


def select(function: str, args: Iterable[Any], *, rows: bool = False) -> str:
    marks = ", ".join(literal(arg) for arg in args)
    return f"SELECT {'* FROM ' if rows else ''}vh.{function}({marks})"  # noqa: S608 - our own words


def literal(value: Any) -> str:
    """As SQL; a list becomes an array, words between brackets are SQL already."""
    if isinstance(value, list):
        return f"ARRAY[{', '.join(literal(v) for v in value)}]::text[]"
    if isinstance(value, str) and value.startswith("("):
        return value
    return sql.Literal(value).as_string()


def same_set(values: Iterable[Any], kind: str) -> str:
    inside = ", ".join(literal(value) for value in values)
    asked = f"ARRAY[{inside}]::{kind}[]"
    return f"x::{kind}[] @> {asked} AND x::{kind}[] <@ {asked}"


def uuids(rows: Iterable[Row]) -> str:
    inside = ", ".join(literal(str(row["id"])) for row in rows)
    return f"ARRAY[{inside}]::uuid[]"


def cases(who: Asker) -> list[Row]:
    return who.facts.tables["cases_case"]


def person(who: Asker, username: str) -> Row:
    return who.facts.one("partners_user", username=username)
