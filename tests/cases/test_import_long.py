"""Fifty thousand rows: the memory that they take does not grow with them, and how long it took is
told. No limit of time stands here: that says something of a machine (docs/onderweg.md)."""

import resource
import sys
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import documents, operations
from cases.operations import Tally
from cases.rules.columns import recognise
from tests import situations
from tests.cases.lists_of_police import csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
ROWS = 50_000
MOST_MEGABYTES = 150  # above what the house takes by itself


def long_list(rows: int) -> bytes:
    """Everybody another person: names that look like nobody else's of that day."""
    return csv_of(
        *(
            f"Naam{n * 7919};;Voor{n * 104729};{n % 28 + 1}-{n % 12 + 1}-{1950 + n % 53};;Heerlen;"
            "veelpleger;1;Politie"
            for n in range(rows)
        )
    )


def megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_in(rows: int) -> tuple[Tally, int]:
    """Reads a list in; what became of it, and how many questions the second half of it asked."""
    content = long_list(rows)
    layout = recognise(documents.look(content).headings)
    office = situations.user("bureau")
    batch = operations.receive_import("lang.csv", documents.read_rows(content, layout), by=office)
    with CaptureQueriesContext(connection) as asked:
        tally = operations.confirm_import(batch, by=office)
    return tally, len(asked)


def test_a_list_of_fifty_thousand_takes_no_more_memory_than_its_file(acting, capsys):
    with acting("bureau"):
        read_in(1000)
        before, began = megabytes(), time.monotonic()
        tally, _ = read_in(ROWS)
        grown, took = megabytes() - before, time.monotonic() - began

    with capsys.disabled():
        sys.stdout.write(f"\n{ROWS} regels: {took:.0f} seconden, {grown} MB\n")
    assert sum((tally.nieuw, tally.bekend, tally.twijfelachtig, tally.afgewezen)) == ROWS
    assert grown < MOST_MEGABYTES


def test_ten_times_as_many_rows_ask_no_more_than_ten_times_as_much(acting):
    with acting("bureau"):
        _, few = read_in(1000)
        connection.queries_log.clear()
        _, many = read_in(10_000)

    assert many <= 10 * few
