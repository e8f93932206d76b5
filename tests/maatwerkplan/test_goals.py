"""What a plan is for: together, in the client's own words, and what he does himself. PLN-14."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, TimelineItem
from maatwerkplan import documents, operations, rules
from maatwerkplan.documents import drawing
from maatwerkplan.models import Doel, Maatwerkplan
from maatwerkplan.presenters.versions import versions_of
from tests import situations
from tests.maatwerkplan.reading import words_of
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TOGETHER = "Een eigen woning met een huurcontract"
OWN_WORDS = "Ik wil <b>mijn</b> kinderen thuis kunnen ontvangen"
OWN_PART = "U schrijft zich deze week in bij de woningbouw."


def with_goal(plan: Maatwerkplan, **words: str) -> Maatwerkplan:
    said = {"together": TOGETHER, "own_words": OWN_WORDS, "own_part": OWN_PART} | words
    samira = user("samira")
    with acting_as(samira.pk):
        operations.set_goal(plan, "huisvesting", **said, by=samira)
    return plan


def address(plan: Maatwerkplan, name: str, *more: str) -> str:
    with acting_as(user("samira").pk):
        return reverse(f"maatwerkplan:{name}", args=[plan.case.number, *more])


def test_a_goal_is_written_on_its_page_and_read_on_the_plan(browse):
    plan, samira = situations.plan_of(situations.planned_case()), browse("samira")
    page = address(plan, "goal", "huisvesting")
    told = samira.get(address(plan, "plan")).text
    sent = {"together": TOGETHER, "own_words": OWN_WORDS, "own_part": "", "version": 0}

    answer = samira.post(page, sent | {"eenmalig": new_key()})

    assert 'data-code="no_goal"' in told, "gezegd, en geen belemmering"
    assert answer.status_code == 302
    shown = BeautifulSoup(samira.get(address(plan, "plan")).content, "html.parser")
    row = shown.select_one("#huisvesting .vh-groep__doel").text
    assert TOGETHER in row
    assert f"„{OWN_WORDS}”" in row
    assert not shown.select_one('[data-code="no_goal"]')


def test_whoever_writes_over_what_a_colleague_wrote_meanwhile_is_asked_first(browse):
    plan, samira = situations.plan_of(situations.planned_case()), browse("samira")
    page = address(plan, "goal", "huisvesting")
    with_goal(plan)
    sent = {"together": "Iets anders", "own_words": "", "own_part": "", "version": 0}

    refused = samira.post(page, sent | {"eenmalig": new_key()})

    shown = BeautifulSoup(refused.content, "html.parser")
    assert refused.status_code == 409
    assert TOGETHER in shown.text
    assert "Iets anders" in shown.text
    assert shown.select_one("[name=version]")["value"] == "1"


def test_a_goal_is_of_a_leefgebied_and_of_a_plan(browse):
    planned = situations.plan_of(situations.planned_case())
    without = situations.planned_case()
    with acting_as(user("samira").pk):
        number = without.number

    for page in (
        address(planned, "goal", "hobby"),
        reverse("maatwerkplan:goal", args=[number, "huisvesting"]),
    ):
        assert browse("samira").get(page).status_code == 404


def test_where_nothing_lacks_and_nobody_does_anything_there_is_no_goal_to_sign(browse):
    plan, samira = situations.plan_of(situations.planned_case()), user("samira")
    page = address(plan, "goal", "educatie")
    said = {"together": "Een diploma", "own_words": "", "own_part": ""}

    seen = browse("samira").get(page)
    sent = browse("samira").post(page, said | {"version": 0, "eenmalig": new_key()})

    assert "Bij educatie is geen tekort" in seen.text
    assert "<textarea" not in seen.text
    assert sent.status_code == 409
    assert 'data-code="nothing_to_want"' in sent.text
    with acting_as(samira.pk):
        assert rules.goals_of(plan) == []
        action = plan.partner_actions.get()
        action = operations.change_action(action, leefgebied="educatie", by=samira)
        operations.set_goal(plan, "educatie", **said, by=samira)
        operations.change_action(action, leefgebied="huisvesting", by=samira)
        emptied = said | {"together": ""}
        operations.set_goal(plan, "educatie", **emptied, by=samira)


def test_a_goal_asks_no_partner_again_and_lies_fixed_once_offered():
    plan, samira = situations.asked_plan(), user("samira")
    situations.answer_all(plan)

    with_goal(plan)

    with acting_as(samira.pk):
        assert rules.obstacles_to_offer(plan) == []
        operations.offer(plan, by=samira)
        with pytest.raises(Refused) as refused:
            operations.set_goal(
                plan, "huisvesting", together="", own_words="", own_part="", by=samira
            )
    assert [each.code for each in refused.value.obstacles] == ["plan_fixed"]


def test_the_client_reads_the_goal_signs_it_and_takes_it_home(browse):
    plan, samira = situations.asked_plan(), user("samira")
    situations.answer_all(plan)
    before = fingerprint(plan)
    with_goal(plan)
    assert fingerprint(plan) != before
    with acting_as(samira.pk):
        text = operations.offer(plan, by=samira)
    read = [browse("samira").get(address(plan, name)) for name in ("offer", "sign")]
    with acting_as(samira.pk):
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name="Samira Haddou",
            shown_sha256=text.sha256,
            by=samira,
        )
        paper = words_of(documents.draw(Maatwerkplan.objects.get(pk=plan.pk)))

    told = [BeautifulSoup(each.content, "html.parser").text for each in read]
    for each in ("Dit willen we bereiken", TOGETHER, f"„{OWN_WORDS}”", OWN_PART):
        assert all(each in page for page in told)
        assert "".join(each.split()) in "".join(paper.split())


def fingerprint(plan: Maatwerkplan) -> str:
    """What would be signed today."""
    with acting_as(user("samira").pk):
        said = operations.wording(plan, rules.actions_of(plan), offered_on=timezone.localdate())
    return str(said)


def test_a_text_of_before_goals_reads_as_it_did_and_keeps_its_form(browse):
    plan, samira = situations.offered_plan(), browse("samira")

    page = samira.get(address(plan, "sign")).text

    assert "Dit willen we bereiken" not in page
    with acting_as(user("samira").pk):
        text = plan.text
        old = {k: v for k, v in text.content.items() if k != "doelen"}
        assert drawing.data_of(text, [])["vorm"].endswith("/3")
        text.canonical = text.of(plan, old).canonical
        assert drawing.data_of(text, [])["vorm"].endswith("/2")


def test_a_goal_that_is_emptied_is_no_goal_and_what_it_said_stays_in_the_history():
    plan, samira = with_goal(situations.plan_of(situations.planned_case())), user("samira")

    with_goal(plan, together="", own_words="", own_part="")

    with acting_as(samira.pk):
        assert rules.goals_of(plan) == []
        assert TimelineItem.objects.filter(title="Doel weggehaald: huisvesting").count() == 1
        said = Doel.history.filter(plan=plan).values_list("together", flat=True)
        assert sorted(said) == ["", TOGETHER]


def test_the_next_plan_begins_with_the_goals_of_the_former_and_says_what_changed():
    plan, samira = situations.asked_plan(), user("samira")
    with_goal(plan)
    situations.answer_all(plan)
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)
        operations.withdraw(plan, reason="Het moet anders.", by=samira)
        following = operations.draw_up(plan.case, by=samira)
        copied = rules.goals_of(following)
        operations.set_goal(
            following,
            "huisvesting",
            together="Beschermd wonen",
            own_words=OWN_WORDS,
            own_part=OWN_PART,
            by=samira,
        )
        [(label, [difference])] = versions_of(plan.case, "").goals

    assert [goal.together for goal in copied] == [TOGETHER]
    assert label == "huisvesting"
    assert (difference.label, difference.before, difference.after) == (
        "Doel",
        TOGETHER,
        "Beschermd wonen",
    )


def test_a_revision_begins_with_the_goals_of_the_plan_that_runs():
    plan, samira = situations.asked_plan(), user("samira")
    with_goal(plan)
    situations.answer_all(plan)
    with acting_as(samira.pk):
        text = operations.offer(plan, by=samira)
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name="Samira Haddou",
            shown_sha256=text.sha256,
            by=samira,
        )
        case = Case.objects.get(pk=plan.case_id)
        revision = operations.revise_plan(case, reason="Hij verhuist.", by=samira)
        assert [goal.together for goal in rules.goals_of(revision)] == [TOGETHER]


def test_a_partner_sees_his_action_and_no_goal():
    with_goal(situations.asked_plan())
    with acting_as(user("legerdesheils").pk):
        assert not Doel.objects.exists()
        assert not Doel.history.exists()
