"""Who may see what in the whole house, by organisation, by person and by part of a dossier."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import Scope
from partners import operations as staff
from partners.models import Role
from tests import situations
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
PAGE = reverse("cases:who_may")


def rows(browser, **asked) -> list[tuple[str, ...]]:
    """The lines of the page: who, organisation, part, how many, and whether he sees it."""
    asked.setdefault("organisatie", "")
    shown = browser.get(PAGE, asked)
    assert shown.status_code == 200
    found = BeautifulSoup(shown.content, "html.parser").main.select("tbody tr")
    return [tuple(cell.get_text(strip=True) for cell in row.select("th, td")) for row in found]


def given(*parts, by="samira", to="politie2", case=None):
    """A dossier of which somebody holds these parts, by hand."""
    case, giver = case or situations.assigned_case(), user(by)
    with acting_as(giver.pk):
        operations.grant_by_hand(
            case,
            user(to),
            scopes=list(parts),
            end_date=timezone.localdate(),
            reason="Meelezen",
            by=giver,
        )
    return case


def test_a_line_says_who_holds_what_and_of_how_many_dossiers(browse):
    for _ in range(2):
        given(Scope.VIEW_PLAN)

    held = rows(browse("bureau"), wie="Nouwen", deel=Scope.VIEW_PLAN)

    assert held == [("Bart Nouwen", "Politie", "Het hele maatwerkplan zien", "2", "ziet dit")]


def test_it_is_asked_by_organisation_by_person_and_by_part(browse):
    given(Scope.VIEW_PLAN)
    office, police = browse("bureau"), organisation("politie")

    assert {row[1] for row in rows(office, organisatie=police.pk)} == {"Politie"}
    assert {row[0] for row in rows(office, wie="haddou")} == {"Samira Haddou"}
    assert {row[2] for row in rows(office, deel=Scope.LEAD_CASE)} == {"De regie voeren"}
    assert rows(office, organisatie=police.pk, wie="haddou") == []
    nothing = office.get(PAGE, {"organisatie": police.pk, "wie": "haddou"}).content.decode()
    assert "Hier is vandaag niets toegekend" in nothing


def test_without_a_question_it_shows_ones_own_organisation(browse):
    given(Scope.VIEW_PLAN, to="gemeente")

    shown = browse("bureau").get(PAGE).content.decode()

    assert "Anouk Bisschops" in shown
    assert "Samira Haddou" not in shown


def test_what_was_given_to_somebody_who_sees_nothing_is_told_as_such(browse):
    """His role ended yesterday; nobody took back what he was given in it."""
    office, today = user("bureau"), timezone.localdate()
    with acting_as(office.pk):
        joke = staff.add_user(
            organisation("politie"),
            username="joke",
            first_name="Joke",
            last_name="Vaessen",
            email="joke@politie.example",
            role=Role.KETENPARTNER,
            start_date=today - timedelta(days=30),
            by=office,
        )
    situations.with_papers(joke)
    given(Scope.VIEW_PLAN, to="joke")
    with acting_as(office.pk):
        held = joke.appointments.get()
        staff.end_appointment(held, by=office, end_date=today - timedelta(days=1))

    assert {row[-1] for row in rows(browse("bureau"), wie="Vaessen")} == {"ziet nu niets"}


def test_what_was_taken_back_is_not_there(browse):
    case = given(Scope.VIEW_PLAN)
    giver = user("samira")
    with acting_as(giver.pk):
        operations.withdraw_by_hand(case, user("politie2").personal_group, by=giver)

    assert rows(browse("bureau"), wie="Nouwen") == []


def test_who_is_barred_from_a_dossier_does_not_count_there(browse):
    case = given(Scope.VIEW_PLAN)
    office = user("manager")
    with acting_as(office.pk):
        operations.bar(case, user("politie2"), reason="Broer", by=office)

    assert rows(browse("bureau"), wie="Nouwen") == []


def test_one_of_the_office_who_is_barred_himself_does_not_count_that_dossier(browse):
    case = given(Scope.VIEW_PLAN)
    office = user("manager")
    with acting_as(office.pk):
        operations.bar(case, user("bureau"), reason="Zus", by=office)

    assert rows(browse("bureau"), wie="Nouwen") == []


def test_who_knows_all_by_his_role_is_named(browse):
    shown = BeautifulSoup(browse("bureau").get(PAGE).content, "html.parser").aside.text

    assert "Ilse Vermeulen" in shown
    assert "Ruud Kerstens" in shown
    assert "Samira Haddou" not in shown


@pytest.mark.parametrize("asked", [{"deel": "alles"}, {"organisatie": "x"}, {"wie": "x" * 999}])
def test_a_question_that_cannot_be_is_said(browse, asked):
    assert browse("bureau").get(PAGE, asked).status_code == 422


@pytest.mark.parametrize("who", ["manager", "samira", "politie", "beheerder", "fg"])
def test_it_is_for_the_office(browse, who):
    assert browse(who).get(PAGE).status_code == 404
