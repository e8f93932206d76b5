""" "Mag X dit zien, en waarom?" on the page of the privacy officer and at the dossier."""

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Scope
from tests import situations
from tests.entering import enter
from tests.situations import typed_day, user
from veiligheidshuis.formats import plain_date, today

FG_PAGE = "/toezicht/mag-dit/"


def question(username: str, number: str, scope: str = Scope.KNOW_CASE) -> dict[str, object]:
    day = today()
    return {
        "person": user(username).pk,
        "number": number,
        "scope": scope,
        "day": f"{day.day}-{day.month}-{day.year}",
    }


def test_the_privacy_officer_reads_the_answer_the_rule_and_what_is_needed(browse):
    case = situations.assigned_case()
    fg = browse("fg")

    yes = fg.get(FG_PAGE, question("samira", case.number, Scope.LEAD_CASE)).content.decode()
    no = fg.get(FG_PAGE, question("tom", case.number)).content.decode()

    assert ">Ja</h2>" in yes
    assert "Deelname: is de interventiemanager" in yes
    assert plain_date(today()) in yes
    assert ">Nee</h2>" in no
    assert "Niets: niemand gaf Tom Verhagen toegang hiertoe." in no
    assert "Nodig: een taak in het plan" in no


def test_he_asks_about_any_case_without_a_number(browse):
    situations.assigned_case()

    page = browse("fg").get(FG_PAGE, question("samira", "")).content.decode()

    assert ">Ja</h2>" in page
    assert "welk dossier dan ook" in page


def test_he_learns_nothing_of_what_is_in_the_case(browse):
    case = situations.assigned_case()

    page = browse("fg").get(FG_PAGE, question("samira", case.number)).content.decode()

    assert case.client.last_name not in page


def test_what_is_not_a_question_gets_no_answer(browse):
    answer = browse("fg").get(FG_PAGE, question("tom", "") | {"scope": "alles"})

    assert answer.status_code == 422
    assert "Kies uit de lijst." in answer.content.decode()


def test_nobody_is_told_what_may_be_seen_on_a_day_to_come(browse):
    tomorrow = {"day": typed_day(1)}

    answer = browse("fg").get(FG_PAGE, question("samira", "") | tomorrow)

    assert answer.status_code == 422
    assert "Deze dag moet nog komen." in answer.content.decode()


@pytest.mark.parametrize("who", ["samira", "bureau", "manager", "ggd", "stuurgroep", "bewoner"])
def test_for_everybody_else_his_page_is_not_there(browse, who):
    assert browse(who).get(FG_PAGE).status_code == 404


def test_who_leads_asks_at_the_dossier_and_only_there(browse):
    mine, other = situations.assigned_case(), situations.assigned_case(to="tom")
    samira = browse("samira")

    page = samira.get(reverse("cases:explain", args=[mine.number]), question("manager", ""))

    assert "Die rol geeft de procesgegevens van elk dossier." in page.content.decode()
    assert samira.get(reverse("cases:explain", args=[other.number])).status_code == 404
    assert browse("manager").get(reverse("cases:explain", args=[mine.number])).status_code == 404


def test_a_case_that_is_not_there_costs_as_much_as_one_that_is_hidden(browse):
    case, fg = situations.assigned_case(), browse("fg")

    with CaptureQueriesContext(connection) as hidden:
        fg.get(FG_PAGE, question("tom", case.number))
    with CaptureQueriesContext(connection) as absent:
        fg.get(FG_PAGE, question("tom", "VH-1999-0001"))

    assert len(hidden) == len(absent)


def test_every_question_is_a_line_in_the_access_log(own_house, owner):
    case, fg = situations.assigned_case(), enter(Browser(), user("fg"))

    fg.get(FG_PAGE, question("tom", case.number, Scope.VIEW_PLAN))

    line = owner.execute(
        "SELECT username, action, subjects, scope FROM veiligheidshuis_accesslogentry"
        " ORDER BY id DESC"
    ).fetchone()
    assert line == ("fg", "uitleg vragen", [case.number, "account tom"], "view_plan")
