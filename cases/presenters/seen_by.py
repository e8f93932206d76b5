"""Who sees a part of the dossier, and why: for who leads with names, for others with roles.

The reasons are those of the access table (access.GRANTS), so that no page can say something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cases import access
from cases.models import LEEFGEBIED_SCOPES, Basis, Case, Scope

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
        """Everybody who holds one of these scopes; people once, whatever they hold it by."""
        wanted = set(scopes)
        if not self.with_names:
            return [Onlooker("", words) for words in grounds_of(wanted)]
        found: dict[str, dict[str, None]] = {}
        for seer in self._seers:
            if seer.scope in wanted:
                found.setdefault(seer.who, {})[_why(seer, wanted)] = None
        return [Onlooker(who, ", ".join(why)) for who, why in found.items()]

    @property
    def process(self) -> list[Onlooker]:
        return [*self.of([Scope.KNOW_CASE]), Onlooker("", OFFICE)]

    @property
    def plan(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_PLAN])

    @property
    def fields(self) -> list[Onlooker]:
        return self.of(LEEFGEBIED_SCOPES)

    @property
    def justice(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_JUSTICE])

    @property
    def bsn(self) -> list[Onlooker]:
        return self.of([Scope.VIEW_BSN])


def grounds_of(scopes: Iterable[str]) -> list[str]:
    """The grounds that give one of these scopes: "wie is gevraagd om te leveren"."""
    wanted = set(scopes)
    giving = [basis for basis, given in access.GRANTS.items() if wanted & set(given)]
    return [f"Wie {Basis(basis).label}" for basis in [*giving, Basis.HAND]]


def _why(seer: access.Seer, wanted: set[Scope]) -> str:
    """The ground; where a block has several parts and he sees one by hand, that part as well."""
    part = (
        f", alleen {Scope(seer.scope).label}"
        if seer.basis == Basis.HAND and len(wanted) > 1
        else ""
    )
    return f"{seer.basis.label}{part}"
