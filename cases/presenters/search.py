"""Finding a dossier: what was typed, and the cases that this person may see.

A name is found however it is typed; nothing that is hidden has a part in what is shown.
"""

import contextlib
import re
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django import forms
from django.core.paginator import Page, Paginator

from cases.models import Case, known, name_key
from cases.models.known import Line
from partners.models import User
from veiligheidshuis.fields import DutchDateField

A_PAGE = 25
LONGEST = 80
MOST = 50  # whoever finds more has to type more
MOST_PAGES = 40  # whoever leafs further has to type as well
# Words that people leave out, shorten or write otherwise; they count when nothing else was typed.
PREFIXES = frozenset(
    ["van", "de", "der", "den", "het", "t", "ten", "ter", "te", "in", "op", "aan", "v", "d", "vd"]
)
BESIDE_A_DATE = frozenset(["geb", "geboren", "op"])
NUMBER = re.compile(r"(?:vh)?[-–\s]*(\d{4})[-–/\s]+(\d{1,7})", re.IGNORECASE)
BIRTH_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/. ]+(?:\d{1,2}|[a-z]{3,9})\.?[-/. ]+(?:\d{4}|\d{2})"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{8})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sought:
    """What somebody means by what he typed: a number, or words of a name, a birth date or both."""

    number: str = ""
    born: date | None = None
    words: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, query: str) -> "Sought":
        if number := NUMBER.fullmatch(query):
            return cls(number=f"VH-{number[1]}-{int(number[2]):04d}")
        for found in BIRTH_DATE.finditer(query):
            if born := _birth_date(found[0]):
                rest = name_key(query.replace(found[0], " ")).split()
                return cls(born=born, words=_telling([w for w in rest if w not in BESIDE_A_DATE]))
        return cls(words=_telling(name_key(query).split()))


def _birth_date(text: str) -> date | None:
    """The day, written as 1-2-1990, 1 feb 90, 1990-02-01 or 01021990; None when there is none."""
    text = re.sub(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", r"\3-\2-\1", text)
    text = re.sub(r"^(\d\d)(\d\d)(\d{4})$", r"\1-\2-\3", text)
    with contextlib.suppress(forms.ValidationError):
        return DutchDateField(past=True).clean(text)
    return None


def _telling(words: list[str]) -> list[str]:
    """The words without prefixes; prefixes alone are a name as well."""
    return [word for word in words if word not in PREFIXES] or words


@dataclass
class Found:
    """What is shown: one page of all dossiers, or the best of what fits the words."""

    query: str
    lines: list[Line]
    page: Page | None = None
    too_short: bool = False
    forgiving: bool = False
    can_forgive: bool = False
    is_cut_off: bool = False


def find(user: User, typed: str, page: str = "", *, forgiving: bool = False) -> Found:
    """The cases that fit; without a query all of them, newest first. Never says what is hidden.

    Who finds nothing as he wrote it gets what is written almost the same.
    """
    query = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    if not query:
        return _all(page)
    if len(query) < 2:
        return Found(query, [], too_short=True)
    sought = Sought.of(query)
    if sought.number:
        mine = Case.objects.visible_to(user).numbered(sought.number)
        return Found(query, known.lines(list(mine.values_list("pk", flat=True))))
    found = [] if forgiving else known.search(sought.words, sought.born, most=MOST + 1)
    forgiving = not found and bool(sought.words)
    if forgiving:
        found = known.search(sought.words, sought.born, most=MOST + 1, forgiving=True)
    return Found(
        query,
        known.lines(found[:MOST]),
        forgiving=forgiving,
        can_forgive=bool(sought.words) and not forgiving,
        is_cut_off=len(found) > MOST,
    )


def alike(typed: str) -> list[UUID]:
    """The best of what is written almost like this, or born on this day: for a list on which nobody
    bears the name as it was typed."""
    sought = Sought.of(" ".join(typed.replace("\x00", "").split())[:LONGEST])
    if not (sought.words or sought.born):
        return []
    return known.search(sought.words, sought.born, most=MOST, forgiving=True)


class KnownCases:
    """All that the asking user knows, newest first, for a Paginator: one page at a time.

    Counted no further than one leafs: counting all cases takes longer the more there are.
    """

    def __init__(self) -> None:
        self.counted = 0

    def __len__(self) -> int:
        self.counted = known.count_known(MOST_PAGES * A_PAGE + 1)
        return min(self.counted, MOST_PAGES * A_PAGE)

    def __getitem__(self, wanted: slice) -> list[UUID]:
        return known.newest(wanted.start, wanted.stop - wanted.start)


def _all(number: str) -> Found:
    mine = KnownCases()
    page: Page[UUID] = Paginator(mine, A_PAGE).get_page(number)  # type: ignore[arg-type]
    return Found(
        "",
        known.lines(list(page.object_list)),
        page,
        is_cut_off=mine.counted > MOST_PAGES * A_PAGE and not page.has_next(),
    )
