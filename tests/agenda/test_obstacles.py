"""What stands in the way of a casusoverleg, and when it does not. tests/house/test_obstacles.py."""

from datetime import time

import pytest
from django.utils import timezone

from agenda import operations, rules
from agenda.models import Casusoverleg
from agenda.states import OverlegStatus
from cases.models import Case
from tests import situations
from tests.agenda.test_agenda import WORDS, planned, put_on
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle

pytestmark = pytest.mark.django_db


def codes(obstacles: list[Obstacle]) -> set[str]:
    return {each.code for each in obstacles}


def test_a_case_stands_once_on_an_agenda_of_which_somebody_takes_the_notes():
    case, overleg, office = situations.asked_plan().case, planned(), user("bureau")
    with acting_as(office.pk):
        case = Case.objects.get(pk=case.pk)
        assert rules.obstacles_to_agenda(overleg, case) == []
        overleg.note_taker = user("stuurgroep")  # he took them once, and works with persons no more
        assert "note_taker_gone" in codes(rules.obstacles_to_agenda(overleg, case))
        overleg.note_taker = office
    put_on(overleg, case, "samira")
    with acting_as(office.pk):
        assert codes(rules.obstacles_to_agenda(overleg, case)) == {"on_it_already"}


@pytest.mark.parametrize(("ends", "code"), [(9, "no_time"), (8, "ends_before_start")])
def test_a_meeting_ends_after_it_starts(ends, code):
    today = timezone.localdate()

    assert codes(rules.obstacles_to_planning(today, time(9), time(ends))) == {code}


def test_what_was_held_had_an_agenda_and_what_was_called_off_has_no_notes():
    case, overleg, office = situations.asked_plan().case, planned(), user("bureau")
    with acting_as(office.pk):
        assert codes(rules.obstacles_to_hold(overleg)) == {"empty_agenda"}
    put_on(overleg, case, "samira")
    with acting_as(office.pk):
        assert rules.obstacles_to_hold(overleg) == []

    off = Casusoverleg(status=OverlegStatus.AFGEZEGD)
    assert codes(rules.obstacles_to_writing(off)) == {"called_off"}
    assert rules.obstacles_to_writing(overleg) == []


def test_a_point_with_notes_stays_on_its_agenda():
    case, overleg, office = situations.asked_plan().case, planned(), user("bureau")
    item = put_on(overleg, case, "samira")
    with acting_as(office.pk):
        assert rules.obstacles_to_take_off(item) == []
        operations.write_minutes(item, **WORDS, by=office)
        assert "has_minutes" in codes(rules.obstacles_to_take_off(item))
