"""The weekly screening of domestic violence: no report without an outcome is out of sight.

S3, Hatert: "Zo is er ten aanzien van huiselijk geweld een brug geslagen tussen de zorg- en
justitieketen door middel van een wekelijks screeningsoverleg."
"""

import random
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases import operations, rules
from cases.models import Case, Screening
from cases.operations import Person
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.terms import said

pytestmark = pytest.mark.django_db
LIST = reverse("cases:screenings")


def of_violence(person: Person | None = None) -> Case:
    police = user("politie")
    with acting_as(police.pk):
        return operations.put_forward(
            person or situations.a_person(),
            doelgroep="huiselijk_geweld",
            source=police.organisation,
            by=police,
        )


def screened(case: Case, outcome: str = "zorg") -> None:
    office = user("bureau")
    with acting_as(office.pk):
        operations.screen(case, outcome, by=office)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_every_unscreened_report_is_on_the_list(browse, seed):
    dice = random.Random(seed)
    cases = [of_violence() for _ in range(8)]
    situations.put_forward_case()  # of another doelgroep
    listed = dice.sample(cases, 3)
    ranked = situations.open_list(*listed)
    done = dice.sample(cases, dice.randint(0, 8))
    for case in done:
        screened(case, dice.choice(["zorg", "justitie", "beide", "geen"]))
    for case in listed:
        situations.admit(case)
    manager = user("manager")
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)

    waiting = browse("bureau").get(LIST).context["waiting"]

    shown = [one.case.number for one in waiting]
    assert sorted(shown) == sorted(case.number for case in cases if case not in done)


def test_an_unscreened_report_is_neither_joined_nor_declined():
    person = situations.a_person()
    known, case = of_violence(person), of_violence(person)
    weging = situations.asked_to_weigh(case)
    situations.judge_all(weging, met=False)

    def in_the_way() -> list[str]:
        with acting_as(user("bureau").pk):
            joining = [o.code for o in rules.obstacles_to_join(case, known)]
        with acting_as(user("politie").pk):
            declining = [o.code for o in rules.obstacles_to_decline(weging)]
        return [code for code in joining + declining if code == "not_screened"]

    assert in_the_way() == ["not_screened", "not_screened"]
    screened(case)
    assert in_the_way() == []


def test_a_report_is_screened_once_by_the_office():
    case, other, office = of_violence(), situations.put_forward_case(), user("bureau")
    screened(case, "beide")

    with acting_as(office.pk):
        assert Screening.objects.get().outcome == "beide"
        for each, code in ((case, "screened_already"), (other, "no_violence")):
            with pytest.raises(Refused) as refused:
                operations.screen(each, "geen", by=office)
            assert [o.code for o in refused.value.obstacles] == [code]
    police = user("politie")
    with acting_as(police.pk), pytest.raises(PermissionDenied):
        operations.screen(of_violence(), "geen", by=police)


@pytest.mark.parametrize(
    ("agreed_days", "later", "late"), [(7, 8, True), (7, 7, False), (2, 3, True)]
)
def test_a_report_that_missed_a_screening_stands_out(browse, agreed, agreed_days, later, late):
    agreed("screening_days", agreed_days)
    of_violence()
    with time_machine.travel(timezone.now() + timedelta(days=later)):
        page = browse("bureau").get(LIST)
        assert [one.is_late for one in page.context["waiting"]] == [late]
        assert (f"langer dan {said('screening_days')} geleden" in page.text) is late


def test_the_page_keeps_an_outcome_and_says_what_lacks(browse):
    case, office = of_violence(), browse("bureau")
    here = reverse("cases:screen", args=[case.number])

    assert office.post(here, {"outcome": ""}).status_code == 422
    assert "vastgelegd" in office.post(here, {"outcome": "justitie"}, follow=True).text
    assert office.post(here, {"outcome": "zorg"}).status_code == 409
    assert office.get(LIST).context["waiting"] == []
