"""The pages on which a plan is offered, signed, refused and printed."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cases.states import CaseStatus
from maatwerkplan import operations
from maatwerkplan.models import Maatwerkplan, PlanDocument, Signature
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.entering import take_back
from tests.situations import typed_day, user
from veiligheidshuis import pdf
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
DRAWN = json.dumps({"width": 640, "height": 192, "strokes": [[[10, 10], [60.5, 80], [90, 20]]]})
NAMES = ("offer", "sign", "refuse", "start")


def address(name, plan) -> str:
    ends = {
        "offer": "aanbod/",
        "sign": "aanbod/tekenen/",
        "refuse": "aanbod/weigering/",
        "pdf": "plan.pdf",
        "start": "start/",
        "talk": "aanbod/gesprek/",
    }
    return f"/dossiers/{plan.case.number}/{ends[name]}"


def as_it_is(plan) -> Maatwerkplan:
    with acting_as(user("samira").pk):
        return Maatwerkplan.objects.select_related("case", "text").get(pk=plan.pk)


def signed(plan, **changes) -> dict[str, str]:
    """The form as client and interventiemanager fill it in: one draws, one types."""
    filled = {
        "keuze": "ja",
        "client_tekening": DRAWN,
        "manager_naam": "Samira Haddou",
        "manager_akkoord": "on",
        "tekst": plan.text.sha256,
        "eenmalig": new_key(),
    }
    return filled | changes


def refusal(**changes) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=5)
    filled = {
        "reason": "Ik heb geen hulp nodig.",
        "message_given": "on",
        "next_step": "Gesprek met reclassering en politie",
        "next_step_on": f"{day.day}-{day.month}-{day.year}",
        "eenmalig": new_key(),
    }
    return filled | changes


# --- who gets in ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*NAMES, "pdf"])
def test_a_stranger_to_the_case_finds_nothing_and_cannot_tell_it_from_a_case_that_is_not_there(
    browse, name
):
    plan = situations.signed_plan()
    absent = address(name, plan).replace(plan.case.number, "VH-1999-0001")

    assert browse().get(address(name, plan)).status_code == 302
    for username in ("tom", "politie", "legerdesheils", "manager", "stuurgroep"):
        visitor = browse(username)
        hidden, nowhere = visitor.get(address(name, plan)), visitor.get(absent)
        assert (hidden.status_code, nowhere.status_code) == (404, 404), username
        assert hidden.content == nowhere.content


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_lead_the_case_cannot_post_there_either(browse, name):
    plan = situations.offered_plan()

    answer = browse("manager").post(address(name, plan), signed(plan) | refusal())

    assert answer.status_code in (404, 405)
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN


def test_a_case_without_a_plan_leads_to_the_plan(browse):
    case = situations.planned_case()

    answer = browse("samira").get(f"/dossiers/{case.number}/aanbod/")

    assert answer.url == f"/dossiers/{case.number}/maatwerkplan/"


# --- the offer --------------------------------------------------------------------------------


def test_what_still_stands_in_the_way_is_named_and_the_offer_is_not_made(browse):
    plan = situations.asked_plan()

    page = browse("samira").get(address("offer", plan))
    answer = browse("samira").post(
        address("offer", plan), {"voorbeeld": page.context["sha256"], "eenmalig": new_key()}
    )

    assert [o.code for o in page.context["obstacles"]] == ["unanswered"]
    assert answer.status_code == 409
    assert "heeft nog niet geantwoord" in answer.content.decode()
    assert as_it_is(plan).status == PlanStatus.CONCEPT


def test_what_is_offered_is_word_for_word_the_preview(browse):
    plan = situations.asked_plan()
    situations.answer_all(plan)
    samira = browse("samira")
    preview = samira.get(address("offer", plan))
    form = {"voorbeeld": preview.context["sha256"], "eenmalig": new_key()}

    first, second = (samira.post(address("offer", plan), form) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert as_it_is(plan).text.sha256 == preview.context["sha256"]
    page = samira.get(address("offer", plan))
    assert page.context["text"] == preview.context["text"]
    assert "Laten tekenen op de tablet" in page.content.decode()


def test_a_preview_that_is_no_longer_the_plan_is_not_offered(browse):
    plan = situations.asked_plan()
    situations.answer_all(plan)
    samira = user("samira")
    old = browse("samira").get(address("offer", plan)).context["sha256"]
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        operations.change_action(action, by=samira, is_guidance=True, leefgebied="educatie")

    answer = browse("samira").post(address("offer", plan), {"voorbeeld": old})

    assert answer.status_code == 409
    assert as_it_is(plan).status == PlanStatus.CONCEPT


def test_the_same_plan_with_another_word_is_shown_again_before_it_is_offered(browse):
    plan = situations.asked_plan()
    situations.answer_all(plan)

    answer = browse("samira").post(address("offer", plan), {"voorbeeld": "0" * 64})

    assert answer.status_code == 409
    assert [o.code for o in answer.context["obstacles"]] == ["other_preview"]
    assert as_it_is(plan).status == PlanStatus.CONCEPT


# --- signing ----------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_the_text_is_the_stored_one(browse):
    plan = situations.offered_plan(("gezondheid", "Behandeling", "mondriaan"), deficits={})

    page = browse("samira").get(address("sign", plan))
    html = page.content.decode()

    assert "checked" not in html
    assert f'name="tekst" value="{plan.text.sha256}"' in html
    for word in (
        "Behandeling",
        plan.text.content["inleiding"],
        *plan.text.content["afspraken_huis"],
    ):
        assert word in html
    assert "Hoofdmenu" not in html


def test_client_and_manager_sign_drawn_and_typed_and_the_clock_runs(browse):
    plan = situations.offered_plan()
    samira, form = browse("samira"), signed(plan)

    first, second = (samira.post(address("sign", plan), form) for _ in range(2))

    assert first.url == second.url == "/tablet/bedankt/"
    with acting_as(user("samira").pk):
        client, manager = Signature.objects.order_by("party")
    assert client.name == plan.text.content["client"]
    assert client.strokes["strokes"] == [[[10, 10], [60.5, 80], [90, 20]]]
    assert (manager.name, manager.strokes) == ("Samira Haddou", None)
    assert as_it_is(plan).status == PlanStatus.ONDERTEKEND
    assert samira.get(address("sign", plan)).url == "/tablet/bedankt/"
    take_back(samira)
    assert samira.get(address("sign", plan)).url == address("offer", plan)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"keuze": ""}, "Kies of u meedoet."),
        ({"keuze": "misschien"}, "Kies ‘Ik doe mee’, ‘Ik wil nog nadenken’ of ‘Ik doe niet mee’."),
        ({"client_tekening": ""}, "De handtekening van de cliënt ontbreekt."),
        (
            {"manager_naam": "", "manager_akkoord": ""},
            "De handtekening van de interventiemanager ontbreekt.",
        ),
        ({"manager_akkoord": ""}, "deze naam de handtekening van de interventiemanager is."),
        ({"manager_naam": "Sam\x00ira"}, "onzichtbaar teken"),
        ({"manager_naam": "S" * 10_000}, "van de interventiemanager – Deze tekst is 10000 tekens"),
        ({"client_tekening": "[" * 100_000}, "kunnen we niet lezen"),
    ],
)
def test_a_form_with_mistakes_says_how_to_mend_it_and_keeps_the_rest(browse, changes, says):
    plan = situations.offered_plan()

    answer = browse("samira").post(address("sign", plan), signed(plan, **changes))
    html = answer.content.decode()

    assert answer.status_code == 422
    assert says in BeautifulSoup(html, "html.parser").select_one("[data-error-summary]").text
    assert html.count(says.split(" – ")[-1]) == 2, "ook bij het veld"
    if "client_tekening" not in changes:
        assert answer.context["form"].places[0].drawn == DRAWN
        assert "60.5" in html
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN


def test_a_text_that_is_not_the_offered_one_is_not_signed_and_the_drawing_stays(browse):
    plan = situations.offered_plan()

    answer = browse("samira").post(address("sign", plan), signed(plan, tekst="anders"))

    assert answer.status_code == 409
    assert [o.code for o in answer.context["obstacles"]] == ["other_text"]
    html = answer.content.decode()
    assert "60.5" in html
    assert 'value="Samira Haddou"' in html
    assert 'value="ja" checked' in html


def test_a_machine_that_cannot_draw_pdf_says_so_before_anybody_signs(browse, monkeypatch):
    plan = situations.offered_plan()
    monkeypatch.setattr(pdf, "unavailable", lambda: "Vraag de beheerder om libpango.")

    page = browse("samira").get(address("sign", plan))
    answer = browse("samira").post(address("sign", plan), signed(plan))

    assert "Tekenen kan nu niet. Vraag de beheerder om libpango." in page.content.decode()
    assert answer.status_code == 409
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN


# --- refusal ----------------------------------------------------------------------------------


def test_a_refusal_opens_drang_en_dwang_with_its_next_step_and_day(browse):
    plan = situations.offered_plan()
    samira, form = browse("samira"), refusal()

    first, second = (samira.post(address("refuse", plan), form) for _ in range(2))

    assert first.url == second.url == address("offer", plan)
    with acting_as(user("samira").pk):
        plan = Maatwerkplan.objects.select_related("case", "refusal").get(pk=plan.pk)
    assert plan.case.status == CaseStatus.DRANG_DWANG
    html = samira.get(address("offer", plan)).content.decode()
    assert "Drang en dwang" in html
    assert "Gesprek met reclassering en politie" in html
    assert "Ik heb geen hulp nodig." in html
    panel = f"/dossiers/{plan.case.number}/maatwerkplan/stand/"
    assert "Gesprek met reclassering" in samira.get(panel).content.decode()
    assert "Gesprek met reclassering" not in browse("manager").get(panel).content.decode()


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"message_given": ""}, 409, "Vertel de cliënt eerst"),
        ({"next_step_on": typed_day(-3)}, 409, "ligt in het verleden"),
        ({"next_step_on": "31-2-2027"}, 422, "bestaat niet"),
        ({"reason": ""}, 422, "Vul dit in."),
        ({"reason": "x" * 10_000}, 422, "Maak hem korter"),
        ({"next_step": "a\x00b"}, 422, "onzichtbaar teken"),
    ],
)
def test_a_refusal_that_is_not_complete_is_asked_again_with_what_was_typed(
    browse, changes, status, says
):
    plan = situations.offered_plan()

    answer = browse("samira").post(address("refuse", plan), refusal(**changes))

    assert answer.status_code == status
    assert says in answer.content.decode()
    if "reason" not in changes:
        assert "Ik heb geen hulp nodig." in answer.content.decode()
    assert as_it_is(plan).status == PlanStatus.AANGEBODEN


def test_a_plan_that_was_signed_in_another_tab_cannot_be_refused_any_more(browse):
    plan = situations.signed_plan()

    assert browse("samira").get(address("refuse", plan)).url == address("offer", plan)
    answer = browse("samira").post(address("refuse", plan), refusal())

    assert answer.status_code == 409
    assert as_it_is(plan).status == PlanStatus.ONDERTEKEND


# --- the plan on paper ------------------------------------------------------------------------


def test_the_page_of_a_pdf_that_is_not_there_yet_asks_the_worker_again(
    browse, django_capture_on_commit_callbacks
):
    plan = situations.signed_plan()
    samira = browse("samira")

    page = samira.get(address("pdf", plan))
    with django_capture_on_commit_callbacks() as asked:
        answer = samira.post(address("pdf", plan), {"eenmalig": new_key()})

    assert "De pdf wordt gemaakt" in page.content.decode()
    assert answer.url == address("pdf", plan)
    assert len(asked) == 1


def test_there_is_no_pdf_of_a_plan_that_nobody_signed(browse):
    plan = situations.offered_plan()

    answer = browse("samira").post(address("pdf", plan), {})

    assert answer.status_code == 409
    assert "Dit plan is nog niet getekend." in answer.content.decode()


def test_the_pdf_that_was_kept_is_what_everybody_gets_and_the_name_is_not_in_its_file_name(browse):
    plan, samira = situations.signed_plan(), user("samira")
    with acting_as(samira.pk):
        operations.keep_document(plan, b"%PDF-1.7 eerste", by=samira)
        operations.keep_document(plan, b"%PDF-1.7 tweede", by=samira)
        assert PlanDocument.objects.count() == 1

    answer = browse("samira").get(address("pdf", plan))

    assert answer.content == b"%PDF-1.7 eerste"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="plan-{plan.case.number}.pdf"'
    assert answer["Cache-Control"] == "no-store"
