"""Who knows which case, and who may do what in it: the one door to the access table.

Reading needs no check in a view beyond `get_case`: a case that you need not know is not in the
database you talk to. Writing goes by the functions of the wall (cases/migrations/0003_wall.sql),
which ask the same rule again. toegang.md decisions 1 to 5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from cases.models import (
    LEEFGEBIED_SCOPES,
    Basis,
    Case,
    Noodtoegang,
    Prioriteitenlijst,
    Scope,
    Slachtoffer,
)
from partners.models import Organisation, User

# What there is to read of a case, but for who he is in numbers (BSN) and whom he hurt (victims).
# These two the interventiemanager has himself, and not who stands in for him or breaks the glass.
CONTENT = (Scope.VIEW_JUSTICE, Scope.VIEW_PLAN, *LEEFGEBIED_SCOPES)

# What each basis grants, whatever the one who grants holds himself. By hand (Basis.HAND) nobody
# grants what he does not hold. The database has the same table: vh.basis_scopes.
GRANTS: dict[str, tuple[Scope, ...]] = {
    Basis.AANDRAGEN: (Scope.KNOW_CASE,),
    Basis.SELECTIE: (Scope.KNOW_CASE, Scope.VIEW_JUSTICE),
    Basis.TOEWIJZING: (
        Scope.KNOW_CASE,
        Scope.LEAD_CASE,
        Scope.VIEW_BSN,
        Scope.VIEW_VICTIM,
        *CONTENT,
    ),
    Basis.LEVERINGSVRAAG: (Scope.KNOW_CASE,),
    Basis.UITVOERING: (Scope.KNOW_CASE,),
    Basis.NOTULIST: (Scope.KNOW_CASE, Scope.MINUTES),
    Basis.WAARNEMING: (Scope.KNOW_CASE, Scope.LEAD_CASE, *CONTENT),
    Basis.OVERDRACHT: (Scope.KNOW_CASE, *CONTENT),
    Basis.NOODTOEGANG: (Scope.KNOW_CASE, *CONTENT),
    Basis.SLACHTOFFER: (Scope.KNOW_CASE, Scope.VIEW_VICTIM),  # because of one victim, until a day
}
# Who has work in a case and may come to support a victim of it. In the database: vh.has_part.
WITH_A_ROLE = (Basis.HAND, Basis.UITVOERING, Basis.WAARNEMING)


def may(user: User, scope: str, case: Case) -> bool:
    """Whether this user holds this scope on this case today; a bar beats every grant."""
    return Case.objects.visible_to(user, scope).filter(pk=case.pk).exists()


def require(user: User, scope: str, case: Case) -> None:
    """Raise PermissionDenied when the user does not hold this scope."""
    if not may(user, scope, case):
        raise PermissionDenied(f"Hiervoor is nodig: {Scope(scope).label}.")


def get_case(user: User, number: str, scope: str = Scope.KNOW_CASE) -> Case:
    """The case with this number, for a user who holds this scope. Otherwise there is no such case.

    Hidden is absent: one query, one Http404, whether the case exists or not.
    """
    try:
        # What PostgreSQL cannot read is no number; the question is asked all the same.
        asked = number.replace("\x00", "")
        cases = Case.objects.visible_to(user, scope).with_people().with_scopes_of(user)
        return cases.get(number=asked)
    except Case.DoesNotExist:
        raise Http404 from None


def get_list(user: User, code: str) -> Prioriteitenlijst:
    """The prioriteitenlijst with this mark, for who may see it. Otherwise there is no such list."""
    ranked = Prioriteitenlijst.objects.visible_to(user).filter(code=code).first()
    if ranked is None:
        raise Http404
    return ranked


def grant(
    case: Case,
    group: Group,
    basis: str,
    *,
    scopes: Iterable[str] | None = None,
    end_date: date | None = None,
    reason: str = "",
    because_of: UUID | None = None,
) -> None:
    """Let a group take part in a case on this basis; `end_date` still counts.

    Without `scopes` the basis grants its fixed set. Raises ProgrammingError when the wall refuses:
    the caller has asked its own rule first, so that is a fault or an attack.
    """
    wanted = [str(s) for s in (GRANTS[basis] if scopes is None else scopes)]
    _call(
        "grant_access",
        [case.pk, group.pk, str(basis), wanted, end_date, reason[:300], because_of],
        "%s, %s, %s, %s::text[], %s::date, %s, %s::uuid",
    )


def close(
    case: Case, basis: str, *, group: Group | None = None, because_of: UUID | None = None
) -> None:
    """End at once what this basis gave: to one group or all, because of one thing or any."""
    _call(
        "close_access",
        [case.pk, str(basis), group.pk if group else None, because_of],
        "%s, %s, %s::int, %s::uuid",
    )


def close_selection(list_id: UUID) -> None:
    """The members of a selection meeting let go of all candidates of its list."""
    _call("close_selection", [list_id], "%s")


def take_off_list(ranked: Prioriteitenlijst, case: Case) -> None:
    """All that a list says of somebody goes, and its members let go of him."""
    _call("take_off_list", [ranked.pk, case.pk], "%s, %s")


def adopt_unseen(list_id: UUID) -> None:
    """Give those on the list from whom the adopting manager is barred their place as well."""
    _call("adopt_unseen", [list_id], "%s")


def open_case(
    case_id: UUID, client_id: UUID, doelgroep: str, source: Organisation, source_note: str
) -> None:
    """Write a new case for the asking user, with the next number. Its client is written after."""
    told = [case_id, client_id, doelgroep, source.pk, source_note]
    _call("open_case", told, "%s, %s, %s, %s, %s")


def join_case(case: Case, known: Case) -> None:
    """All that hangs on a report goes to the dossier of the same person; who knew it lets go."""
    _call("join_case", [case.pk, known.pk], "%s, %s")


def tell_of_case(case: Case, kind: str, to: int) -> None:
    """Put a mail in the outbox unless its reader is barred from the case; never says which."""
    _call("tell_of_case", [uuid4(), case.pk, kind, to], "%s, %s, %s, %s")


def keeps_victims(case: Case) -> bool:
    """Whether the whole case was given to who asks: he writes down who its victims are."""
    return bool(_call("keeps_victims", [case.pk], "%s"))


def shield(case: Case) -> None:
    """End everything that anybody holds on a case that was just closed, and its reminders."""
    _call("shield_case", [case.pk], "%s")


def bar(case: Case, user: User, reason: str) -> None:
    """Keep somebody out of this case whatever he was granted: a relative or another conflict."""
    _call("set_bar", [case.pk, user.pk, reason[:300]], "%s, %s, %s")


def hand_over(case: Case, to: User) -> None:
    """All that leading gives goes to the next; the former reads on for settings.HAND_OVER_DAYS."""
    _call("hand_over", [case.pk, to.pk], "%s, %s")


def break_glass(case: Case, reason: str, hours: int) -> UUID:
    """Open the content of this case to the asking office for some hours; its id."""
    opened = uuid4()
    _call("break_glass", [opened, case.pk, reason[:300], hours], "%s, %s, %s, %s")
    return opened


def end_emergency(emergency: Noodtoegang) -> None:
    """Close a dossier that was opened in nood, before its hours are over."""
    _call("end_emergency", [emergency.pk], "%s")


def review_emergency(emergency: Noodtoegang, justified: bool, review: str) -> None:
    """Write down whether it was right to open the dossier."""
    _call("review_emergency", [emergency.pk, justified, review[:300]], "%s, %s, %s")


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


def lift_bar(case: Case, user: User, reason: str) -> None:
    """End a bar; the row stays, closed."""
    _call("lift_bar", [case.pk, user.pk, reason[:300]], "%s, %s, %s")


def client_with_bsn(digest: str) -> UUID | None:
    """Which client has this BSN, for the bedrijfsbureau that reads a list in; nothing else."""
    return _call("client_with_bsn", [digest], "%s")  # type: ignore[return-value]


@dataclass(frozen=True)
class Grant:
    """One line of "wie ziet dit, en waarom"."""

    group: Group
    basis: Basis
    scopes: tuple[Scope, ...]
    start_date: date
    end_date: date | None
    reason: str
    ends_at: datetime | None
    because_of: UUID | None = None

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
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT group_id, basis, start_date, end_date, reason, ends_at, because_of, "
            "array_agg(scope ORDER BY scope) "
            "FROM vh.who_takes_part(%s) GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 3, 1",
            [case.pk],
        )
        rows = cursor.fetchall()
    groups = Group.objects.select_related("person__organisation", "organisation").in_bulk(
        [row[0] for row in rows]
    )
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
        )
        for group, basis, start, end, reason, ends_at, because_of, scopes in rows
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

    `rule` is the rule of vh.weigh: participation, process_view, bar, no_role and so on.
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


def people_in(case: Case, *bases: Basis) -> list[User]:
    """Everybody with an account who takes part in a case today (on one of these bases, when some
    are named), himself or as a contact point."""
    groups = {g.group.pk for g in who_takes_part(case) if not bases or g.basis in bases}
    people = User.objects.filter(groups__in=groups).select_related("organisation")
    return list(people.distinct().by_name())


def _call(function: str, args: list[Any], marks: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT vh.{function}({marks})", args)
        return cursor.fetchone()[0]
