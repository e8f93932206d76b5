"""What never begins, what ends without its partner saying so, and an offer that is taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import operations as cases
from cases.models import Case, ClosingReason, Deadline, DeadlineKind, TimelineItem
from maatwerkplan import operations, rules
from maatwerkplan.models import (
    Channel,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
    ProgressReport,
)
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.situations import organisation, user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def action_of(plan: Maatwerkplan) -> PartnerAction:
    """The one action of a plan with its state, as who leads the case sees it."""
    with acting_as(user("samira").pk):
        actions = plan.partner_actions.with_state()
        return actions.select_related("plan", "case", "organisation").get()


def report(plan: Maatwerkplan, kind: str, text: str = "", who: str = "legerdesheils") -> None:
    """Its partner reports about the one action of a plan."""
    partner = user(who)
    with acting_as(partner.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(partner).get(plan=plan)
        operations.report(own, kind=kind, happened_on=TODAY, text=text, by=partner)


def record_end(plan: Maatwerkplan, who: str = "samira", **said: str) -> ProgressReport:
    told = {"kind": ProgressKind.GESTOPT, "text": "De cliënt is verhuisd."} | said
    by = user(who)
    action = action_of(plan)
    with acting_as(by.pk):
        return operations.record_end(action, happened_on=TODAY, by=by, **told)


def close(case: Case) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        cases.close_case(
            case,
            reason=ClosingReason.OVERLEDEN,
            result="De cliënt is overleden.",
            decided_by=organisation("politie"),
            decided_on=TODAY,
            by=samira,
        )


def is_closed(case: Case) -> bool:
    with acting_as(user("bureau").pk):
        return Case.objects.get(pk=case.pk).status == "afgesloten"


def waiting_for(action: PartnerAction) -> set[str]:
    """The reminders that still come, seen by the manager and by who leads."""
    found: set[str] = set()
    for who in ("manager", "samira", "legerdesheils"):
        with acting_as(user(who).pk):
            open_ones = Deadline.objects.filter(subject_id=action.pk, done_at=None)
            found |= set(open_ones.values_list("kind", flat=True))
    return found


# --- never begun ------------------------------------------------------------------------------


def test_a_partner_says_that_it_never_begins_and_that_is_no_start():
    plan = situations.signed_plan()
    report(plan, ProgressKind.GESTOPT, "Er is geen plek meer.")

    action = action_of(plan)

    assert action.never_began
    assert (action.started_on, action.ended_on) == (None, TODAY)
    assert not rules.is_late(action, plan.start_by + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        report(plan, ProgressKind.START)
    assert refused.value.codes == {"ended_already"}


def test_what_stopped_after_its_start_did_begin():
    plan = situations.signed_plan()
    report(plan, ProgressKind.START)
    report(plan, ProgressKind.GESTOPT, "De kamer is weg.")

    assert not action_of(plan).never_began


def test_who_never_begins_is_not_reminded_of_it_and_the_manager_still_hears_it():
    plan = situations.signed_plan()
    action = action_of(plan)
    before = {DeadlineKind.START_NADERT, DeadlineKind.START_BUREAU, DeadlineKind.START_LAATSTE_DAG}
    assert waiting_for(action) == before | {DeadlineKind.START_GEMIST}

    report(plan, ProgressKind.GESTOPT, "Er is geen plek meer.")

    assert waiting_for(action) == {DeadlineKind.START_GEMIST}


def test_giving_up_takes_a_reason_also_past_the_operation():
    plan = situations.signed_plan()
    action = action_of(plan)

    with pytest.raises(Refused) as refused:
        report(plan, ProgressKind.GESTOPT)
    assert refused.value.codes == {"reason_missing"}
    with acting_as(user("samira").pk), pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport(
            action=action,
            case_id=plan.case_id,
            kind=ProgressKind.GESTOPT,
            happened_on=TODAY,
            recorded_by=user("samira"),
        ).save(force_insert=True)


def test_a_dossier_whose_action_never_began_can_be_closed():
    plan = situations.signed_plan()
    report(plan, ProgressKind.GESTOPT, "De cliënt is overleden.")

    close(plan.case)

    assert is_closed(plan.case)


def test_the_page_of_the_partner_offers_both_and_keeps_what_was_typed(browse):
    plan, partner = situations.signed_plan(), browse("legerdesheils")
    address = reverse("maatwerkplan:action", args=[action_of(plan).pk])
    day = f"{TODAY:%d-%m-%Y}"
    form = {"kind": "gestopt", "happened_on": day, "text": "", "eenmalig": new_key()}

    assert "Het begint niet" in partner.get(address).content.decode()
    without = partner.post(address, form)
    sent = partner.post(address, form | {"text": "Er is geen plek meer."})
    shown = partner.get("/acties/").content.decode()

    assert without.status_code == 422
    assert "Schrijf kort op waarom het stopt of niet begint." in without.content.decode()
    assert f'value="{day}"' in without.content.decode()
    assert sent.status_code == 302
    assert "Begint niet (" in shown
    assert "Afgezegd op" in partner.get(address).content.decode()


def test_who_leads_sees_a_hole_and_no_partner_who_is_late(browse):
    plan, samira = situations.signed_plan(), browse("samira")
    report(plan, ProgressKind.GESTOPT, "Er is geen plek meer.")

    page = samira.get(reverse("maatwerkplan:start", args=[plan.case.number]))
    worklist = samira.get("/werkvoorraad/").content.decode()

    assert [page.context[name] for name in ("started", "waiting", "late")] == [0, 0, 0]
    assert "Niet alles is begonnen" in page.content.decode()
    assert "begint niet met ‘Begeleid wonen’" in worklist


# --- the end that the partner does not report -------------------------------------------------


@pytest.mark.parametrize("begun", [True, False])
def test_who_leads_says_that_it_is_over_and_the_dossier_can_be_closed(begun):
    plan = situations.signed_plan()
    if begun:
        report(plan, ProgressKind.START)
    told = record_end(plan, kind=ProgressKind.AFGEROND, text="Gezien bij het huisbezoek.")

    assert told.channel == Channel.REGIE
    assert action_of(plan).ended_on == TODAY
    assert (action_of(plan).started_on is not None) is begun
    close(plan.case)
    assert is_closed(plan.case)


def test_the_partner_is_told_and_reads_who_established_it(browse):
    plan = situations.signed_plan()
    record_end(plan)
    partner = user("legerdesheils")

    with acting_in_role("post"):
        told = OutboxMail.objects.filter(kind="actie_afgesloten")
        assert partner.pk in told.values_list("recipient_id", flat=True)
    own = browse("legerdesheils").get(f"/acties/{action_of(plan).pk}/").content.decode()
    led = browse("samira").get(f"/dossiers/{plan.case.number}/start/").content.decode()
    assert "vastgesteld door Samira Haddou, die het dossier leidt" in own
    assert "vastgesteld door Samira Haddou; " in " ".join(led.split())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "start"}, "no_end"),
        ({"kind": "voortgang"}, "no_end"),
        ({"text": "  "}, "reason_missing"),
    ],
)
def test_who_leads_says_only_that_it_is_over_and_how_he_knows(said, code):
    plan = situations.signed_plan()

    with pytest.raises(Refused) as refused:
        record_end(plan, **said)

    assert refused.value.codes == {code}


def test_nobody_else_establishes_an_end():
    plan = situations.signed_plan()

    for who in ("tom", "manager", "bureau", "legerdesheils"):
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            record_end(plan, who=who)
    assert action_of(plan).ending is None


@pytest.mark.parametrize(("kind", "text"), [("start", "Gezien."), ("afgerond", "")])
def test_the_database_too_keeps_from_who_leads_only_an_end_and_how_he_knows(kind, text):
    plan, samira = situations.signed_plan(), user("samira")
    action = action_of(plan)

    with acting_as(samira.pk), pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport(
            action=action,
            case_id=plan.case_id,
            kind=kind,
            happened_on=TODAY,
            text=text,
            channel=Channel.REGIE,
            recorded_by=samira,
        ).save(force_insert=True)


def test_the_page_of_who_leads_asks_how_he_knows(browse):
    plan, samira = situations.signed_plan(), browse("samira")
    number, action = plan.case.number, action_of(plan)
    address = reverse("maatwerkplan:end_record", args=[number, action.pk])
    form = {"kind": "gestopt", "happened_on": f"{TODAY:%d-%m-%Y}", "eenmalig": new_key()}

    assert address in samira.get(f"/dossiers/{number}/start/").content.decode()
    without = samira.post(address, form | {"text": ""})
    first, second = (samira.post(address, form | {"text": "Gebeld."}) for _ in range(2))

    assert without.status_code == 422
    assert first.url == second.url == f"/dossiers/{number}/start/"
    assert address not in samira.get(f"/dossiers/{number}/start/").content.decode()


# --- an offer is taken back -------------------------------------------------------------------


def withdraw(plan: Maatwerkplan, who: str = "samira", reason: str = "De cliënt overleed.") -> None:
    by = user(who)
    with acting_as(by.pk):
        operations.withdraw(plan, reason=reason, by=by)


def test_an_offer_that_is_taken_back_lets_the_dossier_be_closed():
    plan = situations.offered_plan()
    withdraw(plan)

    close(plan.case)

    assert is_closed(plan.case)


def test_after_it_the_partners_know_the_case_no_longer_and_a_new_plan_can_be_drawn_up():
    plan, samira = situations.offered_plan(), user("samira")
    withdraw(plan)

    with acting_as(user("legerdesheils").pk):
        assert not Case.objects.filter(pk=plan.case_id).exists()
    with acting_as(samira.pk):
        new = operations.draw_up(plan.case, by=samira)
        assert (new.number, new.status) == (2, PlanStatus.CONCEPT)
        assert new.partner_actions.count() == 1
        assert Maatwerkplan.objects.get(pk=plan.pk).status == PlanStatus.INGETROKKEN


def test_an_offer_is_taken_back_for_a_reason_once_and_before_it_was_signed():
    offered, signed = situations.offered_plan(), situations.signed_plan()

    for plan, reason, code in (
        (offered, " ", "reason_missing"),
        (signed, "Te laat.", "wrong_status"),
    ):
        with pytest.raises(Refused) as refused:
            withdraw(plan, reason=reason)
        assert refused.value.codes == {code}
    for who in ("tom", "manager", "bureau"):
        with pytest.raises((PermissionDenied, ObjectDoesNotExist)):
            withdraw(offered, who=who)
    withdraw(offered)
    with pytest.raises(Refused) as again:
        withdraw(offered)
    assert again.value.codes == {"wrong_status"}


def test_why_it_was_taken_back_reads_only_who_leads():
    plan = situations.offered_plan()
    withdraw(plan, reason="Staat vast in het buitenland.")

    with acting_as(user("samira").pk):
        assert TimelineItem.objects.filter(text="Staat vast in het buitenland.").exists()
    with acting_as(user("bureau").pk):
        lines = TimelineItem.objects.filter(case=plan.case)
        assert lines.filter(title="Aanbod ingetrokken").exists()
        assert not lines.filter(text="Staat vast in het buitenland.").exists()


def test_the_page_takes_it_back_and_says_so_everywhere(browse):
    plan, samira = situations.offered_plan(), browse("samira")
    offer = reverse("maatwerkplan:offer", args=[plan.case.number])
    address = reverse("maatwerkplan:withdraw", args=[plan.case.number])

    assert address in samira.get(offer).content.decode()
    without = samira.post(address, {"reason": "", "eenmalig": new_key()})
    form = {"reason": "De cliënt is verhuisd.", "eenmalig": new_key()}
    first, second = (samira.post(address, form) for _ in range(2))

    assert without.status_code == 422
    assert first.url == second.url == reverse("maatwerkplan:plan", args=[plan.case.number])
    assert "Dit aanbod is ingetrokken" in samira.get(offer).content.decode()
    assert "Het vorige aanbod is ingetrokken." in samira.get(first.url).content.decode()
    assert "Het aanbod aan " in samira.get("/werkvoorraad/").content.decode()
    assert "ingetrokken" in samira.get(f"/dossiers/{plan.case.number}/").content.decode()
    assert samira.get(address).url == offer


def test_the_database_too_keeps_a_withdrawn_plan_with_its_moment():
    plan, samira = situations.offered_plan(), user("samira")

    for wrong in ({"status": PlanStatus.INGETROKKEN}, {"withdrawn_at": timezone.now()}):
        with acting_as(samira.pk), pytest.raises(IntegrityError), transaction.atomic():
            Maatwerkplan.objects.filter(pk=plan.pk).update(**wrong)


# --- in a fixed order -------------------------------------------------------------------------


def test_actions_of_the_same_days_stand_in_the_same_order_every_time():
    named = ["Cursus", "Begeleiding", "Aanmelding", "Eigen kamer", "Dagbesteding"]
    plan = situations.plan_of(
        situations.planned_case(), *[("huisvesting", what, "leger-des-heils") for what in named]
    )

    with acting_as(user("samira").pk):
        found = [action.description for action in plan.partner_actions.in_order()]

    assert found == sorted(named)
