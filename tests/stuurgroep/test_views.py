"""The page of figures."""

import pytest
from bs4 import BeautifulSoup

from maatwerkplan.states import PlanStatus
from tests.stuurgroep import offers

pytestmark = pytest.mark.django_db
PAGE = "/rapportages/"


@pytest.mark.parametrize("who", ["stuurgroep", "manager"])
def test_who_steers_sees_four_figures_and_how_they_are_counted(
    browse, who, django_assert_max_num_queries
):
    visitor = browse(who)

    with django_assert_max_num_queries(10):
        answer = visitor.get(PAGE)

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert len(page.select("figure")) == len(page.select("details table")) == 4
    assert "Groepen kleiner dan vijf laten we niet zien." in page.get_text()


@pytest.mark.parametrize("who", ["samira", "politie", "bureau", "bewoner", "buurtregisseur"])
def test_for_everybody_else_the_page_is_not_there(browse, who):
    assert browse(who).get(PAGE).status_code == 404


def test_a_visitor_logs_in_first(browse):
    assert browse().get(PAGE).status_code == 302


def test_the_page_names_no_client_and_no_small_group(browse):
    cases = offers.assigned_cases(3)
    for case in cases:
        offers.offered(case, offers.last_half_year(), status=PlanStatus.GEWEIGERD)

    page = browse("stuurgroep").get(PAGE).content.decode()

    assert "verborgen" in page
    for case in cases:
        assert case.client.last_name not in page
        assert case.number not in page
