"""Is this somebody we know already? Recognition, for the office that reads a list in. INT-07."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases import access
from cases.models import Case, Client, Regime, RowOutcome, name_key, same_name, similar_name
from cases.operations.intake import Person
from partners.models import User
from veiligheidshuis import cipher

# A list that comes in is read under the law; who is known in the local approach alone is not known
# here, and nothing of it goes into his dossier there. PRV-20.
READ_UNDER = Regime.WGS


@dataclass(frozen=True)
class Known:
    """Somebody the house knows, or who stands higher in the same list (then still without case)."""

    person: Person | Client
    case: Case | None = None


@dataclass(frozen=True)
class Verdict:
    """What a row turns out to be, why, and which case it is or looks like."""

    outcome: RowOutcome
    reason: str = ""
    case: Case | None = None


class Register:
    """Everybody known who was born on the days of one list, and the list itself as it is read.

    Sees what the reader of the list sees: names and birth dates. A BSN is compared by the wall,
    which tells whose it is and never which it is. Who was closed can come in anew.
    """

    def __init__(self, births: Iterable[date], *, by: User) -> None:
        self._by = by
        self._born: dict[date, list[Known]] = defaultdict(list)
        self._bsn_in_list: dict[str, Known] = {}
        self._read: dict[tuple[object, ...], tuple[int, Case | None]] = {}
        cases = Case.objects.visible_to(by).not_closed().filter(regime=READ_UNDER)
        cases = cases.filter(client__birth_date__in=set(births))
        # A report that was joined to a dossier still says how else this person was called.
        people = cases.select_related("client", "joined_to__client")
        for case in people.order_by("opened_at", "pk"):
            self._born[case.client.birth_date].append(Known(case.client, case.joined_to or case))

    def weigh(self, person: Person) -> Verdict:
        """New, known, or doubtful: then a person decides."""
        if read := self._read.get(_exact(person)):
            line, case = read
            return Verdict(RowOutcome.BEKEND, f"Staat ook op regel {line}.", case)
        if person.bsn and (verdict := self._weigh_bsn(person)):
            return verdict
        return self._weigh_name(person)

    def add(self, person: Person, line: int, case: Case | None = None) -> None:
        """Remember a row, so that the rows below it are compared with it as well."""
        self.remember_line(person, line, case)
        known = Known(person, case)
        self._born[person.birth_date].append(known)
        if person.bsn:
            self._bsn_in_list.setdefault(person.bsn, known)

    def remember_line(self, person: Person, line: int, case: Case | None) -> None:
        """Remember only that this row was read: it is nobody new, or nobody yet."""
        self._read.setdefault(_exact(person), (line, case))

    def _weigh_bsn(self, person: Person) -> Verdict | None:
        """Whose BSN it is; None when nobody's."""
        known = self._bsn_in_list.get(person.bsn)
        if known is None:
            client = access.client_with_bsn(cipher.digest(person.bsn), READ_UNDER)
            if client is None:
                return None
            known = self._case_of(client)
        if known is None:  # somebody this reader may not know: say no more than that he is known
            return Verdict(RowOutcome.BEKEND)
        if known.person.birth_date == person.birth_date and same_name(known.person, person):
            return Verdict(RowOutcome.BEKEND, case=known.case)
        return _doubt("Dit BSN is van {}, met een andere naam of geboortedatum.", known)

    def _weigh_name(self, person: Person) -> Verdict:
        born = self._born[person.birth_date]
        namesakes = [known for known in born if same_name(known.person, person)]
        if namesakes and person.bsn:
            return _doubt(
                "Zelfde naam en geboortedatum als {}, maar met een ander of nieuw BSN.",
                namesakes[-1],
            )
        if len({_who(known) for known in namesakes}) > 1:
            return _doubt(
                "Meer personen heten zo en zijn die dag geboren, zoals {}.", namesakes[-1]
            )
        if namesakes:
            return Verdict(RowOutcome.BEKEND, case=namesakes[-1].case)
        for known in born:
            if similar_name(known.person, person):
                return _doubt("Zelfde geboortedatum en bijna dezelfde naam als {}.", known)
        return Verdict(RowOutcome.NIEUW)

    def _case_of(self, client: UUID) -> Known | None:
        cases = Case.objects.visible_to(self._by).not_closed().filter(client_id=client)
        case = cases.select_related("client", "joined_to").order_by("opened_at").last()
        return Known(case.client, case.joined_to or case) if case else None


def _doubt(reason: str, known: Known) -> Verdict:
    whom = known.case.number if known.case else "iemand hoger op deze lijst"
    return Verdict(RowOutcome.TWIJFELACHTIG, reason.format(whom), known.case)


def _exact(person: Person) -> tuple[object, ...]:
    names = (person.first_name, person.name_prefix, person.last_name)
    return (*(name_key(name) for name in names), person.birth_date, person.bsn)


def _who(known: Known) -> object:
    return known.case.client_id if known.case else id(known)
