"""The neighbourhood of the demo house: reports at every step, once and no more."""

import pytest

from beheerscommissie.models import Overlastmelding, Vergadering
from beheerscommissie.states import ReportStatus
from demo import neighbourhood
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def test_the_demo_has_reports_at_every_step_and_a_meeting_and_is_settled_once():
    assert neighbourhood.settle() is True
    assert neighbourhood.settle() is False

    with acting_as(user("bewoner").pk):
        statuses = set(Overlastmelding.objects.values_list("status", flat=True))
        assert statuses == set(ReportStatus.values)
        assert Overlastmelding.objects.count() == neighbourhood.REPORTS
        assert Vergadering.objects.get().on.weekday() == 3
