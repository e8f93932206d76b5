"""The client holds the tablet: he sees his plan to sign, a page of thanks, and nothing else.

ui.md 4.1: "Cliënt: none: only the signing page on the tablet of the interventiemanager"; OFF-03.
"""

import time
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser

from maatwerkplan.models import Maatwerkplan
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.entering import SECRETS
from tests.maatwerkplan.test_offer_views import address, as_it_is, signed
from veiligheidshuis import factors, stepup, tablet

pytestmark = pytest.mark.django_db
THANKS, CODE = "/tablet/bedankt/", "/bevestigen/"
# What answers beside the page itself: the thanks, and the ways in which its owner proves himself.
WAYS_BACK = {"tablet_thanks", "confirm", "partners:sign_on_prove", "partners:sign_on_return"}


def asks_for_the_code(plan: Maatwerkplan, on: str = "offer") -> str:
    return f"{CODE}?next={quote(address(on, plan), safe='')}"


def handed_over(browser: Browser, plan: Maatwerkplan) -> Browser:
    assert browser.get(address("sign", plan)).status_code == 200
    return browser


def proves(browser: Browser, where: str, username: str = "samira") -> str:
    """Type the code on the page that asks for it; where he is led."""
    page = BeautifulSoup(browser.get(where).content, "html.parser")
    on = page.find("input", {"name": "next"})["value"]
    code = factors.code_now(SECRETS[username])
    return browser.post(CODE, {"code": code, "next": on}).headers.get("Location", "")


def test_the_ways_back_are_what_the_house_lets_through():
    assert tablet.OPEN == WAYS_BACK


def test_the_page_that_asks_and_the_thanks_show_no_menu_no_name_and_no_way_in(browse):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)

    for where in (THANKS, asks_for_the_code(plan)):
        page = BeautifulSoup(samira.get(where).content, "html.parser")
        words = page.find("body").get_text()
        for secret in ("Samira", plan.case.client.last_name, "Hoofdmenu", "Zoeken"):
            assert secret not in words, where
        ways = {a["href"].split("?")[0] for a in page.select("a[href]")} - {"#inhoud"}
        assert ways <= {THANKS, CODE, address("sign", plan)}


def test_only_the_code_takes_the_tablet_back_however_fresh_the_last_one_is(browse):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)

    wrong = samira.post(CODE, {"code": "000000", "next": address("offer", plan)})
    still = samira.get(address("offer", plan))
    on = proves(samira, asks_for_the_code(plan))

    assert (wrong.status_code, still.url) == (422, asks_for_the_code(plan))
    assert on == address("offer", plan)
    assert samira.get(on).status_code == 200


def test_the_page_itself_stays_open_while_the_client_reads_longer_than_a_proof_lasts(browse):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)
    session = samira.session
    session[stepup.PROVED_AT] = time.time() - stepup.FRESH_FOR.total_seconds() - 1
    session.save()

    sent = samira.post(address("sign", plan), signed(plan))

    assert sent.url == THANKS
    assert as_it_is(plan).status == PlanStatus.ONDERTEKEND


def test_what_its_owner_sent_from_another_tab_waits_for_him(browse):
    """He had the form of a refusal open when he handed the tablet over; nothing typed is lost."""
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)

    led = samira.post(address("refuse", plan), {"reason": "Hij wil niet weg uit het park."})

    assert led.url == f"{CODE}?next=%2Fconcept%2F"
    assert samira.get("/concept/").url == asks_for_the_code(plan)
    assert proves(samira, led.url) == "/concept/"
    assert "Hij wil niet weg uit het park." in samira.get("/concept/").text


def test_another_plan_is_another_address(browse):
    plan, other = situations.offered_plan(), situations.offered_plan()
    samira = handed_over(browse("samira"), plan)

    assert samira.get(address("sign", other)).url == asks_for_the_code(plan)


def test_who_is_not_let_in_does_not_lose_the_house(browse):
    plan = situations.offered_plan()
    manager = browse("manager")

    assert manager.get(address("sign", plan)).status_code == 404
    assert manager.get("/account/").status_code == 200
    assert manager.get(THANKS).url == "/"


@pytest.mark.parametrize(
    ("choice", "says", "on"),
    [
        ("nee", "U doet nu niet mee.", "refuse"),
        ("later", "U wilt nog nadenken.", "talk"),
    ],
)
def test_who_does_not_sign_now_reads_thanks_and_the_interventiemanager_goes_on(
    browse, choice, says, on
):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)

    answer = samira.post(address("sign", plan), {"keuze": choice, "tekst": plan.text.sha256})

    assert answer.url == THANKS
    page = samira.get(THANKS).content.decode()
    assert says in page
    assert address("sign", plan) in page  # he may read it once more
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN
    assert samira.get("/").url == asks_for_the_code(plan, on)
    assert proves(samira, asks_for_the_code(plan, on)) == address(on, plan)


def test_closing_is_no_choice_and_leads_to_the_thanks(browse):
    plan = situations.offered_plan()
    page = BeautifulSoup(browse("samira").get(address("sign", plan)).content, "html.parser")

    (close,) = (a["href"] for a in page.select("a[href]") if a.get_text() == "Sluiten")

    assert close == THANKS


def test_what_the_house_tells_the_interventiemanager_waits_until_he_is_back(browse):
    plan = situations.offered_plan()
    samira = handed_over(browse("samira"), plan)
    samira.post(address("sign", plan), signed(plan))

    thanks = samira.get(THANKS).content.decode()
    asked = samira.get(asks_for_the_code(plan, "start")).content.decode()
    on = proves(samira, asks_for_the_code(plan, "start"))

    assert "De startklok loopt" not in thanks + asked
    assert "Uw plan is getekend." in thanks
    assert address("sign", plan) not in thanks
    assert "De startklok loopt" in samira.get(on).content.decode()
