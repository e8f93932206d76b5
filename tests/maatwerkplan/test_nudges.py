"""Who hears on which day that an action did not begin. Issue 5, point 7; EXE-01."""

import pytest
from django.utils import timezone

from cases.models import Deadline
from maatwerkplan.models import Maatwerkplan
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def days_and_people(plan: Maatwerkplan) -> dict[str, tuple[int, set[str]]]:
    """Of each reminder: how many days after the offer, and for whom."""
    names = {user(name).pk: name for name in ("legerdesheils", "samira", "bureau", "manager")}
    found: dict[str, tuple[int, set[str]]] = {}
    with acting_as(user("samira").pk):
        for reminder in Deadline.objects.filter(case=plan.case, done_at=None):
            day = (reminder.remind_on - timezone.localdate()).days
            found.setdefault(reminder.kind, (day, set()))[1].add(names[reminder.recipient_id])
            assert found[reminder.kind][0] == day
    return found


def test_day_4_the_partner_day_5_the_office_day_7_the_manager():
    assert days_and_people(situations.signed_plan()) == {
        "start_nadert": (4, {"legerdesheils", "samira"}),
        "start_bureau": (5, {"bureau"}),
        "start_laatste_dag": (7, {"manager"}),
        "start_gemist": (8, {"manager"}),
    }


def test_nobody_is_nudged_after_the_last_day_when_the_house_agreed_on_less(agreed):
    agreed("start_within_days", 3)
    plan = situations.signed_plan()

    assert {kind: day for kind, (day, _) in days_and_people(plan).items()} == {
        "start_nadert": 3,
        "start_bureau": 3,
        "start_laatste_dag": 3,
        "start_gemist": 4,
    }
