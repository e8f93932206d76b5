"""Where a rule says that something cannot be done any more, the page says so and shows no form.

A form that was sent meanwhile stays, with what was typed: this is about a page that is opened.
"""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from agenda import operations as meetings
from cases.models import Case, Lijstplaats
from maatwerkplan import operations as planning
from maatwerkplan.models import DeliveryQuestion
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
Page = tuple[str, str]  # who opens it, and its address


def of_case(name: str, case: Case, *more: object, who: str = "samira") -> Page:
    return who, reverse(name, args=[case.number, *more])


def assigned_already() -> Page:
    return of_case("cases:assign", situations.assigned_case(), who="manager")


def handed_over_before_anybody_leads() -> Page:
    return of_case("maatwerkplan:hand_over", situations.listed_case(), who="manager")


def nothing_to_open_in_nood() -> Page:
    return of_case("cases:emergency", situations.listed_case(), who="bureau")


def judged_after_the_diagnosis() -> Page:
    return of_case("cases:score", situations.planned_case(), "huisvesting")


def a_list_that_is_adopted(name: str, *more: str) -> Page:
    case = situations.listed_case()
    with acting_as(user("manager").pk):
        place = Lijstplaats.objects.select_related("prioriteitenlijst").get(case=case)
    numbers = [case.number for _ in more]
    return "manager", reverse(name, args=[place.prioriteitenlijst.code, *numbers])


def an_offer_that_lacks_an_answer() -> Page:
    return of_case("maatwerkplan:offer", situations.asked_plan().case)


def an_action_added_after_the_offer() -> Page:
    return of_case("maatwerkplan:action_add", situations.offered_plan().case)


def an_action_changed_after_the_offer() -> Page:
    plan = situations.offered_plan()
    with acting_as(user("samira").pk):
        action = plan.partner_actions.get()
    return of_case("maatwerkplan:action_edit", plan.case, action.pk)


def an_answer_of_who_has_an_account() -> Page:
    plan = situations.asked_plan()
    with acting_as(user("samira").pk):
        question = DeliveryQuestion.objects.get()
    return of_case("maatwerkplan:answer_record", plan.case, question.pk)


def a_question_that_changed() -> Page:
    """Of who is asked something else as well, and knows the case because of that."""
    two = [("huisvesting", what, "leger-des-heils") for what in ("Begeleid wonen", "Inloop")]
    plan, samira = situations.asked_plan(*two), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get(description="Begeleid wonen")
        question = DeliveryQuestion.objects.get(action=action)
        planning.change_action(action, by=samira, description="Eigen kamer")
    return "legerdesheils", reverse("maatwerkplan:question", args=[question.pk])


def a_report_of_who_has_an_account() -> Page:
    plan = situations.signed_plan()
    with acting_as(user("samira").pk):
        action = plan.partner_actions.get()
    return of_case("maatwerkplan:report_record", plan.case, action.pk)


def an_end_that_was_reported_already() -> Page:
    plan, samira = situations.signed_plan(), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.select_related("plan", "case", "organisation").get()
        how = {"kind": "afgerond", "happened_on": timezone.localdate(), "text": "Gezien."}
        planning.record_end(action, by=samira, **how)
    return of_case("maatwerkplan:end_record", plan.case, action.pk)


def a_meeting_called_off(name: str, *position: int) -> Page:
    office, case = user("bureau"), situations.diagnosis_case()
    with acting_as(office.pk):
        found = meetings.plan_overleg(
            on=timezone.localdate() + timedelta(days=3),
            starts=time(9),
            ends=time(10),
            place="Kamer 2",
            note_taker=office,
            by=office,
        )
        meetings.put_on_agenda(found, case, question="Hoe verder?", people=[], by=office)
        meetings.call_off(found, by=office)
    return "bureau", reverse(name, args=[found.pk, *position])


def papers_of_whom_he_appointed() -> Page:
    return "bureau", reverse("partners:papers_of", args=[user("samira").pk])


PAGES: dict[str, Callable[[], Page]] = {
    "assign": assigned_already,
    "hand_over": handed_over_before_anybody_leads,
    "emergency": nothing_to_open_in_nood,
    "score": judged_after_the_diagnosis,
    "list_add": lambda: a_list_that_is_adopted("cases:list_add"),
    "list_move": lambda: a_list_that_is_adopted("cases:list_move", "number"),
    "list_adopt": lambda: a_list_that_is_adopted("cases:list_adopt"),
    "action_add": an_action_added_after_the_offer,
    "action_edit": an_action_changed_after_the_offer,
    "offer": an_offer_that_lacks_an_answer,
    "answer_record": an_answer_of_who_has_an_account,
    "question": a_question_that_changed,
    "report_record": a_report_of_who_has_an_account,
    "end_record": an_end_that_was_reported_already,
    "overleg_move": lambda: a_meeting_called_off("agenda:overleg_move"),
    "item_new": lambda: a_meeting_called_off("agenda:item_new"),
    "item_people": lambda: a_meeting_called_off("agenda:item_people", 1),
    "papers_of": papers_of_whom_he_appointed,
    "note_taker": lambda: a_meeting_called_off("agenda:note_taker"),
}


@pytest.mark.parametrize("arrange", PAGES.values(), ids=PAGES.keys())
def test_a_page_that_leads_nowhere_says_why_and_shows_no_form(browse, arrange):
    who, address = arrange()

    answer = browse(who).get(address)
    main = BeautifulSoup(answer.content, "html.parser").main

    assert answer.status_code == 200
    assert main.select("[data-code]"), "de pagina zegt niet waarom het niet kan"
    assert main.select("form[method=post]") == []


def test_where_nothing_is_in_the_way_the_form_is_there(browse):
    case = situations.listed_case()

    main = BeautifulSoup(
        browse("manager").get(reverse("cases:assign", args=[case.number])).content, "html.parser"
    ).main

    assert main.select("[data-code]") == []
    assert main.select("form[method=post]")
