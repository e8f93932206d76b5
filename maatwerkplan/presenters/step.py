"""One step that comes next for a client, and how it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import Case
from maatwerkplan.models import PartnerAction


@dataclass(frozen=True)
class NextStep:
    """What to do for one case. Without `kind` nothing is the matter.

    `kind` and `signal` make the badge; `headline` and `detail` the line under "Eerst doen";
    `tiles` are the tiles of the werkvoorraad that count this case.
    """

    what: str
    button: str
    url: str
    who: str = "zelf"
    due: date | None = None
    kind: str = ""
    signal: str = ""
    headline: str = ""
    detail: str = ""
    tiles: frozenset[str] = frozenset()
    pressing: frozenset[str] = frozenset()


def url_of(name: str, case: Case) -> str:
    return reverse(name, args=[case.number])


def names_of(actions: Sequence[PartnerAction]) -> str:
    """The first partner by name, and how many more."""
    names = list(dict.fromkeys(action.organisation.short_name for action in actions))
    return names[0] if len(names) == 1 else f"{names[0]} en {len(names) - 1} meer"
