"""Invented clients: Dutch names by a seeded generator; every demo house has the same ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.nl import bsn as bsn_number

from cases.models import Doelgroep
from cases.operations import Person

SEED = 20060907  # the day of the covenant
BIRTHS_END = date(2008, 12, 31)
FIRST_NAMES = [
    "Kevin",
    "Mike",
    "Dennis",
    "Patrick",
    "Ricardo",
    "Youssef",
    "Danny",
    "Jeroen",
    "Sven",
    "Marco",
    "Bryan",
    "Rachid",
    "Stefan",
    "Wesley",
    "Jordy",
    "Melvin",
    "Desirée",
    "Chantal",
    "Naomi",
    "Kimberley",
    "Samantha",
    "Fatima",
    "Nathalie",
    "Romy",
]
LAST_NAMES = [
    "Smeets",
    "Claessens",
    "Hendrikx",
    "Vaessen",
    "Meertens",
    "Pluijmen",
    "Frijns",
    "Ramaekers",
    "Erens",
    "Sillen",
    "Gulikers",
    "Quaedvlieg",
    "Bemelen",
    "Crombach",
    "Debije",
    "Houben",
    "Jongen",
    "Kleijnen",
    "Loozen",
    "Mertens",
    "Notermans",
    "Offergeld",
]
PREFIXES = ("", "", "", "", "van der", "van", "de", "'t")
MUNICIPALITIES = ("Heerlen", "Heerlen", "Heerlen", "Brunssum", "Voerendaal", "Kerkrade")
DOELGROEPEN = (
    Doelgroep.VEELPLEGER,
    Doelgroep.VEELPLEGER,
    Doelgroep.VEELPLEGER,
    Doelgroep.OVERLASTGEVER,
    Doelgroep.HARDE_KERN,
    Doelgroep.HUISELIJK_GEWELD,
)


@dataclass(frozen=True)
class Candidate:
    """Somebody as the police list has him."""

    person: Person
    doelgroep: str
    offences: int

    def as_row(self) -> list[str]:
        """A row of the list, in the order of COLUMNS."""
        p = self.person
        born = f"{p.birth_date.day}-{p.birth_date.month}-{p.birth_date.year}"
        return [
            p.last_name,
            p.name_prefix,
            p.first_name,
            born,
            p.bsn,
            p.municipality,
            self.doelgroep,
            str(self.offences),
            "veelplegerlijst",
        ]


COLUMNS = [
    "achternaam",
    "voorvoegsel",
    "voornaam",
    "geboortedatum",
    "bsn",
    "gemeente",
    "doelgroep",
    "delicten",
    "bron",
]


def invented(count: int, seed: int = SEED) -> list[Candidate]:
    """The first `count` clients of the demo house. The same call gives the same people."""
    dice = random.Random(seed)  # noqa: S311 - reproducible on purpose, no secret
    numbers = _test_bsns(dice)
    return [_one(dice, next(numbers)) for _ in range(count)]


def _one(dice: random.Random, bsn: str) -> Candidate:
    doelgroep = dice.choice(DOELGROEPEN)
    youngest = 14 * 365 if doelgroep == Doelgroep.HARDE_KERN else 20 * 365
    days = dice.randint(0, 22 * 365)
    days = days % (4 * 365) if doelgroep == Doelgroep.HARDE_KERN else days + youngest - 5110
    person = Person(
        first_name=dice.choice(FIRST_NAMES),
        name_prefix=dice.choice(PREFIXES),
        last_name=dice.choice(LAST_NAMES),
        birth_date=BIRTHS_END - timedelta(days=days),
        municipality=dice.choice(MUNICIPALITIES),
        bsn=bsn if dice.random() < 0.8 else "",
    )
    return Candidate(person, doelgroep, offences=dice.randint(3, 28))


def _test_bsns(dice: random.Random) -> Iterator[str]:
    """Numbers of the range that is never handed out (9999…), that pass the eleven test."""
    while True:
        number = f"9999{dice.randint(0, 99999):05}"
        if bsn_number.is_valid(number):
            yield number
