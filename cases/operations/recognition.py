"""Is this somebody we know already? Recognition, for the office that reads a list in. INT-07."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from cases import access
from cases.models import Case, Regime, RowOutcome, Spelling, name_key, spelling_of
from cases.operations.intake import Person
from partners.models import User
from veiligheidshuis import cipher

# A list that comes in is read under the law; who is known in the local approach alone is not known
# here, and nothing of it goes into his dossier there. PRV-20.
READ_UNDER = Regime.WGS


class Dossier(NamedTuple):
    """Which case somebody has: no more than a row of a list says of it."""

    pk: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the house knows, or who stands higher in the same list (then still without case)."""

    who: object
    spelling: Spelling
    birth_date: date
    case: Dossier | None = None


@dataclass(frozen=True)
class Verdict:
    """What a row turns out to be, why, and which case it is or looks like."""

    outcome: RowOutcome
    reason: str = ""  # {} stands for whom it is or looks like
    case: Dossier | None = None

    def said(self, number: str = "") -> str:
        """Why, in words; `number` when the case got its number after this was found."""
        whom = number or (self.case.number if self.case else "") or "iemand hoger op deze lijst"
        return self.reason.replace("{}", whom)


class Register:
    """Everybody known who may be one of these persons, and the list itself as it is read.

    Sees what the reader of the list sees. Whom he is barred from is nobody to him: such a row is as
    new as a stranger's, and a colleague who is not barred finds the two that are alike among the
    candidates. So a list says nothing of whom one may not know. Who was closed can come in anew.
    """

    def __init__(self, *, by: User) -> None:
        self._by = by
        self._born: dict[date, list[Known]] = {}
        self._bsn: dict[str, Known | None] = {}
        self._read: dict[tuple[object, ...], tuple[int, Dossier | None]] = {}

    def meet(self, persons: Iterable[Person]) -> None:
        """Look up who these may be, a part of the list at a time: a long list does not fill the
        memory with everybody on it."""
        births, numbers = set(), set()
        for person in persons:
            births.add(person.birth_date)
            if person.bsn:
                numbers.add(person.bsn)
        births -= self._born.keys()
        self._born |= {day: [] for day in births}
        for known in _known(self._by, client__birth_date__in=births):
            self._born[known.birth_date].append(known)
        numbers -= self._bsn.keys()
        self._bsn |= dict.fromkeys(numbers) | _owners(numbers, self._by)

    def weigh(self, person: Person) -> Verdict:
        """New, known, or doubtful: then a person decides."""
        if read := self._read.get(_exact(person)):
            line, case = read
            return Verdict(RowOutcome.BEKEND, f"Staat ook op regel {line}.", case)
        spelling = spelling_of(person)
        if person.bsn and (known := self._bsn[person.bsn]):
            if (known.birth_date, known.spelling) == (person.birth_date, spelling):
                return Verdict(RowOutcome.BEKEND, case=known.case)
            return _doubt("Dit BSN is van {}, met een andere naam of geboortedatum.", known)
        return self._weigh_name(person, spelling)

    def add(self, person: Person, line: int, case: Dossier | None = None) -> None:
        """Remember a row, so that the rows below it are compared with it as well."""
        self.remember_line(person, line, case)
        known = Known(case or line, spelling_of(person), person.birth_date, case)
        self._born[person.birth_date].append(known)
        if person.bsn and self._bsn[person.bsn] is None:
            self._bsn[person.bsn] = known

    def remember_line(self, person: Person, line: int, case: Dossier | None) -> None:
        """Remember only that this row was read: it is nobody new, or nobody yet."""
        self._read.setdefault(_exact(person), (line, case))

    def _weigh_name(self, person: Person, spelling: Spelling) -> Verdict:
        born = self._born[person.birth_date]
        namesakes = [known for known in born if known.spelling == spelling]
        if namesakes and person.bsn:
            return _doubt(
                "Zelfde naam en geboortedatum als {}, maar met een ander of nieuw BSN.",
                namesakes[-1],
            )
        if len({known.who for known in namesakes}) > 1:
            return _doubt(
                "Meer personen heten zo en zijn die dag geboren, zoals {}.", namesakes[-1]
            )
        if namesakes:
            return Verdict(RowOutcome.BEKEND, case=namesakes[-1].case)
        for known in born:
            if spelling.resembles(known.spelling):
                return _doubt("Zelfde geboortedatum en bijna dezelfde naam als {}.", known)
        return Verdict(RowOutcome.NIEUW)


def _known(by: User, **asked: Any) -> Iterator[Known]:
    """Who has a dossier that this reader may know, the oldest first. A report that was joined to a
    dossier still says how else this person was called; not when that dossier is hidden."""
    cases = Case.objects.visible_to(by).not_closed().filter(regime=READ_UNDER, **asked)
    cases = cases.order_by("opened_at", "pk")
    found = cases.values_list(
        "pk", "number", "client_id", "joined_to_id", "joined_to__number", "client__birth_date",
        "client__first_name", "client__name_prefix", "client__last_name",
    )  # fmt: skip
    for pk, number, client, joined, joined_number, born, *name in found.iterator():
        if joined is None:
            yield Known(client, Spelling.of(*name), born, Dossier(pk, number))
        elif joined_number:
            yield Known(client, Spelling.of(*name), born, Dossier(joined, joined_number))


def _owners(numbers: set[str], by: User) -> dict[str, Known]:
    """Whose BSN each is, of those whom this reader may know; which it is stays in the wall."""
    digests = {cipher.digest(bsn): bsn for bsn in numbers}
    clients = access.clients_with_bsn(list(digests), READ_UNDER)
    people = {known.who: known for known in _known(by, client_id__in=set(clients.values()))}
    return {
        digests[digest]: people[client] for digest, client in clients.items() if client in people
    }


def _doubt(reason: str, known: Known) -> Verdict:
    return Verdict(RowOutcome.TWIJFELACHTIG, reason, known.case)


def _exact(person: Person) -> tuple[object, ...]:
    names = (person.first_name, person.name_prefix, person.last_name)
    return (*(name_key(name) for name in names), person.birth_date, person.bsn)
