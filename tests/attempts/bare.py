"""The bare tables, as their owner sees them: what the reference works its answers out from."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import psycopg

Row = dict[str, Any]
Indexed = dict[tuple[Any, ...], list[Row]]


@dataclass
class Facts:
    """What stands in the tables, and what is known of each other by it."""

    owner: psycopg.Connection
    tables: dict[str, list[Row]] = field(default_factory=dict)
    # The rows of a table by what stands in some of its columns; made when it is first asked.
    by_columns: dict[tuple[str, ...], Indexed] = field(default_factory=dict)

    @classmethod
    def of(cls, owner: psycopg.Connection, tables: list[str]) -> "Facts":
        facts = cls(owner)
        with owner.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            for table in tables:
                facts.tables[table] = cursor.execute(f"SELECT * FROM {table}").fetchall()  # type: ignore[arg-type] # noqa: S608 - our own tables
        return facts

    def one(self, table: str, **wanted: Any) -> Row:
        """The row of which these columns hold these values; empty when it is not there."""
        return next(iter(self.all(table, **wanted)), {})

    def all(self, table: str, **wanted: Any) -> list[Row]:
        asked = (table, *wanted)
        if asked not in self.by_columns:
            found = self.by_columns[asked] = defaultdict(list)
            for row in self.tables[table]:
                found[tuple(row[column] for column in wanted)].append(row)
        return self.by_columns[asked].get(tuple(wanted.values()), [])
