"""What somebody reported himself, or his organisation by list, and what became of it; not of whom
it turned out to be. INT-10."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from cases.models import Vervolg
from cases.states import WegingStatus


@dataclass(frozen=True)
class OwnReport:
    """One report, as whoever made it reads it back.

    It has no number and no link: whether we knew the person already is not for him to see. Of
    somebody from whom he is barred it stays as it was on the day he told it.
    """

    id: UUID
    reported_as: str
    reported_at: datetime
    outcome: str
    route: str
    advice: str
    decided_on: date | None

    @property
    def outcome_in_words(self) -> str:
        """What the core participants decided, or that they still will."""
        return WegingStatus(self.outcome).label if self.outcome else "wij bekijken uw aanmelding"

    @property
    def is_declined(self) -> bool:
        return self.outcome == WegingStatus.NIET_TOEGELATEN

    @property
    def route_in_words(self) -> str:
        """Where somebody who is not for this house goes on."""
        return Vervolg(self.route).label.capitalize()

    @property
    def destroyed_on(self) -> date | None:
        """The day on which nothing of a report that was not admitted is left."""
        return self.decided_on and self.decided_on + timedelta(days=settings.DECLINED_DAYS)


def own_reports() -> list[OwnReport]:
    """What the asking user reported by form, the newest first: until it is decided, and half a year
    in any case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.own_reports()")
        return [OwnReport(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class OwnList:
    """How a list of one's own organisation was read in: how many lines, and how many of those could
    not be read. Who was known already, is doubted or was left out stays with the bedrijfsbureau: of
    one list it would tell of whom there is a dossier. Days in Amsterdam.
    """

    id: UUID
    supplied_on: date
    read_in_on: date
    lines: int
    unreadable: int


def own_lists() -> list[OwnList]:
    """The lists of the asking user's organisation that were read in, for half a year; the last
    first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.own_lists()")
        return [OwnList(*row) for row in cursor.fetchall()]
