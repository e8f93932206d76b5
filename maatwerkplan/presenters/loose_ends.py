"""Whom nobody holds now, put ready for the manager: "vastpakken en niet meer loslaten". REG-08."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.urls import reverse

from cases.models import Case
from cases.presenters.overview import BottleNeck
from partners.models import User

PER_PAGE = 50
# What can be loose, in the order in which the manager mends it: the word of vh.loose_ends, what the
# tile says and what to do.
KINDS = {
    "leider": ("Zonder interventiemanager", "Wijs iemand toe, of draag de cliënt over."),
    "actie": (
        "Zonder volgende actie",
        "Niets loopt meer, of er kwam te lang geen aanbod. Vraag de interventiemanager wat volgt.",
    ),
    "start": (
        "Te laat gestart",
        "Een actie begon niet binnen de termijn. Vraag de interventiemanager wat er nodig is.",
    ),
    "overleg": (
        "Zonder datum voor bespreking",
        "Er is geen casusoverleg gepland waarin deze cliënt aan de orde komt.",
    ),
}


@dataclass(frozen=True)
class Tile:
    """One kind of loose end and how many there are; the tile leads to who they are."""

    kind: str
    label: str
    number: int

    @property
    def colour(self) -> str:
        return "let-op" if self.number else "ok"


@dataclass(frozen=True)
class LooseEnds:
    """The whole page: the numbers, and who hangs loose in the chosen way."""

    tiles: Sequence[Tile]
    kind: str
    cases: Sequence[Case]
    page: Page[Case]

    @property
    def title(self) -> str:
        return KINDS[self.kind][0]

    @property
    def what_to_do(self) -> str:
        return KINDS[self.kind][1]


def loose_ends(user: User, asked: str, page_number: str) -> LooseEnds:
    """Numbers and names come from one question, so that they cannot say something different."""
    found = _found()
    kind = asked if asked in KINDS else next((each for each in KINDS if found[each]), "leider")
    known = Case.objects.visible_to(user).with_people()
    in_order = known.filter(pk__in=found[kind]).order_by("priority", "client__sort_name", "pk")
    page = Paginator(in_order, PER_PAGE).get_page(page_number)
    tiles = [Tile(each, label, len(found[each])) for each, (label, _) in KINDS.items()]
    return LooseEnds(tiles, kind, list(page), page)


def missed_starts(user: User) -> BottleNeck:
    """Who started late, for the manager's first page; from the same question as the list of who."""
    number = len(_found()["start"])
    return BottleNeck(
        number=number,
        label=KINDS["start"][0],
        hint="bekijk wie" if number else "alles begon op tijd",
        url=f"{reverse('maatwerkplan:loose_ends')}?soort=start",
    )


def _found() -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {kind: [] for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, kind FROM vh.loose_ends()")
        for case_id, kind in cursor.fetchall():
            found[kind].append(case_id)
    return found
