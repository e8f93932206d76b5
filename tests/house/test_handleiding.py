"""The manual speaks of the house that is there: its pictures are taken by a test, and all are used.

Issue 4, Proof. The pictures themselves: tests/browser/test_manual.py.
"""

import re
from pathlib import Path

import pytest

from tests.browser.manual import MANUAL, PICTURES, shots

PAGES = sorted(MANUAL.glob("*.md"))
PICTURE = re.compile(r"!\[(?P<says>[^\]]*)\]\(schermen/(?P<name>[a-z-]+)\.png\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<to>[^)#]+)[^)]*\)")


def used() -> list[re.Match[str]]:
    return [found for page in PAGES for found in PICTURE.finditer(page.read_text())]


def test_every_picture_is_there_is_taken_by_a_test_and_is_used_once():
    names = [found["name"] for found in used()]

    assert sorted(names) == sorted(shot.name for shot in shots())
    assert sorted(path.stem for path in PICTURES.glob("*.png")) == sorted(names)


def test_every_picture_says_in_words_what_stands_on_it():
    assert [found["name"] for found in used() if len(found["says"].split()) < 4] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_the_manual_leads_somewhere(page: Path):
    lost = [
        found["to"]
        for found in LINK.finditer(page.read_text())
        if not (page.parent / found["to"]).exists()
    ]

    assert lost == []


def test_the_index_names_every_chapter():
    index = (MANUAL / "README.md").read_text()

    assert [page.name for page in PAGES if page.stem != "README" and page.name not in index] == []
