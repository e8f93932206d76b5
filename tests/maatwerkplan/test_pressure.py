"""Drang en dwang, step by step. OFF-05. S2, Werkprocessen:

"dan zal duidelijk gemaakt worden dat dit niet geaccepteerd wordt, dat de ketenpartners niet los
zullen laten, en dat niet nagelaten zal worden om repressieve maatregelen in te zetten."
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Deadline, TimelineItem
from maatwerkplan import operations, rules
from maatwerkplan.models import Drangstap, Framework, Instrument, Maatwerkplan, Stapuitkomst
from maatwerkplan.presenters.home import caseload
from maatwerkplan.presenters.pressure import track_of
from tests import situations
from tests.maatwerkplan.test_dropping_out import HOUSING, action_on, knows, step_out
from tests.maatwerkplan.test_dropping_out import signed as two_running
from tests.situations import organisation, user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def refused_plan() -> Maatwerkplan:
    """The client said no; the first step is today and taken by who leads."""
    plan, samira = situations.offered_plan(HOUSING), user("samira")
    with acting_as(samira.pk):
        operations.refuse(
            plan,
            reason="Ik heb niemand nodig.",
            message_given=True,
            next_step="Gesprek",
            next_step_on=TODAY,
            by=samira,
        )
    return read(plan)


def read(plan: Maatwerkplan) -> Maatwerkplan:
    with acting_as(user("samira").pk):
        return Maatwerkplan.objects.select_related("case__client", "case__manager").get(pk=plan.pk)


def press(plan: Maatwerkplan, who: str = "samira", **named: Any) -> Drangstap:
    by = user(who)
    about = {
        "organisation": organisation("rimo-parkstad"),
        "instrument": Instrument.HUISBEZOEK,
        "description": "Samen langs de deur",
        "framework": Framework.DRANG,
        "on": TODAY + timedelta(days=3),
    }
    with acting_as(by.pk):
        return operations.press(plan, **(about | named), by=by)


def say(step: Drangstap, who: str = "samira", text: str = "Niet thuis.") -> Stapuitkomst:
    by = user(who)
    with acting_as(by.pk):
        held = Drangstap.objects.select_related("case").get(pk=step.pk)
        return operations.record_outcome(held, text=text, happened_on=TODAY, by=by)


def seen_by(username: str) -> set[str]:
    with acting_as(user(username).pk):
        return {str(step) for step in Drangstap.objects.all()}


def test_a_partner_is_told_and_sees_his_own_step_alone():
    plan = refused_plan()
    assert not knows("rimo", plan)

    press(plan)
    press(plan, organisation=organisation("politie"), description="Aanspreken op straat")

    assert knows("rimo", plan)
    assert seen_by("rimo") == {"Samen langs de deur"}
    assert seen_by("politie") == {"Aanspreken op straat"}
    assert seen_by("mondriaan") == set()
    assert seen_by("samira") == {"Gesprek", "Samen langs de deur", "Aanspreken op straat"}
    told = user("rimo").pk
    with acting_in_role("post"):
        mails = OutboxMail.objects.filter(kind="drangstap")
        assert told in mails.values_list("recipient_id", flat=True)


def test_the_partner_says_what_came_of_it_once_and_who_leads_hears_it():
    step = press(refused_plan())

    say(step, "rimo", "Hij deed open.")

    samira = user("samira").pk
    with acting_in_role("post"):
        mails = OutboxMail.objects.filter(kind="drangstap_uitkomst")
        assert samira in mails.values_list("recipient_id", flat=True)
    with pytest.raises(Refused) as again:
        say(step, "samira")
    assert again.value.codes == {"outcome_known"}


def test_nobody_says_what_came_of_the_step_of_another():
    plan = refused_plan()
    press(plan)
    other = press(plan, organisation=organisation("politie"))

    with pytest.raises(Drangstap.DoesNotExist):
        say(other, "rimo")
    rimo = user("rimo")
    with acting_as(user("samira").pk):
        held = Drangstap.objects.select_related("case").get(pk=other.pk)
    with acting_as(rimo.pk), pytest.raises(PermissionDenied):
        operations.record_outcome(held, text="Zo.", happened_on=TODAY, by=rimo)


def test_before_dwang_the_care_that_runs_is_looked_at():
    plan = two_running()
    care = action_on(plan, "gezondheid")
    plan = step_out(plan, goes_on={care.pk})
    dwang = {"framework": Framework.DWANG, "organisation": organisation("politie")}

    with pytest.raises(Refused) as refused:
        press(plan, **dwang)
    step = press(plan, **dwang, care_seen=True)
    mild = press(plan)

    assert refused.value.codes == {"care_unseen"}
    assert step.care_seen
    assert not mild.care_seen


def test_without_care_there_is_nothing_to_look_at():
    plan = refused_plan()

    press(plan, framework=Framework.DWANG)

    with acting_as(user("samira").pk):
        assert rules.care_of(plan.case) == []


def test_a_step_is_for_a_client_who_does_not_take_part():
    plan = situations.signed_plan(HOUSING)

    with pytest.raises(Refused) as refused:
        press(plan)

    assert refused.value.codes == {"not_pressed"}


@pytest.mark.parametrize(("days", "code"), [(-1, "step_in_past"), (500, "too_far_ahead")])
def test_a_step_lies_ahead(days, code):
    plan = refused_plan()

    with pytest.raises(Refused) as refused:
        press(plan, on=TODAY + timedelta(days=days))

    assert refused.value.codes == {code}


def test_who_works_here_already_knows_the_case_as_long_as_the_last_thing_he_does():
    """The grant for his action would end before his step."""
    plan = two_running()
    home = action_on(plan, "huisvesting")
    plan = step_out(plan, goes_on={home.pk})

    press(plan, organisation=organisation("leger-des-heils"), on=TODAY + timedelta(days=90))

    assert knows("legerdesheils", plan)
    assert seen_by("legerdesheils") == {"Samen langs de deur"}


def step_row() -> Any:
    samira = user("samira")
    with acting_as(samira.pk):
        (row,) = caseload(samira, TODAY)
        return row.step


def test_the_werkvoorraad_names_the_first_step_that_is_open_and_then_asks_for_another():
    plan = refused_plan()
    press(plan)
    with acting_as(user("samira").pk):
        own = plan.steps.get(organisation=None)
    assert step_row().what == "Gesprek"

    say(own)
    assert (step_row().what, step_row().who) == ("Samen langs de deur", "RIMO Parkstad")

    say(press_of(plan), "rimo")
    assert (step_row().what, step_row().kind) == ("Volgende stap afspreken", "fout")


def press_of(plan: Maatwerkplan) -> Drangstap:
    with acting_as(user("samira").pk):
        return plan.steps.exclude(organisation=None).get()


def test_her_own_step_begins_its_line_of_the_timeline_with_a_capital():
    plan = refused_plan()
    samira = user("samira")
    with acting_as(samira.pk):
        own = plan.steps.get(organisation=None)
    say(own)

    with acting_as(samira.pk):
        line = plan.case.timeline.latest("at")
    assert line.title == f"Interventiemanager: {own.description}"


def test_it_is_looked_at_every_week():
    """A werkafspraak, counted from the last that was agreed or heard."""
    plan = refused_plan()

    with acting_as(user("samira").pk):
        assert track_of(plan).look_again_on == TODAY + timedelta(days=7)
        assert track_of(situations.signed_plan(HOUSING, leader="samira")) is None


def test_what_was_done_is_reminded_of_no_more():
    plan = refused_plan()
    with acting_as(user("samira").pk):
        own = plan.steps.get()
    say(own)

    with acting_as(user("samira").pk):
        assert not Deadline.objects.filter(subject_id=own.pk, done_at=None).exists()


def test_a_dossier_is_not_closed_while_a_partner_still_takes_a_step():
    plan = refused_plan()
    step = press(plan)
    with acting_as(user("samira").pk):
        (stands,) = rules.obstacles_to_closing(plan.case)
    assert stands.code == "step_open"
    assert str(step.pk) in stands.url

    say(step)

    with acting_as(user("samira").pk):
        assert rules.obstacles_to_closing(plan.case) == []


def test_a_third_party_takes_no_step_before_it_signed_for_secrecy():
    plan, third = refused_plan(), organisation("slachtofferhulp")

    for signed_on, code in ((None, "no_secrecy"), (TODAY + timedelta(days=1), "secrecy_too_late")):
        with pytest.raises(Refused) as refused:
            press(plan, organisation=third, secrecy_signed_on=signed_on)
        assert refused.value.codes == {code}
    step = press(plan, organisation=third, secrecy_signed_on=TODAY)
    of_participant = press(plan, secrecy_signed_on=TODAY)

    assert step.secrecy_signed_on == TODAY
    assert of_participant.secrecy_signed_on is None


def test_a_new_plan_that_is_signed_closes_the_steps_that_were_open():
    plan = refused_plan()
    step, done = press(plan), press(plan, description="Al gebeurd")
    say(done, text="Hij was er.")
    samira = user("samira")
    with acting_as(samira.pk):
        following = operations.draw_up(Case.objects.get(pk=plan.case_id), by=samira)
        operations.ask_all(following, by=samira)
    situations.answer_all(following)
    with acting_as(samira.pk):
        operations.offer(following, by=samira)
        following = Maatwerkplan.objects.select_related("case__client", "text").get(pk=following.pk)
        operations.sign(
            following,
            client_name=following.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=following.text.sha256,
            by=samira,
        )
        assert not Drangstap.objects.open().filter(case=plan.case).exists()
        said = dict(Stapuitkomst.objects.values_list("step__description", "text"))
        assert not Deadline.objects.filter(subject_id=step.pk, done_at=None).exists()
        line = TimelineItem.objects.get(case=plan.case, title__startswith="Open stappen")

    assert said["Samen langs de deur"] == operations.SIGNED_AFTER_ALL
    assert said["Al gebeurd"] == "Hij was er."
    assert "RIMO Parkstad: Samen langs de deur" in line.text
    told = user("rimo").pk
    with acting_in_role("post"):
        mails = OutboxMail.objects.filter(kind="drangstap_vervalt")
        assert told in mails.values_list("recipient_id", flat=True)
    with pytest.raises(Refused) as again:
        say(step)
    assert again.value.codes == {"outcome_known"}


# --- in the browser ---------------------------------------------------------------------------


def number_of(plan: Maatwerkplan) -> str:
    with acting_as(user("samira").pk):
        return Case.objects.get(pk=plan.case_id).number


def typed(**named: Any) -> dict[str, Any]:
    about = {
        "organisation": str(organisation("rimo-parkstad").pk),
        "instrument": "huisbezoek",
        "description": "Samen langs de deur",
        "framework": "drang",
        "on": situations.typed_day(3),
        "eenmalig": new_key(),
    }
    return about | named


def test_who_leads_agrees_on_a_step_and_records_what_came_of_it(browse):
    plan, samira = refused_plan(), browse("samira")
    page = reverse("maatwerkplan:press", args=[number_of(plan)])

    shown = samira.post(page, typed(), follow=True).content.decode()
    assert "Samen langs de deur" in shown
    assert "Opnieuw bekijken" in shown
    outcome = reverse("maatwerkplan:step_outcome", args=[number_of(plan), press_of(plan).pk])
    said = {"text": "Hij was er.", "happened_on": situations.typed_day(0), "eenmalig": new_key()}
    after = samira.post(outcome, said, follow=True)

    assert after.redirect_chain[-1][0] == page
    offer = reverse("maatwerkplan:offer", args=[number_of(plan)])
    assert "Hij was er." in samira.get(offer).content.decode()
    assert "al vastgelegd" in samira.get(outcome).content.decode()


def test_the_care_that_runs_stands_on_the_page_and_must_be_ticked(browse):
    plan = two_running()
    plan = step_out(plan, goes_on={action_on(plan, "gezondheid").pk})
    samira, page = browse("samira"), reverse("maatwerkplan:press", args=[number_of(plan)])

    assert "Let op: deze zorg loopt" in samira.get(page).content.decode()
    unseen = samira.post(page, typed(framework="dwang"))
    seen = samira.post(page, typed(framework="dwang", care_seen="on"))

    assert (unseen.status_code, seen.status_code) == (409, 302)
    assert "Samen langs de deur" in unseen.content.decode()


def test_the_partner_finds_his_step_and_reports(browse):
    step, rimo = press(refused_plan()), browse("rimo")
    page = reverse("maatwerkplan:step", args=[step.pk])

    assert page in rimo.get(reverse("maatwerkplan:actions")).content.decode()
    assert rimo.get(page).status_code == 200
    assert rimo.post(page, {"text": "", "eenmalig": new_key()}).status_code == 422
    said = {"text": "Kwam niet.", "happened_on": situations.typed_day(0), "eenmalig": new_key()}
    assert rimo.post(page, said).status_code == 302
    assert "Kwam niet." in rimo.get(page).content.decode()
    assert browse("politie").get(page).status_code == 404


def test_there_is_no_form_for_a_client_who_takes_part(browse):
    plan = situations.signed_plan(HOUSING)
    page = reverse("maatwerkplan:press", args=[number_of(plan)])

    shown = browse("samira").get(page).content.decode()

    assert "Leg dat eerst vast" in shown
    assert 'name="description"' not in shown


def test_the_form_asks_when_a_third_party_signed_and_keeps_what_was_typed(browse):
    plan, samira = refused_plan(), browse("samira")
    page = reverse("maatwerkplan:press", args=[number_of(plan)])
    third = str(organisation("slachtofferhulp").pk)

    without = samira.post(page, typed(organisation=third))
    with_it = samira.post(
        page, typed(organisation=third, secrecy_signed_on=situations.typed_day(0)), follow=True
    )

    assert without.status_code == 409
    assert "geheimhoudingsverklaring tekenen" in without.content.decode()
    assert "Samen langs de deur" in without.content.decode()
    assert "geheimhouding getekend op" in with_it.content.decode()


def test_who_has_no_account_is_to_be_called_about_his_step(browse):
    plan, samira = refused_plan(), browse("samira")
    page = reverse("maatwerkplan:press", args=[number_of(plan)])

    told = samira.post(page, typed(organisation=organisation("tracee").pk), follow=True).text
    heard = samira.post(page, typed() | {"eenmalig": new_key()}, follow=True).text

    assert "Bel Tracee zelf" in told
    assert "zelf: die heeft geen account" not in heard
