"""While the client holds the tablet, every address of the house asks the second factor. OFF-03.

Derived from the matrix of all doors: a new page is shut to the client from its first day.
"""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests import situations
from tests.entering import enter
from tests.house.doors import Door
from tests.house.matrix import MATRIX
from tests.house.walk import routes
from tests.house.world import World, furnish
from tests.maatwerkplan.test_offer_views import address
from tests.maatwerkplan.test_tablet import WAYS_BACK, asks_for_the_code, handed_over


@pytest.fixture
def lived_in(own_house: str) -> World:
    return furnish()


def where(door: Door) -> str:
    return reverse(door.route, kwargs=door.kwargs) + door.query


@pytest.mark.whole
def test_every_other_address_asks_for_the_code(lived_in):
    """To look, to send and to fetch a part; of what there is and of what there is not. What was
    sent from another tab waits behind the same question."""
    plan, known = situations.offered_plan(), routes()
    browser = handed_over(enter(Browser(), situations.user("samira")), plan)
    rows = [row(name, lived_in) for name, row in MATRIX.items() if name in known]
    doors = [door for row in rows for door in row if door.route not in WAYS_BACK]
    shut = {where(door) for door in doors} | {"/bestaat/niet/"} - {address("sign", plan)}

    looked, sent, fetched = zip(*(answers_to(browser, each) for each in shut), strict=True)

    asks = asks_for_the_code(plan)
    assert {*looked, *fetched} == {asks}
    assert {*sent} == {asks, f"{reverse('confirm')}?next=%2Fconcept%2F"}
    assert {door.route for door in doors} == MATRIX.keys() - WAYS_BACK


def answers_to(browser: Browser, address: str) -> tuple[str, ...]:
    """Where each way of asking leads: to look, to send, and to fetch a part of a page."""
    looked, sent = browser.get(address), browser.post(address, {"q": "x"})
    part = browser.get(address, headers={"HX-Request": "true"})
    ways = (looked.headers.get("Location"), sent.headers.get("Location"))
    return (*map(str, ways), str(part.headers.get("HX-Redirect")))
