"""What the client is shown, word for word; and that it is what is signed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maatwerkplan import operations, rules
from maatwerkplan.models import Answer, DeliveryQuestion, Framework, Maatwerkplan
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
CONDITION = "De cliënt blijft bij zijn hond weg."


def plan_with(**words: object) -> Maatwerkplan:
    """A plan whose partner said yes with a change."""
    plan = situations.asked_plan()
    situations.answer_all(plan, Answer.JA_MET_WIJZIGING, **words)
    return plan


def parts_of(plan: Maatwerkplan) -> list[dict[str, str]]:
    with acting_as(user("samira").pk):
        text = operations.wording(plan, rules.actions_of(plan), offered_on=timezone.localdate())
    return text["onderdelen"]


def test_the_condition_of_a_partner_is_in_what_the_client_signs():
    plan, samira = plan_with(condition=CONDITION), user("samira")
    name = situations.organisation("leger-des-heils").name

    with acting_as(samira.pk):
        text = operations.offer(plan, by=samira)
        assert f"{name} doet dit op één voorwaarde: {CONDITION}" in text.canonical
        text.canonical = text.canonical.replace(CONDITION, "De cliënt komt met zijn hond.")
        assert not text.is_untouched


def test_another_condition_is_another_text():
    with_dog, without = (plan_with(condition=words) for words in (CONDITION, "Geen huisdieren."))

    assert parts_of(with_dog)[0]["voorwaarde"] != parts_of(without)[0]["voorwaarde"]


@pytest.mark.parametrize("name", ["aanbod", "aanbod/tekenen"])
def test_the_client_reads_the_condition_before_he_chooses(browse, name):
    plan, samira = plan_with(condition=CONDITION), user("samira")
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)

    assert (
        CONDITION in browse("samira").get(f"/dossiers/{plan.case.number}/{name}/").content.decode()
    )


def test_guidance_is_in_the_question_to_its_partner_and_in_what_the_client_reads(browse):
    plan, samira = situations.plan_of(situations.planned_case()), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        number = plan.case.number
        operations.change_action(action, by=samira, is_guidance=True)
        operations.ask_all(plan, by=samira)
        asked = DeliveryQuestion.objects.get()
    shown = browse("legerdesheils").get(reverse("maatwerkplan:question", args=[asked.pk]))
    situations.answer_all(plan)
    read = browse("samira").get(f"/dossiers/{number}/aanbod/").content.decode()

    assert "trajectbegeleiding" in shown.content.decode()
    assert action.get_leefgebied_display() in shown.content.decode()
    assert parts_of(plan)[0]["begeleiding"] in read
    assert "trajectbegeleiding" in read


@pytest.mark.parametrize(
    ("framework", "meaning", "may_choose"),
    [
        (Framework.VRIJWILLIG, "Dit is vrijwillig.", True),
        (Framework.DRANG, "Wij dringen hierop aan.", True),
        (Framework.DWANG, "Dit bent u verplicht", False),
    ],
)
def test_the_client_reads_what_he_may_choose_and_what_he_must(
    browse, framework, meaning, may_choose
):
    plan, samira = situations.plan_of(situations.planned_case()), user("samira")
    with acting_as(samira.pk):
        operations.change_action(plan.partner_actions.get(), by=samira, framework=framework)
        operations.ask_all(plan, by=samira)
    situations.answer_all(plan)
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)
    read = browse("samira").get(f"/dossiers/{plan.case.number}/aanbod/tekenen/").text

    assert meaning in read
    assert ("U kiest zelf of u meedoet." in read) is may_choose
    assert ("moet u doen" in read) is not may_choose
    assert "Kader" not in read


def test_a_yes_without_a_condition_says_nothing_of_one():
    plan = situations.asked_plan()
    situations.answer_all(plan)
    later = plan_with(other_start=situations.START + timedelta(days=1))

    assert [part["voorwaarde"] for part in (*parts_of(plan), *parts_of(later))] == ["", ""]
