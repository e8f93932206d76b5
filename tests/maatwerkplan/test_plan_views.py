"""The plan and the delivery check in a browser."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from maatwerkplan import operations
from maatwerkplan.models import Answer, DeliveryAnswer, DeliveryQuestion, PartnerAction
from maatwerkplan.presenters import delivery
from tests import situations
from tests.cases.test_query_counts import asked
from tests.situations import user
from veiligheidshuis import once
from veiligheidshuis.formats import long_date
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

NO = {"answer": "nee", "why_not": "vol", "reason": "Geen plek vrij."}
TYPED = {
    "leefgebied": "huisvesting",
    "description": "Begeleid wonen",
    "start_date": f"{situations.START:%d-%m-%Y}",
    "end_date": f"{situations.END:%d-%m-%Y}",
    "framework": "drang",
    "financing": "onbekend",
    "version": "0",
}


def page(name: str, case, *more: object) -> str:
    return reverse(f"maatwerkplan:{name}", args=[case.number, *more])


def open_question(username: str) -> DeliveryQuestion:
    with acting_as(user(username).pk):
        return DeliveryQuestion.objects.open().select_related("case__client").get()


@pytest.mark.django_db
class TestThePlan:
    def test_it_is_drawn_up_and_says_all_that_lacks(self, browse):
        case = situations.planned_case(deficits={"huisvesting": 3, "gezondheid": 2})
        samira = browse("samira")
        partner = situations.organisation("leger-des-heils").pk

        assert samira.post(page("plan_draw_up", case)).status_code == 302
        typed = TYPED | {"organisation": partner}
        assert samira.post(page("action_add", case), typed).status_code == 302
        shown = samira.get(page("plan", case)).content.decode()

        assert 'data-code="uncovered"' in shown
        assert 'data-code="not_asked"' in shown
        assert "Niet gedekt" in shown

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"start_date": TYPED["end_date"], "end_date": TYPED["start_date"]}, "einddatum"),
            ({"start_date": "1-1-1999", "end_date": "1-2-1999"}, ""),
            ({"start_date": "31-2-2027"}, ""),
            ({"description": "a\x00b"}, ""),
            ({"description": "x" * 10_000}, ""),
            ({"organisation": "99999"}, "Kies een partner"),
            ({"leefgebied": "hobby"}, "Kies een leefgebied"),
        ],
    )
    def test_a_wrong_action_comes_back_with_what_was_typed(self, browse, wrong, sentence):
        case = situations.planned_case()
        samira = browse("samira")
        samira.post(page("plan_draw_up", case))
        typed = TYPED | {"organisation": situations.organisation("leger-des-heils").pk} | wrong

        answer = samira.post(page("action_add", case), typed)

        assert answer.status_code in (409, 422)
        assert sentence in answer.content.decode()
        with acting_as(user("samira").pk):
            assert not PartnerAction.objects.exists()

    def test_an_action_changed_in_an_old_tab_is_refused_and_kept_on_the_page(self, browse):
        plan = situations.plan_of(situations.planned_case())
        with acting_as(user("samira").pk):
            action = plan.partner_actions.get()
            case = plan.case
        samira = browse("samira")
        typed = TYPED | {"organisation": action.organisation_id, "version": "1"}

        first = samira.post(page("action_edit", case, action.pk), typed)
        stale = samira.post(
            page("action_edit", case, action.pk), typed | {"description": "Uit het oude tabblad"}
        )

        assert first.status_code == 302
        assert stale.status_code == 409
        assert "Uit het oude tabblad" in stale.content.decode()
        version = stale.context["form"]["version"].value()
        again = typed | {"description": "Uit het oude tabblad", "version": version}
        assert samira.post(page("action_edit", case, action.pk), again).status_code == 302

    def test_a_date_is_taken_over_from_the_page_as_it_is_and_from_no_other(self, browse):
        plan, later = situations.asked_plan(), situations.START + timedelta(days=3)
        situations.answer_all(plan, Answer.JA_MET_WIJZIGING, other_start=later)
        with acting_as(user("samira").pk):
            action, case = plan.partner_actions.get(), plan.case
        samira, url = browse("samira"), page("take_over_date", case, action.pk)
        shown = samira.get(page("plan", case)).content.decode()
        typed = {"version": re.search(r'name="version" value="(\d+)"', shown)[1]}

        assert samira.post(url, {"version": "oud"}).status_code == 409
        assert samira.post(url, typed).status_code == 302
        again = samira.post(url, typed)

        assert again.status_code == 409
        assert "intussen gewijzigd" in again.content.decode()
        with acting_as(user("samira").pk):
            assert plan.partner_actions.get().start_date == later

    def test_an_action_of_another_case_is_not_there(self, browse):
        one = situations.plan_of(situations.planned_case())
        other = situations.plan_of(situations.planned_case())
        with acting_as(user("samira").pk):
            foreign = other.partner_actions.get()
            case = one.case

        for name in ("action_edit", "action_remove", "take_over_date"):
            assert browse("samira").post(page(name, case, foreign.pk)).status_code == 404

    @pytest.mark.parametrize("username", ["tom", "mondriaan", "manager", "bureau", "stuurgroep"])
    def test_nobody_else_finds_the_plan(self, browse, username):
        plan = situations.asked_plan()
        with acting_as(user("samira").pk):
            case = plan.case
        visitor = browse(username)

        for name in ("plan", "delivery", "action_add"):
            assert visitor.get(page(name, case)).status_code == 404

    @pytest.mark.parametrize("revised", [False, True])
    def test_the_page_asks_at_most_eight_questions_whatever_the_number_of_actions(
        self, browse, revised
    ):
        many = [("huisvesting", f"Actie {n}", "leger-des-heils") for n in range(12)]
        plan = situations.signed_plan(*many) if revised else situations.asked_plan(*many)
        samira = user("samira")
        with acting_as(samira.pk):
            case = Case.objects.get(pk=plan.case_id)
            if revised:
                operations.revise_plan(case, reason="De opvang sluit.", by=samira)

        entry, asked_by_page = asked(browse("samira"), page("plan", case))

        assert len(asked_by_page) <= 8, asked_by_page
        assert len(entry) <= 5, entry


@pytest.mark.django_db
class TestTheDeliveryCheck:
    def test_a_partner_answers_on_one_page_and_once(self, browse):
        plan = situations.asked_plan()
        asked = open_question("legerdesheils")
        url = reverse("maatwerkplan:question", args=[asked.pk])
        partner, key = browse("legerdesheils"), {once.FIELD: once.new_key()}

        assert asked.case.client.display_name in partner.get(url).content.decode()
        for _ in range(2):
            assert partner.post(url, {"answer": "ja"} | key).status_code == 302
        assert partner.post(url, NO).status_code == 409
        with acting_as(user("samira").pk):
            assert DeliveryAnswer.objects.get().answer == Answer.JA
            assert plan.pk == asked.plan_id

    def test_a_no_that_lets_go_of_the_question_may_be_sent_twice(self, browse):
        situations.asked_plan()
        url = reverse("maatwerkplan:question", args=[open_question("legerdesheils").pk])
        no = NO | {once.FIELD: once.new_key()}
        partner = browse("legerdesheils")

        first, again = (partner.post(url, no) for _ in range(2))

        assert (first.status_code, first.url) == (302, reverse("maatwerkplan:questions"))
        assert (again.status_code, again.url) == (302, reverse("home"))
        assert partner.get(url).status_code == 404

    @pytest.mark.parametrize(
        "typed",
        [
            {},
            {"answer": "misschien"},
            {"answer": "nee"},
            {"answer": "ja_met_wijziging"},
            {"answer": "ja_met_wijziging", "other_start": "31-2-2027"},
            {"answer": "nee", "reason": "x\x00"},
            {"answer": "nee", "reason": "x" * 10_000},
        ],
    )
    def test_half_an_answer_is_no_answer(self, browse, typed):
        situations.asked_plan()
        url = reverse("maatwerkplan:question", args=[open_question("legerdesheils").pk])

        assert browse("legerdesheils").post(url, typed).status_code == 422

    def test_a_question_to_another_organisation_is_as_absent_as_one_that_never_was(self, browse):
        situations.asked_plan(
            ("huisvesting", "Begeleid wonen", "leger-des-heils"),
            ("gezondheid", "Behandeling", "mondriaan"),
        )
        url = reverse("maatwerkplan:question", args=[open_question("mondriaan").pk])
        nothing = url.replace(url.split("/")[2], "00000000-0000-4000-8000-000000000000")
        other = browse("legerdesheils")

        hidden, absent = other.get(url), other.get(nothing)

        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content

    def test_a_changed_question_is_gone_until_it_is_asked_again_and_so_is_the_case(self, browse):
        """Who is asked nothing any more need not know of whom it was. WGS 1.5."""
        plan, samira, partner = situations.asked_plan(), user("samira"), browse("legerdesheils")
        url = reverse("maatwerkplan:question", args=[open_question("legerdesheils").pk])
        with acting_as(samira.pk):
            action = plan.partner_actions.get()
            operations.change_action(action, by=samira, description="Eigen kamer")

        assert partner.post(url, {"answer": "ja"}).status_code == 404
        assert partner.get(f"/dossiers/{plan.case.number}/").status_code == 404
        with acting_as(samira.pk):
            operations.ask_all(plan, by=samira)

        assert "Eigen kamer" in partner.get("/leveringsvragen/").content.decode()

    def test_an_answer_to_a_changed_question_is_refused_and_kept_on_the_page(self, browse):
        """Of who is asked something else as well, and knows the case because of that."""
        two = [("huisvesting", what, "leger-des-heils") for what in ("Begeleid wonen", "Inloop")]
        plan, samira = situations.asked_plan(*two), user("samira")
        with acting_as(samira.pk):
            action = plan.partner_actions.get(description="Begeleid wonen")
            changed = DeliveryQuestion.objects.get(action=action)
            operations.change_action(action, by=samira, description="Eigen kamer")
        url = reverse("maatwerkplan:question", args=[changed.pk])

        answer = browse("legerdesheils").post(url, NO)

        assert answer.status_code == 409
        assert "Geen plek vrij." in answer.content.decode()

    def test_a_question_that_waits_is_shown_however_many_were_answered_before(
        self, browse, monkeypatch
    ):
        monkeypatch.setattr(delivery, "MOST_ANSWERED", 1)
        for what in ("Eerste", "Tweede"):
            plan = situations.asked_plan(("huisvesting", what, "leger-des-heils"))
            situations.answer_all(plan)
        situations.asked_plan(("huisvesting", "Derde", "leger-des-heils"))

        shown = browse("legerdesheils").get("/leveringsvragen/").context

        assert [question.action.description for question in shown["open"]] == ["Derde"]
        assert [question.action.description for question in shown["answered"]] == ["Tweede"]

    def test_what_a_partner_stopped_is_a_hole_again_and_says_why(self, browse):
        plan, partner = situations.signed_plan(), user("legerdesheils")
        with acting_as(partner.pk):
            own = PartnerAction.objects.agreed().select_related("plan", "case").get()
            for kind, why in (("start", ""), ("gestopt", "De kamer is weg.")):
                operations.report(
                    own, kind=kind, happened_on=timezone.localdate(), text=why, by=partner
                )
        samira, case = browse("samira"), plan.case

        for name in ("plan", "delivery"):
            shown = " ".join(samira.get(page(name, case)).content.decode().split())
            assert re.search(r"Gestopt( op [^<]+)?</span>", shown), name
            assert "De kamer is weg." in shown, name
            assert "Kan leveren" not in shown, name
        assert "Niet meer gedekt" in samira.get(page("plan", case)).content.decode()
        assert "1 is gestopt" in samira.get(page("panel", case)).content.decode()

    def test_what_the_only_partner_cannot_do_is_not_covered(self, browse):
        """The worklist says so as well; two pages that disagree make people telephone."""
        plan = situations.asked_plan()
        situations.answer_all(plan, Answer.NEE)
        with acting_as(user("samira").pk):
            case = plan.case

        shown = browse("samira").get(page("plan", case)).content.decode()

        assert "Niet gedekt" in shown
        assert "Gedekt</span>" not in shown

    def test_covered_is_what_a_partner_said_that_he_can_do(self, browse):
        """Green before anybody was asked makes people offer a plan that does not stand."""
        plan = situations.plan_of(situations.planned_case())
        samira, case = user("samira"), plan.case
        seen = browse("samira")

        def badge() -> str:
            groups = seen.get(page("plan", case)).context["page"].groups
            return next(group.badge for group in groups if group.lines)[1]

        assert badge() == "Nog niet zeker"
        with acting_as(samira.pk):
            operations.ask_all(plan, by=samira)
        assert badge() == "Nog niet zeker"
        later = situations.START + timedelta(days=3)
        situations.answer_all(plan, Answer.JA_MET_WIJZIGING, other_start=later)
        assert badge() == "Nog niet zeker"
        with acting_as(samira.pk):
            operations.take_over_date(plan.partner_actions.get(), by=samira)
        assert badge() == "Gedekt"

    def test_what_waits_for_an_answer_leads_to_the_delivery_check(self, browse):
        plan = situations.asked_plan()
        samira, case = browse("samira"), plan.case

        waits = {o.code: o.url for o in samira.get(page("plan", case)).context["missing"]}

        assert waits["unanswered"] == page("delivery", case)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"condition": "Zonder hond."}, "Leger des Heils: ja, met een voorwaarde"),
            ({"other_start": True}, "Leger des Heils: ja, vanaf {later}"),
            (
                {"condition": "Zonder hond.", "other_start": True},
                "Leger des Heils: ja, vanaf {later}, met een voorwaarde",
            ),
        ],
    )
    def test_the_timeline_says_which_change_a_partner_asks(self, given, said):
        plan, later = situations.asked_plan(), situations.START + timedelta(days=3)
        words = given | ({"other_start": later} if "other_start" in given else {})
        situations.answer_all(plan, Answer.JA_MET_WIJZIGING, **words)

        with acting_as(user("samira").pk):
            titles = list(plan.case.timeline.values_list("title", flat=True))
        assert said.format(later=long_date(later)) in titles

    def test_the_panel_shows_process_to_who_knows_and_counts_to_who_leads(self, browse):
        plan = situations.asked_plan()
        with acting_as(user("samira").pk):
            case = plan.case

        leader = browse("samira").get(page("panel", case)).content.decode()
        manager = browse("manager").get(page("panel", case)).content.decode()

        assert "0 van 1 acties" in leader
        assert "In opbouw" in manager
        assert "acties kunnen" not in manager
        assert browse("tom").get(page("panel", case)).status_code == 404


@pytest.mark.usefixtures("own_house")
def test_two_colleagues_who_answer_at_the_same_moment_give_one_answer():
    situations.asked_plan(("huisvesting", "Toezicht", "politie"))
    barrier = threading.Barrier(2)
    refused: list[str] = []

    def answer(username: str) -> None:
        try:
            by = user(username)
            with acting_as(by.pk):
                question = DeliveryQuestion.objects.select_related("case", "action", "plan").get()
                barrier.wait(10)
                operations.answer_question(question, answer=Answer.JA, by=by)
        except Refused as error:
            refused.extend(error.codes)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=[name]) for name in ("politie", "politie2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert refused == ["answered_already"]
    with acting_as(user("samira").pk):
        assert DeliveryAnswer.objects.count() == 1
