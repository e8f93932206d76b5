"""What stands in the way at the table of partners, and when it does not.

The obstacles that no story comes across; tests/house/test_obstacles.py asks for each of them.
"""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from partners import operations, rules
from partners.models import FactorReset, Organisation, Toetreding, User
from partners.states import ResetStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle, Refused

TODAY = timezone.localdate()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def codes(obstacles: list[Obstacle]) -> set[str]:
    return {each.code for each in obstacles}


def test_a_partner_leaves_on_his_day():
    def leaving(day: object) -> set[str]:
        toetreding = Toetreding(leaves_on=day, organisation=Organisation(name="Proef"))
        return codes(rules.obstacles_to_leave(toetreding))

    assert "leaves_later" in leaving(TOMORROW)
    assert "leaves_later" not in leaving(TODAY)


def test_a_partner_is_tested_after_he_was_proposed():
    toetreding = Toetreding(proposed_on=TODAY)

    for day, stands in ((YESTERDAY, True), (TODAY, False)):
        asked = codes(rules.obstacles_to_test_partner(toetreding, "", [], day))
        assert ("tested_before_proposal" in asked) is stands


def test_a_second_factor_is_reset_once_its_owner_had_time_to_stop_it():
    for hours, stands in ((1, True), (-1, False)):
        reset = FactorReset(
            user=User(pk=2),
            status=ResetStatus.GOEDGEKEURD,
            not_before=timezone.now() + timedelta(hours=hours),
        )
        asked = codes(rules.obstacles_to_carry_out_reset(reset, User(pk=1)))
        assert ("too_early" in asked) is stands


@pytest.mark.django_db
class TestOfWhatIsThere:
    """The same, of what only the house knows."""

    def test_a_declaration_is_appended_to_a_covenant_that_binds(self):
        toetreding = situations.proposed_partner()

        def asked() -> set[str]:
            with acting_as(user("bureau").pk):
                today = timezone.localdate()
                return codes(rules.obstacles_to_append_verklaring(toetreding, today))

        assert "no_covenant" not in asked()
        with time_machine.travel("1999-01-01 12:00+01:00"):
            assert "no_covenant" in asked()

    def test_one_link_at_a_time_waits_for_somebody_and_a_used_one_is_dead(self):
        colleague, office = user("rimo"), user("bureau")
        with acting_as(office.pk):
            assert "waiting_already" not in codes(rules.obstacles_to_inviting(colleague, office))
            operations.invite(colleague, by=office)
            assert "waiting_already" in codes(rules.obstacles_to_inviting(colleague, office))
        with acting_as(colleague.pk), pytest.raises(Refused) as refused:
            operations.choose_password("nooit-gegeven", "vier-woorden-op-een-rij")
        assert refused.value.codes == {"dead"}

    def test_somebody_is_away_once_at_a_time(self):
        tom, office = user("tom"), user("bureau")
        with acting_as(office.pk):
            assert rules.obstacles_to_absence(tom, TODAY, TOMORROW, None) == []
            about = {"start_date": TODAY, "end_date": TOMORROW}
            operations.record_absence(tom, **about, by=office)
            asked = rules.obstacles_to_absence(tom, TOMORROW, TOMORROW, None)
            assert codes(asked) == {"away_already"}
