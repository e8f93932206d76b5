"""Who steps out of a plan that he signed. OFF-06. S2, Werkprocessen:

"Partners in het veiligheidshuis zullen er samen voor zorgen dat weigerachtige cliënten of cliënten
die op enig moment uit een traject stappen er – eventueel middels drang of dwang – alsnog aan mee
zullen werken."
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access
from cases.models import Basis, Case, Deadline, DeadlineKind
from cases.operations import resume_planning, start_pressure
from maatwerkplan import operations, rules
from maatwerkplan.models import Maatwerkplan, PartnerAction, ProgressKind
from maatwerkplan.presenters.home import caseload
from tests import situations
from tests.situations import user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key
from veiligheidshuis.werkafspraken import number

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HOUSING = ("huisvesting", "Begeleid wonen", "leger-des-heils")
TREATMENT = ("gezondheid", "Behandeling", "mondriaan")


def signed() -> Maatwerkplan:
    """Housing and treatment; of the housing the start was reported."""
    plan = situations.signed_plan(HOUSING, TREATMENT)
    shelter = user("legerdesheils")
    with acting_as(shelter.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(shelter).get(plan=plan)
        operations.report(own, kind=ProgressKind.START, happened_on=TODAY, by=shelter)
    return plan


def step_out(plan: Maatwerkplan, who: str = "samira", **named: Any) -> Maatwerkplan:
    by = user(who)
    about = {
        "reason": "Ik trek dit niet.",
        "message_given": True,
        "next_step": "Gesprek met de reclassering",
        "next_step_on": TODAY + timedelta(days=5),
    }
    with acting_as(by.pk):
        operations.drop_out(plan, **(about | named), by=by)
        return Maatwerkplan.objects.select_related("case", "refusal").get(pk=plan.pk)


def action_on(plan: Maatwerkplan, leefgebied: str) -> PartnerAction:
    with acting_as(user("samira").pk):
        actions = plan.partner_actions.with_state().select_related("plan", "case", "organisation")
        return actions.get(leefgebied=leefgebied)


def knows(username: str, plan: Maatwerkplan) -> bool:
    asking = user(username)
    with acting_as(asking.pk):
        return Case.objects.visible_to(asking).filter(pk=plan.case_id).exists()


def waiting_for(action: PartnerAction) -> set[str]:
    found: set[str] = set()
    for who in ("manager", "samira"):
        with acting_as(user(who).pk):
            waiting = Deadline.objects.filter(subject_id=action.pk, done_at=None)
            found |= set(waiting.values_list("kind", flat=True))
    return found


def test_who_steps_out_goes_to_drang_en_dwang_with_a_next_step_and_a_day():
    plan = step_out(signed())

    assert (plan.status, plan.case.status) == ("uitgevallen", "drang_dwang")
    with acting_as(user("samira").pk):
        step = plan.steps.get()
        (reminded,) = Deadline.objects.filter(subject_id=step.pk, done_at=None)
    assert step.on == TODAY + timedelta(days=5)
    assert (reminded.kind, reminded.remind_on) == (
        DeadlineKind.VERVOLG_WEIGERING,
        TODAY + timedelta(days=5),
    )


def test_what_runs_ends_with_it_and_who_is_done_reads_that_for_some_weeks(browse):
    """The mail names nobody: on his page he finds what stopped. After that he knows it no more."""
    plan = signed()
    assert knows("legerdesheils", plan)
    assert knows("mondriaan", plan)

    step_out(plan)

    ended = action_on(plan, "huisvesting").ending
    assert ended.is_stopped
    assert ended.because == "De cliënt is uit het plan gestapt."
    assert waiting_for(action_on(plan, "gezondheid")) == set()
    last = TODAY + timedelta(days=number("execution_grace_days"))
    with acting_as(user("samira").pk):
        reads = [g for g in access.who_takes_part(plan.case) if g.basis == Basis.UITVOERING]
        name = plan.case.client.display_name
    assert {grant.end_date for grant in reads} == {last}
    for partner in ("legerdesheils", "mondriaan"):
        page = browse(partner).get("/acties/")
        assert not page.context["lines"]
        assert name in page.text
    partners = {user("legerdesheils").pk, user("mondriaan").pk}
    with acting_in_role("post"):
        told = OutboxMail.objects.filter(kind="actie_afgesloten")
        assert set(told.values_list("recipient_id", flat=True)) >= partners


def test_what_goes_on_goes_on_and_its_partner_reports_as_before():
    plan = signed()
    home = action_on(plan, "huisvesting")

    step_out(plan, goes_on={home.pk})

    assert action_on(plan, "huisvesting").ending is None
    assert action_on(plan, "gezondheid").never_began
    assert knows("legerdesheils", plan)
    shelter = user("legerdesheils")
    with acting_as(shelter.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(shelter).get(plan=plan)
        operations.report(own, kind=ProgressKind.VOORTGANG, happened_on=TODAY, by=shelter)
    with acting_as(user("samira").pk):
        case = Case.objects.get(pk=plan.case_id)
        assert [each.code for each in rules.obstacles_to_closing(case)] == ["action_runs"]


def test_what_goes_on_and_did_not_start_keeps_its_clock():
    plan = signed()
    care = action_on(plan, "gezondheid")
    before = waiting_for(care)

    step_out(plan, goes_on={care.pk})

    assert before
    assert waiting_for(care) == before


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"message_given": False}, "message_not_given"),
        ({"next_step_on": TODAY - timedelta(days=1)}, "step_in_past"),
        ({"next_step_on": TODAY + timedelta(days=500)}, "too_far_ahead"),
    ],
)
def test_nobody_steps_out_in_silence_or_without_a_step_that_lies_ahead(named, code):
    plan = signed()

    with pytest.raises(Refused) as refused:
        step_out(plan, **named)

    assert refused.value.codes == {code}


def test_one_steps_out_of_a_signed_plan_once_and_only_by_who_leads():
    offered = situations.offered_plan()
    with pytest.raises(Refused) as refused:
        step_out(offered)
    assert refused.value.codes == {"wrong_status"}

    plan = signed()
    with pytest.raises(ObjectDoesNotExist):
        step_out(plan, who="manager")
    step_out(plan)
    with pytest.raises(Refused):
        step_out(plan)


def test_a_new_offer_can_always_be_made():
    """OFF-05: "return offer". The partner is asked again, and nobody waits for the step."""
    plan, samira = step_out(signed()), user("samira")

    with acting_as(samira.pk):
        anew = operations.draw_up(plan.case, by=samira)
        case = Case.objects.get(pk=plan.case_id)
        waiting = Deadline.objects.filter(kind=DeadlineKind.VERVOLG_WEIGERING, done_at=None)

        assert (anew.number, anew.status, case.status) == (2, "concept", "planvorming")
        assert {str(a) for a in anew.partner_actions.all()} == {"Begeleid wonen", "Behandeling"}
        assert not waiting.exists()


def test_the_moves_of_a_case_stay_apart():
    plan, samira = signed(), user("samira")

    with acting_as(samira.pk):
        with pytest.raises(Refused):
            start_pressure(plan.case, by=samira)
        with pytest.raises(Refused):
            resume_planning(plan.case, by=samira)


def test_a_day_of_stepping_out_without_the_status_does_not_come_in():
    plan = signed()

    with acting_as(user("samira").pk), pytest.raises(IntegrityError), transaction.atomic():
        Maatwerkplan.objects.filter(pk=plan.pk).update(dropped_out_at=timezone.now())


def test_the_werkvoorraad_says_what_comes_next():
    step_out(signed())
    samira = user("samira")

    with acting_as(samira.pk):
        (row,) = caseload(samira, TODAY)

    assert (row.step.what, row.step.signal) == ("Gesprek met de reclassering", "Uitgevallen")
    assert row.step.due == TODAY + timedelta(days=5)


# --- in the browser ---------------------------------------------------------------------------


def page_of(plan: Maatwerkplan) -> str:
    with acting_as(user("samira").pk):
        number = Case.objects.get(pk=plan.case_id).number
    return reverse("maatwerkplan:drop_out", args=[number])


def typed(**named: Any) -> dict[str, Any]:
    day = TODAY + timedelta(days=5)
    told = {
        "reason": "Ik trek dit niet.",
        "message_given": "on",
        "next_step": "Gesprek met de reclassering",
        "next_step_on": f"{day.day}-{day.month}-{day.year}",
        "eenmalig": new_key(),
    }
    return told | named


def test_who_leads_records_it_and_ticks_what_goes_on(browse):
    plan = signed()
    home = action_on(plan, "huisvesting")
    visitor = browse("samira")

    assert "Begeleid wonen (Leger des Heils)" in visitor.get(page_of(plan)).content.decode()
    sent = visitor.post(page_of(plan), typed(goes_on=[str(home.pk)]), follow=True)

    words = sent.content.decode()
    assert "Uit het plan gestapt" in words
    assert "Gesprek met de reclassering" in words
    assert action_on(plan, "huisvesting").ending is None
    assert action_on(plan, "gezondheid").ending is not None


def test_what_was_typed_stays_when_it_cannot_be(browse):
    plan, visitor = signed(), browse("samira")

    silent = visitor.post(page_of(plan), typed(message_given=""))
    ended = visitor.post(page_of(plan), typed(goes_on=["bestaat-niet"]))

    assert (silent.status_code, ended.status_code) == (409, 422)
    assert "Ik trek dit niet." in silent.content.decode()
    assert "intussen geëindigd" in ended.content.decode()


def test_there_is_no_form_for_who_did_not_sign_or_stepped_out_before(browse):
    offered, out = situations.offered_plan(), step_out(signed())
    visitor = browse("samira")

    for plan in (offered, out):
        assert visitor.get(page_of(plan)).status_code == 302
    assert visitor.post(page_of(out), typed()).status_code == 409


def test_the_clock_page_shows_what_went_on(browse):
    plan = signed()
    step_out(plan, goes_on={action_on(plan, "huisvesting").pk})
    visitor = browse("samira")

    words = visitor.get(page_of(plan).replace("aanbod/uitval", "start")).content.decode()

    assert "De cliënt stapte uit dit plan" in words
    assert "Begeleid wonen" in words


def test_a_new_plan_after_somebody_stepped_out_is_no_revision(browse):
    plan, samira = step_out(signed()), user("samira")
    with acting_as(samira.pk):
        operations.draw_up(plan.case, by=samira)

    shown = browse("samira").get(reverse("maatwerkplan:plan", args=[plan.case.number])).text

    assert "In opbouw, plan 2" in shown
    assert "Herziening" not in shown
