"""The front door: who gets in, what a stranger learns, and what is written down."""

import pytest
from django.core.cache import cache

from demo.people import PASSWORD
from veiligheidshuis import door

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


def try_it(browser, username="samira", password=PASSWORD, **more):
    return browser.post("/inloggen/", {"username": username, "password": password, **more})


def test_somebody_logs_in_to_his_own_first_page_and_out_again(browse):
    visitor = browse()

    assert try_it(visitor).url == "/"
    assert visitor.get("/dossiers/").status_code == 200
    out = visitor.post("/uitloggen/")
    assert out.headers["Clear-Site-Data"]
    assert visitor.get("/dossiers/").status_code == 302


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(browse):
    wrong_password = try_it(browse(), password="verkeerd-wachtwoord")
    wrong_name = try_it(browse(), username="bestaatniet")

    assert wrong_password.status_code == wrong_name.status_code == 422
    assert door.WRONG in wrong_password.content.decode()
    assert door.WRONG in wrong_name.content.decode()


def test_guessing_is_slowed_down_for_one_name_and_not_for_the_office(browse):
    for _ in range(door.TRIES):
        try_it(browse(), password="verkeerd-wachtwoord")

    assert door.TOO_OFTEN in try_it(browse()).content.decode()
    assert try_it(browse(), username="tom").status_code == 302


def test_the_way_on_leads_to_a_page_of_this_house_only(browse):
    assert try_it(browse(), next="/dossiers/").url == "/dossiers/"
    assert try_it(browse(), next="https://elders.example/").url == "/"
    assert try_it(browse(), next="//elders.example/").url == "/"


@pytest.mark.parametrize("typed", ["", "a\x00b", "x" * 10_000])
def test_bad_input_gets_a_sentence(browse, typed):
    assert try_it(browse(), username=typed).status_code == 422


def test_every_try_is_written_down(browse, owner):
    def lines():
        query = "SELECT count(*) FROM veiligheidshuis_accesslogentry WHERE action = 'inloggen'"
        return owner.execute(query).fetchone()[0]

    before = lines()
    try_it(browse(), password="verkeerd-wachtwoord")
    try_it(browse())

    assert lines() == before + 2
