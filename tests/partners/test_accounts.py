"""How an account begins and how a role ends, in a browser."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import get_default_password_validators
from django.urls import reverse
from django.utils import timezone

from cases import operations as casework
from partners import operations
from partners.models import Role
from tests import situations
from tests.situations import organisation, user, with_papers
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW = {
    "role": "ketenpartner",
    "first_name": "Jolanda",
    "last_name": "van den Berg",
    "email": "j.berg@tracee.example",
    "username": "jolanda",
    "start_date": "1-1-2026",
}


def today(plus=0):
    return timezone.localdate() + plus * DAY


def typed(day):
    return f"{day.day}-{day.month}-{day.year}"


def add(browser, **more):
    data = NEW | {"organisation": organisation("tracee").pk} | more
    return browser.post(reverse("partners:user_add"), data)


@pytest.fixture
def leader():
    """An interventiemanager who was appointed a month ago."""
    office = user("bureau")
    with acting_as(office.pk):
        jolanda = operations.add_user(
            organisation("gemeente-heerlen"),
            username="jolanda",
            first_name="Jolanda",
            last_name="van den Berg",
            email="jolanda@gemeente.example",
            role=Role.INTERVENTIEMANAGER,
            start_date=today(-30),
            by=office,
        )
    return with_papers(jolanda)


def case_read_by(person):
    """A case that somebody else leads, and that this person may read."""
    case, giver = situations.assigned_case(), user("samira")
    with acting_as(giver.pk):
        casework.grant_by_hand(
            case, person, scopes=["view_plan"], end_date=today(30), reason="Meelezen", by=giver
        )
    return case


def end_on(browser, person, day):
    held = person.appointments.get()
    page = reverse("partners:appointment_end", args=[person.pk, held.pk])
    return browser.post(page, {"end_date": typed(day)})


def test_a_role_that_ended_yesterday_shows_no_case_any_more(browse, leader):
    case = case_read_by(leader)
    reader, page = browse("jolanda"), reverse("cases:detail", args=[case.number])
    assert reader.get(page).status_code == 200

    assert end_on(browse("bureau"), leader, today(-1)).status_code == 302

    assert reader.get(page).status_code == 404
    assert reader.get("/dossiers/").status_code == 404
    with acting_as(leader.pk):
        assert not type(case).objects.exists()


def test_the_last_day_of_a_role_still_counts_and_is_marked(browse, leader):
    case, office = case_read_by(leader), browse("bureau")

    assert end_on(office, leader, today()).status_code == 302

    page = reverse("cases:detail", args=[case.number])
    assert browse("jolanda").get(page).status_code == 200
    assert "Stopt: vandaag" in office.get("/beheer/gebruikers/").content.decode()


@pytest.mark.parametrize(("days", "marked"), [(14, True), (15, False)])
def test_a_role_that_ends_within_fourteen_days_is_marked(browse, leader, days, marked):
    office = browse("bureau")

    end_on(office, leader, today(days))

    listed = office.get("/beheer/gebruikers/").content.decode()
    own = office.get(reverse("partners:user", args=[leader.pk])).content.decode()
    assert ("Stopt: nog" in listed) is marked
    assert ("loopt bijna af" in own) is marked


def test_every_rule_of_a_password_has_its_sentence():
    """A validator that is added to the settings needs Dutch words of its own."""
    for validator in get_default_password_validators():
        assert "get_error_message" in vars(type(validator)), validator


def test_a_contact_point_that_was_switched_off_is_shown_as_out_of_reach(browse):
    page = reverse("partners:organisation", args=["ggd-zuid-limburg"])
    assert "Account staat uit" not in browse("samira").get(page).content.decode()

    browse("bureau").post(reverse("partners:user_off", args=[user("ggd").pk]))

    assert "Account staat uit" in browse("samira").get(page).content.decode()
