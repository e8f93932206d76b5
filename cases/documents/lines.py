"""Takes a text file apart into lines of cells, as Excel and the systems of partners write it.

Line by line: a quotation mark too many, or one sign that cannot be read, spoils its own line only.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterator

from cases.documents.workbook import (
    MAX_COLUMNS,
    MAX_LINES,
    TOO_LONG,
    TOO_MANY_CELLS,
    Cells,
    Line,
    Unreadable,
)

SEPARATORS = ";\t,|"
LONGEST_LINE = 20_000
LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
UNREADABLE_SIGN = "\ufffd"
ODD_SIGN = (
    "Er staat een teken op deze regel dat niet te lezen is. Bewaar de lijst als CSV UTF-8 of als "
    "Excel."
)
ODD_QUOTE = 'Er staat een aanhalingsteken (") te veel op deze regel.'
LINE_TOO_LONG = "Deze regel is te lang."


def text_lines(content: bytes) -> list[str]:
    """Each line as a text; what cannot be read in it is the sign of what cannot be read."""
    for mark, encoding in UTF_16.items():
        if content.startswith(mark):
            content = content.removeprefix(mark).decode(encoding, errors="replace").encode()
            return _lines(content, _utf_8)
    if content.startswith(codecs.BOM_UTF8):
        return _lines(content.removeprefix(codecs.BOM_UTF8), _utf_8)
    if 2 * content[1:200:2].count(0) > len(content[1:200:2]):  # UTF-16 that lost its mark
        return _lines(content.decode("utf-16-le", errors="replace").encode(), _utf_8)
    return _lines(content, _utf_8 if _says_utf_8(content) else _old_windows)


def _lines(content: bytes, decode: Callable[[bytes], str]) -> list[str]:
    """A file of nothing but line ends is cut off: it holds no list."""
    found: list[str] = []
    for line in LINE.finditer(content):
        if len(found) > MAX_LINES:
            raise Unreadable(TOO_LONG)
        found.append(decode(line[1]))
    return found


def _says_utf_8(content: bytes) -> bool:
    """Whether any line has a sign in UTF-8: then one bad byte elsewhere is not old Windows, and
    its line is said to be unreadable. Read as old Windows it would become another name."""
    for line in LINE.finditer(content):
        try:
            if not line[1].isascii() and line[1].decode():
                return True
        except UnicodeDecodeError:
            continue
    return content.isascii()


def _utf_8(line: bytes) -> str:
    return line.decode("utf-8", errors="replace")


def _old_windows(line: bytes) -> str:
    return line.decode("cp1252", errors="replace")


def separator_of(lines: list[str], count_known: Callable[[Cells], int]) -> str:
    """What stands between the cells: that which gives most names of columns that we know; else
    what stands most in the first line."""

    def fits(separator: str) -> tuple[int, int]:
        known = max(
            (count_known(split(n, line, separator).cells) for n, line in enumerate(lines)),
            default=0,
        )
        return known, lines[0].count(separator) if lines else 0

    return max(SEPARATORS, key=fits)


def split(number: int, text: str, separator: str) -> Line:
    """The cells of one line; a line that is made to fill the memory is not taken apart at all."""
    if text.count(separator) >= MAX_COLUMNS:
        return Line(number, [], TOO_MANY_CELLS)
    if len(text) > LONGEST_LINE:
        return Line(number, [], LINE_TOO_LONG)
    if UNREADABLE_SIGN in text:
        return Line(number, [], ODD_SIGN)
    try:
        cells = next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error:
        return Line(number, [], ODD_QUOTE)
    return Line(number, [cell.strip() for cell in cells])


def csv_lines(content: bytes, count_known: Callable[[Cells], int]) -> Iterator[Line]:
    """The filled lines of a CSV, whatever separates its cells."""
    texts = text_lines(content)
    separator = separator_of([text for text in texts if text.strip()][:10], count_known)
    for number, text in enumerate(texts, start=1):
        line = split(number, text, separator)
        if line.wrong or any(line.cells):
            yield line
