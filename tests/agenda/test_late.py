"""Who comes late keeps what he typed, and reads what was decided in the meantime."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from agenda import operations, rules
from agenda.states import OVERLEG_FLOW
from cases import operations as casework
from cases.models import Prioriteitenlijst, Spoed
from tests import situations
from tests.agenda.test_wall import WORDS, a_case, adopted, planned, put_on
from tests.situations import user
from veiligheidshuis import once
from veiligheidshuis.formats import long_date, today
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
MINE = "Wat ik <b>een uur</b> lang typte."


def test_who_sends_minutes_of_a_point_that_left_the_agenda_gets_his_words_back(browse):
    overleg, office = planned(), user("bureau")
    item = put_on(overleg, a_case(), "samira")
    address = reverse("agenda:minutes", args=[overleg.pk, item.position])
    with acting_as(office.pk):
        operations.take_off_agenda(item, by=office)

    answer = browse("bureau").post(
        address,
        WORDS | {"discussed": MINE, "password": "een geheim woord", "csrfmiddlewaretoken": "t o"},
    )

    page = BeautifulSoup(answer.content, "html.parser")
    typed = page.find(attrs={"aria-labelledby": "getypt"}).get_text()
    assert answer.status_code == 404
    assert MINE in typed
    assert WORDS["decision"] in typed
    assert "<b>een uur</b>" not in answer.text
    assert "geheim woord" not in answer.text
    assert "t o" not in typed.split("\n")


def test_who_takes_no_notes_any_more_reads_his_words_and_no_others(browse):
    """Hidden and absent answer alike: the page gives back what this request sent, and no more."""
    overleg, office = planned(notes="tom"), user("bureau")
    item = put_on(overleg, a_case(), "samira")
    here = reverse("agenda:minutes", args=[overleg.pk, item.position])
    nowhere = reverse("agenda:minutes", args=[overleg.pk, 999])
    with acting_as(office.pk):
        operations.hand_over_notes(overleg, office, by=office)
    typed = WORDS | {"discussed": MINE, once.FIELD: once.new_key()}
    tom = browse("tom")

    hidden, absent = tom.post(here, typed), tom.post(nowhere, typed)

    assert "Wat u typte" in hidden.text
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_text_of_one_word_comes_back_as_well(browse):
    typed = {
        "title": "Gesprek",
        "text": "Akkoord",
        "scope": "lead_case",
        "happened_on": "7-12-2026",
    }
    answer = browse("samira").post("/dossiers/VH-1999-0001/notitie/", typed)

    page = BeautifulSoup(answer.content, "html.parser")
    back = [each.get_text() for each in page.select("[aria-labelledby=getypt] blockquote")]
    assert (answer.status_code, back) == (404, ["Gesprek", "Akkoord", "7-12-2026"])


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/bestaat/niet/", {"discussed": MINE}),
        ("/prioriteitenlijst/99-1/", {"keuze": "woord"}),
        ("/prioriteitenlijst/99-1/", {"versie": "3", "tekst": "f" * 64, "code": "123456"}),
        ("/prioriteitenlijst/99-1/", {"reason": "woord " * 40_000}),
    ],
)
def test_nothing_comes_back_of_a_page_that_never_was_of_a_choice_or_of_a_flood(
    browse, address, typed
):
    answer = browse("bureau").post(address, typed)

    assert answer.status_code in (404, 405)
    assert "Wat u typte" not in answer.text


def test_each_who_comes_late_to_a_meeting_reads_what_that_means_for_him(browse):
    case, overleg = a_case(), planned()
    item = put_on(overleg, case, "samira")
    adopted(overleg, item)
    with acting_as(user("bureau").pk):
        overleg.refresh_from_db()
        item.overleg = overleg
        said = [
            rules.obstacles_to_filling(overleg),
            rules.obstacles_to_take_off(item),
            rules.obstacles_to_changing_who_comes(overleg),
            rules.obstacles_to_hold(overleg),
            rules.obstacles_to_moving(overleg),
        ]

    sentences = {each[0].message for each in said}
    assert len(sentences) == 5
    assert sentences >= {OVERLEG_FLOW.otherwise["hold"], OVERLEG_FLOW.otherwise["reschedule"]}
    page = browse("bureau").get(reverse("agenda:overleg_move", args=[overleg.pk]))
    assert OVERLEG_FLOW.otherwise["reschedule"] in page.text


def test_a_meeting_to_come_is_not_called_discussed_and_one_that_was_says_when(browse):
    case = a_case()
    held, to_come = planned(), planned(days=7)
    point = put_on(held, case, "samira")
    put_on(to_come, case, "samira")
    of_case, samira = reverse("agenda:of_case", args=[case.number]), browse("samira")

    before = samira.get(of_case).text
    adopted(held, point)
    after = samira.get(of_case).text

    assert "Besproken in" not in before
    assert f"Besproken in het casusoverleg van {long_date(held.on)}" in after
    assert f"Staat op de agenda van het casusoverleg van {long_date(to_come.on)}" in after
    page = samira.get(reverse("agenda:overleg", args=[held.pk])).text
    assert f"Gehouden op {long_date(held.on)}. De notulen zijn vastgesteld." in page


def test_the_home_of_the_office_leads_to_who_must_be_called_now(browse):
    office, bureau = browse("bureau"), user("bureau")
    home = reverse("agenda:today")
    calm = situations.put_forward_case(last_name="Rustig")
    assert "Nu bellen" not in office.get(home).text
    reporter = user("politie")
    with acting_as(reporter.pk):
        urgent = casework.nominate(
            situations.a_person(last_name="Haastig"),
            doelgroep=calm.doelgroep,
            report=situations.a_report(urgency=Spoed.SPOED),
            by=reporter,
        )

    shown = BeautifulSoup(office.get(home).content, "html.parser")

    calls = shown.find(attrs={"aria-labelledby": "spoed"})
    with acting_as(bureau.pk):
        assert urgent.client.display_name in calls.get_text()
        assert calm.client.display_name not in calls.get_text()
    link = calls.find("a")["href"]
    assert link == reverse("cases:candidates") + "#bellen"
    assert BeautifulSoup(office.get(link).content, "html.parser").find(id="bellen")


def test_the_home_of_the_office_leads_to_a_list_of_which_no_partner_was_asked(browse):
    ranked = situations.open_list(situations.put_forward_case())
    office, home = browse("bureau"), reverse("agenda:today")

    shown = BeautifulSoup(office.get(home).content, "html.parser")

    waiting = shown.find(attrs={"aria-labelledby": "wachtende-lijsten"})
    assert waiting.find("a")["href"] == reverse("cases:list_sources", args=[ranked.code])
    situations.asked_source(ranked)
    assert "Nog geen partner is gevraagd" not in office.get(home).text


def test_the_home_of_the_office_leads_to_a_new_list_when_the_last_is_nearly_too_old(
    browse, monkeypatch
):
    monkeypatch.setattr("cases.presenters.adoption.today", lambda: today() + timedelta(days=182))
    ranked, manager = situations.open_list(situations.admitted_case()), user("manager")
    with acting_as(manager.pk):
        casework.adopt_list(Prioriteitenlijst.objects.get(pk=ranked.pk), by=manager)

    shown = BeautifulSoup(browse("bureau").get(reverse("agenda:today")).content, "html.parser")

    waiting = shown.find(attrs={"aria-labelledby": "wachtende-lijsten"})
    assert waiting.find("a")["href"] == reverse("cases:list_new")
