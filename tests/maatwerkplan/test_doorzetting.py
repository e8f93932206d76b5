"""A partner does not promise, and the manager decides, with a reason that stays. OFF-01.

S2, Werkprocessen: "doorzettingskracht"; eisen.md OFF-01: "block the offer until all are yes (or a
reasoned override by the manager)".
"""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, TimelineKind
from maatwerkplan import operations, rules
from maatwerkplan.models import (
    Answer,
    DeliveryQuestion,
    Doorzetting,
    Maatwerkplan,
    PartnerAction,
)
from maatwerkplan.states import DoorzettingStatus
from partners import operations as accounts
from partners.models import Role
from tests import situations
from tests.situations import user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
FIRST = "/werkvoorraad/"
WHY, REASON = "Zonder bed is er geen plan.", "Het leger levert; ik heb de directie gesproken."


def codes(obstacles) -> list[str]:
    return [obstacle.code for obstacle in obstacles]


@pytest.fixture
def refused():
    """A plan of which the shelter said no to one action, and of which all else is well."""
    plan = situations.asked_plan()
    situations.answer_all(plan, Answer.NEE)
    return plan


def the_action(plan) -> PartnerAction:
    return rules.actions_of(plan)[0]


def laid(plan) -> Doorzetting:
    samira = user("samira")
    with acting_as(samira.pk):
        return operations.lay_before(the_action(plan), why=WHY, by=samira)


def decide(matter: Doorzetting, push: bool = True, by: str = "manager") -> None:
    manager = user(by)
    deed = operations.push_through if push else operations.leave_undone
    with acting_as(manager.pk):
        deed(Doorzetting.objects.get(pk=matter.pk), reason=REASON, by=manager)


def as_it_is(plan: Maatwerkplan) -> Maatwerkplan:
    return Maatwerkplan.objects.select_related("case__client", "case__manager").get(pk=plan.pk)


def missing(plan: Maatwerkplan) -> list[str]:
    with acting_as(user("samira").pk):
        return codes(rules.obstacles_to_offer(as_it_is(plan)))


def test_what_the_manager_pushed_through_no_longer_stands_in_the_way(refused):
    assert missing(refused) == ["refused"]
    decide(laid(refused))

    assert missing(refused) == []
    with acting_as(user("samira").pk):
        text = operations.offer(as_it_is(refused), by=user("samira"))
        (part,) = text.content["onderdelen"]
        assert "heeft dit niet toegezegd" in part["voorwaarde"]


def test_what_waits_or_was_not_pushed_through_still_stands_and_says_so(refused):
    matter = laid(refused)
    with acting_as(user("samira").pk):
        (told,) = rules.obstacles_to_offer(as_it_is(refused))
    assert "bij de manager" in told.message

    decide(matter, push=False)
    with acting_as(user("samira").pk):
        (told,) = rules.obstacles_to_offer(as_it_is(refused))
        assert "niet doorgezet" in told.message
        assert codes(rules.obstacles_to_laying_before(the_action(refused))) == ["laid_before"]


def test_it_counts_for_the_action_as_it_was_and_stays_when_that_goes(refused):
    """A changed action needs a new promise, or a new decision; the old one stays to be read."""
    matter, samira = laid(refused), user("samira")
    decide(matter)
    with acting_as(samira.pk):
        action = the_action(refused)
        operations.change_action(action, by=samira, description="Een bed voor een maand")
    assert missing(refused) == ["outdated"]

    with acting_as(samira.pk):
        operations.remove_action(the_action(refused), by=samira)
        assert Doorzetting.objects.get(pk=matter.pk).reason == REASON


def test_what_lies_before_him_falls_when_its_action_changes(refused):
    matter, samira = laid(refused), user("samira")
    with acting_as(samira.pk):
        operations.change_action(the_action(refused), by=samira, description="Iets anders")
        assert Doorzetting.objects.get(pk=matter.pk).status == DoorzettingStatus.TERUGGENOMEN


def test_only_that_a_partner_does_not_promise_can_be_set_aside(refused):
    """Not what the client lacks, who may take part, or that nobody was asked."""
    samira = user("samira")
    with acting_as(samira.pk):
        operations.change_action(the_action(refused), by=samira, description="Nog niet gevraagd")
        with pytest.raises(Refused) as no:
            operations.lay_before(the_action(refused), why=WHY, by=samira)
    assert codes(no.value.obstacles) == ["nothing_to_push"]


def test_what_left_the_plan_while_somebody_typed_is_refused_in_words(refused):
    samira = user("samira")
    with acting_as(samira.pk):
        action = the_action(refused)
        operations.remove_action(the_action(refused), by=samira)
        with pytest.raises(Refused) as no:
            operations.lay_before(action, why=WHY, by=samira)
    assert codes(no.value.obstacles) == ["action_gone"]


def test_who_can_still_answer_is_called_first_and_his_answer_makes_it_needless():
    plan, samira = situations.asked_plan(), user("samira")
    with acting_as(samira.pk):
        assert codes(rules.obstacles_to_laying_before(the_action(plan), " ")) == [
            "still_time",
            "reason_missing",
        ]
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=True):
        matter = laid(plan)
        situations.answer_all(plan)
    with acting_as(samira.pk):
        assert Doorzetting.objects.get(pk=matter.pk).status == DoorzettingStatus.TERUGGENOMEN


def test_who_was_overruled_while_he_was_silent_answers_no_more():
    plan, shelter = situations.asked_plan(), user("legerdesheils")
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=True):
        decide(laid(plan))
    with acting_as(shelter.pk):
        asked = DeliveryQuestion.objects.select_related("action", "plan", "case", "organisation")
        with pytest.raises(Refused) as no:
            operations.answer_question(asked.get(), answer=Answer.NEE, reason="Nee.", by=shelter)
    assert codes(no.value.obstacles) == ["pushed_through"]
    assert missing(plan) == []


def test_the_manager_decides_once_with_a_reason_and_nobody_else(refused):
    matter, manager, samira = laid(refused), user("manager"), user("samira")
    with acting_as(samira.pk), pytest.raises(PermissionDenied):
        operations.push_through(matter, reason=REASON, by=samira)
    with acting_as(manager.pk):
        with pytest.raises(Refused) as no:
            operations.push_through(matter, reason=" ", by=manager)
        assert codes(no.value.obstacles) == ["reason_missing"]
    decide(matter)
    with acting_as(manager.pk):
        with pytest.raises(Refused) as no:
            operations.leave_undone(matter, reason=REASON, by=manager)
        assert codes(no.value.obstacles) == ["wrong_status"]
        line = matter.case.timeline.get(kind=TimelineKind.LEVERING, author=manager)
        assert REASON in line.text
    with acting_as(samira.pk), pytest.raises(Refused) as no:
        operations.take_back(matter, by=samira)
    assert codes(no.value.obstacles) == ["wrong_status"]


def test_nobody_decides_about_what_he_asked_himself(refused):
    """Also not who is both, and not round the rule."""
    samira, office = user("samira"), user("bureau")
    with acting_as(office.pk):
        accounts.appoint(samira, Role.MANAGER, by=office)
    matter = laid(refused)
    with acting_as(samira.pk):
        with pytest.raises(Refused) as no:
            operations.push_through(matter, reason=REASON, by=samira)
        assert codes(no.value.obstacles) == ["own_matter"]
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE maatwerkplan_doorzetting SET status = 'doorgezet', reason = 'x',"
                " decided_by_id = %s, decided_at = now() WHERE id = %s",
                [samira.pk, matter.pk],
            )


def test_the_manager_reads_the_answer_and_no_other_word_of_the_plan(refused, browse):
    matter = laid(refused)
    page = browse("manager").get(reverse("maatwerkplan:doorzetting", args=[matter.pk]))

    assert WHY in page.text
    assert matter.obstacle in page.text
    assert matter.obstacle.endswith("niet leveren: Vol.")  # and not what else could be tried
    with acting_as(user("manager").pk):
        assert not DeliveryQuestion.objects.exists()
        assert not PartnerAction.objects.exists()


def test_it_is_laid_decided_and_read_on_pages(refused, browse):
    """From the check, by the manager's first page, back to the check and to the partner."""
    samira, manager = browse("samira"), browse("manager")
    with acting_as(user("samira").pk):
        case, action = Case.objects.get(pk=refused.case_id), the_action(refused)
    board = reverse("maatwerkplan:delivery", args=[case.number])
    ask = reverse("maatwerkplan:lay_before", args=[case.number, action.pk])

    assert ask in samira.get(board).text
    assert samira.post(ask, {"why": ""}).status_code == 422
    assert samira.post(ask, {"why": WHY}).url == board
    assert "Ligt bij de manager" in samira.get(board).text
    asked = user("manager").pk
    with acting_in_role("post"):
        told = OutboxMail.objects.filter(kind="doorzetting_gevraagd")
        assert list(told.values_list("recipient_id", flat=True)) == [asked]

    first = manager.get(reverse("cases:overview"))
    (tile,) = [t for t in first.context["bottlenecks"] if t.url.endswith("/doorzetten/")]
    assert tile.number == 1
    listed = manager.get(tile.url)
    (matter,) = listed.context["shown"].waiting
    here = reverse("maatwerkplan:doorzetting", args=[matter.pk])
    assert here in listed.text

    assert manager.post(here, {"outcome": "doorgezet"}).status_code == 422
    sent = {"outcome": "doorgezet", "reason": REASON}
    assert manager.post(here, sent).url == tile.url
    assert manager.post(here, sent).status_code == 409
    assert REASON in manager.get(here).text
    assert REASON in samira.get(board).text
    ((what, words),) = [(each.what, each.words) for each in samira.get(FIRST).context["news"]]
    assert what.startswith("Doorgezet door ")
    assert words == REASON
    assert REASON in samira.get(reverse("maatwerkplan:plan", args=[case.number])).text


def test_whose_no_was_set_aside_reads_why_when_he_must_begin(refused, browse):
    matter = laid(refused)
    decide(matter)
    samira = user("samira")
    with acting_as(samira.pk):
        text = operations.offer(as_it_is(refused), by=samira)
        operations.sign(
            as_it_is(refused),
            client_name=refused.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=text.sha256,
            by=samira,
        )
    with acting_as(user("legerdesheils").pk):
        action = PartnerAction.objects.get()

    page = browse("legerdesheils").get(reverse("maatwerkplan:action", args=[action.pk]))

    assert REASON in page.text
    assert WHY not in page.text


def test_who_leads_takes_it_back(refused, browse):
    matter = laid(refused)
    with acting_as(user("samira").pk):
        case = matter.case
    back = reverse("maatwerkplan:take_back", args=[case.number, matter.pk])

    assert "niet meer bij de manager" in browse("samira").post(back, follow=True).text
    assert "Terugnemen kan niet meer" in browse("samira").post(back, follow=True).text
    with acting_as(user("samira").pk):
        assert rules.obstacles_to_laying_before(the_action(refused)) == []
