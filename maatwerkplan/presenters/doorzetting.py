"""What lies before the manager, and what he decided: for him, and for whose no was set aside."""

from dataclasses import dataclass

from django.urls import reverse

from cases.presenters.overview import BottleNeck
from maatwerkplan.models import Doorzetting, PartnerAction
from maatwerkplan.states import DECIDED
from partners.models import User

MOST_DECIDED = 100


@dataclass(frozen=True)
class Matters:
    """What waits, the oldest first, and what was decided last."""

    waiting: list[Doorzetting]
    decided: list[Doorzetting]

    @property
    def numbers(self) -> list[str]:
        """The dossiers that are named here."""
        return [matter.case.number for matter in [*self.waiting, *self.decided]]


def matters() -> Matters:
    """All that the manager may read: the wall says which dossiers."""
    found = Doorzetting.objects.with_people()
    decided = found.filter(status__in=DECIDED).order_by("-decided_at", "pk")
    return Matters(list(found.waiting().order_by("laid_at", "pk")), list(decided[:MOST_DECIDED]))


def waits_for_manager(user: User) -> BottleNeck:
    """How much waits for a decision, for the manager's first page; the rows of the list itself."""
    number = Doorzetting.objects.waiting().count()
    return BottleNeck(
        number=number,
        label="Voorgelegd om door te zetten",
        hint="beslis of het plan doorgaat" if number else "niets te beslissen",
        url=reverse("maatwerkplan:doorzettingen"),
    )


def set_aside(action: PartnerAction) -> Doorzetting | None:
    """By which decision its partner carries out what it had not promised; None without one."""
    found = Doorzetting.objects.pushed_through().select_related("decided_by")
    return found.filter(question__action=action).order_by("-decided_at").first()
