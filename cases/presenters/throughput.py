"""How clients flow through the house: how long they stand at a step, and how many came and went.

S2, kwantitatieve regie: "voldoende doorstroming"; REG-02. In numbers, without names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from cases.models import Afsluiting, Case
from cases.states import CaseStatus
from partners.models import User
from veiligheidshuis.formats import today
from veiligheidshuis.werkafspraken import number

# Since when each client stands where he stands: the first line of history with his status of now
# after the last line with another one. Under the locks, as the asking user.
AGES = """
    SELECT status, percentile_disc(0.5) WITHIN GROUP (ORDER BY days), max(days)
    FROM (SELECT c.status, vh.today() - vh.day(min(h.history_date)) AS days
          FROM cases_case c JOIN cases_historicalcase h ON h.id = c.id AND h.status = c.status
            AND h.history_date > coalesce((SELECT max(o.history_date) FROM cases_historicalcase o
              WHERE o.id = c.id AND o.status <> c.status), '-infinity')
          WHERE c.status <> ALL (%s) GROUP BY c.id, c.status) AS stands
    GROUP BY status
"""
NOT_COUNTED = (CaseStatus.SAMENGEVOEGD, CaseStatus.NIET_TOEGELATEN)
OVER = [CaseStatus.SAMENGEVOEGD.value, CaseStatus.AFGESLOTEN.value]


@dataclass(frozen=True)
class Age:
    """How many days clients stand at one step: half of them longer than the middle one."""

    middle: int
    oldest: int

    @property
    def said(self) -> str:
        return f"meestal {_days(self.middle)}, langst {_days(self.oldest)}"


def _days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagen'}"


def ages() -> Mapping[str, Age]:
    """By status, of the clients whom the asking user may know."""
    with connection.cursor() as cursor:
        cursor.execute(AGES, [OVER])
        return {status: Age(middle, oldest) for status, middle, oldest in cursor.fetchall()}


@dataclass(frozen=True)
class Throughput:
    """How many came in, were assigned and went, in the time that one list lasts."""

    came: int
    assigned: int
    went: int

    @property
    def days(self) -> int:
        return number("list_lasts_days")


def throughput(user: User) -> Throughput:
    """Of the clients whom this user may know, in the last half-year."""
    since = today() - timedelta(days=number("list_lasts_days"))
    known = Case.objects.visible_to(user)
    began = Case.history.filter(
        status=CaseStatus.TOEGEDEELD, history_date__date__gte=since, id__in=known.values("pk")
    )
    # A report that was joined is about somebody who is counted already. Who was declined is
    # destroyed, and the number does not change on that day: he goes out of it when it is decided.
    came = known.filter(opened_at__date__gte=since).exclude(status__in=NOT_COUNTED)
    return Throughput(
        came=came.count(),
        assigned=began.values("id").distinct().count(),
        went=Afsluiting.objects.filter(closed_on__gte=since, case__in=known).count(),
    )
