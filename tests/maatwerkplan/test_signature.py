"""A drawn signature is believed in nothing."""

import json

import pytest
from django.core.exceptions import ValidationError

from maatwerkplan.forms.signature import MOST_POINTS, MOST_STROKES, StrokesField

LINE = [[1, 2], [3, 4], [5, 6]]


def drawing(**changes: object) -> str:
    return json.dumps({"width": 640, "height": 192, "strokes": [LINE]} | changes)


def test_a_drawing_is_kept_as_it_was_drawn_and_nothing_that_came_with_it():
    kept = StrokesField().clean(drawing(pressure=[1, 2], wie="ik"))

    assert kept == {"width": 640, "height": 192, "strokes": [LINE]}


def test_nothing_drawn_is_nothing():
    assert StrokesField(required=False).clean("") is None


def test_a_finger_that_slides_off_the_edge_stays_inside_the_drawing():
    kept = StrokesField().clean(drawing(strokes=[[[-5, -1e9], [700, 100], [5, 5]]]))

    assert kept["strokes"] == [[[0, 0], [640, 100], [5, 5]]]


@pytest.mark.parametrize(
    "given",
    [
        "geen json",
        "null",
        "[]",
        "{}",
        "{" * 50_000,
        "[" * 50_000,
        drawing(strokes={}),
        drawing(strokes=[{}]),
        drawing(strokes=[[[1]]]),
        drawing(strokes=[[[1, 2, 3]]]),
        drawing(strokes=[[["1", "2"]]]),
        drawing(strokes=[[[True, False]]]),
        drawing(strokes=[[[None, 1]]]),
        drawing(width="640"),
        drawing(width=0),
        drawing(height=-3),
        drawing(width=10**9),
        '{"width": NaN, "height": 1, "strokes": []}',
        '{"width": 640, "height": 192, "strokes": [[[1e999, 2], [3, 4], [5, 6]]]}',
        '{"width": 640, "height": 192, "strokes": [[[' + "9" * 5_000 + ", 2]]]}",
    ],
)
def test_what_is_no_drawing_gets_a_sentence_and_no_error(given):
    with pytest.raises(ValidationError) as refused:
        StrokesField().clean(given)

    assert refused.value.code == "unreadable"
    assert "Teken hem opnieuw" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (drawing(strokes=[LINE] * (MOST_STROKES + 1)), "too_large"),
        (drawing(strokes=[[[1, 1]] * (MOST_POINTS + 1)]), "too_large"),
        ("x" * 1_000_000, "too_large"),
        (drawing(strokes=[]), "too_small"),
        (drawing(strokes=[[[1, 1]]]), "too_small"),
    ],
)
def test_too_much_and_too_little_is_asked_again(given, code):
    with pytest.raises(ValidationError) as refused:
        StrokesField().clean(given)

    assert refused.value.code == code
