"""What must be true before the house works otherwise. S2, convenant; GOV-11."""

from datetime import date

from django.utils import timezone

from veiligheidshuis.formats import plain_date
from veiligheidshuis.models import Werkafspraak
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day
from veiligheidshuis.werkafspraken import Subject, Unreadable


def obstacles_to_agreeing(
    subject: Subject, content: str, valid_from: date, decided_on: date
) -> list[Obstacle]:
    """A version can be kept to, is another than the one before it, and begins tomorrow or later."""
    return [
        *_unreadable(subject, content),
        *_begins(subject, valid_from),
        *_decided(decided_on),
        *_the_same(subject, content, valid_from),
    ]


def _unreadable(subject: Subject, content: str) -> list[Obstacle]:
    try:
        subject.kind.read(content)
    except Unreadable as unreadable:
        return [Obstacle("unreadable", sentence) for sentence in unreadable.sentences]
    return []


def _begins(subject: Subject, valid_from: date) -> list[Obstacle]:
    """What holds today never changes: whoever worked by it can always read what it was."""
    if valid_from <= timezone.localdate():
        text = "Wat vandaag geldt, blijft vandaag gelden. Kies morgen of later."
        return [Obstacle("begins_already", text)]
    same_day = Werkafspraak.objects.standing().filter(subject=subject.key, valid_from=valid_from)
    if same_day.exists():
        text = (
            f"Vanaf {plain_date(valid_from)} geldt al een andere versie. "
            "Trek die eerst in, of kies een andere dag."
        )
        return [Obstacle("day_taken", text)]
    return obstacles_to_day("werkafspraak", valid_from)


def _decided(decided_on: date) -> list[Obstacle]:
    if decided_on <= timezone.localdate():
        return []
    return [Obstacle("decided_later", "Deze stuurgroep moet nog komen. Noteer het besluit daarna.")]


def _the_same(subject: Subject, content: str, valid_from: date) -> list[Obstacle]:
    former = Werkafspraak.objects.begun(valid_from).filter(subject=subject.key).last()
    if former is None or former.content != content:
        return []
    return [Obstacle("nothing_changes", "Dit is al afgesproken. Er verandert dan niets.")]


def obstacles_to_withdrawing(version: Werkafspraak) -> list[Obstacle]:
    """A version is taken back once, before the day on which it begins."""
    if version.withdrawn_at is not None:
        return [Obstacle("withdrawn", "Deze versie is al ingetrokken.")]
    if version.valid_from <= timezone.localdate():
        text = "Deze versie geldt al. Schrijf een nieuwe versie, vanaf morgen of later."
        return [Obstacle("begun", text)]
    return []
