"""From the drawing board to a plan that started, and the roads beside it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import (
    Basis,
    Case,
    Deadline,
    DeadlineKind,
    Participation,
    SelfReliance,
    TimelineItem,
)
from cases.states import CaseStatus
from maatwerkplan import operations, rules
from maatwerkplan.models import (
    Answer,
    DeliveryQuestion,
    Framework,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
    Signature,
)
from maatwerkplan.presenters.plan import delivery_of
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.formats import plain_date
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import number

pytestmark = pytest.mark.django_db
TWO = (
    ("huisvesting", "Begeleid wonen", "leger-des-heils"),
    ("gezondheid", "Behandeling", "mondriaan"),
)


def codes(plan) -> list[str]:
    return [o.code for o in rules.obstacles_to_offer(plan)]


def test_all_obstacles_stand_there_at_once():
    case = situations.planned_case(
        deficits={"huisvesting": 4, "gezondheid": 2}, self_reliance=SelfReliance.NIET
    )
    plan = situations.plan_of(case, TWO[0])

    with acting_as(user("samira").pk):
        assert codes(plan) == ["uncovered", "guidance_missing", "not_asked"]


def test_a_partner_sees_only_its_own_question_and_who_it_is_about():
    plan = situations.asked_plan(*TWO)

    with acting_as(user("mondriaan").pk):
        assert [q.action.description for q in DeliveryQuestion.objects.all()] == ["Behandeling"]
        assert PartnerAction.objects.count() == 1
        assert Case.objects.get().client.display_name
    with acting_as(user("rimo").pk):
        assert not DeliveryQuestion.objects.exists()
        assert not Case.objects.exists()
    with acting_as(user("manager").pk):
        assert not PartnerAction.objects.exists()
        assert plan.case_id in Case.objects.values_list("pk", flat=True)


@pytest.mark.parametrize(
    "change",
    [
        {"start_date": situations.START + timedelta(days=3)},
        {"leefgebied": "gezondheid"},
        {"framework": "drang"},
        {"is_guidance": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_action_reopens_only_its_own_answer(change):
    plan = situations.asked_plan(*TWO)
    situations.answer_all(plan)
    samira = user("samira")

    with acting_as(samira.pk):
        assert codes(plan) == []
        action = plan.partner_actions.get(leefgebied="huisvesting")
        operations.change_action(action, by=samira, **change)
        assert codes(plan).count("outdated") == 1
        operations.ask_all(plan, by=samira)
        assert codes(plan).count("unanswered") == 1
        assert "outdated" not in codes(plan)


def test_what_another_refused_its_new_partner_was_not_asked_yet():
    plan, samira = situations.asked_plan(TWO[1]), user("samira")
    situations.answer_all(plan, Answer.NEE)

    with acting_as(samira.pk):
        ggd = situations.organisation("ggd-zuid-limburg")
        operations.change_action(plan.partner_actions.get(), organisation=ggd, by=samira)
        action = rules.actions_of(plan)[0]
        assert rules.obstacles_to_delivery(action)[0].message == (
            "GGD Zuid Limburg is nog niet gevraagd om ‘Behandeling’ te leveren."
        )
        assert delivery_of(action).text == "Nog niet gevraagd"


def test_who_cannot_deliver_says_why_and_lets_go_at_once():
    plan = situations.asked_plan(*TWO)
    partner = user("mondriaan")

    with acting_as(partner.pk):
        question = DeliveryQuestion.objects.get()
        with pytest.raises(Refused) as refused:
            operations.answer_question(question, answer=Answer.NEE, by=partner)
        assert refused.value.codes == {"reason_missing"}
        operations.answer_question(
            question, answer=Answer.NEE, reason="Wachttijd tot januari.", by=partner
        )
        assert not Case.objects.exists()
    with acting_as(user("samira").pk):
        assert "refused" in codes(plan)


def test_what_became_of_an_action_is_in_the_timeline_for_who_leads_and_for_nobody_else():
    plan, samira = situations.plan_of(situations.planned_case(), TWO[1]), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        operations.change_action(action, by=samira, framework=Framework.DRANG)
        operations.remove_action(action, by=samira)
        written = TimelineItem.objects.filter(title__startswith="Actie ", text="Behandeling")
        titles = list(written.order_by("at").values_list("title", flat=True))

    assert titles == [
        "Actie toegevoegd: Mondriaan",
        "Actie gewijzigd: Mondriaan",
        "Actie weggehaald: Mondriaan",
    ]
    with acting_as(user("manager").pk):
        assert not TimelineItem.objects.filter(title__startswith="Actie ").exists()


def test_who_can_deliver_nothing_lets_go_as_well_when_the_rest_leaves_the_plan():
    plan = situations.asked_plan(
        ("huisvesting", "Woontraining", "mondriaan"), ("gezondheid", "Behandeling", "mondriaan")
    )
    partner, samira = user("mondriaan"), user("samira")
    with acting_as(partner.pk):
        question = DeliveryQuestion.objects.get(action__description="Woontraining")
        operations.answer_question(question, answer=Answer.NEE, reason="Vol.", by=partner)
        assert Case.objects.exists()

    with acting_as(samira.pk):
        operations.remove_action(plan.partner_actions.get(description="Behandeling"), by=samira)

    with acting_as(partner.pk):
        assert not Case.objects.exists()


def test_another_date_is_taken_over_without_asking_again():
    plan = situations.asked_plan(TWO[0])
    partner, samira = user("legerdesheils"), user("samira")
    with acting_as(partner.pk):
        question = DeliveryQuestion.objects.get()
        operations.answer_question(
            question,
            answer=Answer.JA_MET_WIJZIGING,
            other_start=situations.START + timedelta(days=3),
            by=partner,
        )

    with acting_as(samira.pk):
        assert codes(plan) == ["other_date"]
        taken = operations.take_over_date(plan.partner_actions.get(), by=samira)
        assert codes(plan) == []
        assert (taken.start_date, taken.end_date) == (
            situations.START + timedelta(days=3),
            situations.END,
        )
        with pytest.raises(Refused) as refused:  # from the page that still shows the button
            operations.take_over_date(taken, by=samira, seen=taken.version)
        assert refused.value.codes == {"action_changed"}


def test_the_date_on_an_old_page_is_not_taken_over():
    plan, samira = situations.asked_plan(TWO[0]), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        seen = action.version
        operations.change_action(action, by=samira, framework=Framework.DRANG)
        operations.ask_all(plan, by=samira)
    later = situations.START + timedelta(days=4)
    situations.answer_all(plan, Answer.JA_MET_WIJZIGING, other_start=later)

    with acting_as(samira.pk):
        with pytest.raises(Refused) as refused:
            operations.take_over_date(action, by=samira, seen=seen)
        assert refused.value.codes == {"action_changed"}
        assert plan.partner_actions.get().start_date == situations.START
        assert operations.take_over_date(action, by=samira, seen=seen + 1).start_date == later


def test_a_date_after_the_end_asks_the_partner_again_about_the_new_end():
    plan = situations.asked_plan(TWO[0])
    partner, samira = user("legerdesheils"), user("samira")
    with acting_as(partner.pk):
        operations.answer_question(
            DeliveryQuestion.objects.get(),
            answer=Answer.JA_MET_WIJZIGING,
            other_start=situations.END + timedelta(days=1),
            by=partner,
        )

    with acting_as(samira.pk):
        taken = operations.take_over_date(plan.partner_actions.get(), by=samira)
        assert taken.end_date - taken.start_date == situations.END - situations.START
        assert codes(plan) == ["outdated", "starts_late"]


def test_a_plan_that_cannot_begin_within_a_week_is_not_offered():
    today = timezone.localdate()
    plan = situations.asked_plan(TWO[0])
    samira = user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        operations.change_action(action, by=samira, start_date=today + timedelta(days=7))
        assert "starts_late" not in codes(plan)
        operations.change_action(action, by=samira, start_date=today + timedelta(days=8))
        assert "starts_late" in codes(plan)
        long_ago = today - timedelta(days=9)
        with pytest.raises(Refused) as over:
            operations.change_action(action, by=samira, start_date=long_ago, end_date=long_ago)
        assert over.value.codes == {"too_long_ago"}


def test_an_action_begins_today_or_later():
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    plan, samira = situations.plan_of(situations.planned_case(), TWO[0]), user("samira")
    with acting_as(samira.pk):
        action = operations.change_action(plan.partner_actions.get(), by=samira, start_date=today)
        with pytest.raises(Refused) as refused:
            operations.change_action(action, by=samira, start_date=yesterday)

    (obstacle,) = refused.value.obstacles
    assert obstacle.code == "too_long_ago"
    assert obstacle.message.endswith(f"is voorbij. Kies {plain_date(today)} of later.")


def long_afterwards(plan: Maatwerkplan) -> None:
    """The plan lay still until after its last day, and the partners need not report any more."""
    over = timezone.localdate() - timedelta(days=number("execution_grace_days") + 1)
    plan.partner_actions.update(start_date=over, end_date=over)


def test_an_action_that_is_over_is_neither_asked_for_nor_offered_and_says_where_to_mend_it():
    asked, samira = situations.asked_plan(TWO[0]), user("samira")
    situations.answer_all(asked)
    unasked = situations.plan_of(situations.planned_case(), TWO[0])

    with acting_as(samira.pk):
        long_afterwards(asked)
        long_afterwards(unasked)
        (over,) = rules.obstacles_to_offer(asked)
        assert over.code == "over_already"
        assert str(asked.partner_actions.get().pk) in over.about
        with pytest.raises(Refused) as refused:
            operations.offer(asked, by=samira)
        assert refused.value.codes == {"over_already"}
        with pytest.raises(Refused) as refused:
            operations.ask_all(unasked, by=samira)
        assert refused.value.codes == {"over_already"}


def test_a_plan_that_is_signed_after_its_last_day_still_lets_its_partners_report():
    plan, samira = situations.offered_plan(TWO[0]), user("samira")

    with acting_as(samira.pk):
        long_afterwards(plan)
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=plan.text.sha256,
            by=samira,
        )
    with acting_as(user("legerdesheils").pk):
        assert PartnerAction.objects.agreed().count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"received_on": timezone.localdate() - timedelta(days=1)}, "before_question"),
        ({"received_on": timezone.localdate() + timedelta(days=1)}, "in_future"),
        ({"received_from": " "}, "who_said_it"),
        ({"disclosed": " "}, "not_accounted"),
        ({"ground": ""}, "not_accounted"),
        ({"answer": Answer.NEE}, "reason_missing"),
        ({"answer": Answer.JA_MET_WIJZIGING}, "change_missing"),
        (
            {"answer": Answer.JA_MET_WIJZIGING, "other_start": date(1950, 1, 1)},
            "too_long_ago",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_have_been_said_is_not_written_down(wrong, code):
    situations.asked_plan(("huisvesting", "Opvang", "tracee"))
    with acting_as(user("samira").pk), pytest.raises(Refused) as refused:
        operations.record_answer(
            DeliveryQuestion.objects.get(), **situations.told_by_phone(**wrong)
        )
    assert refused.value.codes == {code}


def test_a_partner_without_account_is_asked_by_telephone_and_never_in_its_name_otherwise():
    plan = situations.asked_plan(("huisvesting", "Opvang", "tracee"), TWO[1])
    samira = user("samira")
    told = situations.told_by_phone()

    with acting_as(samira.pk):
        by_phone = DeliveryQuestion.objects.get(organisation__slug="tracee")
        operations.record_answer(by_phone, **told)
        own_account = DeliveryQuestion.objects.get(organisation__slug="mondriaan")
        with pytest.raises(Refused) as refused:
            operations.record_answer(own_account, **told)
    assert refused.value.codes == {"has_account"}
    assert plan.pk == by_phone.plan_id


def test_nobody_signs_with_another_name():
    plan, samira = situations.offered_plan(*TWO), user("samira")

    with acting_as(samira.pk), pytest.raises(Refused) as refused:
        operations.sign(
            plan,
            client_name="Iemand Anders",
            manager_name="Piet Onbekend",
            shown_sha256=plan.text.sha256,
            by=samira,
        )
    assert refused.value.codes == {"other_client", "other_manager"}


def test_an_offered_plan_is_fixed_and_both_sign_the_text_that_was_shown():
    plan = situations.offered_plan(*TWO)
    samira, name = user("samira"), plan.case.client.display_name

    with acting_as(samira.pk):
        with pytest.raises(Refused) as refused:
            operations.change_action(
                plan.partner_actions.first(), by=samira, framework=Framework.DWANG
            )
        assert refused.value.codes == {"plan_fixed"}
        with pytest.raises(Refused) as refused:
            operations.sign(
                plan,
                client_name=name,
                manager_name="Samira Haddou",
                shown_sha256="anders",
                by=samira,
            )
        assert refused.value.codes == {"other_text"}
        names = {"client_name": name, "manager_name": "Samira Haddou"}
        operations.sign(plan, **names, shown_sha256=plan.text.sha256, by=samira)
        plan.refresh_from_db()
        assert plan.status == PlanStatus.ONDERTEKEND
        assert Case.objects.get(pk=plan.case_id).status == CaseStatus.UITVOERING
        assert {s.text_sha256 for s in Signature.objects.all()} == {plan.text.sha256}
        assert plan.text.is_untouched
    with acting_as(user("mondriaan").pk):
        assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("arrange", "drawing_up", "changing"),
    [
        (situations.asked_plan, "in opbouw", None),
        (situations.offered_plan, "ligt bij de cliënt", "aangeboden en ligt vast"),
        (situations.signed_plan, "getekend plan", "getekend en ligt vast"),
    ],
    ids=["concept", "aangeboden", "ondertekend"],
)
def test_why_it_cannot_be_drawn_up_or_changed_is_true_of_this_plan(arrange, drawing_up, changing):
    plan = arrange()

    with acting_as(user("samira").pk):
        (exists,) = rules.obstacles_to_drawing_up(Case.objects.get(pk=plan.case_id), plan)
        fixed = [obstacle.message for obstacle in rules.obstacles_to_changing(plan)]
    assert drawing_up in exists.message
    assert [changing in message for message in fixed] == ([True] if changing else [])


def test_the_clock_reminds_partner_and_leader_before_and_the_manager_after_until_the_start():
    plan = situations.signed_plan(TWO[0])
    partner, samira = user("legerdesheils"), user("samira")

    with acting_as(samira.pk):
        waiting = Deadline.objects.filter(done_at=None)
        deadlines = set(waiting.values_list("kind", "remind_on", "recipient_id"))
        manager, office = user("manager").pk, user("bureau").pk
        assert deadlines == {
            (DeadlineKind.START_NADERT, plan.start_by - timedelta(days=3), partner.pk),
            (DeadlineKind.START_NADERT, plan.start_by - timedelta(days=3), samira.pk),
            (DeadlineKind.START_BUREAU, plan.start_by - timedelta(days=2), office),
            (DeadlineKind.START_LAATSTE_DAG, plan.start_by, manager),
            (DeadlineKind.START_GEMIST, plan.start_by + timedelta(days=1), manager),
        }
    with acting_as(partner.pk):
        action = PartnerAction.objects.agreed().of_organisation_of(partner).get()
        operations.report(
            action, kind=ProgressKind.START, happened_on=timezone.localdate(), by=partner
        )
    with acting_as(samira.pk):
        assert not Deadline.objects.filter(done_at=None).exists()
        assert PartnerAction.objects.with_state().get().started_on == timezone.localdate()


def test_a_refusal_needs_its_message_and_opens_drang_en_dwang_with_a_next_step():
    plan = situations.offered_plan()
    samira = user("samira")
    about = {
        "reason": "Ik wil geen hulp.",
        "next_step": "Gesprek met reclassering en politie",
        "next_step_on": timezone.localdate() + timedelta(days=5),
        "by": samira,
    }

    with acting_as(samira.pk):
        with pytest.raises(Refused) as refused:
            operations.refuse(plan, message_given=False, **about)
        assert refused.value.codes == {"message_not_given"}
        operations.refuse(plan, message_given=True, **about)
        case = Case.objects.get(pk=plan.case_id)
        assert case.status == CaseStatus.DRANG_DWANG
        plan.refresh_from_db()
        assert rules.obstacles_to_drawing_up(case, plan) == []
        again = operations.draw_up(case, by=samira)
        assert again.number == 2
        assert codes(again) == ["not_asked"]
    with acting_as(user("legerdesheils").pk):
        assert not Case.objects.exists()


LONG = "Begeleiding bij het aanvragen van een uitkering en bij alle brieven. " * 3


def test_of_an_action_with_a_long_description_every_step_is_told_in_the_timeline():
    what = LONG[:200]
    plan = situations.signed_plan(("huisvesting", what, "leger-des-heils"))
    partner = user("legerdesheils")
    with acting_as(partner.pk):
        action = PartnerAction.objects.agreed().select_related("organisation").get()
        operations.report(
            action, kind=ProgressKind.START, happened_on=timezone.localdate(), by=partner
        )

    with acting_as(user("samira").pk):
        told = TimelineItem.objects.filter(case=plan.case, text__startswith=what)
        assert set(told.values_list("title", flat=True)) == {
            "Actie toegevoegd: Leger des Heils",
            "Leger des Heils gevraagd",
            "Leger des Heils: ja, dat kan",
            "Leger des Heils: gestart",
        }


def test_a_partner_knows_the_case_until_its_own_last_day_and_not_until_that_of_another():
    start, grace = situations.START, timedelta(days=number("execution_grace_days"))
    plan, samira = situations.plan_of(situations.planned_case(), *TWO), user("samira")
    with acting_as(samira.pk):
        short = plan.partner_actions.get(description="Behandeling")
        operations.change_action(short, by=samira, end_date=start + timedelta(days=14))
        operations.ask_all(plan, by=samira)
    situations.answer_all(plan)
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)
        plan.refresh_from_db()
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=plan.text.sha256,
            by=samira,
        )
    with acting_as(user("manager").pk):
        given = Participation.objects.filter(basis=Basis.UITVOERING)
        until = dict(given.values_list("group__organisation__slug", "end_date"))

    assert until == {
        "leger-des-heils": situations.END + grace,
        "mondriaan": start + timedelta(days=14) + grace,
    }


def test_a_word_of_an_action_is_mended_after_its_first_day_without_moving_it():
    plan, samira = situations.plan_of(situations.planned_case(), TWO[0]), user("samira")
    yesterday = timezone.localdate() - timedelta(days=1)
    with acting_as(samira.pk):
        plan.partner_actions.update(start_date=yesterday)
        action = plan.partner_actions.get()
        mended = operations.change_action(action, by=samira, description="Begeleid wonen, twee uur")
        assert (mended.start_date, mended.revision) == (yesterday, 2)
        with pytest.raises(Refused) as refused:
            operations.change_action(action, by=samira, start_date=yesterday - timedelta(days=1))
    assert refused.value.codes == {"too_long_ago"}


def test_with_a_new_plan_nobody_is_reminded_of_the_step_after_the_refusal():
    plan, samira = situations.offered_plan(), user("samira")
    with acting_as(samira.pk):
        operations.refuse(
            plan,
            reason="Nee.",
            message_given=True,
            next_step="Gesprek met het OM",
            next_step_on=timezone.localdate() + timedelta(days=5),
            by=samira,
        )
        waiting = Deadline.objects.filter(kind=DeadlineKind.VERVOLG_WEIGERING, done_at=None)
        assert waiting.count() == 1

        operations.draw_up(Case.objects.get(pk=plan.case_id), by=samira)

        assert not waiting.exists()
