"""A situation that was arranged before is laid down again from its rows.

Most tests begin with the same dossier, plan or signed plan, and arranging it by the real operations
takes longer than what is tested. The first time it is; what then stands in the database is kept,
and later tests get those rows, as the operations left them. Only where nothing can have made a
difference: in a test that wrote nothing yet, on the same day, and that asks for none of the things
with which a test changes the house around it (CHANGES_THE_HOUSE). A test that counts lines of the
access log asks for `anew`: those are never undone, and also name the dossier of an earlier test.
"""

import pickle
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from tests import databases

P = ParamSpec("P")
R = TypeVar("R")

SQL = (Path(__file__).parent / "remembered.sql").read_text()
CHANGES_THE_HOUSE = {"anew", "owner", "agreed", "settings", "own_house", "empty_house"}

_kept: dict[str, tuple[str, bytes]] = {}  # by situation: its rows, and what was given back
_allowed = False
_patches = pytest.MonkeyPatch()


def install(name: str) -> None:
    """Give this database the two functions; without a superuser nothing is remembered."""
    parts = urlsplit(databases.with_name(databases.OWNER_URL, name))
    host = parts.netloc.rpartition("@")[2]
    _kept.clear()
    try:
        address = urlunsplit(parts._replace(netloc=f"postgres@{host}"))
        with psycopg.connect(address, autocommit=True) as superuser:
            superuser.execute(SQL)
    except psycopg.OperationalError:
        return
    _kept[""] = ("", b"")


def allow(fixtures: set[str], patches: pytest.MonkeyPatch) -> None:
    """From here on a test runs that asks for these things, and puts its patches there."""
    global _allowed, _patches
    _patches = patches
    _allowed = "" in _kept and CHANGES_THE_HOUSE.isdisjoint(fixtures)


def remembered(arrange: Callable[P, R]) -> Callable[P, R]:
    """Arranged by the operations once, laid down again after that."""

    @wraps(arrange)
    def arranged(*args: P.args, **kwargs: P.kwargs) -> R:
        if not _allowed or not _nothing_changed():
            return arrange(*args, **kwargs)
        key = f"{arrange.__name__} {args} {sorted(kwargs.items())} {timezone.localdate()}"
        if key in _kept:
            rows, given = _kept[key]
            _ask("SELECT remembered.lay_down(%s)", rows)
            return pickle.loads(given)  # noqa: S301 - we wrote it ourselves
        made = arrange(*args, **kwargs)
        if rows := _ask("SELECT remembered.written()::text"):
            _kept[key] = (rows, pickle.dumps(made))
        return made

    return arranged


def _nothing_changed() -> bool:
    """Whether this test changed nothing yet, neither in the database nor in the program."""
    if _patches._setattr or _patches._setitem or not connection.in_atomic_block:
        return False
    return _ask("SELECT pg_current_xact_id_if_assigned() IS NULL") is True


def _ask(question: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone()[0]
