"""What the house agreed about its own work, as it held on a day: a term, a limit, the criteria.

S2, convenant: "De daarin geschetste werkwijze betreft slechts een model [...] verder ontwikkeld en
bijgesteld"; GOV-11. A subject is a name that the code asks for; what was agreed about it stands in
`Werkafspraak`. What stays code, and why: docs/adr/0026.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, Protocol

from veiligheidshuis.formats import UNITS, in_words, today
from veiligheidshuis.models import Werkafspraak


class Unreadable(Exception):
    """What somebody wrote cannot be kept to; every reason is a sentence for him."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class Kind(Protocol):
    """How agreements of one sort are written: a number, a list, a definition."""

    @property
    def hint(self) -> str:
        """How it is written, beside the field."""

    @property
    def lines(self) -> bool:
        """Whether it takes more than one line to write."""

    def read(self, content: str) -> Any:
        """What was agreed, as the code uses it. Raises Unreadable."""

    def words(self, content: str) -> Sequence[str]:
        """The same for people, line by line."""


@dataclass(frozen=True)
class Number:
    """So many days, people or places; `unit` is one of formats.UNITS or nothing."""

    unit: str
    lowest: int
    highest: int
    lines = False

    @property
    def hint(self) -> str:
        unit = f" {UNITS[self.unit][1]}" if self.unit else ""
        return f"Een getal van {self.lowest} tot en met {self.highest}{unit}"

    def read(self, content: str) -> int:
        if not (content.isascii() and content.isdigit() and len(content) < 6):
            raise Unreadable("Typ een getal, zonder woorden erbij.")
        if not self.lowest <= int(content) <= self.highest:
            raise Unreadable(f"Kies een getal van {self.lowest} tot en met {self.highest}.")
        return int(content)

    def words(self, content: str) -> Sequence[str]:
        return [in_words(self.read(content), self.unit)]


@dataclass(frozen=True)
class Explained:
    """Names that stand fast, each with the words in which it is explained: "a: wat er speelt"."""

    names: tuple[str, ...]
    lines = True

    @property
    def hint(self) -> str:
        in_order = ", ".join(self.names)
        return f"Een regel voor elk, zoals ‘{self.names[0]}: uitleg’. De volgorde is: {in_order}."

    def read(self, content: str) -> dict[str, str]:
        pairs = [line.partition(":") for line in content.splitlines()]
        explained = {name.strip(): words.strip() for name, _, words in pairs}
        if [name.strip() for name, _, _ in pairs] != list(self.names):
            raise Unreadable(f"Begin de regels met: {', '.join(self.names)}. Elk één keer.")
        if empty := [name for name, words in explained.items() if not words]:
            raise Unreadable(f"Schrijf de uitleg bij: {', '.join(empty)}.")
        return explained

    def words(self, content: str) -> Sequence[str]:
        return [f"{name.replace('_', ' ')}: {what}" for name, what in self.read(content).items()]


@dataclass(frozen=True)
class Subject:
    """Something about which the house agrees how it works; a floor says where it keeps to it."""

    key: str
    chapter: str
    title: str
    about: str
    kind: Kind


NUMBERS = "Termijnen en grenzen"
SUBJECTS: dict[str, Subject] = {}


def keep_to(*subjects: Subject) -> None:
    """These are subjects of the house; a floor names its own in AppConfig.ready()."""
    SUBJECTS.update({subject.key: subject for subject in subjects})


@lru_cache(maxsize=1)
def _begun(day: date) -> Mapping[str, list[Werkafspraak]]:
    """Every version that has begun on this day, by subject and the eldest first.

    Read once a day: a version begins on the day after it was written at the earliest, and one that
    has begun stands fast (0005_werkafspraken.sql).
    """
    versions = Werkafspraak.objects.begun(day)
    return {subject: list(found) for subject, found in groupby(versions, lambda v: v.subject)}


def forget() -> None:
    """Read the versions anew: for who puts another database under the house."""
    _begun.cache_clear()


def begun(subject: str) -> list[Werkafspraak]:
    """The versions that hold or held, the eldest first."""
    return _begun(today())[subject]


def version(subject: str, day: date | None = None) -> Werkafspraak:
    """The version that held on a day that has come, today when none is named.

    Before the first version there was no house: whoever asks gets the first.
    """
    versions = begun(subject)
    held = [each for each in versions if each.valid_from <= (day or today())]
    return held[-1] if held else versions[0]


def agreed(subject: str, day: date | None = None) -> Any:
    """What held on that day, as the code uses it."""
    return SUBJECTS[subject].kind.read(version(subject, day).content)


def number(subject: str, day: date | None = None) -> int:
    """How many, or how long, was agreed to hold on that day."""
    found = agreed(subject, day)
    assert isinstance(found, int)  # noqa: S101 - a subject of the kind Number
    return found


def in_short(subject: str, day: date | None = None) -> str:
    """What held on that day, in the words of a sentence."""
    return SUBJECTS[subject].kind.words(version(subject, day).content)[0]


def last_day(following: Werkafspraak | None) -> date | None:
    """Until and with which day a version holds: the day before the one that follows it."""
    return following.valid_from - timedelta(days=1) if following else None


keep_to(
    Subject(
        "start_within_days",
        NUMBERS,
        "Beginnen na het aanbod",
        "Zo snel na het aanbod begint elke actie van een plan.",
        Number("DAYS", 1, 31),
    ),
    Subject(
        "start_partner_days",
        NUMBERS,
        "Startklok: bericht aan de partner",
        "Zo lang na het aanbod krijgen partner en interventiemanager bericht over wat niet begon.",
        Number("DAYS", 1, 30),
    ),
    Subject(
        "start_office_days",
        NUMBERS,
        "Startklok: bericht aan het bedrijfsbureau",
        "Zo lang na het aanbod krijgt het bedrijfsbureau bericht, om te bellen.",
        Number("DAYS", 1, 30),
    ),
    Subject(
        "start_manager_days",
        NUMBERS,
        "Startklok: bericht aan de manager",
        "Zo lang na het aanbod krijgt de manager bericht. Is de week voorbij, dan nog een keer.",
        Number("DAYS", 1, 31),
    ),
    Subject(
        "offer_within_days",
        NUMBERS,
        "Van toewijzing tot aanbod",
        "Is er zo lang na de toewijzing nog niets aangeboden, dan ziet de manager het.",
        Number("DAYS", 7, 184),
    ),
    Subject(
        "promise_days",
        NUMBERS,
        "Geldigheid van een toezegging",
        "Zo lang houdt een partner vrij wat hij toezegde. Daarna is een nieuwe vraag nodig.",
        Number("DAYS", 1, 92),
    ),
    Subject(
        "execution_grace_days",
        NUMBERS,
        "Melden na het einde",
        "Zo lang na het einde van een plan meldt een partner nog hoe zijn actie afliep.",
        Number("DAYS", 7, 92),
    ),
    Subject(
        "progress_days",
        NUMBERS,
        "Voortgang melden",
        "Hoort de interventiemanager zo lang niets van een partner, dan vraagt hij ernaar.",
        Number("DAYS", 1, 92),
    ),
    Subject(
        "pressure_review_days",
        NUMBERS,
        "Drang en dwang bekijken",
        "Zo vaak kijkt de interventiemanager of een cliënt die niet meedoet, al wil praten.",
        Number("DAYS", 1, 31),
    ),
    Subject(
        "patience_working_days",
        NUMBERS,
        "Antwoord op een leveringsvraag",
        "Op de laatste dag krijgt de partner bericht. Daarna belt de interventiemanager.",
        Number("WORKING_DAYS", 1, 20),
    ),
    Subject(
        "talked_of_days",
        NUMBERS,
        "Bespreken",
        "Komt een dossier zo lang op geen agenda, dan staat het bij ‘Te plannen’.",
        Number("DAYS", 7, 184),
    ),
    Subject(
        "caseload_norm",
        NUMBERS,
        "Cliënten per interventiemanager",
        "Heeft iemand er zoveel, dan waarschuwt de pagina bij het toewijzen.",
        Number("", 1, 200),
    ),
    Subject(
        "big_move",
        NUMBERS,
        "Grote sprong op de lijst",
        "Vanaf zoveel plaatsen vraagt een verplaatsing op de prioriteitenlijst een reden.",
        Number("", 1, 100),
    ),
    Subject(
        "answer_working_days",
        NUMBERS,
        "Antwoord aan een melder",
        "Binnen deze tijd hoort wie overlast meldde wat ermee is gedaan.",
        Number("WORKING_DAYS", 1, 30),
    ),
    Subject(
        "emergency_review_days",
        NUMBERS,
        "Oordeel over een noodtoegang",
        "Binnen deze tijd kijkt iemand anders of een noodtoegang terecht was.",
        Number("DAYS", 1, 14),
    ),
    Subject(
        "list_lasts_days",
        NUMBERS,
        "Geldigheid van een prioriteitenlijst",
        "Zo lang na het vaststellen geldt een lijst: minstens twee keer per jaar een nieuwe.",
        Number("DAYS", 28, 184),
    ),
    Subject(
        "list_renewal_days",
        NUMBERS,
        "Tijd voor een nieuwe lijst",
        "Zo lang voor het einde van een lijst vraagt het huis om een nieuwe.",
        Number("DAYS", 7, 92),
    ),
    Subject(
        "contact_working_days",
        NUMBERS,
        "Contact met wie iemand aandraagt",
        "Binnen deze tijd belt het bedrijfsbureau wie iemand aandroeg.",
        Number("WORKING_DAYS", 1, 10),
    ),
    Subject(
        "screening_days",
        NUMBERS,
        "Screening van huiselijk geweld",
        "Staat een melding langer op de werklijst, dan is zij te laat.",
        Number("DAYS", 1, 7),
    ),
    Subject(
        "confirm_every_days",
        NUMBERS,
        "Elke collega bevestigen",
        "Zo lang na het begin van een ronde begint de volgende vanzelf.",
        Number("DAYS", 92, 184),
    ),
    Subject(
        "confirm_days",
        NUMBERS,
        "Tijd om collega's te bevestigen",
        "Zo lang duurt een ronde. Wie daarna niet is bevestigd, ziet niets meer.",
        Number("DAYS", 7, 60),
    ),
    Subject(
        "confirm_reminder_days",
        NUMBERS,
        "Herinnering aan het bevestigen",
        "Zo lang voor de laatste dag hoort wie nog collega's moet bevestigen het nog een keer.",
        Number("DAYS", 1, 30),
    ),
)
