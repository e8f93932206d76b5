"""The measure measures: it is green for this house, and red for one that became slow."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.gates import FROM, broken
from benchmarks.measuring import Cost
from benchmarks.names import FREQUENT, somebody
from benchmarks.pages import Page
from benchmarks.report import as_text
from benchmarks.results import Cell
from tests.house.sources import ROOT

CELL = Cell("Q1 nieuwste 25", "partner", Cost(2.9), Cost(1.0), Cost(0.5), 2, 0, {"direct": 2.0})
PAGE = Page("lijst", "partner", 5, 4, 12.0)


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


def test_the_page_shows_every_measure_and_what_failed():
    text = as_text(FROM, [CELL], [PAGE], ["lijst: te veel"])

    assert "| Q1 nieuwste 25 | partner met 5 procent | 2,90 | 1,00 | 2,9 | 3 | 0,50 |" in text
    assert "| lijst | partner met 5 procent | 5 | 5 | 4 | 12,00 |" in text
    assert "- lijst: te veel" in text
    assert "Alle poorten zijn gehaald." in as_text(FROM, [CELL], [PAGE], [])


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
