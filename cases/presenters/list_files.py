"""An adopted list to take along: as PDF and as a sheet, drawn from the same lines.

Nothing stands in it that the page does not show: no score, and no offences, which are for who needs
them and not for a file (WGS 1.9; PRI-08).
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cases.models import Prioriteitenlijst
from cases.presenters.adoption import adoption
from partners.models import User
from veiligheidshuis.formats import plain_date
from veiligheidshuis.pdf import render_pdf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class FileLine:
    """One candidate in a file; the fields are the columns, in this order."""

    place: int
    name: str
    birth_date: str
    number: str
    doelgroep: str
    source: str
    manager: str
    criteria: str


HEADS = (
    "Plaats",
    "Naam",
    "Geboren",
    "Dossier",
    "Doelgroep",
    "Aangedragen door",
    "Interventiemanager",
    "Criteria",
)
Draw = Callable[[Prioriteitenlijst, Sequence[FileLine]], bytes]


def lines_of(ranked: Prioriteitenlijst, user: User) -> list[FileLine]:
    """Everybody on an adopted list whom this user may know, by the number that was adopted."""
    places = ranked.plaatsen.visible_to(user).in_order().with_people().select_related("criteria")
    return [
        FileLine(
            place=place.rank or 0,
            name=place.case.client.display_name,
            birth_date=plain_date(place.case.client.birth_date),
            number=place.case.number,
            doelgroep=place.case.get_doelgroep_display().capitalize(),
            source=place.case.source.short_name,
            manager=str(place.case.manager or ""),
            criteria=f"versie van {plain_date(place.criteria.valid_from)}",
        )
        for place in places
    ]


def as_pdf(ranked: Prioriteitenlijst, lines: Sequence[FileLine]) -> bytes:
    """On paper: the order, and who adopted it."""
    context = {"ranked": ranked, "lines": lines, "adoption": adoption(ranked)}
    return render_pdf("cases/list_pdf.html", context)


def as_xlsx(ranked: Prioriteitenlijst, lines: Sequence[FileLine]) -> bytes:
    """As a sheet. What somebody once typed as his name is text in it, and never a formula."""
    book = Workbook()
    sheet: Any = book.active  # a new book has one sheet
    sheet.title = f"Lijst {ranked.code}"
    for column, head in enumerate(HEADS, start=1):
        _write(sheet.cell(1, column), head)
    for number, line in enumerate(lines, start=2):
        for column, value in enumerate(astuple(line), start=1):
            _write(sheet.cell(number, column), value)
    for letter in "BDEFGH":
        sheet.column_dimensions[letter].width = 24
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Cell, value: str | int) -> None:
    """Text is kept as text, also where it begins with a sign with which formulas begin (OWASP)."""
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.quotePrefix = True


assert len(HEADS) == len(fields(FileLine))  # noqa: S101 - a column without a head is a fault
