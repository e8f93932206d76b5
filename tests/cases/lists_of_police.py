"""Lists of the police for tests, as CSV or as a workbook."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from cases.rules.columns import COLUMNS

HEADER = ";".join(COLUMNS)
GOOD = "Smeets;;Kevin;7-12-1990;111222333;Heerlen;veelpleger;12;Politie"
OTHER = "Berg;van den;Jan;03-04-1985;;Kerkrade;overlastgever;3;Reclassering"


def csv_of(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([header, *rows]).encode(encoding)


def workbook_of(
    *rows: Sequence[object], header: Sequence[str] = COLUMNS, also: Sequence[object] = ()
) -> bytes:
    """On the first sheet; `also` is a line of the second one, which is empty without it."""
    book = Workbook()
    book.create_sheet("Blad2").append(list(also))
    book.active.append(list(header))
    for row in rows:
        book.active.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
