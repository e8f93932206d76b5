"""The dossier in a browser: what each reader finds there, and what nobody else does."""

import pytest
from django.urls import reverse

from cases.forms.dossier import ScoreForm
from cases.models import Diagnosis, Leefgebied, LeefgebiedScore, TimelineItem
from tests import situations
from tests.situations import user
from veiligheidshuis import once
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def page(name: str, case, *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *more])


def test_the_interventiemanager_sees_it_all_and_the_manager_only_process_data(browse):
    case = situations.planned_case()

    whole = browse("samira").get(page("detail", case)).content.decode()
    process = browse("manager").get(page("detail", case)).content.decode()

    assert "12 delicten" in whole
    assert "Waarom aangedragen" in whole
    assert "Leefgebieden" in whole
    assert case.client.display_name in process
    for content in ("delicten", "Waarom aangedragen", "Leefgebieden", "Notitie toevoegen"):
        assert content not in process


def test_hidden_and_absent_are_the_same_page_with_the_same_number_of_queries(
    browse, django_assert_max_num_queries
):
    case = situations.assigned_case()
    stranger = browse("mondriaan")
    stranger.get("/dossiers/")

    with django_assert_max_num_queries(9) as hidden_queries:
        hidden = stranger.get(page("detail", case))
    with django_assert_max_num_queries(9) as absent_queries:
        absent = stranger.get("/dossiers/VH-2026-9999/")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert len(hidden_queries) == len(absent_queries)


@pytest.mark.parametrize(
    "name", ["detail", "diagnosis", "access", "diagnosis_complete", "note_add", "diagnosis_start"]
)
def test_no_page_of_the_dossier_is_there_for_a_stranger(browse, name):
    case = situations.assigned_case()
    stranger = browse("mondriaan")

    assert stranger.get(page(name, case)).status_code in (404, 405)
    assert stranger.post(page(name, case)).status_code in (404, 405)


def test_a_note_is_seen_by_whom_its_author_chose_and_is_written_once(browse):
    case = situations.assigned_case()
    typed = {"title": "Gebeld", "text": "Komt donderdag.", "scope": "lead_case"}
    key = {once.FIELD: once.new_key()}
    samira = browse("samira")

    for _ in range(2):
        assert samira.post(page("note_add", case), typed | key).status_code == 302

    with acting_as(user("samira").pk):
        assert TimelineItem.objects.filter(title="Gebeld").count() == 1
    assert "Komt donderdag" not in browse("manager").get(page("detail", case)).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "", "text": "x", "scope": "lead_case"},
        {"title": "a\x00b", "text": "x", "scope": "lead_case"},
        {"title": "x", "text": "y" * 10_000, "scope": "lead_case"},
        {"title": "x", "text": "behouden tekst", "scope": "view_victim"},
    ],
)
def test_a_note_that_is_filled_in_wrongly_comes_back_with_everything_typed(browse, typed):
    case = situations.assigned_case()

    answer = browse("samira").post(page("note_add", case), typed)

    assert answer.status_code == 422
    if "behouden" in typed["text"]:
        assert "behouden tekst" in answer.content.decode()


def test_the_diagnosis_is_made_in_the_browser_and_says_what_lacks(browse):
    case = situations.assigned_case()
    samira = browse("samira")
    samira.post(page("diagnosis_start", case))

    refused = samira.post(page("diagnosis_complete", case))
    assert refused.status_code == 409
    assert "nog niet beoordeeld" in refused.content.decode()

    with acting_as(user("samira").pk):
        leefgebieden = list(LeefgebiedScore.objects.values_list("leefgebied", flat=True))
    for leefgebied in leefgebieden:
        answer = samira.post(
            page("score", case, leefgebied),
            {"deficit": "2", "explanation": "Zie gesprek.", "criminogenic": "ja", "version": "1"},
        )
        assert answer.status_code == 302
    talk = {"interview": "gehouden", "interview_on": "1-11-2025"}
    samira.post(page("self_reliance", case), {"self_reliance": "niet", "version": "1"} | talk)
    assert samira.post(page("diagnosis_complete", case)).status_code == 302
    with acting_as(user("samira").pk):
        assert Diagnosis.objects.get(case=case).completed_on


def test_a_leefgebied_that_stays_unknown_is_not_called_judged(browse):
    case = situations.diagnosis_case()
    typed = {"deficit": "onbekend", "explanation": "Zwerft.", "find_out": "Vragen.", "version": "1"}

    answer = browse("samira").post(page("score", case, "huisvesting"), typed, follow=True)

    assert "Bewaard. Huisvesting is nog onbekend; zoek uit wat je opschreef." in answer.text
    assert "staat er." not in answer.text


def test_what_is_wrong_with_an_explanation_is_said_once():
    typed = {"deficit": "3", "explanation": "x\x00", "criminogenic": "ja", "version": "1"}

    assert len(ScoreForm(typed).errors["explanation"]) == 1


def test_a_judgement_from_an_old_tab_is_refused_and_kept_on_the_page(browse):
    case = situations.diagnosis_case()
    samira = browse("samira")
    typed = {"deficit": "3", "explanation": "Eerste.", "criminogenic": "ja", "version": "1"}
    samira.post(page("score", case, "huisvesting"), typed)

    answer = samira.post(
        page("score", case, "huisvesting"), typed | {"explanation": "Uit het oude tabblad."}
    )

    assert answer.status_code == 409
    assert "Uit het oude tabblad." in answer.content.decode()
    assert "Nu staat er:" in answer.content.decode()
    assert "door iemand anders of in een ander tabblad" in answer.content.decode()
    assert "Dit moet nog gebeuren" not in answer.content.decode()
    with acting_as(user("samira").pk):
        assert LeefgebiedScore.objects.get(leefgebied="huisvesting").explanation == "Eerste."
    version = answer.context["form"]["version"].value()
    again = typed | {"explanation": "Uit het oude tabblad.", "version": version}
    assert samira.post(page("score", case, "huisvesting"), again).status_code == 302


def test_access_by_hand_shows_one_leefgebied_to_one_person_until_it_is_withdrawn(browse):
    case = situations.planned_case()
    partner, samira = user("ggd"), browse("samira")
    given = {
        "person": partner.pk,
        "scopes": ["view_gezondheid"],
        "end_date": situations.typed_day(90),
        "reason": "Advies over de behandeling",
    }

    assert samira.post(page("access", case), given).status_code == 302
    with acting_as(partner.pk):
        seen = LeefgebiedScore.objects.values_list("leefgebied", flat=True)
        assert list(seen) == ["gezondheid"]
    shown = browse("ggd").get(page("diagnosis", case)).content.decode()
    assert "Gezondheid" in shown
    assert "Huisvesting" not in shown

    group = partner.personal_group_id
    assert samira.post(page("access_withdraw", case, group)).status_code == 302
    with acting_as(partner.pk):
        assert not LeefgebiedScore.objects.exists()


def test_access_by_hand_grants_nothing_that_the_giver_does_not_hold(browse):
    case = situations.planned_case()

    answer = browse("samira").post(
        page("access", case),
        {
            "person": user("ggd").pk,
            "scopes": ["view_victim"],
            "end_date": situations.typed_day(90),
            "reason": "x",
        },
    )

    assert answer.status_code == 422


def test_self_reliance_from_an_old_tab_shows_what_a_colleague_judged_meanwhile(browse):
    case = situations.diagnosis_case()
    samira, here = browse("samira"), page("self_reliance", case)
    typed = {"self_reliance": "niet", "instrument": "RISC", "version": "1"}
    samira.post(here, typed)

    answer = samira.post(here, {"self_reliance": "zelf", "instrument": "Geen", "version": "1"})

    shown = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "Nu staat er: <strong>de cliënt kan het plan niet zelf uitvoeren" in shown
    assert "instrument RISC" in shown
    assert 'value="Geen"' in shown
    assert answer.context["form"]["version"].value() == "2"


def test_who_judges_one_leefgebied_goes_on_to_the_next_that_nobody_judged(browse):
    case, samira = situations.diagnosis_case(), browse("samira")
    typed = {"deficit": "0", "explanation": "", "criminogenic": "", "version": "1"}
    went, at = [], Leefgebied.values[2]

    while at:
        shown = samira.get(page("score", case, at)).content.decode()
        sent = samira.post(page("score", case, at), typed | {"verder": "ja"})
        assert sent.status_code == 302, sent.content.decode()
        assert ("Opslaan en volgende" in shown) == (len(went) < 6)
        went.append(at)
        ways = {page("score", case, each): each for each in Leefgebied.values}
        at = ways.get(sent.url, "")

    assert went == Leefgebied.values[2:] + Leefgebied.values[:2]
    assert sent.url == page("diagnosis", case)
