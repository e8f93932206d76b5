"""What goes on round the Gasthuis in the demo house: reports of nuisance, and a meeting planned.

Told by the real operations: a visitor reports, the buurtregisseur gives it on and answers.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from beheerscommissie import operations
from beheerscommissie.models import (
    Area,
    DayPart,
    Means,
    NuisanceKind,
    Overlastmelding,
    Party,
    ReportContent,
    Route,
)
from beheerscommissie.operations import Contact, Nuisance
from demo.story import who
from partners.models import User
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

REPORTS = 28
DAYS = 50  # so that there is a period before this one to compare with
# Where it happens, more often named is more often heard of.
SPOTS = ("Klompstraat",) * 5 + ("Broeder Aloysiusstraat",) * 4 + ("Gasthuisstraat",) * 3
QUIET = ("Aambos", "Hertzdahlstraat", "Voskuilenweg", "Gasthuis")
CONDUCT = {
    NuisanceKind.CRIMINEEL: "Een auto stopt telkens kort. Er gaan pakjes en geld over en weer.",
    NuisanceKind.OPENBARE_ORDE: "Een groep van vijf gebruikt op de trap en laat rommel achter.",
    NuisanceKind.ZICHT_EN_GELUID: "Een half uur lang geschreeuw, daarna vuilniszakken op straat.",
}
ANSWER = "Wij zijn langs geweest en komen deze maand vaker langs. Blijf melden: dat helpt."
NEIGHBOUR = Contact(name="Buurtbewoner", phone="045 555 01 23")  # invented, like all numbers 555


@transaction.atomic
def settle() -> bool:
    """Give the area its reports and its meeting; False when there are some already."""
    chair = who("buurtregisseur")
    with acting_as(chair.pk):
        if Overlastmelding.objects.exists():
            return False
        area = Area.objects.get(slug="gasthuis")
    for turn, nuisance in enumerate(_nuisances(area)):
        contact = NEIGHBOUR if turn % 2 else Contact()
        _follow(_filed(area, nuisance, contact, turn), turn, by=chair)
    _call_together(area, by=chair)
    return True


def _nuisances(area: Area) -> Iterator[Nuisance]:
    """Invented and the same every time: a seeded draw."""
    chance = Random(2021)  # noqa: S311 - no secret
    places = {place.name: place for place in area.places.all()}
    for _ in range(REPORTS):
        kind = chance.choice(list(NuisanceKind))
        yield Nuisance(
            kind=kind,
            place=places[chance.choice(SPOTS + QUIET)],
            # Yesterday at the latest: the part of its day has passed.
            happened_on=timezone.localdate() - timedelta(days=max(1, chance.randrange(DAYS))),
            day_part=chance.choice(DayPart.values),
            conduct=CONDUCT[kind],
        )


def _filed(area: Area, nuisance: Nuisance, contact: Contact, turn: int) -> str:
    """A visitor reports; the code that he gets."""
    with acting_as(ANONYMOUS):
        return operations.file_report(
            area, nuisance, contact, submission=UUID(int=turn), sender=f"demo {turn}"
        )


def _follow(code: str, turn: int, *, by: User) -> None:
    """Most are answered; of every seven one waits at each step."""
    with acting_as(by.pk):
        melding = ReportContent.objects.select_related("melding").get(code=code).melding
        if turn % 7 == 0:
            return
        party = Party.objects.select_related("plan").get(
            pk=Route.objects.get(plan__area=melding.area_id, kind=melding.kind).party_id
        )
        melding = operations.assign_report(melding, party, by=by)
        if turn % 7 == 1:
            return
        melding = operations.handle_report(melding, text="Langs geweest en gesproken.", by=by)
        if turn % 7 == 2:
            return
        means = Means.TELEFOON if turn % 2 else Means.MELDCODE
        today = timezone.localdate()
        operations.give_feedback(melding, means=means, told_on=today, text=ANSWER, by=by)


def _call_together(area: Area, *, by: User) -> None:
    """The commission meets on a Thursday in two weeks or so."""
    with acting_as(by.pk):
        operations.plan_vergadering(
            area,
            on=_thursday(timezone.localdate() + timedelta(days=14)),
            starts_at=time(19, 30),
            location="Gasthuis, zaal 1",
            topics="Stand van meldingen en maatregelen\nNieuwe camera bij de scouting",
            by=by,
        )


def _thursday(day: date) -> date:
    """That day, or the first Thursday after it."""
    return day + timedelta(days=(3 - day.weekday()) % 7)
