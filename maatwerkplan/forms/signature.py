"""A drawn signature as the page sends it: strokes, as JSON. Nothing of it is believed."""

import json
import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MOST_CHARACTERS = 400_000
MOST_STROKES = 300
MOST_POINTS = 20_000
LARGEST_SIDE = 10_000
FEWEST_POINTS = 3  # fewer is a touch by accident, no signature


class StrokesField(forms.Field):
    """{"width", "height", "strokes": [[[x, y], …], …]}; None when nothing was drawn."""

    widget = forms.HiddenInput
    default_error_messages = {
        "unreadable": (
            "Deze handtekening kunnen we niet lezen. Teken hem opnieuw, of typ de naam."
        ),
        "too_large": "Deze handtekening heeft te veel lijnen. Teken hem opnieuw.",
        "too_small": "Dit is maar een stip. Zet de handtekening opnieuw, of typ de naam.",
    }

    def to_python(self, value: Any) -> dict[str, Any] | None:
        if value in self.empty_values:
            return None
        if len(value) > MOST_CHARACTERS:
            self._refuse("too_large")
        try:
            drawing = _drawing(json.loads(value, parse_constant=_no_number))
        except (ValueError, RecursionError):
            self._refuse("unreadable")
        points = sum(map(len, drawing["strokes"]))
        if len(drawing["strokes"]) > MOST_STROKES or points > MOST_POINTS:
            self._refuse("too_large")
        if points < FEWEST_POINTS:
            self._refuse("too_small")
        return drawing

    def _refuse(self, code: str) -> Any:
        raise ValidationError(self.error_messages[code], code=code)


def _drawing(given: object) -> dict[str, Any]:
    """The drawing and nothing else that came with it; raises ValueError when it is none."""
    if not isinstance(given, dict) or not isinstance(given.get("strokes"), list):
        raise ValueError("no drawing")
    width, height = _side(given.get("width")), _side(given.get("height"))
    strokes = [_stroke(stroke, width, height) for stroke in given["strokes"]]
    return {"width": width, "height": height, "strokes": [s for s in strokes if s]}


def _stroke(given: object, width: float, height: float) -> list[list[float]]:
    if not isinstance(given, list):
        raise ValueError("no stroke")
    return [_point(point, width, height) for point in given]


def _point(given: object, width: float, height: float) -> list[float]:
    """Where the pen was, kept inside the drawing: a finger may slide off the edge."""
    if not isinstance(given, list) or len(given) != 2:
        raise ValueError("no point")
    x, y = _number(given[0]), _number(given[1])
    return [min(max(x, 0), width), min(max(y, 0), height)]


def _side(given: object) -> float:
    side = _number(given)
    if not 1 <= side <= LARGEST_SIDE:
        raise ValueError("no size")
    return side


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise ValueError("no number")
    return round(given, 1)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
