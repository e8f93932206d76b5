"""Charts as SVG: pure functions from figures to a picture with a title and a description.

No inline style (the browser policy forbids it): sizes are attributes, colours are classes in
vh.css. Every figure in a picture is also in its description, so nobody needs to see it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

HIGHEST_SEVERITY = 4
LETTER = 7.2  # about the width of one letter in a chart

Point = tuple[float, float]


@dataclass(frozen=True)
class GanttRow:
    """One action in the planning. state: "" (agreed), "open" (no answer yet) or "fout" (cannot)."""

    label: str
    start: date
    end: date
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar of a bar chart. value None: a figure that is not shown."""

    label: str
    value: int | None


def radar(
    labels: Sequence[str],
    now: Sequence[int | None],
    before: Sequence[int | None] = (),
    *,
    key: str = "radar",
) -> SafeString:
    """The deficits on the leefgebieden, 0 in the middle and 4 at the edge.

    A leefgebied that is not judged yet has no point, and says so at its label.
    """
    wheel = _Wheel(len(labels))
    earlier = list(before) or [None] * len(labels)
    parts = [
        *(
            _polygon("net", [wheel.at(i, ring) for i in range(len(labels))])
            for ring in range(1, HIGHEST_SEVERITY + 1)
        ),
        *(_line("as", wheel.middle, wheel.at(i, HIGHEST_SEVERITY)) for i in range(len(labels))),
        *(_text("schaal", _moved(wheel.at(0, ring), 5, 4), str(ring)) for ring in (2, 4)),
        _polygon("was", wheel.known(earlier)) if before else "",
        _polygon("nu", wheel.known(now)),
        *(
            format_html('<circle class="punt" cx="{}" cy="{}" r="4"/>', _n(x), _n(y))
            for x, y in wheel.known(now)
        ),
        *(wheel.label(i, label, now[i] is None) for i, label in enumerate(labels)),
    ]
    description = "; ".join(_judgement(*row) for row in zip(labels, now, earlier, strict=True))
    title = "Tekorten per leefgebied, schaal 0 tot 4"
    return _svg("vh-radar", (wheel.width, wheel.height), key, title, description, parts)


def course(
    label: str, moments: Sequence[str], scores: Sequence[int | None], *, key: str = "verloop"
) -> SafeString:
    """How one deficit went, 0 at the foot and 4 at the top; what was not known has no point."""
    width, height, edge = 120.0, 40.0, 6.0
    step = (width - 2 * edge) / max(len(scores) - 1, 1)
    rise = (height - 2 * edge) / HIGHEST_SEVERITY
    known = [
        (edge + n * step, height - edge - rise * score)
        for n, score in enumerate(scores)
        if score is not None
    ]
    parts = [
        _line("as", (0, height - edge), (width, height - edge)),
        *(_line("nu", start, end) for start, end in pairwise(known)),
        *(
            format_html('<circle class="punt" cx="{}" cy="{}" r="3.5"/>', _n(x), _n(y))
            for x, y in known
        ),
    ]
    description = "; ".join(_judgement(*row, None) for row in zip(moments, scores, strict=True))
    return _svg("vh-verloop", (width, height), key, f"Verloop: {label}", description, parts)


def start_clock(days_used: int, days: int = 7, *, key: str = "startklok") -> SafeString:
    """The ring of the start clock: it fills as the days are used up, and says how many are left;
    afterwards how many it is too late."""
    used, left = min(max(days_used, 0), days), days - days_used
    number, unit = str(abs(left)), "dag" if abs(left) == 1 else "dagen"
    state = "fout" if days - used <= 1 else "let-op" if days - used <= 3 else "ok"
    parts = [
        SafeString('<circle class="ring" cx="36" cy="36" r="31"/>'),
        format_html(
            '<circle class="ring ring--{}" cx="36" cy="36" r="31" pathLength="{}"'
            ' stroke-dasharray="{} {}" transform="rotate(-90 36 36)"/>',
            state,
            days,
            used,
            days,
        )
        if used
        else "",
    ]
    if left == 0:
        parts.append(_text("van", (36, 40), "vandaag", anchor="middle"))
        told = "Vandaag is de laatste dag."
    else:
        parts.append(_text("dag", (36, 39), number, anchor="middle"))
        parts.append(_text("van", (36, 54), unit, anchor="middle"))
        told = f"Nog {number} van de {days} dagen." if left > 0 else f"{number} {unit} te laat."
    return _svg("vh-ring", (72, 72), key, "Startklok", told, parts)


def gantt(rows: Sequence[GanttRow], *, key: str = "planning") -> SafeString:
    """The planning in weeks: one bar for each action, from its first to its last week."""
    if not rows:
        return SafeString("")
    first = _monday(min(row.start for row in rows))
    weeks = (_monday(max(row.end for row in rows)) - first).days // 7 + 1
    left, width, row_height, head = 210, 880, 30, 34
    week_width = (width - left) / weeks
    height = head + row_height * len(rows)
    parts: list[str] = []
    # Twelve week numbers fit; of a longer plan every second, third … week has its number.
    step = -(-weeks // 12)
    for index in range(weeks):
        x = left + index * week_width
        parts.append(_line("lijn", (x, 24), (x, height)))
        if index % step == 0:
            number = (first + timedelta(weeks=index)).isocalendar().week
            words = f"wk {number}" if index == 0 else str(number)
            parts.append(_text("wk", (x + 3, 16), words))
    for index, row in enumerate(rows):
        start = left + (row.start - first).days / 7 * week_width
        length = max(((row.end - row.start).days + 1) / 7 * week_width, 6)
        parts += _gantt_bar(row, head + index * row_height, start, length, width)
    description = "; ".join(
        f"{row.label}: {_day(row.start)} tot en met {_day(row.end)}"
        + (f" ({row.note})" if row.note else "")
        for row in rows
    )
    return _svg("vh-gantt", (width, height), key, "Planning van de acties", description, parts)


def _gantt_bar(row: GanttRow, y: float, x: float, length: float, width: float) -> list[str]:
    """The name at the left, the bar, and the note in it, or beside it when it does not fit."""
    state = f"--{row.state}" if row.state else ""
    parts: list[str] = [
        _text("naam", (0, y + 15), _short(row.label, 30)),
        _rect(f"balk balk{state}" if state else "balk", (x + 1, y), (length - 2, 21)),
    ]
    room = len(row.note) * LETTER + 16
    if row.note and room <= length:
        parts.append(_text(f"intxt intxt{state}" if state else "intxt", (x + 8, y + 15), row.note))
    elif row.note and x + length + room <= width:
        parts.append(_text("naast", (x + length + 6, y + 15), row.note))
    return parts


def bars(
    title: str,
    rows: Sequence[Bar],
    *,
    unit: str = "",
    hidden: str = "kleiner dan 5",
    key: str = "balken",
) -> SafeString:
    """Horizontal bars with the figure behind each; a figure that is not shown reads `hidden`."""
    width, row_height = 320, 48  # as wide as a card on a telephone: the letters stay their size
    amounts = [hidden if row.value is None else f"{row.value} {unit}".rstrip() for row in rows]
    room = width - max(map(len, amounts), default=0) * LETTER - 16
    highest = max((row.value or 0 for row in rows), default=0) or 1
    parts: list[str] = []
    for index, (row, words) in enumerate(zip(rows, amounts, strict=True)):
        y = index * row_height + 4
        length = room * (row.value or 0) / highest
        parts += [
            _text("naam", (0, y + 13), _short(row.label, 44)),
            _rect("a", (0, y + 20), (length, 20)) if length else "",
            _text("w", (length + 8 if length else 0, y + 35), words),
        ]
    description = "; ".join(
        f"{row.label}: {words}" for row, words in zip(rows, amounts, strict=True)
    )
    size = (width, row_height * len(rows) + 4)
    return _svg("vh-chart vh-chart--balken", size, key, title, description, parts)


class _Wheel:
    """The geometry of the radar: where a score on an axis lies."""

    width, height, radius = 420.0, 290.0, 92.0
    middle: Point = (width / 2, height / 2 + 4)

    def __init__(self, axes: int) -> None:
        self.axes = axes

    def angle(self, axis: int) -> float:
        return 2 * pi * axis / self.axes

    def at(self, axis: int, score: float) -> Point:
        reach = self.radius * score / HIGHEST_SEVERITY
        return _moved(self.middle, reach * sin(self.angle(axis)), -reach * cos(self.angle(axis)))

    def known(self, scores: Iterable[int | None]) -> list[Point]:
        return [self.at(axis, score) for axis, score in enumerate(scores) if score is not None]

    def label(self, axis: int, words: str, unknown: bool) -> SafeString:
        """The name outside the edge, in at most two lines, and "(nog niet)" when not judged."""
        side, up = sin(self.angle(axis)), cos(self.angle(axis))
        anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
        lines = _two_lines(words) + (["(nog niet)"] if unknown else [])
        x, y = _moved(self.middle, (self.radius + 13) * side, -(self.radius + 13) * up)
        drop = -2 - 16 * (len(lines) - 1) if up > 0.8 else 13 if up < -0.8 else 4
        spans = format_html_join(
            "",
            '<tspan x="{}" y="{}" class="{}">{}</tspan>',
            (
                (_n(x), _n(y + drop + 16 * index), "schaal" if line[0] == "(" else "lab", line)
                for index, line in zip(count(), lines, strict=False)
            ),
        )
        return format_html('<text text-anchor="{}">{}</text>', anchor, spans)


def _svg(
    css: str,
    size: tuple[float, float],
    key: str,
    title: str,
    description: str,
    parts: Iterable[str],
) -> SafeString:
    """The picture. `key` keeps the ids apart when a page has two charts of one kind."""
    return format_html(
        '<svg class="{css}" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="{key}-titel {key}-tekst">'
        '<title id="{key}-titel">{title}</title><desc id="{key}-tekst">{text}</desc>{parts}</svg>',
        css=css,
        width=_n(size[0]),
        height=_n(size[1]),
        key=key,
        title=title,
        text=description,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
    )


def _polygon(css: str, points: Iterable[Point]) -> SafeString:
    places = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return format_html('<polygon class="{}" points="{}"/>', css, places)


def _line(css: str, start: Point, end: Point) -> SafeString:
    places = (_n(value) for value in (*start, *end))
    return format_html('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', css, *places)


def _rect(css: str, place: Point, size: Point) -> SafeString:
    x, y, width, height = (_n(value) for value in (*place, *size))
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"/>', css, x, y, width, height
    )


def _text(css: str, place: Point, words: str, anchor: str = "start") -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        css,
        _n(place[0]),
        _n(place[1]),
        anchor,
        words,
    )


def _moved(place: Point, right: float, down: float) -> Point:
    return place[0] + right, place[1] + down


def _n(value: float) -> str:
    """A coordinate: one decimal and a point, whatever the language of the page."""
    return f"{value:.1f}".removesuffix(".0")


def _judgement(label: str, now: int | None, before: int | None) -> str:
    words = "nog niet beoordeeld" if now is None else str(now)
    return f"{label}: {words}" + ("" if before is None else f", was {before}")


def _two_lines(words: str) -> list[str]:
    """Breaks a long name before its last word: "Werk en / inkomen"."""
    head, _, tail = words.rpartition(" ")
    return [head, tail] if head else [tail]


def _short(words: str, room: int) -> str:
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
