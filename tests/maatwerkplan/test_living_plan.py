"""A plan that goes on in another form. PLN-13, EXE-07. S4, 1.1:

"Het beschrijft de uitgangspunten waarmee we de komende tijd gaan werken en is geen statisch maar
een dynamisch document."
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases.models import Basis, Case, Deadline, Participation, TimelineItem
from cases.operations import revise_plan as revise_case
from maatwerkplan import operations, rules
from maatwerkplan.models import (
    DeliveryQuestion,
    Framework,
    Herziening,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
)
from maatwerkplan.presenters.home import caseload
from tests import situations
from tests.maatwerkplan.test_dropping_out import HOUSING, action_on, knows, signed, waiting_for
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def read(plan: Maatwerkplan) -> Maatwerkplan:
    with acting_as(user("samira").pk):
        plans = Maatwerkplan.objects.select_related("case__client", "text")
        return plans.get(pk=plan.pk)


def revise(plan: Maatwerkplan, who: str = "samira") -> Maatwerkplan:
    by = user(who)
    with acting_as(by.pk):
        case = Case.objects.get(pk=plan.case_id)
        return read(operations.revise_plan(case, reason="Hij verhuist.", by=by))


def offer(plan: Maatwerkplan) -> Maatwerkplan:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)
    return read(plan)


def sign(plan: Maatwerkplan) -> Maatwerkplan:
    samira, offered = user("samira"), offer(plan)
    with acting_as(samira.pk):
        operations.sign(
            offered,
            client_name=offered.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=offered.text.sha256,
            by=samira,
        )
    return read(plan)


def change(action: PartnerAction, **named: Any) -> None:
    samira = user("samira")
    kept = ("leefgebied", "description", "organisation", "start_date", "end_date", "framework")
    about = {name: getattr(action, name) for name in kept} | named
    with acting_as(samira.pk):
        operations.change_action(action, **about, is_guidance=False, by=samira)


def report(plan: Maatwerkplan, kind: str, who: str = "legerdesheils") -> None:
    partner = user(who)
    with acting_as(partner.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(partner).get(plan=plan)
        operations.report(own, kind=kind, happened_on=TODAY, text="Zo.", by=partner)


def codes(plan: Maatwerkplan) -> list[str]:
    with acting_as(user("samira").pk):
        return [each.code for each in rules.obstacles_to_offer(plan)]


def counted(plan: Maatwerkplan) -> tuple[int, int]:
    """The numbers of the plan that is worked on and of the one in force."""
    with acting_as(user("samira").pk):
        plans, case = Maatwerkplan.objects, Case.objects.get(pk=plan.case_id)
        return plans.latest_of(case).number, plans.in_force_of(case).number


def test_the_signed_plan_stays_in_force_until_the_next_is_signed():
    plan = signed()

    revision = revise(plan)

    assert (read(plan).status, revision.status) == ("ondertekend", "concept")
    assert revision.case.status == "planvorming"
    assert counted(plan) == (2, 1)
    report(plan, ProgressKind.VOORTGANG)

    sign(revision)

    assert (read(plan).status, read(revision).status) == ("vervangen", "ondertekend")
    assert read(plan).case.status == "uitvoering"
    assert counted(plan) == (2, 2)


def test_what_runs_is_not_asked_again_and_a_promise_that_holds_stays():
    """The housing began, the treatment was promised: nobody needs to be asked anything."""
    revision = revise(signed())

    assert codes(revision) == []
    assert action_on(revision, "huisvesting").goes_on
    assert not action_on(revision, "gezondheid").goes_on
    with acting_as(user("samira").pk):
        assert rules.promise(action_on(revision, "gezondheid")) is not None
        assert operations.ask_all(revision, by=user("samira")) == 0


def test_what_changes_is_asked_again():
    revision = revise(signed())

    change(action_on(revision, "huisvesting"), end_date=TODAY + timedelta(days=200))

    assert codes(revision) == ["not_asked"]


def test_what_goes_on_keeps_its_start_and_gets_no_second_clock():
    plan = signed()
    before = action_on(plan, "huisvesting")
    revision = sign(revise(plan))

    after, care = action_on(revision, "huisvesting"), action_on(revision, "gezondheid")

    assert after.started_on == before.started_on == TODAY
    assert waiting_for(after) == set()
    assert waiting_for(care) != set()
    assert waiting_for(action_on(plan, "gezondheid")) == set()


def test_the_partner_finds_his_action_once_and_goes_on_reporting():
    plan = signed()
    revision = sign(revise(plan))
    shelter = user("legerdesheils")

    with acting_as(shelter.pk):
        (own,) = PartnerAction.objects.agreed().of_organisation_of(shelter)
        assert own.plan_id == revision.pk
    report(revision, ProgressKind.AFGEROND)
    assert action_on(revision, "huisvesting").ending.kind == ProgressKind.AFGEROND


def test_what_is_left_out_ends_when_the_next_plan_is_signed():
    plan = situations.signed_plan(HOUSING, ("werk_inkomen", "Werk", "rimo-parkstad"))
    samira = user("samira")
    revision = revise(plan)
    with acting_as(samira.pk):
        operations.remove_action(action_on(revision, "werk_inkomen"), by=samira)
    assert knows("rimo", plan)

    sign(revision)

    assert action_on(plan, "werk_inkomen").ending.because == "Staat niet meer in het nieuwe plan."
    assert not knows("rimo", plan)
    assert knows("legerdesheils", plan)


def test_access_lasts_as_long_as_the_new_plan():
    """The grant of the former plan would have ended before."""
    revision, samira = revise(signed()), user("samira")
    change(action_on(revision, "huisvesting"), end_date=TODAY + timedelta(days=300))
    with acting_as(samira.pk):
        operations.ask_all(revision, by=samira)
    situations.answer_all(revision)
    sign(revision)

    group = organisation("leger-des-heils").group_id
    with acting_as(user("manager").pk):
        given = Participation.objects.filter(basis=Basis.UITVOERING, group=group, closed_at=None)
        assert {row.end_date for row in given} == {TODAY + timedelta(days=328)}


def test_what_ended_meanwhile_is_not_offered():
    plan = signed()
    revision = revise(plan)
    report(plan, ProgressKind.AFGEROND)

    assert codes(revision) == ["ended_meanwhile"]


def test_what_had_ended_is_not_in_the_next_plan():
    plan = signed()
    report(plan, ProgressKind.AFGEROND)

    with acting_as(user("samira").pk):
        assert [str(each) for each in revise(plan).partner_actions.all()] == ["Behandeling"]


@pytest.mark.parametrize("offered", [False, True])
def test_taking_back_the_revision_leads_back_to_the_plan_that_was_signed(offered):
    plan, samira = signed(), user("samira")
    revision = revise(plan)
    revision = offer(revision) if offered else revision

    with acting_as(samira.pk):
        if offered:
            operations.withdraw(revision, reason="Toch niet.", by=samira)
        else:
            operations.drop_revision(revision, by=samira)

    assert read(revision).status == "ingetrokken"
    assert (read(plan).status, read(plan).case.status) == ("ondertekend", "uitvoering")
    assert counted(plan) == (1, 1)
    assert revise(plan).number == 3


def test_who_was_asked_for_a_revision_that_is_given_up_lets_go_and_is_not_reminded():
    revision, samira = revise(signed()), user("samira")
    with acting_as(samira.pk):
        asked = operations.add_action(
            revision,
            leefgebied="werk_inkomen",
            description="Werk",
            organisation=organisation("rimo-parkstad"),
            start_date=situations.START,
            end_date=situations.END,
            framework=Framework.VRIJWILLIG,
            by=samira,
        )
        operations.ask_all(revision, by=samira)
    assert knows("rimo", revision)

    with acting_as(samira.pk):
        operations.drop_revision(revision, by=samira)

    assert not knows("rimo", revision)
    assert waiting_for(asked) == set()
    with acting_as(samira.pk):
        question = DeliveryQuestion.objects.select_related("plan", "case").get(action=asked)
        told = rules.obstacles_to_answering(question)
    assert [each.code for each in told] == ["plan_withdrawn"]


def test_a_first_plan_is_no_revision_and_is_not_dropped():
    plan, samira = situations.asked_plan(HOUSING), user("samira")

    with acting_as(samira.pk), pytest.raises(Refused) as refused:
        operations.drop_revision(plan, by=samira)

    assert refused.value.codes == {"no_revision"}


def test_a_plan_is_revised_while_it_is_carried_out_and_by_who_leads():
    plan, tom = signed(), user("tom")
    with acting_as(tom.pk), pytest.raises(PermissionDenied):
        operations.revise_plan(plan.case, reason="Zo.", by=tom)
    revise(plan)

    with pytest.raises(Refused):
        revise(plan)
    samira = user("samira")
    with acting_as(samira.pk), pytest.raises(Refused):
        revise_case(read(plan).case, by=samira)


def test_who_refuses_the_revision_goes_to_drang_en_dwang_while_the_rest_runs():
    plan, samira = signed(), user("samira")
    revision = offer(revise(plan))
    with acting_as(samira.pk):
        operations.refuse(
            revision,
            reason="Dit wil ik niet.",
            message_given=True,
            next_step="Gesprek",
            next_step_on=TODAY,
            by=samira,
        )

    assert counted(plan) == (2, 1)
    assert knows("legerdesheils", plan)
    with acting_as(samira.pk):
        third = operations.draw_up(read(plan).case, by=samira)
    assert action_on(third, "huisvesting").goes_on


def test_after_stepping_out_what_went_on_is_taken_over_by_the_next_plan():
    plan, samira = signed(), user("samira")
    home = action_on(plan, "huisvesting")
    with acting_as(samira.pk):
        operations.drop_out(
            plan,
            reason="Nee.",
            message_given=True,
            next_step="Gesprek",
            next_step_on=TODAY,
            goes_on={home.pk},
            by=samira,
        )
        anew = read(operations.draw_up(read(plan).case, by=samira))

    assert action_on(anew, "huisvesting").goes_on
    assert codes(anew) == ["not_asked"]


def test_what_is_late_in_the_plan_in_force_comes_before_the_revision():
    plan, samira = signed(), user("samira")
    revise(plan)
    with acting_as(samira.pk):
        now = caseload(samira, TODAY)[0].step
        assert now.what == "Plan aanbieden"
        assert {"startklok", "klaar"} <= now.tiles  # the number counts what runs as well
        late = caseload(samira, TODAY + timedelta(days=9))[0].step

    assert (late.signal, late.what) == ("Te laat", "Start: Behandeling")


def test_nothing_of_a_revision_is_reminded_of_before_it_is_signed():
    revision = revise(signed())

    with acting_as(user("samira").pk):
        subjects = revision.partner_actions.values("pk")
        assert not Deadline.objects.filter(subject_id__in=subjects).exists()


# --- in the browser ---------------------------------------------------------------------------


def page(name: str, plan: Maatwerkplan) -> str:
    return reverse(f"maatwerkplan:{name}", args=[read(plan).case.number])


def test_who_leads_revises_from_the_clock_and_takes_it_back(browse):
    plan, samira = signed(), browse("samira")
    assert "Plan herzien" in samira.get(page("start", plan)).content.decode()

    unsaid = samira.post(page("revise", plan), {"reason": " ", "eenmalig": new_key()})
    assert unsaid.status_code == 422
    because = {"reason": "Hij gaat verhuizen.", "eenmalig": new_key()}
    shown = samira.post(page("revise", plan), because, follow=True)
    words = shown.content.decode()
    assert "Plan 1 blijft gelden tot de cliënt dit plan tekent" in words
    assert "Loopt door" in words
    running = samira.get(page("start", plan)).content.decode()
    assert "Begeleid wonen" in running
    assert "Plan herzien" not in running

    asked = samira.get(page("drop_revision", plan)).content.decode()
    assert "Het nieuwe plan vervalt" in asked
    assert read(plan).case.status == "planvorming"
    back = samira.post(page("drop_revision", plan), {"eenmalig": new_key()}, follow=True)
    assert "Het getekende plan geldt" in back.content.decode()
    assert read(plan).case.status == "uitvoering"


def test_who_knows_the_case_reads_that_the_signed_plan_is_revised(browse):
    plan = signed()
    there = page("panel", plan)
    assert "Wordt herzien" not in browse("legerdesheils").get(there).content.decode()
    revise(plan)

    shown = browse("legerdesheils").get(there).content.decode()

    assert "Getekend" in shown
    assert "Wordt herzien" in shown
    assert "Startklok" not in shown


def test_revising_twice_is_refused_in_words(browse):
    plan, samira = signed(), browse("samira")
    samira.post(page("revise", plan), {"reason": "Anders.", "eenmalig": new_key()})

    again = samira.post(page("revise", plan), {"reason": "Nog eens.", "eenmalig": new_key()})

    assert again.status_code == 409
    assert "Werk dan daarin verder" in again.content.decode()


def test_a_changed_framework_is_asked_again_too():
    revision = revise(signed())

    change(action_on(revision, "huisvesting"), framework=Framework.DRANG)

    assert codes(revision) == ["not_asked"]


def test_why_the_plan_is_revised_is_kept_and_read_by_who_sees_the_whole_plan(browse):
    plan, samira = signed(), browse("samira")
    revision = revise(plan)
    with acting_as(user("samira").pk):
        title = "Reden van de herziening"
        (line,) = TimelineItem.objects.filter(case_id=plan.case_id, title=title)
    assert line.text == "Hij verhuist."
    assert "Hij verhuist." in samira.get(page("plan", plan)).content.decode()

    sign(revision)

    assert "Hij verhuist." in samira.get(page("plan", plan)).content.decode()
    assert "Hij verhuist." in samira.get(page("versions", plan)).content.decode()
    with acting_as(user("legerdesheils").pk):
        assert not Herziening.objects.exists(), "een partner ziet alleen zijn eigen actie"


def test_a_plan_is_not_revised_without_saying_why():
    plan, samira = signed(), user("samira")

    with acting_as(samira.pk), pytest.raises(Refused) as refused:
        operations.revise_plan(plan.case, reason=" ", by=samira)

    assert refused.value.codes == {"reason_missing"}
