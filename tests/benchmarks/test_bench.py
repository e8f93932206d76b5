"""The measure measures: it is green for this house, and red for one that became slow."""

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from django.db import connection

from benchmarks import growth, processor
from benchmarks.gates import FROM, broken
from benchmarks.measuring import Cost
from benchmarks.names import FREQUENT, somebody
from benchmarks.pages import Page
from benchmarks.report import as_text
from benchmarks.results import Cell
from tests.house.sources import ROOT
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

CELL = Cell("Q1 nieuwste 25", "partner", Cost(2.9), Cost(1.0), Cost(0.5), 2, 0, {"direct": 2.0})
PAGE = Page("lijst", "partner", 5, 4, 12.0, 9.5)
SMALLER = replace(CELL, profile="interventiemanager")


def grown(question: str, *, ours: float, raw: float, profile: str = SMALLER.profile):
    """A question that costs so many times as much in the larger house."""
    before = replace(SMALLER, question=question, profile=profile)
    larger = replace(before, ours=Cost(before.ours.ms * ours), raw=Cost(before.raw.ms * raw))
    return list(growth.between([before], [larger]))


def test_a_house_within_all_limits_is_green():
    assert broken(FROM, [CELL], [PAGE]) == []


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (replace(CELL, ours=Cost(3.1)), "3.1 keer kale SQL"),
        (replace(CELL, question="Q2 aantal", ours=Cost(5.1)), "5.1 keer kale SQL"),
        (replace(CELL, scans=1), "leest een hele tabel"),
    ],
)
def test_what_is_too_dear_or_reads_everything_is_red(cell, why):
    (told,) = broken(FROM, [cell], [PAGE])

    assert why in told


@pytest.mark.parametrize("page", [replace(PAGE, queries=6), replace(PAGE, round_about=6)])
def test_a_page_that_asks_too_much_is_red(page):
    assert len(broken(FROM, [CELL], [page])) == 1


def test_the_office_may_count_everything():
    assert broken(FROM, [replace(CELL, profile="bureau", scans=1)], [PAGE]) == []


def test_in_a_small_house_only_a_class_of_time_is_red():
    assert broken(10_000, [replace(CELL, ours=Cost(5.9))], []) == []
    assert len(broken(10_000, [replace(CELL, ours=Cost(6.1))], [])) == 1


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (grown("Q1 nieuwste 25", ours=2.1, raw=9), "2.1 keer zo duur als in het kleinere huis"),
        (grown("Q4 dossier openen", ours=2.1, raw=9), "2.1 keer zo duur als in het kleinere huis"),
        (grown("Q5 dashboard", ours=3.2, raw=2), "groeit 1.6 keer zo hard als kale SQL"),
    ],
)
def test_what_grows_with_the_house_is_red(steps, why):
    (told,) = broken(10 * FROM, [], [], steps)

    assert why in told


@pytest.mark.parametrize(
    "steps",
    [
        grown("Q2 aantal", ours=1.9, raw=1),
        grown("Q3 naam die veel voorkomt", ours=9, raw=9),
        grown("Q1 nieuwste 25", ours=9, raw=1, profile="partner"),  # who sees ten times as much
    ],
)
def test_what_may_grow_is_green(steps):
    assert broken(10 * FROM, [], [], steps) == []


def test_in_a_larger_house_the_ratio_is_told_and_the_growth_is_the_gate():
    """Issue 3: ratios at 100,000; from there to a million what growing cost, and still no scans."""
    dear = replace(CELL, question="Q2 aantal", ours=Cost(11.7))
    grew = grown("Q2 aantal", ours=2.1, raw=1)

    assert len(broken(FROM, [dear], [])) == 1
    assert broken(10 * FROM, [dear], []) == []
    assert len(broken(10 * FROM, [dear], [], grew)) == 1
    assert len(broken(10 * FROM, [replace(dear, scans=1)], [])) == 1
    told = as_text(10 * FROM, [dear], [PAGE], [], grew)
    assert "| Q2 aantal | partner met 5 procent | 11,70 | 1,00 | 11,7 | – |" in told
    assert "huis staat zij erbij en is de groei de poort" in told


def test_the_page_shows_every_measure_and_what_failed():
    text = as_text(FROM, [CELL], [PAGE], ["lijst: te veel"])

    assert "| Q1 nieuwste 25 | partner met 5 procent | 2,90 | 1,00 | 2,9 | 3 | 0,50 |" in text
    assert "| lijst | partner met 5 procent | 5 | 5 | 4 | 12,00 | 9,50 |" in text
    assert "- lijst: te veel" in text
    assert "Alle poorten zijn gehaald." in as_text(FROM, [CELL], [PAGE], [])


def test_the_page_shows_how_much_dearer_a_larger_house_is():
    text = as_text(10 * FROM, [CELL], [PAGE], [], grown("Q1 nieuwste 25", ours=1.8, raw=1.2))

    assert (
        "| Q1 nieuwste 25 | interventiemanager met 300 dossiers | 1,8 | 2,0 | 1,2 | 1,5 | – |"
        in text
    )


def test_work_of_the_database_counts_also_while_this_process_waits(db):
    servers = processor.servers()
    before = processor.worked(servers)
    with acting_as(ANONYMOUS), connection.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM generate_series(1, 1000000) AS n")

    assert before is not None
    assert processor.worked(servers) - before > 20


def test_a_server_elsewhere_is_not_counted_as_if_it_were_here():
    assert processor.worked([os.getpid()]) is None


def test_the_names_are_as_skewed_as_it_says():
    chance = random.Random(1)
    drawn = [somebody(chance).last_name.lower() for _ in range(20_000)]

    assert 0.01 < drawn.count(FREQUENT) / len(drawn) < 0.06
    assert len(set(drawn)) > 2_000


@pytest.mark.whole
def test_the_wall_is_not_too_dear_in_a_house_of_ten_thousand_cases():
    """What the build server measures; a hundred thousand is for the night (stack/nightly.py)."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "10000"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Alle poorten zijn gehaald." in done.stdout
