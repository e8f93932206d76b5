"""Which column of a list is which: by its name, as it was remembered, or as somebody says it.

What may not play a part is not read, whoever asks it: where somebody comes from, what he believes
and who his brothers and sisters are (issue 4, point 9; eisen.md §6; AVG 9). Such a column is not
shown, not kept and not offered.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cases.models import name_key

LABELS = {
    "achternaam": "Achternaam",
    "voorvoegsel": "Voorvoegsel",
    "voornaam": "Voornaam",
    "geboortedatum": "Geboortedatum",
    "bsn": "BSN",
    "gemeente": "Gemeente",
    "doelgroep": "Doelgroep",
    "delicten": "Aantal delicten",
    "bron": "Bron van de regel",
}
COLUMNS = tuple(LABELS)
NEEDED = ("achternaam", "voornaam", "geboortedatum", "doelgroep")
SPARE = [label for column, label in LABELS.items() if column not in NEEDED]
LONGEST_HEADING = 60

# How the lists of the police and of other partners call them. Our choice: only what can mean one
# thing; anything else is asked.
OTHER_NAMES = {
    "geslachtsnaam": "achternaam",
    "familienaam": "achternaam",
    "tussenvoegsel": "voorvoegsel",
    "tussenvoegsels": "voorvoegsel",
    "voorvoegsels": "voorvoegsel",
    "voornamen": "voornaam",
    "roepnaam": "voornaam",
    "geb datum": "geboortedatum",
    "gebdatum": "geboortedatum",
    "gebdat": "geboortedatum",
    "geboorte datum": "geboortedatum",
    "burgerservicenummer": "bsn",
    "woongemeente": "gemeente",
    "aantal delicten": "delicten",
}
KNOWN_NAMES = {column: column for column in COLUMNS} | OTHER_NAMES

# Beginnings of words, for lists write them in many ways ("Nat.", "nationaliteit 2").
REFUSED = re.compile(
    r"\b(etni|ethni|ras\b|rassen|huidskleur|afkomst|allocht|autocht|migratie|land van herkomst"
    r"|herkomstland|geboorteland|geb land|land van geboorte|nationali|nat\b|natie|staatsburger"
    r"|geloof|godsdienst|religi|kerk|moskee|levensovertuig|gezindte"
    r"|broer|zus|zuster|brus|sibling|gezinsleden)"
)


@dataclass(frozen=True)
class Layout:
    """Which place of a line holds what; and the doelgroep of everybody when no column says it."""

    places: dict[str, int]
    doelgroep: str = ""
    double: list[str] = field(default_factory=list)  # names that more than one column has

    @property
    def missing(self) -> list[str]:
        """What a list cannot do without."""
        given = {*self.places, *(["doelgroep"] if self.doelgroep else [])}
        return [column for column in NEEDED if column not in given]

    @property
    def is_clear(self) -> bool:
        return not self.missing and not self.double


@dataclass(frozen=True)
class Sample:
    """The names of the columns, and what stands first in each; of a refused column nothing."""

    headings: list[str]
    values: list[list[str]]
    leaves_sheets: bool = False  # whether a workbook has more filled sheets than the one we read


OTHER_SHEETS = (
    "Dit Excel-bestand heeft meer bladen met gegevens. Alleen het eerste blad is gelezen. "
    "Hoort een ander blad erbij? Bewaar dat als eigen bestand en lees het ook in."
)


def heading_key(heading: str) -> str:
    """A name of a column as it is compared and remembered."""
    return name_key(heading[:LONGEST_HEADING])


def is_refused(heading: str) -> bool:
    """Whether a column with this name may not be read at all."""
    return bool(REFUSED.search(heading_key(heading)))


def not_read(heading: str) -> str:
    """What is said of such a column."""
    return (
        f"De kolom ‘{heading}’ lezen we niet. Afkomst, geloof en broers of zussen mogen geen rol "
        "spelen. Vraag wie de lijst maakt om hem weg te laten."
    )


def count_known(cells: Sequence[str], remembered: Mapping[str, str] | None = None) -> int:
    """How many of these are names of columns that we know: so the names are told from the rows."""
    known = KNOWN_NAMES | dict(remembered or {})
    return sum(heading_key(cell) in known for cell in cells if cell)


def recognise(
    headings: Sequence[str], remembered: Mapping[str, str] | None = None, doelgroep: str = ""
) -> Layout:
    """Which column is which, as far as their names say. What was said before goes first."""
    known = KNOWN_NAMES | dict(remembered or {})
    places: dict[str, int] = {}
    double = []
    for place, heading in enumerate(headings):
        column = "" if is_refused(heading) else known.get(heading_key(heading), "")
        if column in places:
            double.append(column)
        elif column:
            places[column] = place
    return Layout(places, "" if "doelgroep" in places else doelgroep, double)
