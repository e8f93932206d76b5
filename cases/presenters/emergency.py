"""The dossiers that were opened in nood, put ready for who judges them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.shortcuts import get_object_or_404

from cases.models import Noodtoegang
from partners.models import Role


@dataclass(frozen=True)
class Opened:
    """One dossier that was opened, with its number (the FG sees no dossier)."""

    emergency: Noodtoegang
    number: str


def running_for(user: Any) -> list[Noodtoegang]:
    """What lies open to this reader now; only the office opens a dossier in nood."""
    if not user.is_authenticated or not user.has_role(Role.BEDRIJFSBUREAU):
        return []
    running = Noodtoegang.objects.running().filter(opened_by=user).select_related("case")
    return list(running.order_by("ends_at", "pk"))


def opened() -> list[Opened]:
    """All that the asking judge may know of; what waits for a judgement on top."""
    numbers = _numbers()
    found = Noodtoegang.objects.select_related("opened_by", "reviewed_by").filter(pk__in=numbers)
    return [Opened(each, numbers[each.pk]) for each in found.oldest_unreviewed_first()]


@dataclass(frozen=True)
class ToJudge:
    """How many wait for a judgement, for how many of those it is late, and what lies open now."""

    waiting: int
    late: int
    running: int


def to_judge() -> ToJudge:
    """Of the list that the asking judge reads (`opened`), what somebody must still judge."""
    found = [one.emergency for one in opened()]
    waiting = [each for each in found if each.waits]
    late = sum(each.is_overdue for each in waiting)
    return ToJudge(len(waiting), late, sum(each.is_running for each in found))


def get_opened(emergency_id: UUID) -> Opened:
    """One of them. Raises Http404 when the asking judge may not know of it."""
    numbers = _numbers()
    mine = Noodtoegang.objects.select_related("opened_by", "reviewed_by").filter(pk__in=numbers)
    found = get_object_or_404(mine, pk=emergency_id)
    return Opened(found, numbers[found.pk])


def _numbers() -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number FROM vh.emergency_numbers()")
        return dict(cursor.fetchall())
