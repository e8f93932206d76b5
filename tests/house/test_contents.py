"""Whoever searches the answers of the house finds a word wherever it lies in a file."""

import io
import time

import pikepdf
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.house.contents import text_of
from tests.house.test_two_worlds import told_by
from veiligheidshuis.pdf import print_html

WORD = "Zqabcwx"
PAGE = "<!doctype html><html lang='nl'><head><title>{}</title></head><body><p>{}</p></body></html>"


def spreadsheet(**where):
    """A file of two sheets, one hidden, with a word in one place."""
    book = Workbook()
    book.active["A1"] = where.get("cell", "leeg")
    hidden = book.create_sheet(where.get("name", "twee"))
    hidden.sheet_state = "hidden"
    hidden["B2"] = where.get("hidden", "leeg")
    hidden["B3"].comment = Comment(where.get("comment", "leeg"), "niemand")
    book.properties.creator = where.get("maker", "niemand")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("place", ["cell", "name", "hidden", "comment", "maker"])
def test_a_word_in_a_spreadsheet_is_found(place):
    assert WORD in text_of(spreadsheet(**{place: WORD}))
    assert WORD not in text_of(spreadsheet())


@pytest.mark.parametrize(
    ("title", "text", "attached"),
    [(WORD, "leeg", {}), ("leeg", f"Hier staat {WORD}.", {}), ("leeg", "leeg", {"a.json": WORD})],
    ids=["title", "page", "attachment"],
)
def test_a_word_in_a_paper_is_found(title, text, attached):
    paper = print_html(PAGE.format(title, text), attached)

    assert WORD.encode() not in paper.replace(title.encode(), b""), "it lies folded up"
    assert WORD in text_of(paper)


def test_a_word_that_was_taken_out_of_a_paper_is_still_found():
    """What is changed is written after what was there, and that stays in the file."""
    former = print_html(PAGE.format(WORD, "leeg"), {})
    with pikepdf.open(io.BytesIO(print_html(PAGE.format("leeg", "leeg"), {}))) as other:
        kept = io.BytesIO()
        other.save(kept)

    assert WORD in text_of(former + kept.getvalue())
    assert WORD not in text_of(kept.getvalue())


def test_the_same_paper_and_the_same_sheet_say_the_same_a_moment_later():
    """Or two houses would differ by the clock alone (test_two_worlds.py)."""
    html = PAGE.format("Lijst", WORD)
    papers, sheets = [], []
    for _ in range(2):
        papers.append(print_html(html, {"a.json": WORD}))
        sheets.append(spreadsheet(cell=WORD))
        time.sleep(1.1)  # both write down the second in which they were made

    assert papers[0] != papers[1]
    assert told_by(papers[0]) == told_by(papers[1])
    assert told_by(sheets[0]) == told_by(sheets[1])
    assert told_by(sheets[0]) != told_by(spreadsheet())
