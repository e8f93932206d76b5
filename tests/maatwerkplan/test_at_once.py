"""Two people at once on one plan: the second waits, and hears what the first did. ADR 0010."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone

from maatwerkplan import operations
from maatwerkplan.models import (
    ENDINGS,
    Answer,
    DeliveryAnswer,
    DeliveryQuestion,
    PartnerAction,
    ProgressKind,
    ProgressReport,
)
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

TODAY = timezone.localdate()
A_MOMENT = 0.5  # long enough to meet who is still busy


def one_after_the_other(
    first: tuple[str, Callable[[], object]],
    find: tuple[str, Callable[[], object]],
    second: Callable[[object], object],
) -> set[str]:
    """The second finds what it is about, the first does its deed and lingers, and the second does
    his before the first is through. What the second was refused for; anything else is an error."""
    found, done, met = threading.Event(), threading.Event(), []

    def do_first() -> None:
        who, deed = first
        found.wait(10)
        with acting_as(user(who).pk):
            deed()
            done.set()
            threading.Event().wait(A_MOMENT)

    def do_second() -> None:
        who, look = find
        with acting_as(user(who).pk):
            about = look()
            found.set()
            done.wait(10)
            second(about)

    def run(deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:
            met.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in (do_first, do_second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert all(isinstance(error, Refused) for error in met), met
    return {code for error in met for code in error.codes}


def own_action() -> PartnerAction:
    return PartnerAction.objects.agreed().select_related("plan", "case", "organisation").get()


def ended_by_its_partner() -> None:
    operations.report(
        own_action(), kind=ProgressKind.AFGEROND, happened_on=TODAY, by=user("legerdesheils")
    )


def ended_by_who_leads(action: PartnerAction) -> None:
    operations.record_end(
        action,
        kind=ProgressKind.GESTOPT,
        happened_on=TODAY,
        text="De cliënt is verhuisd.",
        by=user("samira"),
    )


@pytest.mark.usefixtures("own_house")
def test_an_action_ends_once_also_when_two_say_so_at_the_same_moment():
    situations.signed_plan()
    partner = user("legerdesheils")
    with acting_as(partner.pk):
        operations.report(own_action(), kind=ProgressKind.START, happened_on=TODAY, by=partner)

    refused = one_after_the_other(
        ("legerdesheils", ended_by_its_partner), ("samira", own_action), ended_by_who_leads
    )

    assert refused == {"ended_already"}
    with acting_as(user("samira").pk):
        assert ProgressReport.objects.filter(kind__in=ENDINGS).count() == 1


@pytest.mark.usefixtures("own_house")
def test_who_answers_while_the_action_leaves_the_plan_hears_that_he_need_not():
    plan, samira = situations.asked_plan(), user("samira")

    def remove() -> None:
        operations.remove_action(plan.partner_actions.get(), by=samira)

    def answer(question: DeliveryQuestion) -> None:
        operations.answer_question(question, answer=Answer.JA, by=user("legerdesheils"))

    def question() -> DeliveryQuestion:
        return DeliveryQuestion.objects.select_related("case", "action", "plan").get()

    refused = one_after_the_other(("samira", remove), ("legerdesheils", question), answer)

    assert refused == {"asked_no_more"}
    with acting_as(samira.pk):
        assert not DeliveryQuestion.objects.exists()
        assert not DeliveryAnswer.objects.exists()


@pytest.mark.usefixtures("own_house")
def test_who_removes_an_action_while_it_is_answered_removes_it_with_its_answer():
    plan, samira = situations.asked_plan(), user("samira")

    def answer() -> None:
        operations.answer_question(
            DeliveryQuestion.objects.get(), answer=Answer.JA, by=user("legerdesheils")
        )

    def the_action() -> UUID:
        return plan.partner_actions.get().pk

    def remove(pk: UUID) -> None:
        operations.remove_action(PartnerAction.objects.select_related("plan").get(pk=pk), by=samira)

    assert one_after_the_other(("legerdesheils", answer), ("samira", the_action), remove) == set()
    with acting_as(samira.pk):
        assert not PartnerAction.objects.exists()
        assert not DeliveryAnswer.objects.exists()


@pytest.mark.django_db
def test_a_date_that_was_taken_over_is_not_put_back_by_a_form_that_was_open_all_the_while():
    plan, samira = situations.asked_plan(), user("samira")
    later = situations.START + timedelta(days=3)
    situations.answer_all(plan, Answer.JA_MET_WIJZIGING, other_start=later)
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        as_it_was_opened = action.version
        operations.take_over_date(action, by=samira, seen=action.version)

        with pytest.raises(Refused) as refused:
            operations.change_action(
                action, by=samira, seen=as_it_was_opened, start_date=situations.START
            )

        assert refused.value.codes == {"stale"}
        assert plan.partner_actions.get().start_date == later
