"""An honest diagnosis: what is not known is said so, and whether the client was spoken to."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cases import operations, rules
from cases.models import Diagnosis, Leefgebied, LeefgebiedScore
from cases.states import CaseStatus
from tests import situations
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def judge(case, leefgebied, deficit=0, **words):
    leader = situations.user("samira")
    known = {"explanation": "Zo staat het.", "criminogenic": False} | words
    with acting_as(leader.pk):
        return operations.judge(case, leefgebied, deficit=deficit, by=leader, **known)


def interview(case, **told):
    leader = situations.user("samira")
    with acting_as(leader.pk):
        operations.judge_self_reliance(case, self_reliance="zelf", by=leader, **told)


def all_but_housing(case):
    for leefgebied in Leefgebied.values:
        if leefgebied != "huisvesting":
            judge(case, leefgebied)


def obstacles(case):
    with acting_as(situations.user("samira").pk):
        return {each.code for each in rules.obstacles_to_complete_diagnosis(case)}


def test_a_diagnosis_is_established_with_a_leefgebied_that_is_unknown_for_a_reason(browse):
    """DIA-04: "unknown must be resolved or justified"."""
    case, leader = situations.diagnosis_case(), situations.user("samira")
    all_but_housing(case)
    interview(case, interview="gehouden", interview_on=timezone.localdate())
    assert obstacles(case) == {"unjudged"}

    judge(case, "huisvesting", None, explanation="Hij zwerft.", find_out="Vragen aan het Leger.")
    assert obstacles(case) == set()

    with acting_as(leader.pk):
        operations.complete_diagnosis(case, by=leader)
    page = browse("samira").get(reverse("cases:diagnosis", args=[case.number])).text
    assert "1 nog onbekend" in page
    assert "Vragen aan het Leger." in page


def test_the_plan_says_what_the_diagnosis_does_not_know_and_how_that_is_found_out(browse):
    case, leader = situations.diagnosis_case(), situations.user("samira")
    all_but_housing(case)
    interview(case, interview="gehouden", interview_on=timezone.localdate())
    judge(case, "huisvesting", None, explanation="Hij zwerft.", find_out="Vragen aan het Leger.")
    with acting_as(leader.pk):
        operations.complete_diagnosis(case, by=leader)
    samira = browse("samira")
    samira.post(reverse("maatwerkplan:plan_draw_up", args=[case.number]))

    page = BeautifulSoup(
        samira.get(reverse("maatwerkplan:plan", args=[case.number])).text, "html.parser"
    )
    assert "Vragen aan het Leger." in page.select_one("[data-code=unknown]").text
    assert "Nog onbekend" in page.select_one("#huisvesting").text


@pytest.mark.parametrize("missing", ["explanation", "find_out"])
def test_unknown_is_no_judgement_without_why_and_how_it_will_be_known(missing):
    case = situations.diagnosis_case()
    words = {"explanation": "Hij zwerft.", "find_out": "Vragen aan het Leger."} | {missing: " "}
    with pytest.raises(Refused) as refused:
        judge(case, "huisvesting", None, **words)
    assert refused.value.codes == {f"{missing}_missing"}


def test_a_judgement_keeps_what_goes_well_what_is_needed_what_runs_and_who_said_so(browse):
    case, samira = situations.diagnosis_case(), browse("samira")
    typed = {
        "protective": "Hij heeft een broer.",
        "need": "Een eigen kamer.",
        "running_help": "Bemoeizorg komt langs.",
        "source": "Rapport van de reclassering.",
    }
    sent = {"deficit": "2", "explanation": "Slaapt op straat.", "criminogenic": "ja"}
    sent["version"] = "1"
    samira.post(reverse("cases:score", args=[case.number, "huisvesting"]), sent | typed)

    with acting_as(situations.user("samira").pk):
        kept = LeefgebiedScore.objects.get(case=case, leefgebied="huisvesting")
        before = kept.history.latest()
    assert {name: getattr(kept, name) for name in typed} == typed
    assert {name: getattr(before, name) for name in typed} == typed
    page = samira.get(reverse("cases:diagnosis", args=[case.number])).text
    assert all(words in page for words in typed.values())


def test_the_client_was_spoken_to_or_refused_that_before_a_diagnosis_is_established():
    """S2, Werkprocessen: "aangevuld met een persoonlijk interview"."""
    case = situations.diagnosis_case()
    all_but_housing(case)
    judge(case, "huisvesting")
    interview(case)
    assert obstacles(case) == {"interview_unknown"}

    interview(
        case,
        interview="geweigerd",
        interview_on=timezone.localdate(),
        refused_because="Hij vertrouwt ons niet.",
    )
    assert obstacles(case) == set()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"interview": "gehouden"}, "interview_on_missing"),
        ({"interview_on": "vandaag"}, "interview_missing"),
        ({"interview": "geweigerd", "interview_on": "vandaag"}, "refused_because_missing"),
        (
            {"interview": "gehouden", "interview_on": "vandaag", "refused_because": "Nee."},
            "refused_because_too_much",
        ),
    ],
)
def test_a_talk_has_its_day_and_a_refusal_its_reason(told, code):
    case = situations.diagnosis_case()
    if "interview_on" in told:
        told = told | {"interview_on": timezone.localdate()}
    with pytest.raises(Refused) as refused:
        interview(case, **told)
    assert refused.value.codes == {code}


def test_a_refused_talk_without_a_reason_comes_back_with_all_that_was_typed(browse):
    case, samira = situations.diagnosis_case(), browse("samira")
    here = reverse("cases:self_reliance", args=[case.number])
    typed = {"self_reliance": "deels", "interview": "geweigerd", "interview_by": "Mijn collega"}
    answer = samira.post(here, typed)
    assert answer.status_code == 422
    assert "Vul in op welke dag dat was." in answer.text
    assert "Schrijf kort op waarom de cliënt niet wilde praten." in answer.text
    assert "Mijn collega" in answer.text
    with acting_as(situations.user("samira").pk):
        assert Diagnosis.objects.get(case=case).interview == ""
    assert case.status == CaseStatus.DIAGNOSE
