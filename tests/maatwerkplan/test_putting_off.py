"""A partner begins later, or the client did not come: said once, seen by who leads. EXE-01..03."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import TimelineItem
from maatwerkplan import operations
from maatwerkplan.models import (
    DeliveryQuestion,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
    ProgressReport,
)
from maatwerkplan.presenters.execution import ActionLine
from maatwerkplan.presenters.home import caseload
from tests import situations
from tests.situations import typed_day, user
from veiligheidshuis.formats import long_date, short_date
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATER, WHY = TODAY + timedelta(days=10), "De kamer is nog bezet."


def own_action(plan: Maatwerkplan) -> PartnerAction:
    partner = user("legerdesheils")
    with acting_as(partner.pk):
        actions = PartnerAction.objects.agreed().of_organisation_of(partner).with_state()
        return actions.select_related("plan", "case", "organisation").get(plan=plan)


def report(
    plan: Maatwerkplan, kind: str, text: str = "", until: date | None = None, on: date = TODAY
) -> ProgressReport:
    partner, action = user("legerdesheils"), own_action(plan)
    with acting_as(partner.pk):
        return operations.report(
            action, kind=kind, happened_on=on, text=text, until=until, by=partner
        )


def put_off(plan: Maatwerkplan, until: date = LATER) -> ProgressReport:
    return report(plan, ProgressKind.UITGESTELD, WHY, until)


def line_of(plan: Maatwerkplan, today: date = TODAY) -> ActionLine:
    action = own_action(plan)
    with acting_as(user("legerdesheils").pk):
        return ActionLine.of(action, today, reports=action.reports.all())


def step_of(plan: Maatwerkplan, today: date = TODAY):
    samira = user("samira")
    with acting_as(samira.pk):
        return next(row.step for row in caseload(samira, today) if row.case.pk == plan.case_id)


def reminders(plan: Maatwerkplan) -> set[str]:
    """What still comes for anybody about this plan."""
    with acting_as(user("samira").pk):
        waiting = plan.case.deadlines.filter(done_at=None)
        return set(waiting.values_list("kind", flat=True))


def mails(kind: str) -> int:
    """How many of these wait for who leads; only the post reads them."""
    leader = user("samira").pk
    with acting_in_role("post"):
        return OutboxMail.objects.filter(kind=kind, recipient_id=leader).count()


# --- later ------------------------------------------------------------------------------------


def test_a_partner_puts_off_the_start_and_says_to_when_and_why():
    plan = situations.signed_plan()

    told = put_off(plan)

    assert (told.until, told.text) == (LATER, WHY)
    line = line_of(plan)
    assert line.state == f"Uitgesteld, begint {short_date(LATER)}"
    assert line.waits
    assert not line.started
    with acting_as(user("samira").pk):
        entry = TimelineItem.objects.filter(case=plan.case, title__endswith=": uitgesteld").get()
    assert f"Begint op {long_date(LATER)}." in entry.text
    assert WHY in entry.text


def test_who_puts_off_is_not_reminded_and_the_manager_still_hears_that_it_did_not_begin():
    """S2, voetnoot 11: within a week. Putting off is no start."""
    plan = situations.signed_plan()

    put_off(plan)

    assert reminders(plan) == {"start_gemist"}
    after = plan.start_by + timedelta(days=1)
    assert line_of(plan, after).late
    assert line_of(plan, after).kind == "fout"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("new_day_missing", {"until": None}),
        ("new_day_passed", {"until": TODAY}),
        ("new_day_too_late", {"until": TODAY + timedelta(days=4000)}),
        ("delay_unexplained", {"text": "  "}),
    ],
)
def test_what_is_put_off_has_a_day_within_the_agreement_and_a_reason(code, said):
    plan = situations.signed_plan()

    with pytest.raises(Refused) as refused:
        report(plan, ProgressKind.UITGESTELD, **({"text": WHY, "until": LATER} | said))

    assert refused.value.codes == {code}
    assert reminders(plan) > {"start_gemist"}


def test_what_began_is_not_put_off():
    plan = situations.signed_plan()
    report(plan, ProgressKind.START)

    with pytest.raises(Refused) as refused:
        put_off(plan)

    assert refused.value.codes == {"begun_already"}


def test_what_was_put_off_starts_and_stops_the_clock():
    plan = situations.signed_plan()
    put_off(plan, TODAY + timedelta(days=2))
    put_off(plan)

    report(plan, ProgressKind.START)

    assert line_of(plan).started
    assert line_of(plan).state.startswith("Gestart")
    assert reminders(plan) == set()


@pytest.mark.parametrize("said", [{"until": None}, {"text": ""}, {"kind": "voortgang"}])
def test_the_database_keeps_no_delay_without_a_day_and_a_reason(owner, said):
    told = put_off(situations.signed_plan())
    row = {"until": LATER, "text": WHY, "kind": "uitgesteld"} | said

    with acting_as(user("legerdesheils").pk), pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport(
            action_id=told.action_id,
            case_id=told.case_id,
            happened_on=TODAY,
            recorded_by=user("legerdesheils"),
            **row,
        ).save(force_insert=True)


# --- the client did not come --------------------------------------------------------------------


@pytest.mark.parametrize("started", [True, False])
def test_a_missed_appointment_is_told_to_who_leads_and_stops_no_clock(started):
    plan = situations.signed_plan()
    if started:
        report(plan, ProgressKind.START)
    before = reminders(plan)

    report(plan, ProgressKind.GEMIST, "Tweede keer deze maand.")

    assert mails("afspraak_gemist") == 1
    assert reminders(plan) == before
    step = step_of(plan)
    assert (step.signal, step.kind) == ("Niet verschenen", "let-op")
    assert "kwam niet bij" in step.headline


def test_what_is_reported_after_it_takes_the_signal_away():
    plan = situations.signed_plan()
    report(plan, ProgressKind.START)
    report(plan, ProgressKind.GEMIST)

    report(plan, ProgressKind.VOORTGANG, "Hij was er weer.")

    assert step_of(plan).signal != "Niet verschenen"


def test_a_start_that_is_late_comes_before_a_missed_appointment():
    plan = situations.signed_plan()
    report(plan, ProgressKind.GEMIST)

    assert step_of(plan, plan.start_by + timedelta(days=1)).signal == "Te laat"
    step = step_of(plan)
    assert (step.signal, step.tiles) == ("Niet verschenen", {"startklok"})


def test_who_leads_sees_on_his_first_page_to_when_it_was_put_off():
    plan = situations.signed_plan()

    put_off(plan)

    assert mails("actie_uitgesteld") == 1
    assert f"uitgesteld tot {long_date(LATER)}" in step_of(plan).detail


# --- how it goes, and over what time ------------------------------------------------------------


def test_how_it_goes_is_said_over_the_time_since_the_last_time():
    """EXE-02: per item and per period."""
    plan = situations.signed_plan()
    report(plan, ProgressKind.START)
    report(plan, ProgressKind.VOORTGANG)
    report(plan, ProgressKind.GEMIST)
    report(plan, ProgressKind.VOORTGANG)

    more = [(told.word, told.more) for told in line_of(plan).reports]

    goes = ("Voortgang", f", over de tijd sinds {short_date(TODAY)}")
    assert more == [goes, ("Niet verschenen", ""), goes, ("Gestart", "")]


# --- the pages ----------------------------------------------------------------------------------


def send(browser, plan: Maatwerkplan, **typed: str):
    address = reverse("maatwerkplan:action", args=[own_action(plan).pk])
    page = {"happened_on": typed_day(0), "sleutel": new_key(), **typed}
    return browser.post(address, page)


def test_a_partner_fills_in_the_form_and_who_leads_reads_it(browse):
    plan, partner = situations.signed_plan(), browse("legerdesheils")
    typed = {"kind": "uitgesteld", "until": typed_day(10), "text": WHY}

    assert send(partner, plan, **typed).status_code == 302

    page = browse("samira").get(f"/dossiers/{plan.case.number}/start/").content.decode()
    assert f"begint {short_date(LATER)}: {WHY}" in page
    assert f"Uitgesteld, begint {short_date(LATER)}" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": WHY}, "Kies de dag waarop het wel begint."),
        ({"text": WHY, "until": typed_day(0)}, "Kies morgen of later."),
        ({"until": typed_day(10)}, "Schrijf kort op waarom het later begint."),
        ({"text": WHY, "until": typed_day(4000)}, "De afspraak loopt tot en met"),
    ],
)
def test_a_day_or_a_reason_that_is_missing_is_asked_beside_its_field(browse, typed, sentence):
    plan = situations.signed_plan()

    answer = send(browse("legerdesheils"), plan, kind="uitgesteld", **typed)

    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) in (1, 2)  # beside the field, and on top
    for value in typed.values():
        assert value in answer.content.decode()


def test_a_day_that_was_typed_for_another_choice_is_left_out(browse):
    plan = situations.signed_plan()

    assert send(browse("legerdesheils"), plan, kind="start", until=typed_day(10)).status_code == 302

    assert line_of(plan).reports[0].report.until is None


def test_who_has_no_account_puts_off_by_telephone(browse):
    """Written down by who leads, with what he told and on what ground."""
    plan, samira = situations.asked_plan(("huisvesting", "Opvang", "tracee")), user("samira")
    with acting_as(samira.pk):
        question = DeliveryQuestion.objects.select_related("case", "action", "organisation").get()
        operations.record_answer(question, **situations.told_by_phone())
        operations.offer(plan, by=samira)
        plan.refresh_from_db()
        names = {"client_name": plan.case.client.display_name, "manager_name": str(samira)}
        operations.sign(plan, **names, shown_sha256=plan.text.sha256, by=samira)
        action = plan.partner_actions.get()
    address = reverse("maatwerkplan:report_record", args=[plan.case.number, action.pk])
    typed = {
        "kind": "uitgesteld",
        "happened_on": typed_day(0),
        "until": typed_day(10),
        "text": WHY,
        "channel": "telefoon",
        "received_from": "de balie",
        "received_on": typed_day(0),
        "disclosed": "Niets nieuws.",
        "ground": "WGS 2.29 lid 6",
        "sleutel": new_key(),
    }

    answer = browse("samira").post(address, typed)

    assert answer.status_code == 302
    assert mails("actie_uitgesteld") == 0
