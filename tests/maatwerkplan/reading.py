"""Reads the words of a PDF that WeasyPrint drew: glyphs by way of their ToUnicode table."""

import io
import re

import pikepdf


def words_of(pdf: bytes) -> str:
    """All text of all pages, with one space between the pieces."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(_page(page)) for page in document.pages)


def _page(page: pikepdf.Page) -> list[str]:
    tables = {name: _table(font) for name, font in page.resources.get("/Font", {}).items()}
    table: dict[int, str] = {}
    pieces = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            shown = operands[0] if str(operator) == "TJ" else [operands[0]]
            strings = [bytes(each) for each in shown if isinstance(each, pikepdf.String)]
            pieces.append("".join(_decoded(each, table) for each in strings))
    return pieces


def _decoded(glyphs: bytes, table: dict[int, str]) -> str:
    pairs = (int.from_bytes(glyphs[n : n + 2]) for n in range(0, len(glyphs), 2))
    return "".join(table[glyph] for glyph in pairs)


def _table(font: pikepdf.Dictionary) -> dict[int, str]:
    """Which glyph stands for which letters (only the bfchar form, which WeasyPrint writes)."""
    table = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.S):
        for glyph, letters in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[int(glyph, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    return table
