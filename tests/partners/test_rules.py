"""Who may have an account or a role, and what keeps the house from locking itself out."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from partners import operations, rules
from partners.models import PERSON_ROLES, Appointment, Role, User
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def codes(obstacles) -> set[str]:
    return {obstacle.code for obstacle in obstacles}


def day(away: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=away)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, -1, {"ends_before_start"}),
        (400, None, {"role_held"}),
        (-3000, -2900, set()),
        (-4000, -3900, {"too_long_ago"}),
        (4000, None, {"too_far_ahead", "role_held"}),
    ],
)
def test_a_role_is_held_once_at_a_time(start, end, expected):
    first, last = day(start), None if end is None else day(end)
    found = rules.obstacles_to_appointing(user("ggd"), Role.KETENPARTNER, first, last)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("who", "role"),
    [(who, r) for who in ("fg", "privacy") for r in sorted(PERSON_ROLES)]
    + [("ggd", "fg"), ("ggd", "privacyfunctionaris")],
)
def test_who_supervises_does_not_work_with_dossiers(acting, who, role):
    """AVG 38 lid 6; the page and the wall say the same."""
    found = rules.obstacles_to_appointing(user(who), role, timezone.localdate(), None)

    assert codes(found) == {"fg_apart"}
    with acting("bureau"), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(
            "SELECT vh.appoint(%s, %s, vh.today(), NULL)", [user(who).pk, role]
        )


def test_who_supervised_in_the_past_may_work_with_dossiers_now():
    assert not rules.obstacles_to_appointing(user("fg"), Role.MANAGER, day(-3000), day(-2900))


def test_a_role_ends_once_and_not_before_it_began():
    today = timezone.localdate()
    over = Appointment(
        user=user("ggd"),
        role=Role.KETENPARTNER,
        start_date=date(2020, 1, 1),
        end_date=today - timedelta(days=1),
    )
    later = Appointment(
        user=user("ggd"), role=Role.KETENPARTNER, start_date=today + timedelta(days=5)
    )

    assert codes(rules.obstacles_to_ending_appointment(over, today)) == {"ended_already"}
    assert codes(rules.obstacles_to_ending_appointment(later, today)) == {"ends_before_start"}
    assert not rules.obstacles_to_ending_appointment(later, later.start_date)


def test_who_stays_longer_is_appointed_anew():
    until = timezone.localdate() + timedelta(days=30)
    held = Appointment(
        user=user("ggd"), role=Role.KETENPARTNER, start_date=date(2020, 1, 1), end_date=until
    )

    longer = rules.obstacles_to_ending_appointment(held, until + timedelta(days=1))
    assert codes(longer) == {"made_longer"}
    assert not rules.obstacles_to_ending_appointment(held, until)


def test_the_last_of_the_office_stays_until_there_is_another_for_good():
    office, today = user("bureau"), timezone.localdate()
    own = office.appointments.get()

    with acting_as(office.pk):
        assert codes(rules.obstacles_to_switching_off(office, office)) == {"last_office"}
        assert codes(rules.obstacles_to_ending_appointment(own, today)) == {"last_office"}
        for_a_while = today + timedelta(days=30)
        operations.appoint(user("gemeente"), Role.BEDRIJFSBUREAU, by=office, end_date=for_a_while)
        assert codes(rules.obstacles_to_switching_off(office, office)) == {"last_office"}
        operations.appoint(user("tom"), Role.BEDRIJFSBUREAU, by=office)
        assert not rules.obstacles_to_switching_off(office, office)


def test_nobody_stands_in_for_himself_or_comes_back_before_he_leaves():
    someone = user("samira")
    found = rules.obstacles_to_absence(someone, day(2), day(1), someone)
    assert codes(found) == {"ends_before_start", "stands_in_for_himself"}


def test_a_login_name_is_of_one_person_however_it_is_written():
    assert codes(rules.obstacles_to_adding_user("SAMIRA")) == {"username_taken"}
    assert not rules.obstacles_to_adding_user("samira.nieuw")


def test_who_is_switched_off_has_no_role_left():
    someone = User.objects.get(username="ggd")
    someone.is_active = False
    assert codes(rules.obstacles_to_switching_off(someone, user("bureau"))) == {"off_already"}
    assert someone.active_roles == frozenset()
