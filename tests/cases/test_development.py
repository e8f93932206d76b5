"""A diagnosis that is judged again: what changed since, and how each leefgebied went. DIA-07."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases import operations, rules
from cases.models import Case, Diagnosis, Scope, TimelineItem, Vaststelling
from cases.states import CaseStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def open_again(case: Case) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.judge_again(case, reason="Hij heeft een kamer.", by=samira)


def judge_housing(case: Case, deficit: int = 1) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.judge(
            case,
            "huisvesting",
            deficit=deficit,
            explanation="Hij heeft een kamer.",
            criminogenic=True,
            by=samira,
        )


def establish(case: Case) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.complete_diagnosis(case, by=samira)


def shown(browse, case: Case, who: str = "samira") -> BeautifulSoup:
    answer = browse(who).get(reverse("cases:diagnosis", args=[case.number]))
    return BeautifulSoup(answer.text, "html.parser")


def test_an_established_diagnosis_is_judged_again_and_the_case_stays_where_it_was():
    case = situations.planned_case()
    open_again(case)
    with acting_as(user("samira").pk):
        assert Diagnosis.objects.get(case=case).completed_on is None
        told = TimelineItem.objects.get(case=case, text="Hij heeft een kamer.")
        assert told.scope == Scope.LEAD_CASE

    judge_housing(case)
    establish(case)
    with acting_as(user("samira").pk):
        assert Case.objects.get(pk=case.pk).status == CaseStatus.PLANVORMING
        assert Diagnosis.objects.get(case=case).completed_on == timezone.localdate()
        assert list(Vaststelling.objects.values_list("number", flat=True)) == [1, 2]


def test_the_page_says_what_changed_and_shows_the_course_of_each_leefgebied(browse):
    case = situations.planned_case()
    assert shown(browse, case).find(id="verloop") is None
    open_again(case)
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        judge_housing(case)
        page = shown(browse, case)
        card = page.find(id="verloop").find_parent("section")
        assert "Huisvesting: was 3 ernstig, nu 1 licht." in card.text
        assert "Huisvesting, anders beschreven: toelichting." in card.text
        assert "hangt" not in card.select_one("ul").text
        housing = next(row for row in card.select("tbody tr") if "Huisvesting" in row.th.text)
        assert [cell.text for cell in housing.select("td")[:2]] == ["3 ernstig", "1 licht"]
        assert "nu: 1" in housing.desc.text

        establish(case)
        assert (
            "was 3 ernstig, nu 1 licht"
            in shown(browse, case).find(id="verloop").find_parent("section").text
        )


def test_who_sees_one_leefgebied_sees_the_course_of_that_one_and_of_no_other(browse):
    case, samira = situations.planned_case(), user("samira")
    with acting_as(samira.pk):
        operations.grant_by_hand(
            case,
            user("politie"),
            scopes=[Scope.VIEW_HUISVESTING],
            end_date=timezone.localdate() + timedelta(days=7),
            reason="Meekijken.",
            by=samira,
        )
    open_again(case)
    judge_housing(case)
    establish(case)

    card = shown(browse, case, "politie").find(id="verloop").find_parent("section")
    assert [row.th.text for row in card.select("tbody tr")] == ["Huisvesting"]


@pytest.mark.parametrize("stage", ["diagnosis_case", "listed_case"])
def test_what_was_not_established_is_not_judged_again(stage):
    case, samira = getattr(situations, stage)(), user("samira")
    with acting_as(samira.pk), pytest.raises((Refused, PermissionDenied, Case.DoesNotExist)):
        operations.judge_again(case, reason="Zomaar.", by=samira)


def test_judging_again_asks_why_and_happens_once():
    case, samira = situations.planned_case(), user("samira")
    with acting_as(samira.pk):
        (why,) = rules.obstacles_to_judging_again(case, " ")
        assert why.code == "reason_missing"
        operations.judge_again(case, reason="Een half jaar verder.", by=samira)
        (twice,) = rules.obstacles_to_judging_again(case)
        assert twice.code == "judged_again_already"


def test_nobody_but_who_leads_opens_a_diagnosis_again(browse):
    case = situations.planned_case()
    here = reverse("cases:diagnosis_again", args=[case.number])
    assert browse("manager").post(here, {"reason": "Zomaar."}).status_code == 404
    samira = browse("samira")
    assert "Vul dit in." in samira.post(here, {"reason": ""}).text
    assert samira.post(here, {"reason": "Een half jaar verder."}).status_code == 302
