"""A list as a whole: where the names of its columns stand, a look at it, and all of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from cases.documents import rows
from cases.documents.lines import csv_lines
from cases.documents.workbook import (
    EXCEL,
    MAX_BYTES,
    TOO_LARGE,
    TOO_MANY_CELLS,
    TOO_WIDE,
    Cells,
    Line,
    Unreadable,
    excel_lines,
    has_more_sheets,
    refuse_other_files,
)
from cases.operations.import_rows import ReadRow
from cases.rules.columns import (
    LONGEST_HEADING,
    Layout,
    Sample,
    count_known,
    is_refused,
    recognise,
)
from veiligheidshuis.fields import CONTROL_CHARACTERS

MAX_ROWS = 50_000
TITLE_LINES = 10  # so many lines may stand above the names of the columns
FIRST_VALUES = 3
LONGEST_VALUE = 40

NO_LIST = "Dit bestand is geen CSV en geen Excel. Kies de lijst zelf, als .csv of .xlsx."
EMPTY = "Het bestand is leeg. Kies een lijst met een regel voor elke persoon."
NO_PERSONS = "Er staan alleen namen van kolommen in dit bestand, en geen personen."
NO_HEADINGS = (
    "Op de eerste regel staat een persoon. Zet op de eerste regel de namen van de kolommen, "
    "zoals achternaam, voornaam en geboortedatum."
)
TOO_LONG = "De lijst is langer dan 50.000 regels. Verdeel hem over meer bestanden."


def look(content: bytes, remembered: Mapping[str, str] | None = None) -> Sample:
    """What a list looks like, to say which column is which. Raises Unreadable."""
    headings, lines = _opened(content, remembered or {})
    first = [line.cells for line in islice((line for line in lines if line.cells), FIRST_VALUES)]
    if not first:
        raise Unreadable(NO_PERSONS)
    values = [
        [] if is_refused(heading) else [_cell(cells, place)[:LONGEST_VALUE] for cells in first]
        for place, heading in enumerate(headings)
    ]
    shown = [[value for value in column if value] for column in values]
    return Sample(headings, shown, content.startswith(EXCEL) and has_more_sheets(content))


def read_list(
    content: bytes, remembered: Mapping[str, str] | None = None, doelgroep: str = ""
) -> list[ReadRow]:
    """The rows of a list whose columns are known by their names. Raises Unreadable."""
    headings, _ = _opened(content, remembered or {})
    layout = recognise(headings, remembered, doelgroep)
    if layout.double:
        raise Unreadable(f"Deze kolommen staan er twee keer: {', '.join(layout.double)}.")
    if layout.missing:
        raise Unreadable(
            f"Deze kolommen ontbreken: {', '.join(layout.missing)}. Zet hun namen op de eerste "
            "regel, of zeg op de pagina ‘Lijst inlezen’ welke kolom wat is."
        )
    return list(read_rows(content, layout, remembered))


def read_rows(
    content: bytes, layout: Layout, remembered: Mapping[str, str] | None = None
) -> Iterator[ReadRow]:
    """The rows of a list, in order, with the line on which each stands. Raises Unreadable."""
    headings, lines = _opened(content, remembered or {})
    number = 0
    for number, line in enumerate(lines, start=1):
        if number > MAX_ROWS:
            raise Unreadable(TOO_LONG)
        yield rows.read_row(line, layout, len(headings))
    if not number:
        raise Unreadable(NO_PERSONS)


def _opened(content: bytes, remembered: Mapping[str, str]) -> tuple[Cells, Iterator[Line]]:
    """The names of the columns, and the lines below them."""
    if len(content) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    if not content.strip():
        raise Unreadable(EMPTY)
    refuse_other_files(content)
    if content.startswith(EXCEL):
        lines = excel_lines(content)
    else:
        lines = csv_lines(content, lambda cells: count_known(cells, remembered))
    top = list(islice(lines, TITLE_LINES))
    place = _place_of_headings(top, remembered)
    return _headings(top[place]), chain(top[place + 1 :], lines)


def _place_of_headings(top: Sequence[Line], remembered: Mapping[str, str]) -> int:
    """The line with most names that we know; a title above it is no person. Else the first."""
    if not top:
        raise Unreadable(EMPTY)
    known = [count_known(line.cells, remembered) for line in top]
    best = max(known)
    return known.index(best) if best > 1 else 0


def _headings(line: Line) -> Cells:
    if line.wrong:
        raise Unreadable(TOO_WIDE if line.wrong == TOO_MANY_CELLS else NO_LIST)
    if line.flaws:
        raise Unreadable(line.flaws[min(line.flaws)])
    headings = list(line.cells)
    while headings and not headings[-1]:
        headings.pop()
    if any(CONTROL_CHARACTERS.search(heading) for heading in headings):
        raise Unreadable(NO_LIST)
    if not count_known(headings) and any(rows.says_who(heading) for heading in headings):
        raise Unreadable(NO_HEADINGS)
    return [heading[:LONGEST_HEADING] for heading in headings]


def _cell(cells: Cells, place: int) -> str:
    return cells[place] if place < len(cells) else ""
