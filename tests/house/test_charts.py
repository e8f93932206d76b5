"""A chart says in words what it shows, and holds nothing that the browser policy forbids."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from veiligheidshuis.charts import Bar, GanttRow, bars, course, gantt, radar, start_clock

LABELS = ["Huisvesting", "Werk en inkomen", "Gezondheid"]
ROWS = [
    GanttRow("Begeleid wonen", date(2026, 11, 30), date(2027, 2, 21), "Leger des Heils"),
    GanttRow("ID-kaart", date(2026, 12, 7), date(2026, 12, 13), "Gemeente", "open"),
]
CHARTS = [
    radar(LABELS, [4, None, 0], [3, 2, None]),
    start_clock(6),
    gantt(ROWS),
    bars("Antwoorden", [Bar("Mondriaan", 18), Bar("<b>Halt</b>", None)], unit="keer"),
    course("Huisvesting", ["1-6-2026", "1-9-2026", "nu"], [4, None, 2]),
]
SVG = "{*}"


def drawing(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 (our own text)


def description(svg):
    return drawing(svg).findtext(f"{SVG}desc")


def shapes(svg, name, css):
    return [e for e in drawing(svg).iter(name) if css in (e.get("class") or "").split()]


@pytest.mark.parametrize("svg", CHARTS)
def test_a_chart_has_a_title_and_a_description_that_its_label_points_at(svg):
    root = drawing(svg)
    ids = {e.get("id"): e.text for e in root if e.get("id")}
    assert root.get("role") == "img"
    assert [bool(ids[name]) for name in root.get("aria-labelledby").split()] == [True, True]


@pytest.mark.parametrize("svg", CHARTS)
def test_a_chart_has_no_inline_style_and_no_script(svg):
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style", svg)


def test_the_radar_tells_every_score_and_what_is_not_judged_yet():
    assert description(CHARTS[0]) == (
        "Huisvesting: 4, was 3; Werk en inkomen: nog niet beoordeeld, was 2; Gezondheid: 0"
    )


def test_the_radar_draws_a_point_for_every_judged_leefgebied():
    assert len(shapes(CHARTS[0], "circle", "punt")) == 2
    top = shapes(radar(LABELS, [4, 0, 0]), "circle", "punt")[0]
    middle = shapes(radar(LABELS, [0, 0, 0]), "circle", "punt")[0]
    assert float(top.get("cy")) == float(middle.get("cy")) - 92


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (2, "ok", "Nog 5 van de 7 dagen."),
        (5, "let-op", "Nog 2 van de 7 dagen."),
        (6, "fout", "Nog 1 van de 7 dagen."),
        (7, "fout", "Vandaag is de laatste dag."),
        (8, "fout", "1 dag te laat."),
        (9, "fout", "2 dagen te laat."),
    ],
)
def test_the_start_clock_grows_red_towards_its_end(days, state, words):
    assert description(start_clock(days)) == words
    (ring,) = shapes(start_clock(days), "circle", f"ring--{state}")
    assert ring.get("stroke-dasharray") == f"{min(days, 7)} 7"


def test_the_planning_names_every_period():
    assert description(CHARTS[2]) == (
        "Begeleid wonen: 30-11-2026 tot en met 21-2-2027 (Leger des Heils); "
        "ID-kaart: 7-12-2026 tot en met 13-12-2026 (Gemeente)"
    )


def test_the_planning_counts_the_weeks_over_new_year():
    weeks = [e.text for e in shapes(CHARTS[2], "text", "wk")]
    assert weeks == ["wk 49", "50", "51", "52", "53", *(str(week) for week in range(1, 8))]


def test_a_bar_of_the_planning_is_as_long_as_its_period():
    long, short = (e for e in drawing(CHARTS[2]).iter("rect"))
    assert float(long.get("width")) + 2 == pytest.approx((float(short.get("width")) + 2) * 12, 0.01)
    assert "balk--open" in short.get("class")


def test_there_is_no_planning_without_actions():
    assert gantt([]) == ""


def test_a_small_group_has_no_bar_and_no_figure():
    assert description(CHARTS[3]) == "Mondriaan: 18 keer; <b>Halt</b>: kleiner dan 5"
    assert len(shapes(CHARTS[3], "rect", "a")) == 1
    assert "&lt;b&gt;Halt" in CHARTS[3]


def test_bars_of_nothing_are_an_empty_picture():
    assert drawing(bars("Antwoorden", [Bar("Halt", 0)])).find("rect") is None
