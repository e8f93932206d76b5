"""A question that every page asks, of which the SQL is put together once.

Django takes longer to put a large question together than PostgreSQL takes to answer it. What
differs from one time to the next is left blank, and filled in when it is asked.
"""

from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connections, models

M = TypeVar("M", bound=models.Model)


class Blank(models.Expression):
    """A place in a kept question; its value comes when the question is asked."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class Kept(Generic[M]):
    """A question with one kind of blank, ready to be asked. To be kept as long as it stays true."""

    def __init__(self, question: "models.QuerySet[M]") -> None:
        self.question = question
        self._compiler = question.query.get_compiler(question.db)
        self._sql, self._params = self._compiler.as_sql()

    def ask(self, value: object) -> list[M]:
        """What the database answers now, with this value in every blank."""
        params = tuple(value if isinstance(each, Blank) else each for each in self._params)
        compiler = copy(self._compiler)
        compiler.connection = connections[self.question.db]  # every thread has its own
        compiler.as_sql = lambda *_, **__: (self._sql, params)
        asked = self.question.all()
        asked.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(asked)
