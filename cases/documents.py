"""Reads the list of the police, CSV or Excel, as people make it; says of every bad row what is bad.

A row that cannot be used never takes another with it: lines of a CSV are read one by one, so that a
quotation mark too many spoils its own line only. Nothing of what a cell said stands in a reason,
because reasons are kept and rows are not.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from stdnum.exceptions import ValidationError as NotValid
from stdnum.nl import bsn as bsn_number

from cases import rules
from cases.models import Doelgroep, name_key
from cases.operations.import_list import Entry, ReadRow
from cases.operations.intake import Person
from veiligheidshuis.fields import CONTROL_CHARACTERS, DutchDateField

COLUMNS = (
    "achternaam",
    "voorvoegsel",
    "voornaam",
    "geboortedatum",
    "bsn",
    "gemeente",
    "doelgroep",
    "delicten",
    "bron",
)
MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_ROWS = 2000
MAX_SHEET_LINES = 100_000  # with empty ones
MAX_CELLS = 50
MAX_OFFENCES = 9999
# As long as the house can keep (cases.models).
LONGEST = {"achternaam": 80, "voornaam": 80, "voorvoegsel": 20, "gemeente": 60, "bron": 120}

EXCEL, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
NO_LIST = "Dit bestand is geen CSV en geen Excel. Kies de lijst zelf, als .csv of .xlsx."
BROKEN_EXCEL = (
    "Dit Excel-bestand is niet te lezen. Open het in Excel, bewaar het opnieuw als .xlsx "
    "zonder wachtwoord en kies het dan hier."
)
TOO_LARGE = "Het bestand is groter dan 5 MB. Verdeel de lijst over meer bestanden."
TOO_LONG = f"De lijst is langer dan {MAX_ROWS} regels. Verdeel hem over meer bestanden."
EMPTY = "Het bestand is leeg. Kies een lijst met een regel voor elke persoon."

# How lists call the doelgroepen, besides the codes and the labels of the house.
OTHER_NAMES = {
    "zeer actieve veelpleger": Doelgroep.VEELPLEGER,
    "minderjarige veelpleger": Doelgroep.JEUGDIGE_VEELPLEGER,
    "harde kern": Doelgroep.HARDE_KERN,
    "harde kernjongere": Doelgroep.HARDE_KERN,
    "overlastveroorzaker": Doelgroep.OVERLASTGEVER,
    "notoire overlastveroorzaker": Doelgroep.OVERLASTGEVER,
    "overige probleemjongere": Doelgroep.PROBLEEMJONGERE,
    "dader huiselijk geweld": Doelgroep.HUISELIJK_GEWELD,
}
DOELGROEPEN = {
    name_key(name): Doelgroep(value)
    for value, label in Doelgroep.choices
    for name in (value, label)
} | OTHER_NAMES
DATE_REASONS = {
    "no_such_day": "De geboortedatum bestaat niet. Controleer de dag en de maand.",
    "year": "Controleer het jaar van de geboortedatum.",
    "future": "De geboortedatum ligt in de toekomst.",
}
DATE_UNREADABLE = "Schrijf de geboortedatum als dag-maand-jaar, bijvoorbeeld 7-12-1990."
BIRTH_DATE = DutchDateField(past=True)
MIDNIGHT = re.compile(r"\s+0?0:00(:00)?$")

Cells = list[str]


class Unreadable(Exception):
    """The file as a whole cannot be used; the message says what to do."""


def read_list(content: bytes) -> list[ReadRow]:
    """The rows of a list, in order, with the line on which each stands. Raises Unreadable."""
    if len(content) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    if not content.strip():
        raise Unreadable(EMPTY)
    if content.startswith(OLD_EXCEL):
        raise Unreadable(BROKEN_EXCEL)
    lines = _excel_lines(content) if content.startswith(EXCEL) else _csv_lines(content)
    return _rows(lines)


def _rows(lines: Iterator[tuple[int, Cells | None]]) -> list[ReadRow]:
    """The header says which column is which; every line below it becomes a row."""
    filled = ((number, cells) for number, cells in lines if cells is None or any(cells))
    _, header = next(filled, (0, None))
    columns = _columns(header or [])
    rows: list[ReadRow] = []
    for number, cells in filled:
        if len(rows) == MAX_ROWS:
            raise Unreadable(TOO_LONG)
        rows.append(_row(number, cells, columns))
    if not rows:
        raise Unreadable("Er staan alleen namen van kolommen in dit bestand, en geen personen.")
    return rows


def _columns(header: Cells) -> list[str]:
    """The names of the columns as they stand; all of ours must be there, in any order."""
    names = [name_key(cell[:60]) for cell in header]
    missing = [column for column in COLUMNS if column not in names]
    if len(missing) == len(COLUMNS) and any(CONTROL_CHARACTERS.search(cell) for cell in header):
        raise Unreadable(NO_LIST)
    if missing:
        raise Unreadable(
            f"Deze kolommen ontbreken: {', '.join(missing)}. Zet op de eerste regel "
            f"{';'.join(COLUMNS)}, met een puntkomma ertussen."
        )
    double = [column for column in COLUMNS if names.count(column) > 1]
    if double:
        raise Unreadable(f"Deze kolommen staan er twee keer: {', '.join(double)}.")
    return names


def _row(number: int, cells: Cells | None, columns: list[str]) -> ReadRow:
    if cells is None:
        return ReadRow(number, reason='Er staat een aanhalingsteken (") te veel op deze regel.')
    if any(cells[len(columns) :]):
        return ReadRow(number, reason="Deze regel heeft meer kolommen dan de eerste regel.")
    padded = cells + [""] * (len(columns) - len(cells))
    return _Row({name: padded[place] for place, name in enumerate(columns)}).read(number)


class _Row:
    """The cells of one row, and everything that is wrong with them."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.wrong: list[str] = []

    def read(self, number: int) -> ReadRow:
        if any(CONTROL_CHARACTERS.search(self.cells[column]) for column in COLUMNS):
            return ReadRow(number, reason="Er staat een onzichtbaar teken op deze regel.")
        entry = self.entry()
        return (
            ReadRow(number, reason=" ".join(self.wrong)) if self.wrong else ReadRow(number, entry)
        )

    def entry(self) -> Entry:
        """What the row says; of use only when nothing is wrong."""
        person = Person(
            last_name=self.text("achternaam", needed=True),
            name_prefix=self.text("voorvoegsel"),
            first_name=self.text("voornaam", needed=True),
            birth_date=self.birth_date() or date.min,
            bsn=self.bsn(),
            municipality=self.text("gemeente"),
        )
        doelgroep = self.doelgroep()
        if doelgroep and person.birth_date != date.min:
            slips = rules.obstacles_to_doelgroep(doelgroep, person.birth_date)
            self.wrong += [slip.message for slip in slips]
        return Entry(
            person,
            doelgroep=doelgroep,
            offences=self.offences(),
            source_note=self.text("bron"),
        )

    def text(self, column: str, *, needed: bool = False) -> str:
        value = " ".join(self.cells[column].split())
        if needed and not name_key(value):
            self.wrong.append(f"De {column} ontbreekt.")
        if len(value) > LONGEST[column]:
            self.wrong.append(f"De kolom {column} is langer dan {LONGEST[column]} tekens.")
        return value

    def birth_date(self) -> date | None:
        written = MIDNIGHT.sub("", self.cells["geboortedatum"][:40])
        if not written:
            self.wrong.append("De geboortedatum ontbreekt.")
            return None
        try:
            return BIRTH_DATE.to_python(written)
        except ValidationError as error:
            self.wrong.append(DATE_REASONS.get(str(error.code), DATE_UNREADABLE))
            return None

    def bsn(self) -> str:
        """Nine digits that pass the eleven test, or nothing. Excel drops a zero in front."""
        digits = re.sub(r"[ .-]", "", self.cells["bsn"])
        if not digits:
            return ""
        try:
            if not re.fullmatch(r"[0-9]{8,9}", digits):
                raise NotValid
            return str(bsn_number.validate(digits))
        except NotValid:
            self.wrong.append("Het BSN klopt niet: het haalt de elfproef niet.")
            return ""

    def doelgroep(self) -> str:
        called = name_key(self.cells["doelgroep"][:60])
        for name in (called, called.removesuffix("s"), called.removesuffix("n")):
            if name in DOELGROEPEN:
                return DOELGROEPEN[name].value
        known = ", ".join(Doelgroep.values)
        lead = "De doelgroep is onbekend." if called else "De doelgroep ontbreekt."
        self.wrong.append(f"{lead} Kies uit {known}.")
        return ""

    def offences(self) -> int | None:
        written = self.cells["delicten"]
        if not written:
            return None
        if not re.fullmatch(r"[0-9]+", written):
            self.wrong.append("Schrijf het aantal delicten als een heel getal.")
            return None
        if len(written) > 6 or int(written) > MAX_OFFENCES:
            self.wrong.append(
                f"Het aantal delicten is te groot. Het kan hoogstens {MAX_OFFENCES} zijn."
            )
            return None
        return int(written)


def _csv_lines(content: bytes) -> Iterator[tuple[int, Cells | None]]:
    """The lines of a CSV with semicolons; None for a line that cannot be taken apart."""
    for number, line in enumerate(_text_lines(content), start=1):
        try:
            cells = next(csv.reader([line], delimiter=";", strict=True), [])
        except csv.Error:
            yield number, None
        else:
            yield number, [cell.strip() for cell in cells]


def _text_lines(content: bytes) -> Iterator[str]:
    """Each line as Excel on any machine writes it: UTF-8 with or without mark, or old Windows.

    Line by line, because lists are pasted together: one old sign spoils no name on another line.
    """
    if content.startswith(UTF_16):
        content = content.decode("utf-16", errors="replace").encode()
    for line in re.split(rb"\r\n|\r|\n", content.removeprefix(codecs.BOM_UTF8)):
        yield _decode(line)


def _decode(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _excel_lines(content: bytes) -> Iterator[tuple[int, Cells | None]]:
    """The lines of the first sheet. A broken workbook breaks its reader in many ways."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_BYTES:
                raise Unreadable(BROKEN_EXCEL)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            return iter(_filled_lines(book.worksheets[0]))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(BROKEN_EXCEL) from error


def _filled_lines(sheet: Any) -> list[tuple[int, Cells | None]]:
    filled: list[tuple[int, Cells | None]] = []
    for number, values in enumerate(sheet.iter_rows(max_col=MAX_CELLS, values_only=True), start=1):
        if number > MAX_SHEET_LINES:
            raise Unreadable(TOO_LONG)
        cells = [_cell_text(value) for value in values]
        if any(cells):
            filled.append((number, cells))
    return filled


def _cell_text(value: Any) -> str:
    """A cell as it would have stood in a CSV: a date with its day first, a number without .0."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
