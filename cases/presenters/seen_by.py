"""Who sees a part of the dossier, and why: for who leads with names, for others with roles.

The reasons are those of the access table (access.GRANTS), so that no page can say something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cases import access
from cases.models import DOCUMENT_SCOPES, LEEFGEBIED_SCOPES, NOT_BY_HAND, Basis, Case, Scope

# In words for who may not read the names; in the order of the table.
OFFICE = "Bedrijfsbureau en manager: procesgegevens van elk dossier"


@dataclass(frozen=True)
class Onlooker:
    """One line under a block: who, and on what ground."""

    who: str
    why: str


@dataclass
class SeenBy:
    """For every block of one dossier who sees it."""

    case: Case
    with_names: bool

    @cached_property
    def _seers(self) -> list[access.Seer]:
        return access.seers_of(self.case) if self.with_names else []

    def of(self, scopes: Iterable[Scope]) -> list[Onlooker]:
        """Everybody who holds one of these scopes, once for each ground."""
        wanted = set(scopes)
        if not self.with_names:
            return [Onlooker("", words) for words in grounds_of(wanted)]
        held: dict[tuple[str, Basis], set[str]] = {}
        for seer in self._seers:
            if seer.scope in wanted:
                held.setdefault((seer.who, seer.basis), set()).add(seer.scope)
        return [Onlooker(who, _why(basis, parts, wanted)) for (who, basis), parts in held.items()]

    @property
    def process(self) -> list[Onlooker]:
        return [*self.of([Scope.KNOW_CASE]), Onlooker("", OFFICE)]

    @property
    def plan(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_PLAN])

    @property
    def lead(self) -> list[Onlooker]:
        return self.of([Scope.LEAD_CASE])

    @property
    def steps(self) -> list[Onlooker]:
        """Who leads it, and who runs the house."""
        return [*self.lead, Onlooker("", OFFICE)]

    @property
    def self_reliance(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_ZELFREDZAAMHEID])

    @property
    def fields(self) -> list[Onlooker]:
        return self.of(LEEFGEBIED_SCOPES)

    @property
    def justice(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_JUSTICE])

    @property
    def documents(self) -> list[Onlooker]:
        return self.of(DOCUMENT_SCOPES)

    @property
    def victims(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_VICTIM])

    @property
    def contact(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_CONTACT])

    @property
    def secret_address(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_SECRET_ADDRESS])

    @property
    def bsn(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_BSN])


def grounds_of(scopes: Iterable[str]) -> list[str]:
    """The grounds that give one of these scopes: "wie is gevraagd om te leveren"."""
    wanted = set(scopes)
    giving = [basis for basis, given in access.GRANTS.items() if wanted & set(given)]
    by_hand = [Basis.HAND] if wanted - set(NOT_BY_HAND) else []
    return [f"Wie {Basis(basis).label}" for basis in [*giving, *by_hand]]


def _why(basis: Basis, parts: set[str], wanted: set[Scope]) -> str:
    """The ground; and which parts, for who does not see the whole block."""
    if parts >= wanted:
        return basis.label
    named = [s.label.removeprefix("leefgebied ") for s in Scope if s in parts]
    return f"{basis.label}: {', '.join(named)}"
