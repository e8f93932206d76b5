"""How it is shown who comes to the table and who leaves it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from partners.models import Mandaat, Organisation, Toetreding, ToetredingQuerySet, User
from partners.rules import obstacles_to_leaving
from partners.states import ToetredingStatus

S = ToetredingStatus
WAY = (S.VOORGESTELD, S.GETOETST, S.GOEDGEKEURD, S.ONDERTEKEND, S.ACTIEF)


BADGES = {
    "gedaan": ("ok", "Gedaan"),
    "nu": ("let-op", "Nu aan de beurt"),
    "": ("leeg", "Nog niet"),
}


@dataclass(frozen=True)
class Step:
    """One step on the way to the table: whether it was made, when, and what was noted."""

    title: str
    state: str
    day: date | None = None
    said: str = ""

    @property
    def badge(self) -> tuple[str, str]:
        return BADGES[self.state]


def steps_of(toetreding: Toetreding) -> list[Step]:
    """The five steps of S2, with what was noted of each; who was proposed by nobody has none."""
    if toetreding.proposed_by_id is None:
        return []
    t = toetreding
    noted = (
        ("Voorstel", t.proposed_on, t.proposal),
        ("Juridische toets", t.tested_on, t.test),
        ("Besluit van de stuurgroep", t.decided_on, t.decision),
        ("Getekende verklaring bij het convenant", t.signed_on, ""),
        ("Actief", t.active_from, ""),
    )
    done = len([day for _, day, _ in noted if day])
    stopped = t.status == S.AFGEWEZEN
    return [
        Step(title, "gedaan" if n < done else "nu" if n == done and not stopped else "", day, said)
        for n, (title, day, said) in enumerate(noted)
    ]


def on_the_way() -> ToetredingQuerySet:
    """Who was proposed and is no partner yet."""
    return Toetreding.objects.on_the_way().select_related("organisation")


def toetreding_of(organisation: Organisation) -> Toetreding | None:
    """The way of this organisation to the table that counts now: the latest."""
    running = organisation.toetredingen.running().first()
    return running or organisation.toetredingen.newest_first().first()


def mandaten_of(organisation: Organisation) -> list[Mandaat]:
    """Who of a partner may decide what, now and later; what is over is not shown."""
    coming = organisation.mandaten.filter(valid_until__gte=timezone.localdate())
    return list(coming.first_to_end())


def to_hand_over(organisation: Organisation) -> list[User]:
    """Its people who still lead clients: somebody else takes those over before it leaves."""
    people = User.objects.filter(organisation=organisation, is_active=True).by_name()
    return [person for person in people if obstacles_to_leaving(person)]
