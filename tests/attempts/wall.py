"""Tries every row of every table as everybody, as the role of the application: no page in between.

The trying is done in the database: a list of statements goes in, what came of each comes back, and
whatever a statement did is undone at once. So a hundred thousand attempts take a minute.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from tests.attempts.bare import Facts, Row
from tests.attempts.people import Somebody
from tests.attempts.reference import RULES, Asker, Rule

MOST_ROWS = 2  # of one table; enough to hold every kind, few enough to be quick
REFUSED = "42501"  # insufficient_privilege: no such right, or a policy that says no
# Returns for each statement the number of rows, or the error. Runs with the rights of who calls.
TRY_ALL = """
CREATE SCHEMA IF NOT EXISTS proef;
GRANT USAGE ON SCHEMA proef TO vh_app;
CREATE OR REPLACE FUNCTION proef.try_all(p_statements text[]) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE statement text; rows int; found text[] := '{}';
BEGIN
  FOREACH statement IN ARRAY p_statements LOOP
    BEGIN
      EXECUTE statement;
      GET DIAGNOSTICS rows = ROW_COUNT;
      RAISE EXCEPTION 'undone' USING errcode = 'VH000';
    EXCEPTION
      WHEN SQLSTATE 'VH000' THEN found := found || rows::text;
      WHEN OTHERS THEN found := found || SQLSTATE::text;
    END;
  END LOOP;
  RETURN found;
END $$;
CREATE OR REPLACE FUNCTION proef.more_than(p_most int, p_statement text) RETURNS SETOF int
LANGUAGE plpgsql AS $$
DECLARE rows int;
BEGIN
  EXECUTE p_statement;
  GET DIAGNOSTICS rows = ROW_COUNT;
  IF rows > p_most THEN RETURN NEXT rows; END IF;
EXCEPTION
  WHEN insufficient_privilege THEN RETURN;
  WHEN integrity_constraint_violation THEN  -- it came as far as a row, and that one would not do
    IF p_most = 0 THEN RETURN NEXT 1; END IF;
END $$;
GRANT EXECUTE ON FUNCTION proef.try_all(text[]), proef.more_than(int, text) TO vh_app;
"""
# Who a row says has made it, and how a row begins that goes from status to status.
MAKERS = (
    "asked_by_id",
    "author_id",
    "by_id",
    "decided_by_id",
    "laid_by_id",
    "moved_by_id",
    "planned_by_id",
    "recorded_by_id",
    "reported_by_id",
    "screened_by_id",
)
BEGINNINGS = {
    "agenda_casusoverleg": "gepland",
    "cases_prioriteitenlijst": "concept",
    "maatwerkplan_aanspreking": "loopt",
    "maatwerkplan_maatwerkplan": "concept",
    "partners_regeling": "concept",
}
LOG = "veiligheidshuis_accesslogentry"
WRITE_LINE = """
    INSERT INTO veiligheidshuis_accesslogentry (request_id, user_id, route, action, subjects, scope,
      ground, purpose, on_behalf_of, emergency, outcome)
    VALUES (gen_random_uuid(), {}, 'proef', 'inzien', '{{}}', '', '', '', '', false, 'ok')
"""
ADD_NEW = (
    "INSERT INTO {t} SELECT (jsonb_populate_record(NULL::{t}, {whole}::jsonb || {new}::jsonb)).*"
)


@dataclass(frozen=True)
class Attempt:
    """One statement, and whether it should come to something."""

    deed: str
    table: str
    statement: str
    allowed: bool


def primary_keys(owner: psycopg.Connection) -> dict[str, str]:
    """The one column that names a row, for every table of the house."""
    rows = owner.execute(
        "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c JOIN pg_attribute a"
        " ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype = 'p' AND c.connamespace = 'public'::regnamespace"
    )
    return dict(rows.fetchall())


def changeable(owner: psycopg.Connection) -> dict[str, str]:
    """For every table a column that the application may write, if there is one."""
    rows = owner.execute(
        "SELECT attrelid::regclass::text, min(attname) FROM pg_attribute a JOIN pg_class c"
        " ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
        " AND attnum > 0 AND NOT attisdropped"
        " AND has_column_privilege('vh_app', attrelid, attnum, 'UPDATE') GROUP BY 1"
    )
    return dict(rows.fetchall())


def harmless(owner: psycopg.Connection) -> dict[str, str]:
    """For every table, where there is one: a column on which no constraint, key or lock hangs, with
    a value that it bears. Who writes it without reading fails on the lock alone, or not at all."""
    rows = owner.execute(
        """
        SELECT DISTINCT ON (1) attrelid::regclass::text, format('%I = %s', attname, bears.word)
        FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid,
          LATERAL (SELECT CASE atttypid::regtype::text
            WHEN 'character varying' THEN quote_literal('') WHEN 'text' THEN quote_literal('')
            WHEN 'jsonb' THEN quote_literal('[]') WHEN 'boolean' THEN 'false'
            WHEN 'timestamp with time zone' THEN 'now()' WHEN 'date' THEN 'current_date'
            WHEN 'integer' THEN '1' END AS word) AS bears
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
          AND NOT attisdropped AND bears.word IS NOT NULL
          AND has_column_privilege('vh_app', attrelid, attnum, 'UPDATE')
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid
            AND k.contype <> 'n' AND a.attnum = ANY (k.conkey))
          AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique
            AND a.attnum = ANY (i.indkey))
          AND NOT EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname
            AND concat(p.qual, p.with_check) ~ (chr(92) || 'm' || attname || chr(92) || 'M'))
        ORDER BY 1, attname
        """
    )
    return dict(rows.fetchall())


def some(rows: Sequence[Row], most: int = MOST_ROWS) -> list[Row]:
    """So many of a table, spread over all of it; and one of each author, who may do more (in each
    weighing), of each scope, that opens it for others, and of each kind, for what is done by one
    alone."""
    step = max(1, -(-len(rows) // most))
    words = ("author_id", "scope", "kind", "stage")
    kinds = {
        (key, row[key], row.get("weging_id")): row for key in words for row in rows if row.get(key)
    }
    spread = list(rows[::step])
    for row in kinds.values():
        if row not in spread:
            spread.append(row)
    return spread


class Wall:
    """The statements of all attempts, made once for a house; then tried as anybody."""

    def __init__(self, owner: psycopg.Connection, facts: Facts, most: int = MOST_ROWS) -> None:
        self.owner = owner
        self.facts = facts
        self.keys = primary_keys(owner)
        self.columns = changeable(owner)
        self.harmless = harmless(owner)
        self.copies = {table: self._copies(table) for table in RULES}
        self.statements = {
            table: [(row, self._four(table, row)) for row in some(facts.tables[table], most)]
            for table in RULES
        }

    def _copies(self, table: str) -> dict[Any, str]:
        """Every row as a text from which the same row can be made again, by its key."""
        query = sql.SQL("SELECT {}, to_jsonb({t})::text FROM {t}")
        named = query.format(sql.Identifier(self.keys[table]), t=sql.Identifier(table))
        return dict(self.owner.execute(named).fetchall())

    def _four(self, table: str, row: Row) -> dict[str, str]:
        key = self.keys[table]
        column = self.columns.get(table, key)
        words = {
            "t": sql.Identifier(table),
            "k": sql.Identifier(key),
            "v": sql.Literal(row[key]),
            "c": sql.Identifier(column),
            "whole": sql.Literal(self.copies[table][row[key]]),
        }
        made = {
            "read": "SELECT FROM {t} WHERE {k} = {v}",
            "add": "INSERT INTO {t} SELECT (jsonb_populate_record(NULL::{t}, {whole})).*",
            "change": "UPDATE {t} SET {c} = {c} WHERE {k} = {v}",
            "remove": "DELETE FROM {t} WHERE {k} = {v}",
        }
        return {d: sql.SQL(s).format(**words).as_string(self.owner) for d, s in made.items()}

    def attempts(self, who: Asker, tables: Iterable[str] | None = None) -> Iterator[Attempt]:
        """What this person tries, with what the design says about it."""
        for table in tables or self.statements:
            rule = RULES[table]
            for row, four in self.statements[table]:
                for deed, statement in four.items():
                    yield Attempt(deed, table, statement, allowed(rule, deed, who, row))
            yield from self._of_himself(who, table)
            yield from self._blindly(who, table)
            if table == LOG:
                yield from self._in_the_log(who)

    def _of_himself(self, who: Asker, table: str) -> Iterator[Attempt]:
        """A row that begins now, and that says that he has made it: of each kind, in each case."""
        rows = [row for row, _ in self.statements[table]]
        begun = {(row.get("case_id"), row.get("kind"), row.get("stage")): row for row in rows}
        for row in begun.values():
            new = {maker: who.pk for maker in MAKERS if maker in row}
            new |= {"status": BEGINNINGS[table]} if table in BEGINNINGS else {}
            if new:
                words = {
                    "t": sql.Identifier(table),
                    "whole": sql.Literal(self.copies[table][row[self.keys[table]]]),
                    "new": sql.Literal(json.dumps(new)),
                }
                statement = sql.SQL(ADD_NEW).format(**words).as_string(self.owner)
                yield Attempt("add", table, statement, bool(RULES[table].add(who, row | new)))

    def _in_the_log(self, who: Asker) -> Iterator[Attempt]:
        """A line as the house writes it: of who asks, and never of another."""
        for pk in (who.pk, who.pk + 1):
            line = sql.SQL(WRITE_LINE).format(pk).as_string(self.owner)
            yield Attempt("add", LOG, line, pk == who.pk)

    def _blindly(self, who: Asker, table: str) -> Iterator[Attempt]:
        """Everything at once, without reading any of it: the lock on reading is not asked then."""
        deeds = {"remove": f"DELETE FROM {table}"}  # noqa: S608 - our own tables
        if column := self.columns.get(table):
            written = self.harmless.get(table, f"{column} = DEFAULT")
            deeds["change"] = f"UPDATE {table} SET {written}"  # noqa: S608 - the same
        for deed, statement in deeds.items():
            rows = self.facts.tables[table]
            most = sum(allowed(RULES[table], deed, who, row) for row in rows)
            words = sql.SQL("SELECT FROM proef.more_than({}, {})").format(most, statement)
            yield Attempt(deed, table, words.as_string(self.owner), False)


def allowed(rule: Rule, deed: str, who: Asker, row: Row) -> bool:
    """What the design says; nobody changes or removes what he does not see."""
    may = bool(getattr(rule, deed)(who, row))
    return may and (deed in ("read", "add") or bool(rule.read(who, row)))


def try_all(app: psycopg.Connection, who: int, statements: Sequence[str]) -> list[str]:
    """What came of each statement for this person."""
    with app.transaction(force_rollback=True):
        app.execute("SELECT set_config('vh.user_id', %s, true)", [str(who)])
        (found,) = app.execute("SELECT proef.try_all(%s::text[])", [list(statements)]).fetchone()
    return found


def came_through(attempt: Attempt, outcome: str) -> bool:
    """Whether the wall let it through.

    What fails for another reason (the row is there already) was let through to that point.
    """
    if attempt.deed in ("add", "call"):
        return outcome != REFUSED
    return is_count(outcome) and outcome != "0"


def is_count(outcome: str) -> bool:
    """A number of rows; an error has five signs."""
    return len(outcome) < 5


def is_broken(outcome: str) -> bool:
    """The statement itself is wrong: it proves nothing, whatever was expected."""
    return outcome.startswith("42") and not is_count(outcome) and outcome != REFUSED


def leaks(app: psycopg.Connection, somebody: Somebody, attempts: Sequence[Attempt]) -> list[str]:
    """The attempts of this person that did not end as the design says."""
    outcomes = try_all(app, somebody.pk, [a.statement for a in attempts])
    return [
        f"{somebody}: {a.deed} {a.table} -> {outcome}, ontwerp: {'ja' if a.allowed else 'nee'}"
        f" ({a.statement[:90]})"
        for a, outcome in zip(attempts, outcomes, strict=True)
        if came_through(a, outcome) != a.allowed or is_broken(outcome)
    ]
