"""What stands in the way of a plan, and when it does not: the obstacles that no story comes across.

That every obstacle of the house is tried somewhere, tests/house/test_obstacles.py asks.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case
from maatwerkplan import operations, rules
from maatwerkplan.models import (
    DeliveryQuestion,
    Drangstap,
    Maatwerkplan,
    OnPaper,
    PartnerAction,
    Party,
    ProgressKind,
    Stapuitkomst,
)
from tests import situations
from tests.situations import user
from veiligheidshuis import pdf
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def codes(obstacles: list[Obstacle]) -> set[str]:
    return {each.code for each in obstacles}


def test_one_hears_of_something_when_it_was_there():
    assert codes(rules.obstacles_to_hearing(TODAY, YESTERDAY)) == {"before_it_was"}
    assert rules.obstacles_to_hearing(YESTERDAY, TODAY) == []


def test_what_came_of_a_step_is_later_than_the_step():
    step = Drangstap(recorded_at=timezone.now())
    step.outcome = Stapuitkomst()

    assert "before_step" in codes(rules.obstacles_to_outcome(step, YESTERDAY))
    assert "before_step" not in codes(rules.obstacles_to_outcome(step, TODAY))


def test_a_plan_on_paper_was_signed_after_it_was_offered():
    plan = Maatwerkplan(offered_at=timezone.now())
    before, after = (
        OnPaper(signed_on=day, place="Heerlen", kept_by="Bureau") for day in (YESTERDAY, TODAY)
    )

    assert codes(rules.obstacles_to_paper(plan, before)) == {"before_offer"}
    assert rules.obstacles_to_paper(plan, after) == []


@pytest.mark.django_db
class TestOfWhatIsThere:
    """The same, of what only the house knows."""

    def test_there_is_one_plan_at_a_time(self):
        case, samira = situations.planned_case(), user("samira")
        with acting_as(samira.pk):
            assert rules.obstacles_to_drawing_up(case, None) == []
        plan = situations.plan_of(case)
        with acting_as(samira.pk):
            case = Case.objects.get(pk=case.pk)
            assert codes(rules.obstacles_to_drawing_up(case, plan)) == {"plan_exists"}

    def test_a_question_is_about_the_action_as_it_is_now(self):
        situations.asked_plan()
        shelter, samira = user("legerdesheils"), user("samira")
        with acting_as(shelter.pk):
            question = DeliveryQuestion.objects.select_related("action", "plan", "case").get()
            assert rules.obstacles_to_answering(question) == []
        with acting_as(samira.pk):
            action = PartnerAction.objects.select_related("plan", "case", "organisation").get()
            kept = ("leefgebied", "start_date", "end_date", "framework", "organisation")
            same = {name: getattr(action, name) for name in kept}
            operations.change_action(action, **same, description="Anders wonen", by=samira)
            question.action.refresh_from_db()
            assert "question_outdated" in codes(rules.obstacles_to_answering(question))

    def test_a_start_is_reported_once_and_not_before_the_offer(self):
        situations.signed_plan()
        shelter = user("legerdesheils")
        with acting_as(shelter.pk):
            action = PartnerAction.objects.agreed().of_organisation_of(shelter).get()
            asked = {"kind": ProgressKind.START, "happened_on": TODAY}
            assert rules.obstacles_to_reporting(action, **asked) == []
            early = rules.obstacles_to_reporting(action, ProgressKind.START, YESTERDAY)
            assert codes(early) == {"before_offer"}
            operations.report(action, **asked, by=shelter)
            assert codes(rules.obstacles_to_reporting(action, **asked)) == {"started_already"}

    def test_each_signs_with_his_own_hand(self):
        plan, samira = situations.offered_plan(), user("samira")
        with acting_as(samira.pk):
            signers = rules.signers_of(plan, samira)
            names = {each.party: each.name for each in signers}
            assert rules.obstacles_to_names(signers, names) == []
            for party, code in (
                (Party.CLIENT, "client_unsigned"),
                (Party.INTERVENTIEMANAGER, "manager_unsigned"),
            ):
                assert codes(rules.obstacles_to_names(signers, names | {party: " "})) == {code}

    def test_a_plan_has_a_paper_where_one_can_be_made_and_sealed(self, monkeypatch, settings):
        plan = situations.signed_plan()
        assert rules.obstacles_to_document(plan) == []

        monkeypatch.setattr(pdf, "unavailable", lambda: "Vraag de beheerder om libpango.")
        settings.SEAL_CERTIFICATE = ""

        assert codes(rules.obstacles_to_document(plan)) == {"no_pdf", "no_seal"}
        with acting_as(user("samira").pk):
            assert "no_pdf" in codes(rules.obstacles_to_sign(plan))
