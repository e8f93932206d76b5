"""Filling tables fast, as their owner: bare tables, COPY, and everything put back afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

import psycopg
from psycopg import sql

# Rows are guarded one by one by these; every row we load is right, and that is looked at as a
# whole when they come back. What keeps a grant from standing twice (an exclusion constraint) guards
# writing only and stays away: nothing that is measured uses it, and it takes minutes to build.
GUARDS = """
    SELECT conname, pg_get_constraintdef(oid), contype = 'f' FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'x')
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
CHUNK = 1 << 20


@contextmanager
def bare(owner: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Without locks, guards and indexes as long as this lasts. PostgreSQL takes no COPY through a
    lock, not even of the owner."""
    put_back = []
    for table in tables:
        for name, definition, comes_back in owner.execute(GUARDS, [table]).fetchall():
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            if comes_back:
                put_back.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for name, definition in owner.execute(INDEXES, [table]).fetchall():
            owner.execute(f"DROP INDEX {name}")
            put_back.insert(0, definition)
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    yield
    owner.execute("SET maintenance_work_mem = '512MB'")
    for statement in put_back:
        owner.execute(statement)
    for table in tables:
        owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def copy(
    owner: psycopg.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Write rows; explicit columns, because a table's own order is nobody's promise."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with owner.cursor().copy(statement) as channel:
        lines, size = [], 0
        for row in rows:
            line = "\t".join([_text(value) for value in row]) + "\n"
            lines.append(line)
            size += len(line)
            if size > CHUNK:
                channel.write("".join(lines))
                lines, size = [], 0
        channel.write("".join(lines))


def _text(value: object) -> str:
    """As COPY reads it; our own texts hold no tabs, ends of line or backslashes."""
    if isinstance(value, str):
        return value
    if value is None:
        return "\\N"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
