"""A fresh proof before what reaches far. AUTH-11."""

import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from tests.entering import SECRETS, enter
from veiligheidshuis import drafts, factors
from veiligheidshuis.stepup import fresh_factor, fresh_to_send, fresh_to_take_along

pytestmark = pytest.mark.django_db


@fresh_factor
def reaches_far(request: HttpRequest, number: str) -> HttpResponse:
    return HttpResponse(f"dossier {number}")


@fresh_to_send
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("waarom", "een leeg formulier"))


@fresh_to_take_along
def file(request: HttpRequest) -> HttpResponse:
    return HttpResponse("%PDF")


urlpatterns = [
    path("ver/<number>/", reaches_far, name="reaches_far"),
    path("formulier/", form, name="form"),
    path("bestand/", file, name="file"),
    path("", include("veiligheidshuis.urls")),
]
FAR = "/ver/VH-1/"


@pytest.fixture
def samira(browse, person):
    """Somebody who logged in six minutes ago."""
    with override_settings(ROOT_URLCONF=__name__):
        yield enter(browse(), person("samira"), proved_at=time.time() - 360)


def test_who_just_proved_himself_goes_on(browse, samira):
    assert browse("samira").get(FAR).content == b"dossier VH-1"


def test_who_proved_himself_longer_ago_does_it_again_and_comes_back(samira):
    asked = samira.get(f"{FAR}?blad=2")
    assert asked.url == "/bevestigen/?next=%2Fver%2FVH-1%2F%3Fblad%3D2"
    assert samira.get(asked.url).status_code == 200

    typed = {"code": factors.code_now(SECRETS["samira"]), "next": f"{FAR}?blad=2"}
    assert samira.post("/bevestigen/", typed).url == f"{FAR}?blad=2"
    assert samira.get(FAR).status_code == 200


def test_a_form_leads_back_to_the_page_it_stands_on(samira):
    page = {"HTTP_REFERER": "http://testserver/dossiers/VH-1/"}
    assert samira.post(FAR, **page).url == "/bevestigen/?next=%2Fdossiers%2FVH-1%2F"


def test_a_part_of_a_page_sends_the_whole_page_to_the_question(samira):
    part = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/dossiers/"}
    answer = samira.get(FAR, **part)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Redirect"] == "/bevestigen/?next=%2Fdossiers%2F"


def prove(visitor, way_back):
    code = factors.code_now(SECRETS["samira"])
    return visitor.post("/bevestigen/", {"code": code, "next": way_back})


def test_what_was_typed_waits_after_the_question(samira):
    assert samira.get("/formulier/").status_code == 200
    asked = samira.post("/formulier/", {"waarom": "Zij neemt waar", "password": "geheim woord"})
    assert asked.url == "/bevestigen/?next=%2Fconcept%2F"
    assert prove(samira, "/concept/").url == "/concept/"

    shown = samira.get("/concept/").content.decode()
    assert "Zij neemt waar" in shown
    assert "geheim woord" not in shown
    assert samira.post("/formulier/", {"waarom": "Zij neemt waar"}).content == b"Zij neemt waar"


def test_a_button_without_fields_says_that_nothing_was_done_yet(samira):
    page = {"HTTP_REFERER": "http://testserver/hulp/"}
    asked = samira.post("/formulier/", {"csrfmiddlewaretoken": "x"}, **page)

    assert asked.url == "/bevestigen/?next=%2Fhulp%2F"
    said = "Klik daarna nog een keer op de knop. Er is nog niets gedaan."
    assert said in samira.get(asked.url).content.decode()
    assert prove(samira, "/hulp/").url == "/hulp/"
    again = "Er is nog niets gedaan. Klik nog een keer op de knop."
    assert again in samira.get("/hulp/").content.decode()
    assert again not in samira.get("/hulp/").content.decode()


def test_what_was_left_undone_long_ago_is_not_said_after_another_proof(samira):
    page = {"HTTP_REFERER": "http://testserver/hulp/"}
    samira.get(samira.post("/formulier/", {"csrfmiddlewaretoken": "x"}, **page).url)
    samira.post("/formulier/", {"waarom": "Zij neemt waar"})
    prove(samira, "/concept/")

    assert "nog een keer op de knop" not in samira.get("/hulp/").content.decode()


def test_a_form_that_is_too_long_to_keep_is_said_to_be_lost(samira):
    asked = samira.post("/formulier/", {"waarom": "x" * drafts.LONGEST})

    said = samira.get(asked.url).content.decode()
    assert "is te lang om te bewaren" in said
    assert "nog een keer op de knop" not in said


def test_a_form_that_was_kept_asks_no_second_click(samira):
    asked = samira.post("/formulier/", {"waarom": "Zij neemt waar"})
    assert "nog een keer op de knop" not in samira.get(asked.url).content.decode()


def test_a_form_of_yesterday_does_not_come_between(samira):
    samira.post("/formulier/", {"waarom": "Toch maar niet"})
    assert prove(samira, FAR).url == FAR


def test_a_file_leads_back_to_the_page_of_the_link_and_says_so(samira):
    page = {"HTTP_REFERER": "http://testserver/hulp/"}
    asked = samira.get("/bestand/", **page)
    assert asked.url == "/bevestigen/?next=%2Fhulp%2F"
    assert "Klik daarna nog een keer op de link" in samira.get(asked.url).content.decode()
    assert prove(samira, "/hulp/").url == "/hulp/"
    assert samira.get("/bestand/").content == b"%PDF"


def test_a_wrong_code_makes_nothing_fresh(samira):
    assert samira.post("/bevestigen/", {"code": "000000"}).status_code == 422
    assert samira.get(FAR).status_code == 302


def test_the_code_of_another_proves_nothing(samira):
    typed = {"code": factors.code_now(SECRETS["tom"])}
    assert samira.post("/bevestigen/", typed).status_code == 422


def test_the_way_back_leads_to_a_page_of_this_house_only(samira):
    typed = {"code": factors.code_now(SECRETS["samira"]), "next": "https://elders.example/"}
    assert samira.post("/bevestigen/", typed).url == "/"


def test_every_proof_is_written_down(samira, owner):
    samira.post("/bevestigen/", {"code": "000000"})
    samira.post("/bevestigen/", {"code": factors.code_now(SECRETS["samira"])})

    lines = owner.execute(
        "SELECT username, ground, outcome FROM veiligheidshuis_accesslogentry"
        " WHERE action = 'opnieuw bewijzen' ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert lines == [("samira", "totp", "gelukt"), ("samira", "", "mislukt")]
