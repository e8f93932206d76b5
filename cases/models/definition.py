"""What makes somebody belong to a doelgroep, as people write it and the house can read it. PRI-02.

    peildatum: laatste feit
    leeftijd: 18 of ouder
    feiten: meer dan 10 in 5 jaar
    of
    oordeel: pleegt ernstige feiten

Every line of a part must be true, and one part is enough. What the house has no data of is a line
`oordeel`: people look at it. Definitions differ by owner and over time (eisen.md 1.4), so that each
is a version of a werkafspraak.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from partners.models import Doelgroep
from veiligheidshuis.werkafspraken import Subject, Unreadable, agreed


class Reference(Enum):
    """From which day a definition looks back."""

    TODAY = "vandaag"
    LAST_OFFENCE = "laatste feit"


@dataclass(frozen=True)
class Age:
    """Whole years on the day of reference, from the first until and with the last."""

    words: str
    name: ClassVar[str] = "leeftijd"
    first: int = 0
    last: int | None = None


@dataclass(frozen=True)
class Offences:
    """At least so many offences, in so many months or (None) ever since somebody was twelve."""

    words: str
    name: ClassVar[str] = "feiten"
    least: int
    months: int | None = None


@dataclass(frozen=True)
class Judgement:
    """What the house has no data of: people say whether it is so."""

    words: str
    name: ClassVar[str] = "oordeel"


Condition = Age | Offences | Judgement


@dataclass(frozen=True)
class Definition:
    """Who belongs to a doelgroep: all conditions of one of the parts hold."""

    reference: Reference
    parts: tuple[tuple[Condition, ...], ...]

    @property
    def asks_justice(self) -> bool:
        """Whether it asks judicial data, which only who holds that scope may see."""
        counts = any(isinstance(each, Offences) for part in self.parts for each in part)
        return counts or self.reference == Reference.LAST_OFFENCE


AGE = re.compile(r"(\d{1,3}) of ouder|(\d{1,3}) tot en met (\d{1,3})", re.ASCII)
OFFENCES = re.compile(
    r"(minstens|meer dan) (\d{1,3})(?: in (\d{1,3}) (jaar|maanden|maand))?", re.ASCII
)


def _age(words: str) -> Condition | None:
    found = AGE.fullmatch(words)
    if not found:
        return None
    if found[1]:
        return Age(words, first=int(found[1]))
    first, last = int(found[2]), int(found[3])
    return Age(words, first, last) if first <= last else None


def _offences(words: str) -> Condition | None:
    found = OFFENCES.fullmatch(words)
    if not found:
        return None
    least = int(found[2]) + (found[1] == "meer dan")
    months = int(found[3]) * (12 if found[4] == "jaar" else 1) if found[3] else None
    return Offences(words, least, months) if least and months != 0 else None


def _judgement(words: str) -> Condition | None:
    return Judgement(words) if words else None


READERS: dict[str, Callable[[str], Condition | None]] = {
    Age.name: _age,
    Offences.name: _offences,
    Judgement.name: _judgement,
}
OR, REFERENCE = "of", "peildatum"


@dataclass(frozen=True)
class DefinitionKind:
    """The kind of a werkafspraak that defines a doelgroep."""

    lines = True
    hint = (
        "Een voorwaarde per regel: ‘leeftijd: 12 tot en met 17’, ‘leeftijd: 18 of ouder’, "
        "‘feiten: meer dan 10 in 5 jaar’, ‘feiten: minstens 1 in 12 maanden’ of ‘oordeel:’ met wat "
        "mensen moeten vinden. Alle regels moeten kloppen. Na een regel met alleen ‘of’ begint een "
        "andere mogelijkheid. Terugtellen vanaf het laatste feit? Begin met ‘peildatum: laatste "
        "feit’."
    )

    def read(self, content: str) -> Definition:
        lines = content.splitlines()
        reference = Reference.TODAY
        wrong: list[str] = []
        if lines and lines[0].startswith(f"{REFERENCE}:"):
            said = lines.pop(0).partition(":")[2].strip()
            if said in [each.value for each in Reference]:
                reference = Reference(said)
            else:
                wrong.append("Een peildatum is ‘vandaag’ of ‘laatste feit’.")
        parts: list[list[Condition]] = [[]]
        for line in lines:
            if line == OR:
                parts.append([])
            elif condition := _read(line):
                parts[-1].append(condition)
            else:
                wrong.append(f"De regel ‘{line[:80]}’ is niet te lezen. Kijk naar de voorbeelden.")
        if not wrong and not all(parts):
            wrong.append("Voor en na ‘of’ staat minstens één voorwaarde.")
        if wrong:
            raise Unreadable(*wrong)
        return Definition(reference, tuple(map(tuple, parts)))

    def words(self, content: str) -> Sequence[str]:
        return content.splitlines()


def _read(line: str) -> Condition | None:
    name, _, words = line.partition(":")
    reader = READERS.get(name)
    return reader(words.strip()) if reader else None


DOELGROEPEN = "Doelgroepen"


def key_of(doelgroep: str) -> str:
    """The subject of the definition of this doelgroep."""
    return f"doelgroep_{doelgroep}"


def definition_of(doelgroep: str, day: date) -> Definition:
    """Who belonged to this doelgroep on that day."""
    found = agreed(key_of(doelgroep), day)
    assert isinstance(found, Definition)  # noqa: S101 - a subject of this kind
    return found


DEFINITIONS = [
    Subject(
        key_of(each),
        DOELGROEPEN,
        each.label.capitalize(),
        "Wie tot deze doelgroep hoort. De definitie helpt; mensen beslissen.",
        DefinitionKind(),
    )
    for each in Doelgroep
]
