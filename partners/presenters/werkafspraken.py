"""How the agreements about the work are shown: as they are on a day, and each with its versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils import timezone

from partners.rules import obstacles_to_withdrawing
from veiligheidshuis.models import Werkafspraak
from veiligheidshuis.werkafspraken import SUBJECTS, Subject, last_day


@dataclass(frozen=True)
class Version:
    """One version, with what it says in words and until when it holds."""

    row: Werkafspraak
    words: Sequence[str]
    until: date | None = None

    @property
    def state(self) -> tuple[str, str]:
        """The badge: what it is today."""
        today = timezone.localdate()
        if self.row.withdrawn_at:
            return "fout", "Ingetrokken"
        if self.row.valid_from > today:
            return "wacht", "Gaat nog in"
        return ("leeg", "Gold") if self.until and self.until < today else ("ok", "Geldt nu")

    @property
    def may_withdraw(self) -> bool:
        return not obstacles_to_withdrawing(self.row)


@dataclass(frozen=True)
class Line:
    """One subject as it is on a day, and what follows it."""

    subject: Subject
    version: Version
    following: Version | None


@dataclass(frozen=True)
class Chapter:
    """The subjects of one sort."""

    title: str
    lines: list[Line]


def werkafspraken(day: date) -> list[Chapter]:
    """Everything that is agreed, as it held, holds or will hold on this day."""
    by_subject: dict[str, list[Werkafspraak]] = {}
    for row in Werkafspraak.objects.standing().order_by("valid_from"):
        by_subject.setdefault(row.subject, []).append(row)
    lines = [_line(SUBJECTS[key], by_subject[key], day) for key in SUBJECTS]
    titles = dict.fromkeys(line.subject.chapter for line in lines)
    return [Chapter(t, [line for line in lines if line.subject.chapter == t]) for t in titles]


def _line(subject: Subject, rows: list[Werkafspraak], day: date) -> Line:
    versions = _versions(subject, rows)
    begun = [n for n, each in enumerate(versions) if each.row.valid_from <= day]
    place = begun[-1] if begun else 0
    following = versions[place + 1] if place + 1 < len(versions) else None
    return Line(subject, versions[place], following)


def _versions(subject: Subject, rows: Iterable[Werkafspraak]) -> list[Version]:
    """Standing versions in order: each holds until the day before the next."""
    return [
        Version(row, subject.kind.words(row.content), last_day(after))
        for row, after in pairwise([*rows, None])
        if row
    ]


def versions_of(subject: Subject) -> list[Version]:
    """Every version of one subject, the latest on top; also those that were taken back."""
    rows = list(Werkafspraak.objects.filter(subject=subject.key).order_by("valid_from"))
    standing = _versions(subject, [row for row in rows if row.withdrawn_at is None])
    withdrawn = [Version(row, subject.kind.words(row.content)) for row in rows if row.withdrawn_at]
    return sorted([*standing, *withdrawn], key=lambda each: each.row.valid_from, reverse=True)
