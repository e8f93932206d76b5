"""Reports of nuisance for tests, filed and moved by the real operations."""

import uuid
from datetime import date, timedelta

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
)
from beheerscommissie.operations import Contact, Nuisance
from tests.situations import user
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

MELDER = Contact(name="Jo Melder", phone="06 11 22 33 44", email="jo@voorbeeld.example")


def gasthuis() -> Area:
    return Area.objects.get(slug="gasthuis")


def filed_code(
    *,
    kind: str = NuisanceKind.OPENBARE_ORDE,
    place: str = "Klompstraat",
    days_ago: int = 1,
    day_part: str = DayPart.AVOND,
    conduct: str = "Vier mensen schreeuwden een uur lang.",
    contact: Contact = MELDER,
    submission: uuid.UUID | None = None,
    sender: str = "",
) -> str:
    """A visitor files a report; the code that he gets."""
    area = gasthuis()
    nuisance = Nuisance(
        kind=kind,
        place=area.places.get(name=place),
        happened_on=timezone.localdate() - timedelta(days=days_ago),
        day_part=day_part,
        conduct=conduct,
        place_detail="Bij de fietsenstalling",
    )
    key = submission or uuid.uuid4()
    with acting_as(ANONYMOUS):
        return operations.file_report(
            area, nuisance, contact, submission=key, sender=sender or key.hex
        )


def filed_report(**named: object) -> Overlastmelding:
    """A report that nobody did anything about yet, as the buurtregisseur sees it."""
    code = filed_code(**named)  # type: ignore[arg-type]
    with acting_as(user("buurtregisseur").pk):
        content = ReportContent.objects.select_related("melding__place").get(code=code)
        return content.melding


def party(name: str = "Politie") -> Party:
    return Party.objects.select_related("plan").get(name=name)


def assigned_report(**named: object) -> Overlastmelding:
    melding, esra = filed_report(**named), user("buurtregisseur")
    with acting_as(esra.pk):
        return operations.assign_report(melding, party(), by=esra)


def handled_report(**named: object) -> Overlastmelding:
    melding, esra = assigned_report(**named), user("buurtregisseur")
    with acting_as(esra.pk):
        return operations.handle_report(melding, text="De wijkagent ging langs.", by=esra)


def answered_report(
    *, means: str = Means.TELEFOON, told_on: date | None = None, **named: object
) -> Overlastmelding:
    melding, esra = handled_report(**named), user("buurtregisseur")
    with acting_as(esra.pk):
        return operations.give_feedback(
            melding,
            means=means,
            told_on=told_on or timezone.localdate(),
            text="De wijkagent sprak de groep aan en komt vaker langs.",
            by=esra,
        )
