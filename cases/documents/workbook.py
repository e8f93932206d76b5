"""Takes a file apart into lines of cells: a workbook of Excel, looked at before it is opened.

A file comes from outside and may be made to do harm. Every part of a workbook is walked through
first, without keeping any of it: a million columns, a million texts or an entity of XML is seen
there, before the reader of Excel would build them in memory.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import IO, Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_COLUMNS = 200
MAX_LINES = 100_000  # with what stands above the names of the columns, and with rejected ones
MAX_TEXTS = 500_000  # different texts in a workbook
LAST_LINE = 1_048_576  # of a sheet of Excel

EXCEL, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WITH_PASSWORD = "EncryptedPackage".encode("utf-16-le")
TOO_LARGE = "Het bestand is groter dan 10 MB. Verdeel de lijst over meer bestanden."
TOO_LONG = "De lijst is te lang. Verdeel hem over meer bestanden."
TOO_WIDE = f"De lijst heeft meer dan {MAX_COLUMNS} kolommen. Haal weg wat niet nodig is."
NO_LISTS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
NO_WORKBOOK = (
    "Dit bestand is geen lijst, maar bijvoorbeeld een PDF of een afbeelding. "
    "Kies een Excel-bestand (.xlsx) of een CSV-bestand."
)
LOCKED = "Dit Excel-bestand heeft een wachtwoord. Bewaar het zonder wachtwoord en kies het opnieuw."
OLD = "Dit is een oud Excel-bestand (.xls). Open het in Excel en bewaar het als .xlsx."
BROKEN = (
    "Dit Excel-bestand is niet te lezen. Open het in Excel, bewaar het opnieuw als .xlsx "
    "en kies het dan hier."
)
TOO_MANY_CELLS = "Deze regel heeft te veel kolommen."
NO_OUTCOME = (
    "In kolom {} staat een formule zonder uitkomst. Open het bestand in Excel, sla het op en lees "
    "het opnieuw in."
)
ERROR = (
    "In kolom {} staat een foutmelding van Excel. Verbeter de cel en lees het bestand opnieuw in."
)

Cells = list[str]
Flaws = dict[int, dict[int, str]]  # by line and place: what is wrong with that cell


class Unreadable(Exception):
    """The file as a whole cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its cells, or why it cannot be taken apart."""

    number: int
    cells: Cells
    wrong: str = ""
    # By place: what is wrong with that cell, which only counts when it is read.
    flaws: Mapping[int, str] = field(default_factory=dict)


def refuse_other_files(content: bytes) -> None:
    """A workbook with a password, or of before 2007, is a safe that we cannot open; a picture or a
    PDF is no list, whatever its name says."""
    if content.startswith(NO_LISTS):
        raise Unreadable(NO_WORKBOOK)
    if content.startswith(OLD_EXCEL):
        raise Unreadable(LOCKED if WITH_PASSWORD in content else OLD)


def excel_lines(content: bytes) -> Iterator[Line]:
    """The filled lines of the first sheet. A broken workbook breaks its reader in many ways."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_BYTES:
                raise Unreadable(BROKEN)
            flaws: dict[str, Flaws] = {}
            for part in packed.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        flaws[part.filename] = _look_through(opened)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            sheet = book.worksheets[0]
            yield from _filled_lines(sheet, flaws.get(_part_of(sheet), {}))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(BROKEN) from error


def has_more_sheets(content: bytes) -> bool:
    """Whether another sheet than the first has anything in it: nobody reads that one. Asked of a
    workbook that `excel_lines` looked through."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum("worksheets/" in name for name in packed.namelist()) == 1:
                return False
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            return any(_is_filled(sheet) for sheet in book.worksheets[1:])
    except Exception as error:
        raise Unreadable(BROKEN) from error


def _is_filled(sheet: Any) -> bool:
    sheet.reset_dimensions()
    lines = islice(sheet.iter_rows(values_only=True), MAX_LINES)
    return any(_cell_text(value) for values in lines for value in values)


def _part_of(sheet: Any) -> str:
    """In which part of the workbook a sheet stands."""
    return str(sheet._worksheet_path).lstrip("/")


def _look_through(part: IO[bytes]) -> Flaws:
    """Refuse what would fill the memory, and a doctype: so no entity is ever read. Tells which
    cells have no outcome: the reader of Excel would take them for empty."""
    counted = {"c": 0, "si": 0}
    formulas = _Formulas()

    def began(name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        formulas.began(kind, attributes)
        if kind == "row":
            counted["c"] = 0
        elif kind in counted:
            counted[kind] += 1
            if counted["c"] > MAX_COLUMNS:
                raise Unreadable(TOO_WIDE)
            if counted["si"] > MAX_TEXTS:
                raise Unreadable(TOO_LONG)

    def declares(*_: object) -> None:
        raise Unreadable(BROKEN)

    parser = expat.ParserCreate()
    parser.StartElementHandler = began
    parser.EndElementHandler = lambda name: formulas.ended(name.rpartition(":")[2])
    parser.CharacterDataHandler = formulas.said
    parser.StartDoctypeDeclHandler = declares
    parser.ParseFile(part)
    return formulas.flaws


class _Formulas:
    """Finds the cells of a sheet whose formula has no outcome: whoever made the workbook did not
    work it out (most programs that write one do not), or it came out as an error."""

    def __init__(self) -> None:
        self.flaws: Flaws = defaultdict(dict)
        self.line, self.place, self.kind, self.outcome = 0, -1, "", ""
        self.has_formula = self.in_outcome = self.has_outcome = False

    def began(self, element: str, attributes: dict[str, str]) -> None:
        if element == "row":
            self.line, self.place = int(attributes.get("r", self.line + 1)), -1
        elif element == "c":
            self.place = _place(attributes["r"]) if "r" in attributes else self.place + 1
            self.kind, self.outcome = attributes.get("t", ""), ""
            self.has_formula = self.has_outcome = False
        elif element == "f":
            self.has_formula = True
        elif element == "v":
            self.in_outcome = self.has_outcome = True

    def said(self, text: str) -> None:
        if self.in_outcome and not self.outcome:
            self.outcome = text[:1]

    def ended(self, element: str) -> None:
        if element == "v":
            self.in_outcome = False
        elif element == "c" and (wrong := self._wrong()):
            self.flaws[self.line][self.place] = wrong.format(get_column_letter(self.place + 1))
            if len(self.flaws) > MAX_LINES:
                raise Unreadable(TOO_LONG)

    def _wrong(self) -> str:
        """An outcome may be an empty text, and then the cell says that it is a text."""
        if self.kind == "e":
            return ERROR
        empty_text = self.kind == "str" and self.has_outcome
        return NO_OUTCOME if self.has_formula and not (self.outcome or empty_text) else ""


def _place(coordinate: str) -> int:
    return column_index_from_string(coordinate_from_string(coordinate)[0]) - 1


def _filled_lines(sheet: Any, flaws: Flaws) -> Iterator[Line]:
    sheet.reset_dimensions()  # what the file says of its own size may be anything
    filled = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > LAST_LINE or filled == MAX_LINES:
            raise Unreadable(TOO_LONG)
        cells = [_cell_text(value) for value in values]
        if any(cells) or number in flaws:
            filled += 1
            wrong = TOO_MANY_CELLS if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]) else ""
            yield Line(number, cells[:MAX_COLUMNS], wrong, flaws.get(number, {}))


def _cell_text(value: Any) -> str:
    """A cell as it would have stood in a CSV: a date with its day first, a number without .0."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
