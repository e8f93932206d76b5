"""Whatever people do with a plan, and in whatever order: what must hold, holds. eisen.md 3.1.

A machine makes up courses of one client: plans drawn up, changed, asked, answered, offered, signed,
refused, withdrawn, revised and stepped out of, sensibly and not. Every deed is done or refused in a
sentence; after each of them the house is asked whether all of it still fits together.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases import access
from cases.models import Case, Deadline, DeadlineKind, Scope
from cases.states import CaseStatus
from maatwerkplan import operations as planning
from maatwerkplan import rules
from maatwerkplan.models import (
    Answer,
    DeliveryQuestion,
    Framework,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
)
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

LEADER = "samira"
PARTNERS = {"leger-des-heils": "legerdesheils", "mondriaan": "mondriaan", "rimo-parkstad": "rimo"}
DEFICITS = {"huisvesting": 3, "gezondheid": 2}
ACTIONS = (
    ("huisvesting", "Begeleid wonen", "leger-des-heils"),
    ("gezondheid", "Behandeling", "mondriaan"),
)
BEING_MADE = (PlanStatus.CONCEPT, PlanStatus.AANGEBODEN)
OVER = (PlanStatus.GEWEIGERD, PlanStatus.INGETROKKEN, PlanStatus.VERVANGEN)
partners = st.sampled_from(sorted(PARTNERS))
leefgebieden = st.sampled_from(sorted(DEFICITS))


class Course(RuleBasedStateMachine):
    """One client with two deficits, who leads him, and three partners."""

    reached: ClassVar[set[str]] = set()  # by all courses together: else they could all stand still

    def __init__(self) -> None:
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        self.case_id: UUID

    @initialize(
        so_far=st.sampled_from(
            [situations.asked_plan, situations.offered_plan, situations.signed_plan, None]
        )
    )
    def begin(self, so_far: Callable[..., Maatwerkplan] | None) -> None:
        """After the diagnosis, or when something of a plan is there already."""
        if so_far is None:
            self.case_id = situations.planned_case(deficits=DEFICITS).pk
        else:
            self.case_id = so_far(*ACTIONS, deficits=DEFICITS).case_id

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.kept.__exit__(None, None, None)

    # --- what stands --------------------------------------------------------------------------

    def case(self) -> Case:
        return Case.objects.with_people().get(pk=self.case_id)

    def plan(self) -> Maatwerkplan | None:
        """The plan that is worked on."""
        plans = Maatwerkplan.objects.select_related("case__client", "text")
        return plans.latest_of(self.case())

    def status(self) -> str:
        with acting_as(user(LEADER).pk):
            plan = self.plan()
            return plan.status if plan else ""

    def do(self, deed: Callable[[Maatwerkplan], object], who: str = LEADER) -> None:
        """Done, or refused in a sentence; there is nothing in between."""
        with acting_as(user(LEADER).pk):
            plan = self.plan()
        if plan is None:
            return
        with acting_as(user(who).pk), suppress(Refused), transaction.atomic():
            deed(plan)

    # --- what people do -------------------------------------------------------------------------

    @rule()
    def draw_up(self) -> None:
        with acting_as(user(LEADER).pk), suppress(Refused):
            planning.draw_up(self.case(), by=user(LEADER))

    @rule(leefgebied=leefgebieden, slug=partners)
    def add(self, leefgebied: str, slug: str) -> None:
        self.do(lambda plan: self.put_in(plan, leefgebied, slug))

    def put_in(self, plan: Maatwerkplan, leefgebied: str, slug: str) -> None:
        planning.add_action(
            plan,
            leefgebied=leefgebied,
            description="Wat nodig is",
            organisation=situations.organisation(slug),
            start_date=situations.START,
            end_date=situations.END,
            framework=Framework.VRIJWILLIG,
            by=user(LEADER),
        )

    def one_of(self, plan: Maatwerkplan, which: int) -> PartnerAction | None:
        actions = list(plan.partner_actions.select_related("plan", "case", "organisation"))
        return actions[which % len(actions)] if actions else None

    @rule(which=st.integers(0, 3), slug=partners)
    def change(self, which: int, slug: str) -> None:
        def deed(plan: Maatwerkplan) -> None:
            if action := self.one_of(plan, which):
                to = situations.organisation(slug)
                planning.change_action(action, organisation=to, by=user(LEADER))

        self.do(deed)

    @rule(which=st.integers(0, 3))
    def remove(self, which: int) -> None:
        def deed(plan: Maatwerkplan) -> None:
            if action := self.one_of(plan, which):
                planning.remove_action(action, by=user(LEADER))

        self.do(deed)

    @rule()
    def ask(self) -> None:
        self.do(lambda plan: planning.ask_all(plan, by=user(LEADER)))

    @rule(slug=partners, answer=st.sampled_from([Answer.JA, Answer.NEE]))
    def answer(self, slug: str, answer: str) -> None:
        who = user(PARTNERS[slug])
        words = {"reason": "Vol.", "why_not": "vol"} if answer == Answer.NEE else {}

        def deed(_: Maatwerkplan) -> None:
            asked = (
                DeliveryQuestion.objects.open().to_organisation_of(who).filter(case=self.case_id)
            )
            for question in asked:
                planning.answer_question(question, answer=answer, by=who, **words)

        self.do(deed, who.username)

    @precondition(lambda self: self.status() == PlanStatus.CONCEPT)
    @rule()
    def make_ready(self) -> None:
        """Every deficit has its action and every partner says yes."""

        def cover(plan: Maatwerkplan) -> None:
            there = set(plan.partner_actions.values_list("leefgebied", flat=True))
            for leefgebied in sorted(set(DEFICITS) - there):
                self.put_in(plan, leefgebied, "leger-des-heils")
            planning.ask_all(plan, by=user(LEADER))

        self.do(cover)
        for slug in PARTNERS:
            self.answer(slug, Answer.JA)

    @rule()
    def offer(self) -> None:
        self.do(lambda plan: planning.offer(plan, by=user(LEADER)))

    @rule()
    def sign(self) -> None:
        def deed(plan: Maatwerkplan) -> None:
            planning.sign(
                plan,
                client_name=plan.case.client.display_name,
                manager_name=str(user(LEADER)),
                shown_sha256=plan.text.sha256 if hasattr(plan, "text") else "",
                by=user(LEADER),
            )

        self.do(deed)

    @rule(leave=st.sampled_from([planning.refuse, planning.drop_out]))
    def leave(self, leave: Callable[..., object]) -> None:
        about = {"reason": "Nee.", "message_given": True, "next_step": "Gesprek"}
        on = timezone.localdate()
        self.do(lambda plan: leave(plan, **about, next_step_on=on, by=user(LEADER)))

    @rule()
    def withdraw(self) -> None:
        self.do(lambda plan: planning.withdraw(plan, reason="Anders.", by=user(LEADER)))

    @rule()
    def revise(self) -> None:
        self.do(lambda plan: planning.revise_plan(plan.case, reason="Anders.", by=user(LEADER)))

    @rule()
    def drop_revision(self) -> None:
        self.do(lambda plan: planning.drop_revision(plan, by=user(LEADER)))

    @rule(slug=partners, kind=st.sampled_from(ProgressKind))
    def report(self, slug: str, kind: str) -> None:
        who = user(PARTNERS[slug])

        def deed(_: Maatwerkplan) -> None:
            own = PartnerAction.objects.agreed().of_organisation_of(who).filter(case=self.case_id)
            if action := own.first():
                day = timezone.localdate()
                planning.report(action, kind=kind, happened_on=day, text="Zo gaat het.", by=who)

        self.do(deed, who.username)

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def nobody_lets_go(self) -> None:
        with acting_as(user(LEADER).pk):
            assert self.case().manager == user(LEADER)

    @invariant()
    def one_plan_counts(self) -> None:
        with acting_as(user(LEADER).pk):
            found = [plan.status for plan in Maatwerkplan.objects.filter(case=self.case_id)]
            self.reached.update(found)
            case = self.case()
        being_made = sum(status in BEING_MADE for status in found)
        signed = found.count(PlanStatus.ONDERTEKEND)
        assert being_made <= 1
        assert signed <= 1
        if case.status == CaseStatus.UITVOERING:
            assert (signed, being_made) == (1, 0)
        if case.status == CaseStatus.DRANG_DWANG:
            assert being_made == 0
        if signed and not being_made:
            assert case.status != CaseStatus.PLANVORMING

    @invariant()
    def a_contract_is_signed_by_both_and_stays_as_it_is(self) -> None:
        with acting_as(user(LEADER).pk):
            plans = Maatwerkplan.objects.filter(case=self.case_id).exclude(signed_at=None)
            for plan in plans.select_related("text"):
                signed = set(plan.signatures.values_list("text_sha256", flat=True))
                assert plan.signatures.count() == 2
                assert signed == {plan.text.sha256}
                assert plan.text.is_untouched

    @invariant()
    def an_offer_covers_everything_and_can_be_delivered(self) -> None:
        with acting_as(user(LEADER).pk):
            plan = self.plan()
            if plan is None or plan.status != PlanStatus.AANGEBODEN:
                return
            actions = rules.actions_of(plan)
            assert {action.leefgebied for action in actions} >= set(DEFICITS)
            assert [o for action in actions for o in rules.obstacles_to_delivery(action)] == []

    @invariant()
    def who_was_never_asked_knows_nothing(self) -> None:
        with acting_as(user(LEADER).pk):
            case = self.case()
            actions = PartnerAction.history.filter(case_id=self.case_id)
            ever = set(actions.values_list("organisation__slug", flat=True))
        for slug in set(PARTNERS) - ever:
            who = user(PARTNERS[slug])
            with acting_as(who.pk):
                assert not access.may(who, Scope.KNOW_CASE, case)

    @invariant()
    def nobody_is_reminded_of_what_is_over(self) -> None:
        """Of an action that never began the manager still hears, as long as its plan counts."""
        with acting_as(user(LEADER).pk):
            waiting = Deadline.objects.filter(case=self.case_id, done_at=None)
            about = set(waiting.values_list("subject_id", "kind"))
            actions = PartnerAction.objects.with_state().filter(case=self.case_id)
            for action in actions.select_related("plan"):
                kinds = {kind for subject, kind in about if subject == action.pk}
                if action.plan.status in OVER:
                    assert kinds == set()
                elif action.ending:
                    assert kinds <= {DeadlineKind.START_GEMIST}


ANY_ORDER = settings(
    max_examples=8,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,  # by day the same courses; at night others
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_whatever_people_do_with_a_plan_all_of_it_fits_together():
    run_state_machine_as_test(Course, settings=ANY_ORDER)

    assert len(Course.reached) > len(PlanStatus) / 2


@pytest.mark.nightly
@pytest.mark.django_db
def test_it_does_so_in_hundreds_of_courses():
    at_night = settings(ANY_ORDER, max_examples=100, stateful_step_count=40, derandomize=False)
    run_state_machine_as_test(Course, settings=at_night)

    assert Course.reached >= set(PlanStatus) - {PlanStatus.VERVANGEN}
