"""Whoever opens the address of a deed gets a page that says so, whatever is behind the address."""

import uuid
from urllib.parse import urljoin

import pytest
from django.urls import resolve, reverse

from tests.house.doors import ABSENT
from tests.house.walk import routes

pytestmark = pytest.mark.django_db


def an_address(route: str, seed: int = 1) -> str:
    """The address of this route, to something that does not exist."""
    names = routes()[route].pattern.converters
    made_up = {name: ABSENT.get(name, uuid.UUID(int=seed << 76 | 8 << 60 | 1)) for name in names}
    return reverse(route, kwargs=made_up)


FOUND: dict[str, str] = {}  # looked for once: it says nothing of what is in the house


@pytest.fixture
def deeds(browse) -> dict[str, str]:
    """The routes where one can only send, with an address of each."""
    if not FOUND:
        office = browse("bureau")
        addresses = {route: an_address(route) for route in routes()}
        FOUND.update(
            (route, address)
            for route, address in addresses.items()
            if office.get(address).status_code == 405
        )
    return FOUND


def test_the_address_of_a_deed_tells_that_nothing_was_done_and_leads_to_its_page(browse, deeds):
    office = browse("bureau")

    assert len(deeds) > 15
    for route, address in deeds.items():
        answer = office.get(address)
        assert "Er is nu niets verstuurd en niets veranderd." in answer.text, route
        assert "POST" in answer.headers["Allow"], route
        page = urljoin(address, answer.context["way_back"])
        assert resolve(page), route
        assert office.get(page).status_code != 405, f"{route} wijst naar {page}"


def test_the_page_of_a_deed_says_nothing_of_what_exists(browse, deeds):
    """Every address of one shape gives the same bytes: existing, hidden and absent."""
    office = browse("bureau")
    several = {route: an_address(route, seed=4) for route in deeds}

    assert {route for route, address in several.items() if address != deeds[route]}
    for route, address in several.items():
        assert office.get(address).content == office.get(deeds[route]).content, route


@pytest.mark.parametrize("route", ["home", "cases:candidates", "hulp"])
def test_who_sends_something_to_a_page_that_is_only_read_is_led_to_that_page(browse, route):
    address = reverse(route)

    answer = browse("bureau").post(address)

    assert answer.status_code == 405
    assert urljoin(address, answer.context["way_back"]) == address


def test_a_visitor_who_opens_the_address_of_a_deed_logs_in_first(browse):
    answer = browse().get(an_address("cases:import_decide"))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/inloggen/")
