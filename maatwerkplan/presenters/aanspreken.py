"""Who is held to what it agreed: for the manager, for who leads, and for the partner. REG-05."""

from dataclasses import dataclass

from django.urls import reverse

from cases.presenters.overview import BottleNeck
from maatwerkplan.models import Aanspreking
from maatwerkplan.states import AansprekingStatus
from partners.models import User

MOST_SETTLED = 100


@dataclass(frozen=True)
class Calls:
    """What lies before the manager, what must be settled first on top, and what was settled."""

    open: list[Aanspreking]
    settled: list[Aanspreking]

    @property
    def numbers(self) -> list[str]:
        """The dossiers that are named here."""
        return [call.case.number for call in [*self.open, *self.settled]]


def calls() -> Calls:
    """All that came as far as the manager: the wall says of which dossiers."""
    found = Aanspreking.objects.of_manager().with_people()
    settled = found.exclude(status=AansprekingStatus.LOOPT).order_by("-settled_at", "pk")
    return Calls(list(found.open().order_by("answer_by", "pk")), list(settled[:MOST_SETTLED]))


def calls_for_manager(user: User) -> BottleNeck:
    """How much came as far as the manager, for his first page; the rows of the list itself."""
    number = Aanspreking.objects.of_manager().open().count()
    return BottleNeck(
        number=number,
        label="Een partner levert niet",
        hint="spreek de partner aan" if number else "niets te doen",
        url=reverse("maatwerkplan:calls"),
    )
