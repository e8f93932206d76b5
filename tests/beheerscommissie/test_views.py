"""The pages: for a visitor, for the commission, and for the buurtregisseur."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beheerscommissie.models import Means, Overlastmelding, ReportContent, Vergadering
from beheerscommissie.operations import Contact
from tests.beheerscommissie import reports
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db

FORM = "/gebied/gasthuis/melden/"
AREA = "/gebied/gasthuis/"
LIST = "/meldingen/"


def told(**other):
    """What a visitor fills in."""
    yesterday = timezone.localdate() - timedelta(days=1)
    form = {
        "kind": "openbare_orde",
        "place": reports.gasthuis().places.get(name="Klompstraat").pk,
        "place_detail": "Bij de brug",
        "happened_on": f"{yesterday.day}-{yesterday.month}-{yesterday.year}",
        "day_part": "avond",
        "conduct": "Vier mensen schreeuwden.",
        "wants_contact": "ja",
        "phone": "06 11 22 33 44",
        "eenmalig": str(uuid.uuid4()),
    }
    return form | other


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def address(name, melding):
    return reverse(f"beheerscommissie:{name}", args=[melding.pk])


def kept_reports():
    with acting_as(user("buurtregisseur").pk):
        return list(ReportContent.objects.select_related("melding"))


# --- the visitor ---------------------------------------------------------------------------


def test_a_visitor_reports_nuisance_and_follows_it_by_his_code(browse):
    visitor = browse()

    answer = visitor.post(FORM, told(), follow=True)

    (content,) = kept_reports()
    assert answer.redirect_chain == [(f"/gebied/gasthuis/melding/{content.code}/", 302)]
    assert content.code in text_of(answer)
    found = visitor.get(
        "/gebied/gasthuis/melding/", {"code": content.code.lower().replace("-", " ")}
    )
    assert found.url == f"/gebied/gasthuis/melding/{content.code}/"


def test_sending_the_form_twice_is_one_report_and_leads_to_the_same_code(browse):
    form, visitor = told(), browse()

    first, second = visitor.post(FORM, form), visitor.post(FORM, form)

    assert first.url == second.url
    assert len(kept_reports()) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": ""}, "Kies wat voor overlast het is."),
        ({"place": "999999"}, "Deze plek staat niet in de lijst"),
        ({"place": "a\x00b"}, "Deze plek staat niet in de lijst"),
        ({"happened_on": "31-2-2026"}, "bestaat niet"),
        ({"happened_on": "1-1-2090"}, "Deze dag moet nog komen"),
        ({"happened_on": "1-1-2001"}, "langer dan een jaar geleden"),
        ({"day_part": "straks"}, "Kies een deel van de dag."),
        ({"conduct": ""}, "Beschrijf kort wat er gebeurde."),
        ({"conduct": "a\x00b"}, "onzichtbaar teken"),
        ({"conduct": "x" * 10_000}, "Maak hem korter: maximaal 4000 tekens"),
        ({"phone": "", "email": ""}, "Vul een telefoonnummer of een e-mailadres in"),
        ({"email": "geen adres"}, "Dit is geen e-mailadres."),
        ({"email": "a@b.nl\x00"}, "onzichtbaar teken"),
        ({"phone": "bel mij"}, "Schrijf het nummer met cijfers en spaties"),
        ({"website": "koop nu"}, "Maak dit veld leeg"),
    ],
)
def test_bad_input_is_refused_in_words_and_what_was_typed_stays(browse, wrong, sentence):
    answer = browse().post(FORM, told(**wrong))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if "conduct" not in wrong:
        assert "Vier mensen schreeuwden." in text_of(answer)
    assert kept_reports() == []


def test_who_wants_no_answer_leaves_no_number_behind(browse):
    browse().post(FORM, told(wants_contact="nee", name="Jo", phone="06 11 22 33 44"))

    (content,) = kept_reports()
    with acting_as(user("buurtregisseur").pk):
        melding = Overlastmelding.objects.select_related("melder").get(pk=content.pk)
        assert not hasattr(melding, "melder")


def test_after_twenty_reports_from_one_address_the_form_asks_to_wait_and_keeps_the_text(browse):
    visitor = browse()
    for _ in range(20):
        assert visitor.post(FORM, told()).status_code == 302

    answer = visitor.post(FORM, told())

    assert answer.status_code == 409
    assert "Probeer het over een uur opnieuw" in text_of(answer)
    assert "Vier mensen schreeuwden." in text_of(answer)
    assert browse().post(FORM, told(), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_page_of_a_code_says_how_far_it_is_and_nothing_of_what_was_told(browse):
    melding = reports.filed_report(conduct="Een geheim verhaal")
    with acting_as(user("buurtregisseur").pk):
        code = melding.content.code

    page = browse().get(f"/gebied/gasthuis/melding/{code}/")

    assert "Ontvangen" in text_of(page)
    for told_by_melder in ("Een geheim verhaal", "Bij de fietsenstalling", "Klompstraat", "Jo"):
        assert told_by_melder not in text_of(page).replace("Jouw", "")


def test_the_answer_stands_on_the_page_of_the_code(browse):
    melding = reports.answered_report(means=Means.MELDCODE, contact=Contact())
    with acting_as(user("buurtregisseur").pk):
        code = ReportContent.objects.get(melding=melding).code

    page = text_of(browse().get(f"/gebied/gasthuis/melding/{code}/"))

    assert "De wijkagent sprak de groep aan" in page
    assert "De wijkagent ging langs" not in page  # what the buurtregisseur noted for himself


@pytest.mark.parametrize(
    "path",
    [
        "/gebied/elders/melden/",
        "/gebied/elders/melding/",
        "/gebied/gasthuis/melding/AAAA-AAAA/",
        "/gebied/elders/melding/AAAA-AAAA/",
    ],
)
def test_an_area_or_code_that_is_not_there_is_not_found(browse, path):
    assert browse().get(path).status_code == 404


def test_a_code_that_nobody_has_is_answered_in_words_of_the_melder(browse):
    said = text_of(browse().get("/gebied/gasthuis/melding/AAAA-AAAA/"))

    assert "Deze code kennen wij niet." in said
    assert "dossiernummer" not in said


def test_nuisance_of_this_evening_is_not_reported_at_night(browse, monkeypatch):
    now = timezone.localtime().replace(hour=1, minute=46)
    monkeypatch.setattr("beheerscommissie.rules.timezone.localtime", lambda *_: now)
    typed = told(happened_on=f"{now:%d-%m-%Y}")

    answer = browse().post(FORM, typed)

    assert (answer.status_code, kept_reports()) == (422, [])
    assert "Dit deel van de dag moet nog komen." in text_of(answer)


@pytest.mark.parametrize("code", ["", "x", "AAAA-AAAA", "a\x00b", "é" * 8, "x" * 10_000])
def test_a_wrong_code_is_said_in_words(browse, code):
    answer = browse().get("/gebied/gasthuis/melding/", {"code": code})

    assert answer.status_code == 422


# --- the commission ------------------------------------------------------------------------


def test_a_resident_lands_on_the_area_and_sees_places_and_counts(
    browse, django_assert_max_num_queries
):
    for _ in range(3):
        reports.filed_report(place="Klompstraat", conduct="Een geheim verhaal")
    resident = browse("bewoner")

    assert resident.get("/gebied/").url == AREA
    with django_assert_max_num_queries(22):
        page = resident.get(AREA)

    assert "3 meldingen op 1 plek" in text_of(page)
    for hidden in ("Een geheim verhaal", "fietsenstalling", reports.MELDER.name, "/meldingen/"):
        assert hidden not in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_reports(browse):
    resident = browse("bewoner")
    reports.filed_report()
    first = count_queries(resident, AREA)
    for place in ("Aambos", "Gasthuis", "Voskuilenweg"):
        reports.filed_report(place=place)

    assert count_queries(resident, AREA) == first


def count_queries(browser, path):
    browser.get(path)  # what is looked up once in a process is not counted
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_the_counts_follow_period_and_part_of_the_day(browse):
    reports.filed_report(days_ago=1, day_part="avond")
    reports.filed_report(days_ago=40, day_part="nacht")
    resident = browse("bewoner")

    assert "1 melding op 1 plek" in text_of(resident.get(AREA))
    assert "2 meldingen op 1 plek" in text_of(resident.get(AREA, {"periode": "13"}))
    at_night = text_of(resident.get(AREA, {"periode": "13", "moment": "nacht"}))
    assert "1 melding op 1 plek" in at_night
    assert "Er zijn geen meldingen in deze periode" in text_of(
        resident.get(AREA, {"moment": "ochtend"})
    )


@pytest.mark.parametrize("query", ["periode=x", "moment=%00", "periode=99999999999999", "periode="])
def test_a_strange_filter_counts_as_not_chosen(browse, query):
    assert browse("bewoner").get(f"{AREA}?{query}").status_code == 200


@pytest.mark.parametrize("who", ["samira", "politie", "bureau", "manager", "stuurgroep"])
@pytest.mark.parametrize("path", ["/gebied/", AREA, LIST, f"{AREA}routes/", f"{AREA}vergadering/"])
def test_for_everybody_else_these_pages_are_not_there(browse, who, path):
    assert browse(who).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/gebied/", AREA, LIST, f"{AREA}routes/"])
def test_a_visitor_logs_in_first(browse, path):
    assert browse().get(path).status_code == 302


def test_a_resident_finds_no_reports_and_no_report(browse):
    melding = reports.filed_report()
    resident = browse("bewoner")

    hidden = resident.get(address("report", melding))
    absent = resident.get(reverse("beheerscommissie:report", args=[uuid.uuid4()]))

    assert (resident.get(LIST).status_code, hidden.status_code) == (404, 404)
    assert hidden.content == absent.content
    for step in ("assign_report", "handle_report", "give_feedback"):
        assert resident.post(address(step, melding), {}).status_code == 404


def test_the_chair_plans_a_meeting_and_the_commission_reads_it(browse):
    day = timezone.localdate() + timedelta(days=30)
    form = {
        "on": f"{day.day}-{day.month}-{day.year}",
        "starts_at": "19.30",
        "location": "Gasthuis, zaal 1",
        "topics": "Camera bij de scouting",
        "eenmalig": str(uuid.uuid4()),
    }
    chair = browse("buurtregisseur")

    assert chair.post(f"{AREA}vergadering/", form).status_code == 302
    assert chair.post(f"{AREA}vergadering/", form).status_code == 302  # the same form once more
    again = chair.post(f"{AREA}vergadering/", form | {"eenmalig": str(uuid.uuid4())})

    assert again.status_code == 409
    assert "Er is al een vergadering op deze dag." in text_of(again)
    assert "Camera bij de scouting" in text_of(again)
    with acting_as(user("bewoner").pk):
        assert Vergadering.objects.count() == 1
    assert "Camera bij de scouting" in text_of(browse("bewoner").get(AREA))


# --- the buurtregisseur --------------------------------------------------------------------


def test_the_list_shows_waiting_reports_and_no_person(browse):
    reports.filed_report(conduct="Een geheim verhaal")
    reports.answered_report(place="Aambos")
    chair = browse("buurtregisseur")

    waiting, everything = chair.get(LIST), chair.get(LIST, {"toon": "alle"})

    assert "1 melding " in text_of(waiting)
    assert "Aambos" not in text_of(waiting)
    assert "Aambos" in text_of(everything)
    for hidden in ("Een geheim verhaal", reports.MELDER.name):
        assert hidden not in text_of(everything)
    assert chair.get(LIST, {"pagina": "x"}).status_code == 200


def test_the_list_asks_the_same_number_of_queries_for_one_report_as_for_ten(browse):
    chair = browse("buurtregisseur")
    reports.filed_report()
    first = count_queries(chair, LIST)
    for _ in range(9):
        reports.filed_report()

    assert count_queries(chair, LIST) == first


def test_a_report_is_given_handled_and_answered_in_the_browser(browse):
    melding, chair = reports.filed_report(kind="crimineel"), browse("buurtregisseur")

    page = BeautifulSoup(chair.get(address("report", melding)).content, "html.parser")
    proposed = page.select_one("select[name=party] option[selected]")
    assert proposed.text == "Politie"
    send(chair, "assign_report", melding, party=proposed["value"], version=1)
    assert "bel of mail hen zelf" in text_of(chair.get(address("report", melding)))
    send(chair, "handle_report", melding, text="De wijkagent ging langs.", version=2)
    today = timezone.localdate()
    answer = send(
        chair,
        "give_feedback",
        melding,
        means="telefoon",
        told_on=f"{today.day}-{today.month}-{today.year}",
        text="Gebeld en uitgelegd.",
        version=3,
    )

    assert answer.status_code == 302
    final = text_of(chair.get(address("report", melding)))
    assert "Teruggekoppeld" in final
    assert "Gebeld en uitgelegd." in final


def send(browser, step, melding, **form):
    answer = browser.post(address(step, melding), form | {"eenmalig": str(uuid.uuid4())})
    assert answer.status_code == 302, text_of(answer)
    return answer


def test_a_stale_page_is_refused_with_the_text_kept_and_can_be_sent_again(browse):
    melding, chair = reports.assigned_report(), browse("buurtregisseur")

    answer = chair.post(
        address("handle_report", melding), {"text": "Mijn lange verhaal", "version": "1"}
    )

    assert answer.status_code == 409
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Dit is intussen gewijzigd" in page.get_text()
    assert page.select_one("textarea[name=text]").text.strip() == "Mijn lange verhaal"
    current = page.select_one("form:has(textarea) input[name=version]")["value"]
    send(chair, "handle_report", melding, text="Mijn lange verhaal", version=current)


@pytest.mark.parametrize("typed", [{"text": "Mijn lange verhaal"}, {"text": "x" * 10_000}])
def test_a_step_that_a_colleague_took_shows_what_was_typed_and_the_step_that_is_next(browse, typed):
    melding, chair = reports.assigned_report(), browse("buurtregisseur")
    send(chair, "handle_report", melding, text="Wij gingen kijken.", version=melding.version)

    answer = chair.post(address("handle_report", melding), typed | {"version": melding.version})

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert typed["text"] in page.find(attrs={"aria-labelledby": "getypt"}).get_text()
    assert page.find("form", action=address("handle_report", melding)) is None
    form = page.find("form", action=address("give_feedback", melding))
    assert form.select_one("textarea[name=text]").text.strip() == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Schrijf kort op"), ("a\x00b", "onzichtbaar"), ("x" * 10_000, "Maak hem korter")],
)
def test_a_step_with_bad_input_is_refused_in_words(browse, text, sentence):
    melding = reports.assigned_report()

    answer = browse("buurtregisseur").post(address("handle_report", melding), {"text": text})

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_every_look_at_a_report_is_written_down(browse, owner):
    melding = reports.filed_report()
    lines = "SELECT count(*) FROM veiligheidshuis_accesslogentry WHERE %s = ANY (subjects)"

    browse("buurtregisseur").get(address("report", melding))

    assert owner.execute(lines, [f"melding {melding.pk}"]).fetchone() == (1,)


def test_routes_that_a_colleague_changed_in_the_meantime_are_shown_and_not_overwritten(browse):
    chair, police = browse("buurtregisseur"), reports.party("Politie")
    handhaving = reports.party("Team Handhaving (gemeente)")
    opened = BeautifulSoup(chair.get(f"{AREA}routes/").content, "html.parser")
    seen = opened.select_one("input[name=version]")["value"]
    kinds = ("crimineel", "openbare_orde", "zicht_en_geluid")
    chair.post(f"{AREA}routes/", dict.fromkeys(kinds, handhaving.pk) | {"version": seen})

    late = chair.post(f"{AREA}routes/", dict.fromkeys(kinds, police.pk) | {"version": seen})

    page = BeautifulSoup(late.content, "html.parser")
    assert late.status_code == 409
    assert "Dit is intussen gewijzigd" in page.text
    assert f"Nu: {handhaving.name}." in page.text
    assert page.select_one("select[name=crimineel] option[selected]").text == police.name
    again = dict.fromkeys(kinds, police.pk)
    again["version"] = page.select_one("input[name=version]")["value"]
    assert chair.post(f"{AREA}routes/", again).status_code == 302


def test_another_party_is_proposed_after_the_routes_were_changed(browse):
    chair = browse("buurtregisseur")
    handhaving = reports.party("Team Handhaving (gemeente)")
    form = dict.fromkeys(("crimineel", "openbare_orde", "zicht_en_geluid"), handhaving.pk)
    form["version"] = chair.get(f"{AREA}routes/").context["form"].initial["version"]

    assert chair.post(f"{AREA}routes/", form).status_code == 302
    assert chair.post(f"{AREA}routes/", form | {"crimineel": "0"}).status_code == 422

    melding = reports.filed_report(kind="crimineel")
    page = BeautifulSoup(chair.get(address("report", melding)).content, "html.parser")
    assert page.select_one("select[name=party] option[selected]").text == handhaving.name
