"""Every obstacle between a plan and its client appears, and goes by what its link offers."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from cases import operations as casework
from cases.models import Regime, SelfReliance
from maatwerkplan import operations, rules
from maatwerkplan.models import Answer, Framework, Maatwerkplan, PartnerAction, ProgressKind
from maatwerkplan.presenters.ways import WAYS, led
from maatwerkplan.rules import delivery, drawing, offer, order
from partners import operations as staff
from partners.models import Toetreding
from tests import situations
from tests.maatwerkplan.test_dropping_out import signed
from tests.maatwerkplan.test_living_plan import report, revise
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle

pytestmark = pytest.mark.django_db
HOUSING = ("huisvesting", "Begeleid wonen", "leger-des-heils")
# Also of a plan, but not between it and its client while it is drawn up.
ELSEWHERE = {"wrong_status", "not_in_regime"}


def found(plan: Maatwerkplan) -> dict[str, Obstacle]:
    with acting_as(user("samira").pk):
        plan = Maatwerkplan.objects.select_related("case").get(pk=plan.pk)
        return {o.code: o for o in led(rules.obstacles_to_offer(plan), plan.case.number)}


def drawn(*actions: tuple[str, str, str]) -> Maatwerkplan:
    return situations.plan_of(situations.planned_case(), *actions)


def empty() -> Maatwerkplan:
    plan = drawn()
    remove(plan)
    return plan


def answered(answer: str = Answer.JA, **words: object) -> Maatwerkplan:
    plan = situations.asked_plan(HOUSING)
    situations.answer_all(plan, answer, **words)
    return plan


def without_guidance() -> Maatwerkplan:
    return situations.plan_of(situations.planned_case(self_reliance=SelfReliance.NIET), HOUSING)


def left() -> Maatwerkplan:
    plan, office = situations.asked_plan(HOUSING), user("bureau")
    with acting_as(office.pk):
        seat = Toetreding.objects.get(organisation__slug="leger-des-heils")
        staff.announce_leaving(seat, leaves_on=timezone.localdate(), reason="Fusie", by=office)
    return plan


def of(plan: Maatwerkplan) -> PartnerAction:
    actions = plan.partner_actions.select_related("case", "plan", "organisation")
    return actions.order_by("leefgebied").last()


def remove(plan: Maatwerkplan) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.remove_action(of(plan), by=samira)


def add(plan: Maatwerkplan, leefgebied: str = "huisvesting", **named: object) -> None:
    samira = user("samira")
    about = {
        "description": "Begeleiding",
        "organisation": organisation("mondriaan"),
        "start_date": situations.START,
        "end_date": situations.END,
        "framework": Framework.VRIJWILLIG,
    }
    with acting_as(samira.pk):
        operations.add_action(plan, leefgebied=leefgebied, **(about | named), by=samira)


def change(**named: object) -> Callable[[Maatwerkplan], None]:
    def act(plan: Maatwerkplan) -> None:
        samira = user("samira")
        with acting_as(samira.pk):
            operations.change_action(of(plan), **named, by=samira)

    return act


def ask(plan: Maatwerkplan) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.ask_all(plan, by=samira)


def take_over(plan: Maatwerkplan) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.take_over_date(of(plan), by=samira)


def changed() -> Maatwerkplan:
    plan = answered()
    change(end_date=situations.END + timedelta(days=7))(plan)
    return plan


def ended() -> Maatwerkplan:
    plan = signed()
    revision = revise(plan)
    report(plan, ProgressKind.AFGEROND)
    return revision


def later(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def to_mondriaan(plan: Maatwerkplan) -> None:
    change(organisation=organisation("mondriaan"))(plan)


def new_days(plan: Maatwerkplan) -> None:
    change(start_date=later(2), end_date=later(60))(plan)


def shifted() -> Maatwerkplan:
    plan = drawn()
    change(start_date=later(30))(plan)
    return plan


def first(plan: Maatwerkplan) -> PartnerAction:
    with acting_as(user("samira").pk):
        return plan.partner_actions.select_related("plan").order_by("leefgebied")[0]


def waits(name: str, days: int) -> Maatwerkplan:
    """Housing waits for day care, and begins so many days later than that."""
    plan, samira = drawn(HOUSING, ("educatie", "Dagbesteding", "rimo-parkstad")), user("samira")
    with acting_as(samira.pk):
        former = first(plan)
        begin = former.start_date + timedelta(days=days)
        end = begin + timedelta(days=50)
        change(**{name: former}, start_date=begin, end_date=end)(plan)
    return plan


def move_first(plan: Maatwerkplan, **days: date) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.change_action(first(plan), by=samira, **days)


def after_the_first(plan: Maatwerkplan) -> None:
    end = first(plan).end_date
    change(start_date=end + timedelta(days=1), end_date=end + timedelta(days=50))(plan)


def longer(plan: Maatwerkplan) -> None:
    """The housing, that its partner reported as done."""
    change(end_date=later(90))(plan)


def judged_again() -> Maatwerkplan:
    plan, samira = drawn(HOUSING), user("samira")
    with acting_as(samira.pk):
        casework.judge_again(plan.case, reason="Een half jaar verder.", by=samira)
    return plan


def establish(plan: Maatwerkplan) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        casework.complete_diagnosis(plan.case, by=samira)


# What stands in the way; how it comes about; what takes it away; how many days later both are seen.
TABLE: dict[str, tuple[Callable[[], Maatwerkplan], Callable[[Maatwerkplan], None], int]] = {
    "diagnosis_open": (judged_again, establish, 0),
    "no_actions": (empty, add, 0),
    "uncovered": (empty, add, 0),
    "guidance_missing": (without_guidance, lambda plan: add(plan, is_guidance=True), 0),
    "not_asked": (drawn, ask, 0),
    "outdated": (changed, ask, 0),
    "unanswered": (lambda: situations.asked_plan(HOUSING), situations.answer_all, 0),
    "promise_expired": (answered, ask, 15),
    "refused": (lambda: answered(Answer.NEE), to_mondriaan, 0),
    "other_date": (
        lambda: answered(Answer.JA_MET_WIJZIGING, other_start=later(5)),
        take_over,
        0,
    ),
    "partner_left": (left, to_mondriaan, 0),
    "starts_late": (shifted, change(start_date=situations.START), 0),
    "starts_before_former": (
        lambda: waits("after", 0),
        after_the_first,
        0,
    ),
    "bridges_nothing": (
        lambda: waits("bridged_by", 0),
        lambda plan: move_first(plan, start_date=timezone.localdate()),
        0,
    ),
    "gap": (
        lambda: waits("bridged_by", 100),
        lambda plan: move_first(plan, end_date=first(plan).start_date + timedelta(days=99)),
        0,
    ),
    "over_already": (answered, new_days, 120),
    "ended_meanwhile": (ended, longer, 0),
}


@contextmanager
def after(days: int) -> Iterator[None]:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        yield


@pytest.mark.parametrize("code", TABLE)
def test_it_appears_leads_to_where_it_is_mended_and_goes_with_it(code, browse):
    arrange, mend, days = TABLE[code]
    plan = arrange()
    with after(days):
        stands = found(plan)[code]
        page, _, field = stands.url.partition("#")
        shown = browse("samira").get(page)

        assert shown.status_code == 200
        assert not field or BeautifulSoup(shown.content, "html.parser").find(id=field), stands.url

        mend(plan)
        assert code not in found(plan)


def test_the_table_holds_every_obstacle_that_the_rules_know():
    asked = (
        offer.obstacles_to_offer,
        offer._uncovered,
        offer._guidance,
        order._within,
        order._after,
        order._without_gap,
        drawing.obstacles_to_beginning,
        delivery.obstacles_to_delivery,
        delivery.obstacles_to_taking_part,
    )
    said = {
        code
        for rule in asked
        for code in re.findall(r'Obstacle\(\s*"(\w+)"', inspect.getsource(rule))
    }

    assert set(WAYS) == set(TABLE) | ELSEWHERE
    assert said == set(WAYS) - {"wrong_status"}


def test_what_is_not_of_the_regime_leads_to_the_choice_of_another_partner():
    plan = drawn()
    with acting_as(user("samira").pk):
        action = of(plan)
    action.case.regime = next(each for each in Regime if each != Regime.WGS)
    outside = organisation("slachtofferhulp")
    outside.may_take_part = lambda regime: False  # type: ignore[method-assign]
    action.organisation = outside

    with acting_as(user("samira").pk):
        (stands,) = led(rules.obstacles_to_delivery(action), action.case.number)

    assert stands.code == "not_in_regime"
    assert stands.url.endswith(f"/acties/{action.pk}/#id_organisation")
