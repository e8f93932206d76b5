"""What goes along when a client gets another interventiemanager."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from agenda.models import Casusoverleg
from cases.models import Case


@dataclass(frozen=True)
class RunningWork:
    """What the next one takes over, in numbers and a day; what it is about he reads himself."""

    open_questions: int
    running_actions: int
    next_meeting: Casusoverleg | None


def running_work(case: Case) -> RunningWork:
    """Of one case, for who leads it or administers the house."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.running_work(%s)", [case.pk])
        questions, actions = cursor.fetchone() or (0, 0)
    meetings = Casusoverleg.objects.filter(items__case=case).coming(timezone.localdate())
    return RunningWork(questions, actions, meetings.in_order().first())
