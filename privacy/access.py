"""Who reads the access log, and how much of it.

The functionaris gegevensbescherming reads all of it and knows no case; the privacyfunctionaris of a
partner reads what his own people did, without which dossiers; who leads a case reads who looked
into that case. The database asks the same (0001_log.sql). AVG 38 and 39; WGS 1.8 lid 4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import connection
from django.http import Http404

from cases.access import get_case
from cases.models import Case, Scope
from partners.models import Role, User
from veiligheidshuis import logchain
from veiligheidshuis.needtoknow import acting_in_role

SUPERVISORS = (Role.FG,)
A_PAGE = 50
ONE_PERIOD = timedelta(days=31)  # looks that lie closer together are one period


@dataclass(frozen=True)
class Line:
    """One line of the access log, as far as the reader may see it."""

    id: int
    at: datetime
    user_id: int
    username: str
    organisation: str
    roles: str
    on_behalf_of: str
    emergency: bool
    action: str
    scope: str
    ground: str
    subjects: list[str] = field(default_factory=list)
    purpose: str = ""
    outcome: str = ""
    dossiers: int = 0  # how many, where their numbers are not told


@dataclass(frozen=True)
class Wanted:
    """Which lines somebody asks for; what is None does not matter."""

    user: User | None = None
    number: str | None = None
    organisation: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    action: str | None = None
    outcomes: Sequence[str] | None = None


READ = """
    SELECT id, at, user_id, username, organisation, roles, on_behalf_of, emergency, action, scope,
           ground, subjects, purpose, outcome
    FROM vh.read_log(%s, %s, %s, %s, %s, %s, %s::text[], %s, %s)
"""


def read_log(wanted: Wanted, before: int | None) -> list[Line]:
    """A page of the whole log and one line more, the newest first. Raises for who is no FG."""
    with connection.cursor() as cursor:
        cursor.execute(
            READ,
            [
                wanted.user.pk if wanted.user else None,
                wanted.number,
                wanted.organisation,
                wanted.since,
                wanted.until,
                wanted.action,
                list(wanted.outcomes) if wanted.outcomes else None,
                before,
                A_PAGE + 1,
            ],
        )
        return [Line(*row) for row in cursor.fetchall()]


OWN_PEOPLE = """
    SELECT id, at, user_id, username, organisation, roles, on_behalf_of, emergency, action, scope,
           ground, ARRAY[]::text[], purpose, outcome, dossiers
    FROM vh.read_own_people(%s, %s, %s, %s::text[], %s, %s)
"""


def read_own_people(wanted: Wanted, before: int | None) -> list[Line]:
    """What the people of his organisation did, for its privacyfunctionaris. AUD-14.

    A page and one line more, the newest first, without subjects. Raises for everybody else.
    """
    user = wanted.user.pk if wanted.user else None
    outcomes = list(wanted.outcomes) if wanted.outcomes else None
    period = [wanted.since, wanted.until]
    with connection.cursor() as cursor:
        cursor.execute(OWN_PEOPLE, [user, *period, outcomes, before, A_PAGE + 1])
        return [Line(*row) for row in cursor.fetchall()]


def looks_at(number: str, before: int | None) -> list[Line]:
    """Who looked into this case, a page and one line more; empty for who does not lead it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.looks_at(%s, %s, %s)", [number, before, A_PAGE + 1])
        return [Line(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Period:
    """From the first day to the last on which an organisation looked, without a long gap."""

    first: date
    last: date


@dataclass(frozen=True)
class Onlooker:
    """An organisation that looked, and in which periods. Nobody's name."""

    organisation: str
    periods: list[Period]


def onlookers(number: str) -> list[Onlooker]:
    """For the client: which organisations looked and when, in the order of their names.

    Empty for who does not lead the case. AVG 15; SEC-07.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT organisation, day FROM vh.looking_days(%s)", [number])
        days = sorted(cursor.fetchall())
    return [
        Onlooker(organisation, periods([day for _, day in group]))
        for organisation, group in groupby(days, key=lambda each: each[0])
    ]


def periods(days: Iterable[date]) -> list[Period]:
    """Days in order, joined to periods."""
    found: list[Period] = []
    for day in days:
        if found and day - found[-1].last <= ONE_PERIOD:
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return found


def verify_log() -> logchain.Verification:
    """Verify the log since its last closing, as the clock: who supervises need not read a line."""
    with acting_in_role("clock"):
        return logchain.verify_since_closing()


def get_looked_at(user: User, number: str) -> Case | None:
    """The case of which this user may know who looked; None for the FG, who knows no case.

    Raises Http404 for everybody else, and for a number that never was in the log.
    """
    if not user.has_role(*SUPERVISORS):
        return get_case(user, number, Scope.LEAD_CASE)
    if not onlookers(number.replace("\x00", "")):
        raise Http404
    return None
