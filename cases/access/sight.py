"""Who takes part, who is barred, and why somebody sees what he sees: read through the wall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import connection
from django.http import Http404

from cases.access.door import WITH_A_ROLE
from cases.models import Basis, Case, Scope, Slachtoffer
from partners.models import User


@dataclass(frozen=True)
class BarLine:
    """One line of "wie is uitgesloten", for the office."""

    user: User
    reason: str
    set_by: User
    set_at: datetime
    lifted_at: datetime | None
    lifted_by: User | None
    lift_reason: str


def who_is_barred(case: Case) -> list[BarLine]:
    """Who is and was barred from a case, and why; empty for whoever is not the office."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.who_is_barred(%s)", [case.pk])
        rows = cursor.fetchall()
    ids = {pk for row in rows for pk in (row[0], row[2], row[5]) if pk}
    people = User.objects.select_related("organisation").in_bulk(ids) if ids else {}
    return [
        BarLine(people[who], why, people[by], at, lifted_at, people.get(lifted_by), lift_reason)
        for who, why, by, at, lifted_at, lifted_by, lift_reason in rows
    ]


def get_bar(case: Case, user_id: int) -> BarLine:
    """The bar of this person that counts now. Raises Http404 when there is none."""
    for line in who_is_barred(case):
        if line.user.pk == user_id and line.lifted_at is None:
            return line
    raise Http404


@dataclass(frozen=True)
class Grant:
    """One line of "wie ziet dit, en waarom"."""

    group: Group
    basis: Basis
    scopes: tuple[Scope, ...]
    start_date: date
    end_date: date | None
    reason: str
    ends_at: datetime | None = None
    because_of: UUID | None = None
    by: User | None = None

    @property
    def who(self) -> str:
        """The person, or the organisation whose contact points these are."""
        person = getattr(self.group, "person", None)
        return (
            f"{person} ({person.organisation.short_name})"
            if person
            else str(self.group.organisation)
        )


def who_takes_part(case: Case) -> list[Grant]:
    """Everybody who takes part today, with scope and reason.

    Empty for whoever does not lead or administer the case.
    """
    return _grants(
        "SELECT group_id, granted_by, basis, start_date, end_date, reason, ends_at, because_of,"
        " array_agg(scope ORDER BY scope)"
        " FROM vh.who_takes_part(%s) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 4, 1",
        case,
    )


@dataclass(frozen=True)
class Part:
    """One group that takes part in one case, and why."""

    case_id: UUID
    group_id: int
    basis: str


def groups_taking_part(cases: Iterable[Case]) -> list[Part]:
    """Which groups take part in which of these cases today; asked at once for a whole agenda, and
    as empty as `who_takes_part` for whoever does not lead or administer a case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT asked, group_id, basis"
            " FROM unnest(%s::uuid[]) AS asked, vh.who_takes_part(asked)",
            [[case.pk for case in cases]],
        )
        return [Part(*row) for row in cursor.fetchall()]


def who_took_part(case: Case) -> list[Grant]:
    """Everybody whose part is over, with its last day, the latest first; for the same people."""
    return _grants(
        "SELECT group_id, granted_by, basis, start_date, last_day, reason, NULL, NULL,"
        " array_agg(scope ORDER BY scope)"
        " FROM vh.who_took_part(%s) GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 5 DESC, 4, 1",
        case,
    )


def _grants(asked: str, case: Case) -> list[Grant]:
    """The lines that this question gives, with the people and organisations they are about."""
    with connection.cursor() as cursor:
        cursor.execute(asked, [case.pk])
        rows = cursor.fetchall()
    groups = Group.objects.select_related("person__organisation", "organisation").in_bulk(
        {row[0] for row in rows}
    )
    givers = User.objects.in_bulk({row[1] for row in rows})
    return [
        Grant(
            group=groups[group],
            basis=Basis(basis),
            scopes=tuple(Scope(s) for s in scopes),
            start_date=start,
            end_date=end,
            reason=reason,
            ends_at=ends_at,
            because_of=because_of,
            by=givers.get(by),
        )
        for group, by, basis, start, end, reason, ends_at, because_of, scopes in rows
    ]


@dataclass(frozen=True)
class Seer:
    """Somebody who sees a part of a case, and why."""

    scope: str
    basis: Basis
    name: str
    organisation: str

    @property
    def who(self) -> str:
        return f"{self.name} ({self.organisation})" if self.name else self.organisation


SEERS = """
    SELECT w.scope, w.basis, trim(concat_ws(' ', u.first_name, u.last_name)), o.short_name
    FROM vh.who_takes_part(%s) w LEFT JOIN partners_user u ON u.personal_group_id = w.group_id
    JOIN partners_organisation o ON o.id = u.organisation_id OR o.group_id = w.group_id
    ORDER BY w.basis = 'toewijzing' DESC, u.last_name, o.short_name
"""


def seers_of(case: Case) -> list[Seer]:
    """Who sees which part today, in one query. Empty for who does not lead or administer it."""
    with connection.cursor() as cursor:
        cursor.execute(SEERS, [case.pk])
        return [Seer(scope, Basis(basis), *who) for scope, basis, *who in cursor.fetchall()]


def supporters_of(victim: Slachtoffer) -> list[Grant]:
    """Who supports this one victim today, for the interventiemanager."""
    return [held for held in who_takes_part(victim.case) if held.because_of == victim.pk]


def get_grant(case: Case, group_id: int, basis: str) -> Grant:
    """What a group holds today on this basis. Raises Http404 when that is nothing."""
    for held in who_takes_part(case):
        if held.group.pk == group_id and held.basis == basis:
            return held
    raise Http404


@dataclass(frozen=True)
class Explanation:
    """The answer to "mag X dit zien, en waarom?", and what stands in the row that decided.

    `rule` is the rule of vh.weigh: participation, process_view, bar, not_confirmed and so on.
    """

    allowed: bool
    rule: str
    ground: str
    first_day: date | None
    last_day: date | None
    begun_at: datetime | None
    ended_at: datetime | None
    reason: str
    by: User | None
    via: Group | None


def explain(user: User, number: str | None, scope: str, at: datetime) -> Explanation:
    """Whether this user may see this part of a case at this moment, and which rule decides.

    Without a number: of any case at all. The wall answers the privacy officer, who leads the case,
    and everybody about himself. Raises ProgrammingError when somebody else asks.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM vh.explain(%s, %s, %s, %s)", [user.pk, number, str(scope), at]
        )
        allowed, rule, ground, first, last, begun, ended, reason, by, via = cursor.fetchone()
    return Explanation(
        allowed,
        rule,
        ground or "",
        first_day=first,
        last_day=last,
        begun_at=begun,
        ended_at=ended,
        reason=reason or "",
        by=User.objects.filter(pk=by).first(),
        via=Group.objects.filter(pk=via).select_related("organisation").first(),
    )


# One part of one case; without a case the process data of all cases.
Held = tuple[UUID | None, str]


def reach(user: User, case: Case | None = None, at: datetime | None = None) -> frozenset[Held]:
    """Everything that somebody holds, as far as whoever asks leads or administers those cases."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, scope FROM vh.reach(%s, %s, coalesce(%s, statement_timestamp()))",
            [user.pk, case.pk if case else None, at],
        )
        return frozenset(cursor.fetchall())


def work_of(person: User, case: Case) -> list[date | None]:
    """The last day of each work that somebody has in a case today; None when it has no end."""
    groups = set(person.groups.values_list("pk", flat=True))
    held = [g for g in who_takes_part(case) if g.basis in WITH_A_ROLE and g.group.pk in groups]
    return [grant.end_date for grant in held]


def people_in(case: Case, *bases: Basis) -> list[User]:
    """Everybody with an account who takes part in a case today (on one of these bases, when some
    are named), himself or as a contact point."""
    groups = {g.group.pk for g in who_takes_part(case) if not bases or g.basis in bases}
    people = User.objects.filter(groups__in=groups).select_related("organisation")
    return list(people.distinct().by_name())
