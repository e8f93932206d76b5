"""What one row of a list says of somebody, or everything that is wrong with it."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as NotValid
from stdnum.nl import bsn as bsn_number

from cases import rules
from cases.documents.lines import UNREADABLE_SIGN
from cases.documents.workbook import Line
from cases.models import Doelgroep, name_key
from cases.operations.import_rows import Entry, ReadRow
from cases.operations.intake import Person
from cases.rules.columns import Layout
from veiligheidshuis.fields import CONTROL_CHARACTERS, JOINERS, SHAPELESS, DutchDateField

MAX_OFFENCES = 9999
# As long as the house can keep (cases.models).
LONGEST = {"achternaam": 80, "voornaam": 80, "voorvoegsel": 20, "gemeente": 60, "bron": 120}

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
MIDNIGHT = re.compile(r"[T\s]+0?0:00(:00)?$")
YEAR_FIRST = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$")

# With these signs a cell begins that a spreadsheet works out: the house's own lists go there too.
RECKONS = re.compile(r"^[=+@%|-]")


def says_who(cell: str) -> bool:
    """Whether a cell is a birth date or a BSN: then it is no name of a column."""
    digits = re.sub(r"[ .-]", "", cell)
    if re.fullmatch(r"[0-9]{8,9}", digits):
        return True
    try:
        return bool(cell) and BIRTH_DATE.to_python(cell[:40]) is not None
    except ValidationError:
        return False


def read_row(line: Line, layout: Layout, width: int) -> ReadRow:
    """What one line of the file says, in this layout."""
    if line.wrong:
        return ReadRow(line.number, reason=line.wrong)
    if any(line.cells[width:]):
        reason = "Deze regel heeft meer kolommen dan de eerste regel."
        return ReadRow(line.number, reason=reason)
    if unread := sorted(set(layout.places.values()) & line.flaws.keys()):
        return ReadRow(line.number, reason=" ".join(line.flaws[place] for place in unread[:2]))
    cells = {
        column: line.cells[place] if place < len(line.cells) else ""
        for column, place in layout.places.items()
    }
    if layout.doelgroep:
        cells["doelgroep"] = layout.doelgroep
    return _Row(cells).read(line.number)


class _Row:
    """The cells of one row, and everything that is wrong with them."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.wrong: list[str] = []

    def read(self, number: int) -> ReadRow:
        written = "".join(self.cells.values())
        # Here they are refused: a sign before "=" would hide what a spreadsheet works out.
        unseen = (CONTROL_CHARACTERS, SHAPELESS, JOINERS)
        if UNREADABLE_SIGN in written or any(each.search(written) for each in unseen):
            return ReadRow(number, reason="Er staat een onzichtbaar teken op deze regel.")
        entry = self.entry()
        if self.wrong:
            return ReadRow(number, reason=" ".join(self.wrong))
        return ReadRow(number, entry)

    def cell(self, column: str) -> str:
        """What stands there; nothing when the list has no such column."""
        return self.cells.get(column, "")

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
        value = " ".join(self.cell(column).split())
        if not name_key(value):  # a dash means that there is nothing
            if needed:
                self.wrong.append(f"De {column} ontbreekt.")
            return ""
        if RECKONS.match(value):
            self.wrong.append(f"De kolom {column} begint met {value[0]}. Haal dat teken weg.")
        if len(value) > LONGEST[column]:
            self.wrong.append(f"De kolom {column} is langer dan {LONGEST[column]} tekens.")
        return value

    def birth_date(self) -> date | None:
        written = MIDNIGHT.sub("", self.cell("geboortedatum")[:40])
        written = YEAR_FIRST.sub(r"\3-\2-\1", written)
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
        digits = re.sub(r"[ .-]", "", self.cell("bsn"))
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
        called = name_key(self.cell("doelgroep")[:60])
        for name in (called, called.removesuffix("s"), called.removesuffix("n")):
            if name in DOELGROEPEN:
                return DOELGROEPEN[name].value
        *known, last = (str(label) for label in Doelgroep.labels)
        lead = "De doelgroep is onbekend." if called else "De doelgroep ontbreekt."
        self.wrong.append(f"{lead} Kies uit {', '.join(known)} of {last}.")
        return ""

    def offences(self) -> int | None:
        written = self.cell("delicten")
        if not written:
            return None
        if not re.fullmatch(r"[0-9]+", written):
            self.wrong.append("Schrijf het aantal delicten als een heel getal, nul of meer.")
            return None
        if len(written) > 6 or int(written) > MAX_OFFENCES:
            self.wrong.append(
                f"Het aantal delicten is te groot. Het kan hoogstens {MAX_OFFENCES} zijn."
            )
            return None
        return int(written)
