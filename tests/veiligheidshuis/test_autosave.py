"""What somebody types is kept while he types (issue 5, point 8)."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import situations
from tests.entering import log_in
from veiligheidshuis import cipher, drafts, needtoknow
from veiligheidshuis.autosave import MOST
from veiligheidshuis.models import Draft

pytestmark = pytest.mark.django_db
KEEP, NOTE = "/concept/bewaren/", "Hij wil met zijn zus <praten> & eten."
OFFERED = "Er staat nog tekst die niet is verstuurd"
SENT = {"title": "Gesprek", "text": NOTE, "scope": "know_case"}


@pytest.fixture
def note_page(db):
    """Where samira writes a note in a dossier of hers."""
    return f"/dossiers/{situations.assigned_case(to='samira').number}/notitie/"


def standing(form):
    """The page that the form stands on: the dossier."""
    return form.removesuffix("notitie/")


def form_of(visitor, page):
    """The form with the long field, as a reader has it."""
    shown = BeautifulSoup(visitor.get(standing(page)).content, "html.parser")
    return shown.find("textarea", {"name": "text"}).find_parent("form")


def key_of(form):
    return form.find("input", {"name": "eenmalig"})["value"]


def keep(visitor, page, key, text=NOTE, was="", **more):
    typed = {"sleutel": key, "formulier": page, "text": text, "was:text": was}
    return visitor.post(KEEP, typed | more)


def press(visitor, page, button):
    """Press a button of the offer on this page."""
    shown = BeautifulSoup(visitor.get(standing(page)).content, "html.parser")
    offer = shown.find(attrs={"data-unsent": True})
    fields = {i["name"]: i["value"] for i in offer.find_all("input")}
    pressed = offer.find("button", {"name": button})
    return visitor.post(offer.form["action"], fields | {button: pressed["value"]})


def own(person, name="samira"):
    with needtoknow.acting_as(person(name).pk):
        return list(Draft.objects.all())


def test_what_was_typed_is_offered_and_stands_in_its_field_again(browse, note_page, person):
    """Without a script: the page has a button, and the house fills the field in."""
    visitor = browse("samira")
    key = key_of(form_of(visitor, note_page))
    assert keep(visitor, note_page, key).text.endswith("uur")
    assert NOTE not in own(person)[0].fields

    later = browse()
    log_in(later, "samira")
    assert OFFERED in later.get(standing(note_page)).text
    assert not form_of(later, note_page).find("textarea").text.strip()
    assert press(later, note_page, "terugzetten").url == standing(note_page)
    form = form_of(later, note_page)
    assert form.find_parent("details").has_attr("open")
    assert form.find("textarea", {"name": "text"}).text.strip() == NOTE

    held = {i["name"]: i["value"] for i in form.find_all("input", {"type": "hidden"})}
    assert later.post(note_page, SENT | held).status_code == 302
    assert own(person) == []


def test_who_does_not_want_it_back_throws_it_away(browse, note_page, person):
    visitor = browse("samira")
    keep(visitor, note_page, str(uuid.uuid4()))
    assert press(visitor, note_page, "weg").url == standing(note_page)
    assert OFFERED not in visitor.get(standing(note_page)).text
    assert own(person) == []


def test_it_stays_when_the_form_is_refused_and_goes_when_it_is_sent(browse, note_page, person):
    visitor = browse("samira")
    key = key_of(form_of(visitor, note_page))
    keep(visitor, note_page, key)
    refused = visitor.post(note_page, SENT | {"title": "", "eenmalig": key})
    assert refused.status_code == 422
    assert len(own(person)) == 1
    form = BeautifulSoup(refused.content, "html.parser").find("input", {"name": "getypt"}).parent
    fields = {"eenmalig": key_of(form), "getypt": key}
    assert visitor.post(note_page, SENT | fields).status_code == 302
    assert own(person) == []


def test_a_text_that_was_changed_meanwhile_is_shown_beside_what_stands_there_now(browse, note_page):
    visitor = browse("samira")
    keep(visitor, note_page, str(uuid.uuid4()), was="Wat er eerst stond")
    shown = visitor.get(standing(note_page)).text
    assert "intussen gewijzigd" in shown
    assert "Dit staat er nu:" in shown


def test_a_second_page_of_the_same_form_overwrites_nothing(browse, note_page, person):
    visitor = browse("samira")
    for text in ("Eerste bladzij", "Tweede bladzij"):
        keep(visitor, note_page, key_of(form_of(visitor, note_page)), text)
    assert len(own(person)) == 2
    press(visitor, note_page, "weg")
    assert "Eerste bladzij" in visitor.get(standing(note_page)).text


def test_typing_on_replaces_it_and_back_to_what_it_was_lets_go_of_it(browse, note_page, person):
    visitor, key = browse("samira"), str(uuid.uuid4())
    keep(visitor, note_page, key, "Hij", was="")
    keep(visitor, note_page, key, "Hij wil")
    assert len(own(person)) == 1
    assert keep(visitor, note_page, key, "").text == ""
    assert own(person) == []


def test_only_long_text_is_kept_and_never_of_the_door(browse, note_page, person):
    visitor, key = browse("samira"), str(uuid.uuid4())
    secret = dict.fromkeys(("password", "code", "bsn", "title", "signature"), "123456782")
    assert keep(visitor, note_page, key, "", **secret).text == ""
    for address in ("/inloggen/", "/account/", "/bestaat/niet/", "https://elders.example/"):
        assert keep(visitor, address, key).status_code == 204
    assert keep(visitor, note_page, "geen sleutel").status_code == 204
    assert keep(visitor, note_page, key, "x" * drafts.LONGEST).status_code == 413
    assert own(person) == []


def test_it_is_his_alone_even_with_his_key(browse, note_page, person):
    visitor, key = browse("samira"), str(uuid.uuid4())
    keep(visitor, note_page, key)
    other = browse("tom")
    keep(other, note_page, key, "Van tom")
    other.post("/concept/kiezen/", {"weg": key})
    assert own(person, "tom") == []
    (kept,) = own(person)
    assert json.loads(cipher.decrypt(kept.fields)) == [["text", NOTE, ""]]


def test_a_dossier_that_is_hidden_answers_as_one_that_is_absent(browse, note_page, owner):
    """And nothing is written in the log: no page was shown, and what he typed is his own."""
    stranger, answers = browse("tom"), []
    keep(stranger, note_page, str(uuid.uuid4()))  # the first of a session marks the session
    for page in (note_page, "/dossiers/VH-2099-9999/notitie/"):
        with CaptureQueriesContext(connection) as asked:
            answer = keep(stranger, page, str(uuid.uuid4()))
        answers.append((answer.status_code, answer.text, len(asked)))
    assert answers[0] == answers[1]
    lines = "SELECT FROM veiligheidshuis_accesslogentry WHERE route = 'autosave'"
    assert owner.execute(lines).rowcount == 0
    assert stranger.get(standing(note_page)).status_code == 404


def test_it_outlives_the_session_and_not_the_day(browse, note_page, person):
    visitor = browse("samira")
    keep(visitor, note_page, str(uuid.uuid4()))
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        assert log_in(visitor, "samira").url != "/concept/"
        assert OFFERED in visitor.get(standing(note_page)).text
    with time_machine.travel(timezone.now() + drafts.KEPT_FOR, tick=True):
        log_in(visitor, "samira")
        assert OFFERED not in visitor.get(standing(note_page)).text


def test_nobody_keeps_more_than_so_many(browse, note_page, person):
    visitor = browse("samira")
    for number in range(MOST + 2):
        keep(visitor, note_page, str(uuid.uuid4()), f"Tekst {number}")
    assert len(own(person)) == MOST


@pytest.mark.parametrize("page", ["nergens", "//elders.nl/", "", "geen\x00pagina", "javascript:x"])
def test_who_chooses_on_a_page_that_is_none_of_ours_goes_to_his_first_page(browse, page):
    answer = browse("samira").post("/concept/kiezen/", {"weg": "geen sleutel", "pagina": page})

    assert answer.status_code == 302
    assert not answer.url.startswith(("//", "javascript:"))


def test_an_address_that_cannot_be_kept_keeps_nothing(browse, note_page, person):
    answer = keep(browse("samira"), f"{note_page}?x=\x00", str(uuid.uuid4()))

    assert answer.status_code == 204
    assert own(person) == []
