"""A promise holds for a while, a question has its last day, and a no says what to try next.

OFF-02: the house keeps the check valid for a limited time. Issue 5, point 4.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Deadline, DeadlineKind
from maatwerkplan import operations, rules
from maatwerkplan.models import DeliveryAnswer, DeliveryQuestion, Maatwerkplan, WhyNot
from maatwerkplan.presenters.ways import led
from tests import situations
from tests.situations import user
from veiligheidshuis import workdays
from veiligheidshuis.formats import long_date
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
VALID = 14  # the first werkafspraak promise_days


@contextmanager
def after(days: int) -> Iterator[None]:
    """So many days later, for the house that counts them."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        yield


def stops(plan: Maatwerkplan) -> dict[str, str]:
    """What stands between a plan and its client, with the way to mend it."""
    with acting_as(user("samira").pk):
        found = led(rules.obstacles_to_offer(plan), plan.case.number)
        return {o.code: o.url for o in found}


def questions() -> list[DeliveryQuestion]:
    with acting_as(user("samira").pk):
        return list(DeliveryQuestion.objects.order_by("revision"))


def waiting() -> list[Deadline]:
    with acting_as(user("samira").pk):
        found = Deadline.objects.filter(kind=DeadlineKind.ANTWOORD_NADERT, done_at=None)
        return list(found.order_by("remind_on"))


# --- a promise holds for a while --------------------------------------------------------------


@pytest.mark.parametrize(("days", "expired"), [(0, False), (VALID, False), (VALID + 1, True)])
def test_a_promise_holds_until_and_with_its_last_day(days, expired):
    plan = situations.asked_plan()
    situations.answer_all(plan)

    with after(days):
        check = stops(plan).get("promise_expired", "")

    assert bool(check) is expired
    assert check in ("", f"/dossiers/{plan.case.number}/maatwerkplan/leveringscheck/")


def test_an_expired_promise_is_asked_again_and_its_answer_counts():
    plan = situations.asked_plan()
    situations.answer_all(plan)
    samira = user("samira")

    with after(VALID + 1), acting_as(samira.pk):
        assert operations.ask_all(plan, by=samira) == 1
        assert "unanswered" in stops(plan)
    with after(VALID + 1):
        situations.answer_all(plan)
        assert not stops(plan).keys() & {"promise_expired", "unanswered", "outdated"}

    former, asked_again = questions()
    assert (former.revision, asked_again.revision) == (1, 2)


def test_a_promise_that_holds_is_not_asked_again():
    plan, samira = situations.asked_plan(), user("samira")
    situations.answer_all(plan)

    with after(VALID), acting_as(samira.pk):
        assert operations.ask_all(plan, by=samira) == 0
        with pytest.raises(Refused) as refused:
            operations.ask(plan.partner_actions.get(), by=samira)

    assert refused.value.codes >= {"asked_already"}


def test_the_board_says_until_when_a_promise_holds_and_offers_to_ask_again(browse):
    plan = situations.asked_plan()
    situations.answer_all(plan)
    board = f"/dossiers/{plan.case.number}/maatwerkplan/leveringscheck/"

    now = browse("samira").get(board).content.decode()
    with after(VALID + 1):
        later = browse("samira").get(board).content.decode()

    assert "geldt tot en met" in now
    assert "Alle vragen versturen" not in now
    assert "Verlopen, vraag opnieuw" in later
    assert "Alle vragen versturen" in later


def test_the_conversation_is_planned_while_the_promises_hold():
    plan, samira = situations.asked_plan(), user("samira")
    situations.answer_all(plan)
    last = timezone.localdate() + timedelta(days=VALID)

    with acting_as(samira.pk):
        with pytest.raises(Refused) as refused:
            operations.plan_talk(plan, on=last + timedelta(days=1), by=samira)
        talk = operations.plan_talk(plan, on=last, by=samira)

    assert refused.value.codes == {"talk_after_promise"}
    assert talk.on == last


# --- a question has its last day --------------------------------------------------------------


def test_the_partner_is_reminded_on_the_last_day_to_answer():
    situations.asked_plan()
    last = workdays.after(timezone.localdate(), 3)  # the first werkafspraak

    (reminder,) = waiting()

    assert reminder.remind_on == last == questions()[0].answer_by
    assert reminder.recipient_id == user("legerdesheils").pk


def test_who_answered_is_reminded_no_more():
    plan = situations.asked_plan()
    situations.answer_all(plan)

    assert waiting() == []


def test_who_is_asked_no_more_is_reminded_no_more_and_a_new_question_has_a_new_day():
    plan, samira = situations.asked_plan(), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        operations.change_action(action, by=samira, description="Ander huis")
    changed = waiting()
    with after(1), acting_as(samira.pk):
        operations.ask_all(plan, by=samira)
        day = workdays.after(timezone.localdate(), 3)
    asked = waiting()
    with acting_as(samira.pk):
        operations.remove_action(plan.partner_actions.get(), by=samira)

    assert changed == []
    assert [reminder.remind_on for reminder in asked] == [day]
    assert waiting() == []


def test_the_page_of_the_question_names_its_last_day(browse):
    situations.asked_plan()
    (question,) = questions()

    page = browse("legerdesheils").get(f"/leveringsvragen/{question.pk}/").content.decode()

    assert f"Antwoord uiterlijk op {long_date(question.answer_by)}" in page


# --- a no says what to try next ---------------------------------------------------------------


@pytest.mark.parametrize("kind", WhyNot)
def test_a_no_leads_to_what_can_be_tried_next(kind, browse):
    plan = situations.asked_plan()
    situations.answer_all(plan, "nee", why_not=kind, reason="Vol tot maart.")
    with acting_as(user("samira").pk):
        action = plan.partner_actions.get()
        refusing = [o for o in rules.obstacles_to_offer(plan) if o.code == "refused"]
        (no,) = led(refusing, plan.case.number)

    says = {
        WhyNot.VOL: "latere datum",
        WhyNot.NIET_VAN_ONS: "andere partner",
        WhyNot.GEEN_OPDRACHT: "manager",
        WhyNot.ANDERS: "iets anders",
    }
    assert says[kind] in no.message
    assert "Vol tot maart." in no.message
    assert (
        no.url == f"/dossiers/{plan.case.number}/maatwerkplan/acties/{action.pk}/#id_organisation"
    )
    assert browse("samira").get(no.url).status_code == 200


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"answer": "nee", "reason": "Vol."}, "Kies waarom het niet kan."),
        ({"answer": "nee", "reason": "Vol.", "why_not": "zomaar"}, "Kies een reden uit de lijst."),
        ({"answer": "ja", "why_not": "vol"}, "U vulde ook een reden waarom het niet kan in."),
    ],
)
def test_a_partner_who_says_no_chooses_a_reason_and_who_says_yes_does_not(browse, typed, says):
    situations.asked_plan()
    (question,) = questions()

    answer = browse("legerdesheils").post(f"/leveringsvragen/{question.pk}/", typed)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_database_keeps_a_no_with_its_kind_of_reason():
    situations.asked_plan()
    samira = user("samira")
    no = DeliveryAnswer(question=questions()[0], answer="nee", reason="Vol.", recorded_by=samira)

    with acting_as(samira.pk), pytest.raises(IntegrityError), transaction.atomic():
        no.save(force_insert=True)
