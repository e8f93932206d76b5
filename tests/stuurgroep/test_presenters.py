"""How a figure is said: as a number, rounded down, or not at all."""

from datetime import date

from bs4 import BeautifulSoup

from stuurgroep.access import HalfYear
from stuurgroep.presenters import figures

RUNNING = HalfYear(date(2026, 7, 1), True, 10, 5, None, 0)
BEFORE = HalfYear(date(2026, 1, 1), False, 27, None, None, None)


def presented():
    return {figure.measure.field: figure for figure in figures([RUNNING, BEFORE])["figures"]}


def test_a_half_year_has_the_name_of_the_covenant():
    assert (RUNNING.name, BEFORE.name) == ("2e helft 2026", "1e helft 2026")


def test_a_figure_of_a_half_year_that_runs_is_at_least_so_many():
    offered = presented()["offered"]

    assert offered.table == [("2e helft 2026", "minstens 10"), ("1e helft 2026", "27")]
    assert offered.sentences == [
        "In de 2e helft 2026 kregen minstens 10 cliënten een plan aangeboden.",
        "In de 1e helft 2026 kregen 27 cliënten een plan aangeboden.",
    ]


def test_nobody_is_a_figure_and_hidden_is_a_word():
    refused = presented()["refused"]

    assert refused.table == [("2e helft 2026", "0"), ("1e helft 2026", "verborgen")]
    assert refused.sentences == [
        "In de 2e helft 2026 weigerden geen cliënten hun plan.",
        "Over de 1e helft 2026 laten we dit aantal niet zien.",
    ]


def test_the_chart_says_in_words_what_it_draws_and_draws_no_bar_for_what_is_hidden():
    chart = BeautifulSoup(str(presented()["signed"].chart), "html.parser")

    assert chart.desc.text == "2e helft 2026 (loopt nog, minstens): 5; 1e helft 2026: verborgen"
    assert len(chart.select("rect")) == 1
