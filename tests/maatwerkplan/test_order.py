"""An action that waits for another, and what bridges the time until then. S2, voetnoot 10."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Deadline, DeadlineKind
from maatwerkplan import operations, rules
from maatwerkplan.models import Maatwerkplan, PartnerAction
from maatwerkplan.presenters.next_step import next_step
from maatwerkplan.presenters.ways import led
from tests import situations
from tests.maatwerkplan.test_loose_ends import found, late_by
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
DAYS, SCHOOL = "Dagbesteding", "Opleiding"
BOTH = (("werk_inkomen", DAYS, "rimo-parkstad"), ("educatie", SCHOOL, "leger-des-heils"))
NEED = {"werk_inkomen": 3, "educatie": 3}


def bridged(gap: int = 0, *, asked: bool = True, **relation: str) -> Maatwerkplan:
    """Day care until a training begins, `gap` days after it; as S2 has it."""
    relation = relation or {"bridged_by": DAYS}
    plan = situations.plan_of(situations.planned_case(deficits=NEED), *BOTH)
    samira = user("samira")
    with acting_as(samira.pk):
        day = named(plan, DAYS).end_date + timedelta(days=1 + gap)
        words = {name: named(plan, what) for name, what in relation.items()}
        operations.change_action(
            named(plan, SCHOOL),
            start_date=day,
            end_date=day + timedelta(weeks=8),
            by=samira,
            **words,
        )
        if asked:
            operations.ask_all(plan, by=samira)
    if asked:
        situations.answer_all(plan)
    return plan


def named(plan: Maatwerkplan, description: str) -> PartnerAction:
    actions = plan.partner_actions.with_state().select_related("plan")
    return actions.get(description=description)


def codes(plan: Maatwerkplan) -> list[str]:
    with acting_as(user("samira").pk):
        return [each.code for each in rules.obstacles_to_offer(plan)]


def change(plan: Maatwerkplan, what: str, **words: object) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        others = {k: named(plan, v) if isinstance(v, str) else v for k, v in words.items()}
        operations.change_action(named(plan, what), by=samira, **others)


@pytest.mark.parametrize("relation", [{"bridged_by": DAYS}, {"after": DAYS}])
def test_what_waits_for_another_need_not_begin_within_a_week(relation):
    plan = bridged(**relation)

    assert codes(plan) == []
    change(plan, SCHOOL, after=None, bridged_by=None)
    assert codes(plan) == ["starts_late"]


def test_a_gap_between_the_bridge_and_what_it_bridges_stands_in_the_way_until_it_is_closed():
    plan = bridged(gap=7)
    with acting_as(user("samira").pk):
        bridge, (gap,) = named(plan, DAYS), led(rules.obstacles_to_offer(plan), plan.case.number)

    assert gap.code == "gap"
    assert gap.url.endswith(f"{bridge.pk}/#id_end_date")
    change(plan, DAYS, end_date=bridge.end_date + timedelta(days=7))
    assert codes(plan) == ["outdated"], (
        "alleen de partner van de overbrugging wordt opnieuw gevraagd"
    )


@pytest.mark.parametrize(
    ("leefgebied", "until", "begins", "found"),
    [
        ("werk_inkomen", date(2027, 1, 15), date(2027, 1, 18), []),  # Friday, Monday
        ("werk_inkomen", date(2026, 12, 24), date(2026, 12, 28), []),  # Christmas and a weekend
        ("werk_inkomen", date(2027, 1, 14), date(2027, 1, 18), ["gap"]),  # nothing on Friday
        ("huisvesting", date(2027, 1, 15), date(2027, 1, 18), ["gap"]),  # nowhere to sleep
        ("huisvesting", date(2027, 1, 17), date(2027, 1, 18), []),
    ],
)
def test_a_weekend_or_a_day_off_is_no_gap_but_for_who_must_sleep_somewhere(
    leefgebied, until, begins, found
):
    bridge = PartnerAction(leefgebied=leefgebied, start_date=date(2026, 12, 1), end_date=until)
    action = PartnerAction(bridged_by=bridge, start_date=begins, end_date=date(2027, 6, 1))

    obstacles = rules.obstacles_to_begin_in_time(action, [bridge, action])
    assert [each.code for each in obstacles] == found


def test_a_bridge_that_begins_with_what_it_bridges_bridges_nothing():
    plan = bridged(asked=False)
    with acting_as(user("samira").pk):
        day = named(plan, DAYS).start_date
    change(plan, SCHOOL, start_date=day)

    assert "bridges_nothing" in codes(plan)


def test_what_comes_after_another_begins_when_that_is_done_and_not_weeks_later():
    plan = bridged(after=DAYS, asked=False)
    with acting_as(user("samira").pk):
        end = named(plan, DAYS).end_date

    change(plan, SCHOOL, start_date=end)
    early = codes(plan)
    change(plan, SCHOOL, start_date=end + timedelta(weeks=3))

    assert "starts_before_former" in early
    assert "starts_late" in codes(plan)


@pytest.mark.parametrize(("one", "other"), [("after", "after"), ("bridged_by", "after")])
def test_actions_never_wait_for_each_other_the_long_way_round_either(one, other):
    third = ("huisvesting", "Wonen", "leger-des-heils")
    plan = situations.plan_of(situations.planned_case(deficits=NEED), *BOTH, third)
    change(plan, SCHOOL, **{one: DAYS})
    change(plan, DAYS, **{other: "Wonen"})

    with pytest.raises(Refused) as refused:
        change(plan, "Wonen", **{one: SCHOOL})
    with pytest.raises(Refused) as itself:
        change(plan, DAYS, **{one: DAYS})

    assert refused.value.codes == {"waits_in_a_circle"}
    assert itself.value.codes == {"waits_for_none_of_these"}


def test_an_action_waits_for_one_of_its_own_plan():
    plan, elsewhere = bridged(asked=False), bridged(asked=False)
    with acting_as(user("samira").pk):
        stranger = named(elsewhere, DAYS)

    with pytest.raises(Refused) as refused:
        change(plan, SCHOOL, after=stranger)

    assert refused.value.codes == {"waits_for_none_of_these"}


def test_who_waits_is_asked_nothing_again_and_what_he_waited_for_can_go():
    plan = bridged()
    change(plan, SCHOOL, after=DAYS)
    assert codes(plan) == []

    samira = user("samira")
    with acting_as(samira.pk):
        operations.remove_action(named(plan, DAYS), by=samira)
        assert not named(plan, SCHOOL).begins_later
    assert "starts_late" in codes(plan)


def signed(plan: Maatwerkplan) -> Maatwerkplan:
    samira = user("samira")
    with acting_as(samira.pk):
        text = operations.offer(plan, by=samira)
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name="Samira Haddou",
            shown_sha256=text.sha256,
            by=samira,
        )
        return Maatwerkplan.objects.select_related("case__client", "text").get(pk=plan.pk)


def test_what_waits_has_its_clock_on_its_own_day_for_everybody_who_sees_it():
    plan = signed(bridged())

    for username in ("samira", "legerdesheils"):
        with acting_as(user(username).pk):
            school = named(plan, SCHOOL)
            week_over = plan.start_by + timedelta(days=1)
            assert school.start_by == school.start_date > week_over
            assert not rules.is_late(school, week_over)
            assert not rules.clock_runs(school, week_over)
            assert rules.clock_runs(school, school.start_date)
            assert rules.is_late(school, school.start_date + timedelta(days=1))
    with acting_as(user("samira").pk):
        assert rules.is_late(named(plan, DAYS), week_over)
        terms = Deadline.objects.filter(subject_id=school.pk, done_at=None)
        days = {each.kind: each.remind_on for each in terms}
        assert days[DeadlineKind.START_LAATSTE_DAG] == school.start_date
        assert days[DeadlineKind.START_GEMIST] == school.start_date + timedelta(days=1)


def test_once_all_that_can_begin_began_the_next_step_is_not_to_chase_who_waits():
    plan = signed(bridged())
    with acting_as(user("rimo").pk):
        days = named(plan, DAYS)
        operations.report(days, kind="start", happened_on=timezone.localdate(), by=user("rimo"))

    with acting_as(user("samira").pk):
        plan = Maatwerkplan.objects.with_evaluation().select_related("case__client").get(pk=plan.pk)
        step = next_step(plan.case, plan, rules.actions_of(plan), timezone.localdate())
        assert step.what == "Voortgang volgen"


def test_who_waits_is_not_let_go_before_his_own_day():
    plan = signed(bridged())
    with acting_as(user("rimo").pk):
        operations.report(
            named(plan, DAYS), kind="start", happened_on=timezone.localdate(), by=user("rimo")
        )
    late_by(plan, 1)

    assert found()["start"] == set()


def test_the_client_reads_what_waits_and_what_there_is_until_then(browse):
    plan = bridged()
    with acting_as(user("samira").pk):
        words = operations.wording(plan, rules.actions_of(plan), offered_on=timezone.localdate())
        page = reverse("maatwerkplan:plan", args=[plan.case.number])
    said = {part["wat"]: part["volgorde"] for part in words["onderdelen"]}
    shown = BeautifulSoup(browse("samira").get(page).content, "html.parser")
    rows = {row.th.contents[0].strip(): row.th.text for row in shown.select("tr[id^=actie-]")}

    assert said == {DAYS: "", SCHOOL: f"Tot dit begint, is er ‘{DAYS}’."}
    assert "behalve wat wacht" in words["afspraken_huis"][0]
    assert f"Tot ‘{SCHOOL}’ begint" in rows[DAYS]
    assert f"Tot die tijd ‘{DAYS}’" in rows[SCHOOL]


def test_a_partner_learns_that_his_action_waits_and_not_for_what(browse):
    plan = bridged()
    with acting_as(user("legerdesheils").pk):
        own = PartnerAction.objects.get(plan=plan)
        question = own.questions.get()
    page = browse("legerdesheils").get(reverse("maatwerkplan:question", args=[question.pk])).text

    assert "wacht op iets anders" in page
    assert DAYS not in page


def test_order_comes_along_to_the_next_plan():
    plan, samira = bridged(), user("samira")
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)
        operations.withdraw(plan, reason="Moet anders.", by=samira)
        following = operations.draw_up(plan.case, by=samira)
        assert named(following, SCHOOL).bridged_by_id == named(following, DAYS).pk


def test_order_comes_along_to_a_revision():
    plan, samira = signed(bridged()), user("samira")
    with acting_as(samira.pk):
        case = Case.objects.get(pk=plan.case_id)
        revision = operations.revise_plan(case, reason="Hij verhuist.", by=samira)
        assert named(revision, SCHOOL).bridged_by_id == named(revision, DAYS).pk


def test_the_form_offers_the_other_actions_of_this_plan_and_no_other(browse):
    plan = bridged()
    bridged(asked=False)
    with acting_as(user("samira").pk):
        school, days = named(plan, SCHOOL), named(plan, DAYS)
        page = reverse("maatwerkplan:action_edit", args=[plan.case.number, school.pk])
    shown = BeautifulSoup(browse("samira").get(page).content, "html.parser")

    offered = [each["value"] for each in shown.select("#id_bridged_by option")]
    assert offered == ["", str(days.pk)]
    assert shown.select_one("#id_bridged_by [selected]")["value"] == str(days.pk)
