"""How the agenda is shown: to each reader his own points, of the others only that they exist."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from agenda import rules
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from agenda.states import CLOSED, OverlegStatus
from cases.models import (
    Basis,
    Case,
    ImportRow,
    Participation,
    Prioriteitenlijst,
    name_key,
)
from cases.presenters.adoption import renewal
from cases.presenters.report import to_call
from cases.presenters.search import LONGEST, Sought
from cases.presenters.seen_by import Onlooker, SeenBy
from cases.states import CaseStatus
from partners.models import Absence, Appointment, Role, User
from veiligheidshuis.werkafspraken import number

SHOWN = 50
MOST_TO_CHOOSE = 200
IN_HAND = [
    CaseStatus.TOEGEDEELD,
    CaseStatus.DIAGNOSE,
    CaseStatus.PLANVORMING,
    CaseStatus.UITVOERING,
    CaseStatus.DRANG_DWANG,
]
JUST_BEGUN = [CaseStatus.TOEGEDEELD, CaseStatus.DIAGNOSE]


@dataclass(frozen=True)
class Point:
    """One point of the agenda; without an item it is closed to this reader."""

    position: int
    item: AgendaItem | None = None
    minutes: Minutes | None = None
    # Who was invited and cannot come any more: he takes no part in the case since.
    gone: frozenset[int] = frozenset()


def seers_of_a_point(seen_by: SeenBy) -> list[Onlooker]:
    """Who sees that this dossier is on an agenda, and who what was decided (0002_wall.py)."""
    return [
        *seen_by.lead,
        Onlooker("", "Wie voor het punt is uitgenodigd: het besluit pas als het is vastgesteld"),
        Onlooker("", "Wie het overleg notuleert"),
        Onlooker("", "Bedrijfsbureau en manager: het punt, en niet het besluit"),
    ]


def seers_of_minutes(item: AgendaItem) -> list[Onlooker]:
    """Who reads the minutes of a point before they are adopted; for the note-taker, so without the
    names of who leads."""
    writes = Onlooker(str(item.overleg.note_taker), Basis.NOTULIST.label)
    return [writes, *SeenBy(item.case, with_names=False).lead]


def points(overleg: Casusoverleg, reader: User) -> list[Point]:
    """The agenda as this reader may see it: "besloten punt" for what is not his."""
    invited = Prefetch("invitations", Invitation.objects.select_related("user__organisation"))
    found = overleg.items.select_related("case__client").prefetch_related(invited)
    items = {item.position: item for item in found}
    minutes = {m.item_id: m for m in Minutes.objects.filter(item__overleg=overleg)}
    gone = _gone(overleg, list(items.values())) if reader.has_role(Role.BEDRIJFSBUREAU) else {}
    return [
        Point(position, item, minutes.get(item.pk), gone.get(item.pk, frozenset()))
        if (item := items.get(position))
        else Point(position)
        for position in overleg.positions()
    ]


def _gone(overleg: Casusoverleg, items: list[AgendaItem]) -> dict[UUID, frozenset[int]]:
    """By point who was invited and could not be invited any more; who was there, was there."""
    if overleg.status != OverlegStatus.GEPLAND:
        return {}
    with_role = rules.roles_in(item.case for item in items)
    return {
        item.pk: frozenset(
            invitation.user_id
            for invitation in item.invitations.all()
            if (item.case_id, invitation.user_id) not in with_role
        )
        for item in items
    }


@dataclass(frozen=True)
class Choice:
    """The dossiers that can go on an agenda, as far as they fit what was typed."""

    query: str
    cases: list[Case]
    is_cut_off: bool


def to_choose(overleg: Casusoverleg, user: User, query: str) -> Choice:
    """By name; whoever has more of them than fit on a page types a name or a number."""
    query = " ".join(query.replace("\x00", "").split())[:LONGEST]
    found = Case.objects.visible_to(user).filter(status__in=IN_HAND)
    found = found.exclude(pk__in=overleg.items.values("case_id"))
    sought = Sought.of(query)
    if sought.number:
        found = found.numbered(sought.number)
    for word in name_key(query).split() if not sought.number else []:
        found = found.filter(client__sort_name__contains=word)
    cases = list(found.with_people().by_name()[: MOST_TO_CHOOSE + 1])
    return Choice(query, cases[:MOST_TO_CHOOSE], len(cases) > MOST_TO_CHOOSE)


def weeks(overleggen: QuerySet[Casusoverleg]) -> list[tuple[str, list[Casusoverleg]]]:
    """The list by week: ("week 48", [...])."""
    by_week = groupby(overleggen.in_order(), key=lambda o: o.on.isocalendar()[:2])  # type: ignore[attr-defined]
    return [(f"week {week}", list(group)) for (_, week), group in by_week]


def without_overleg(user: User, today: date) -> QuerySet[Case]:
    """Cases in hand that were on no agenda for a while, and are on none to come; without who came
    in since, or was assigned since and is not beyond his diagnosis. A hand-over begins nothing."""
    since = today - timedelta(days=number("talked_of_days"))
    recent = AgendaItem.objects.filter(overleg__on__gte=since).exclude(
        overleg__status=OverlegStatus.AFGEZEGD
    )
    cases = (
        Case.objects.visible_to(user)
        .filter(status__in=IN_HAND)
        .exclude(status__in=JUST_BEGUN, assigned_on__gt=since)
        .exclude(opened_at__date__gt=since, assigned_on__gt=since)
        .exclude(pk__in=recent.values("case_id"))
    )
    return cases.with_people().by_name()


def ending_access(today: date) -> list[Participation]:
    """What ends by itself soon: one line for each group and case."""
    soon = Participation.objects.current(today).filter(
        end_date__lte=today + timedelta(days=settings.ENDS_SOON_DAYS)
    )
    rows = soon.select_related(
        "content_object__client", "group__person__organisation", "group__organisation"
    ).order_by("end_date", "content_object_id", "group_id", "pk")
    first = groupby(rows, key=lambda p: (p.end_date, p.content_object_id, p.group_id))
    return [next(group) for _, group in first]


def ending_roles(today: date) -> QuerySet[Appointment]:
    """Whose role ends by itself soon."""
    soon = Appointment.objects.current(today).filter(
        end_date__lte=today + timedelta(days=settings.ENDS_SOON_DAYS)
    )
    return soon.select_related("user__organisation").order_by("end_date", "pk")


def today_page(user: User) -> dict[str, Any]:
    """The home of the bedrijfsbureau. Each number on it is counted by the query of its list."""
    today = timezone.localdate()
    to_plan = without_overleg(user, today)
    overleggen = Casusoverleg.objects.visible_to(user).select_related("note_taker")
    roles = list(ending_roles(today))
    access = ending_access(today)
    return {
        "today": today,
        "to_plan": list(to_plan[:SHOWN]),
        "to_plan_count": to_plan.count(),
        "coming": list(overleggen.coming(today).exclude(status__in=CLOSED).in_order()[:10]),
        "to_write": list(overleggen.filter(on__lte=today).exclude(status__in=CLOSED).in_order()),
        "ending_access": access,
        "ending_roles": roles,
        "ending_count": len(access) + len(roles),
        "away": list(Absence.objects.on(today).select_related("user", "stand_in")),
        "doubtful": ImportRow.objects.waiting().count(),
        "pressing": [call for call in to_call(user) if call.is_pressing],
        "unasked": list(Prioriteitenlijst.objects.in_discussion().filter(bronvragen=None)),
        "renewal": renewal(),
    }
