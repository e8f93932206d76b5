"""A partner does not do what it agreed, and is held to it step by step. REG-05.

S2, Werkprocessen: "maatwerktrajecten waaraan alle ketenpartners hun actieve medewerking verlenen.
Gemeenten en Openbaar Ministerie hechten - indien nodig - hun doorzettingskracht aan het
daadwerkelijk implementeren".
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import TimelineItem
from maatwerkplan import operations, rules
from maatwerkplan.models import Aanspreking, CallStage, Maatwerkplan, PartnerAction, ProgressKind
from maatwerkplan.presenters.home import caseload
from maatwerkplan.states import AansprekingStatus
from partners import operations as accounts
from partners.models import Role
from tests import situations
from tests.situations import typed_day, user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=5)
ASKED, CAME = "Begin deze week met het bed.", "De directeur zegt het toe."
REMINDER, FORMAL, MANAGER = CallStage.HERINNERING, CallStage.OPROEP, CallStage.MANAGER


@pytest.fixture
def signed() -> Maatwerkplan:
    return situations.signed_plan()


def codes(refused) -> list[str]:
    return [obstacle.code for obstacle in refused.value.obstacles]


def the_action(plan: Maatwerkplan) -> PartnerAction:
    found = PartnerAction.objects.agreed().with_state()
    return found.select_related("plan", "case", "organisation").get(plan=plan)


def call(
    plan: Maatwerkplan, stage: str = REMINDER, text: str = ASKED, by_day: date | None = SOON
) -> Aanspreking:
    samira = user("samira")
    with acting_as(samira.pk):
        return operations.call_on(
            the_action(plan), stage=stage, text=text, answer_by=by_day, by=samira
        )


def settle(one: Aanspreking, helped: bool = False, by: str = "samira", outcome: str = CAME) -> None:
    who = user(by)
    write = operations.call_helped if helped else operations.call_failed
    with acting_as(who.pk):
        write(Aanspreking.objects.with_people().get(pk=one.pk), outcome=outcome, by=who)


def as_far_as_the_manager(plan: Maatwerkplan) -> Aanspreking:
    return call(plan, MANAGER)


def ask_power(one: Aanspreking, by: str = "manager") -> Aanspreking:
    who = user(by)
    with acting_as(who.pk):
        return operations.ask_power(
            Aanspreking.objects.with_people().get(pk=one.pk),
            asked_of=situations.organisation("openbaar-ministerie"),
            text="Bel de directeur van het leger.",
            answer_by=SOON,
            by=who,
        )


def stop(plan: Maatwerkplan) -> None:
    """The partner gives it up."""
    shelter = user("legerdesheils")
    with acting_as(shelter.pk):
        operations.report(
            the_action(plan), kind=ProgressKind.GESTOPT, happened_on=TODAY, text="Vol.", by=shelter
        )


def read_by(name: str) -> list[str]:
    with acting_as(user(name).pk):
        return [each.stage for each in Aanspreking.objects.order_by("asked_at")]


def told(kind: str, name: str) -> bool:
    """Whether this mail waits for this person alone; only the post reads them."""
    wanted = {user(name).pk}
    with acting_in_role("post"):
        found = OutboxMail.objects.filter(kind=kind)
        return set(found.values_list("recipient_id", flat=True)) == wanted


def test_each_step_follows_one_that_did_not_help(signed):
    for stage in (REMINDER, FORMAL, MANAGER):
        settle(call(signed, stage))
    with acting_as(user("samira").pk):
        calls = rules.calls_of(the_action(signed))
        assert [each.stage for each in calls] == [MANAGER, FORMAL, REMINDER]
        assert rules.stages_for(calls) == [MANAGER]


def test_a_harder_step_waits_for_its_turn_but_for_what_cannot_wait(signed):
    with pytest.raises(Refused) as no:
        call(signed, FORMAL)
    assert codes(no) == ["step_out_of_turn"]
    assert call(signed, MANAGER).stage == MANAGER


def test_what_helped_is_done_with(signed):
    settle(call(signed, REMINDER))
    settle(call(signed, FORMAL), helped=True)
    assert call(signed, REMINDER).runs


def test_after_power_was_asked_who_leads_asks_the_manager_again(signed):
    settle(ask_power(as_far_as_the_manager(signed)), by="manager")
    with acting_as(user("samira").pk):
        assert rules.stages_for(rules.calls_of(the_action(signed))) == [MANAGER]


def test_one_step_runs_at_a_time_also_round_the_rule(signed):
    one = call(signed)
    with pytest.raises(Refused) as no:
        call(signed, MANAGER)
    assert codes(no) == ["called_already"]
    with acting_as(user("samira").pk):
        one.pk, one._state.adding = None, True
        with pytest.raises(IntegrityError), transaction.atomic():
            Aanspreking.objects.bulk_create([Aanspreking(**_fields(one))])


def _fields(one: Aanspreking) -> dict[str, object]:
    skipped = {"id", "first_processed_on"}
    names = [field.attname for field in Aanspreking._meta.concrete_fields]
    return {name: getattr(one, name) for name in names if name not in skipped}


def test_it_says_what_is_asked_and_by_when(signed):
    with pytest.raises(Refused) as no:
        call(signed, text=" ", by_day=None)
    assert codes(no) == ["call_without_words", "call_without_day"]
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=40)):
        with pytest.raises(Refused) as no:
            call(signed, by_day=day)
        assert codes(no)[0] in ("too_long_ago", "too_far_ahead")


def test_only_an_action_that_is_to_be_done_is_called_for(signed):
    stop(signed)
    with pytest.raises(Refused) as no:
        call(signed)
    assert codes(no) == ["ended_already"]


def test_what_ended_needs_no_more_calling(signed):
    one = call(signed)
    stop(signed)
    with acting_as(user("samira").pk):
        one.refresh_from_db()
        assert one.status == AansprekingStatus.NIET_GELUKT
        assert one.outcome == "De actie is intussen gestopt."


def test_the_partner_reads_what_is_asked_and_the_manager_only_what_came_to_him(signed):
    settle(call(signed))
    assert read_by("legerdesheils") == [REMINDER]
    assert read_by("manager") == []
    assert read_by("mondriaan") == []

    call(signed, MANAGER)
    assert read_by("manager") == [MANAGER]
    assert read_by("samira") == read_by("legerdesheils") == [REMINDER, MANAGER]


def test_who_must_hear_gets_a_mail(signed):
    settle(call(signed))
    assert told("aangesproken", "legerdesheils")
    one = call(signed, MANAGER)
    assert told("aanspreken_manager", "manager")
    settle(one, by="manager")
    assert told("aanspreken_uitkomst", "samira")


def test_the_outcome_is_said_once_in_words(signed):
    one = call(signed)
    with pytest.raises(Refused) as no:
        settle(one, outcome=" ")
    assert codes(no) == ["outcome_missing"]
    settle(one, helped=True)
    with pytest.raises(Refused) as no:
        settle(one)
    assert codes(no) == ["wrong_status"]
    with acting_as(user("samira").pk):
        assert TimelineItem.objects.filter(case=signed.case, text__contains=CAME).exists()


def test_only_the_manager_asks_power_once_and_not_for_himself(signed):
    one = as_far_as_the_manager(signed)
    with pytest.raises(PermissionDenied):
        ask_power(one, by="samira")
    power = ask_power(one)
    assert power.asks_power
    with pytest.raises(Refused) as no:
        ask_power(one)
    assert codes(no) == ["not_with_manager"]
    assert read_by("om") == []  # the house sends nothing to whom it was asked of

    settle(power, helped=True, by="manager")
    office = user("bureau")
    with acting_as(office.pk):
        accounts.appoint(user("samira"), Role.MANAGER, by=office)
    own = call(signed, MANAGER)
    with pytest.raises(Refused) as no:
        ask_power(own, by="samira")
    assert codes(no) == ["own_call"]


def test_the_wall_keeps_what_was_asked_and_who_may_ask(signed):
    one = call(signed)
    with acting_as(user("samira").pk), connection.cursor() as cursor:
        for change in ("text = 'x'", "stage = 'doorzetting'", "answer_by = vh.today()"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(f"UPDATE maatwerkplan_aanspreking SET {change}")  # noqa: S608
    with acting_as(user("legerdesheils").pk), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE maatwerkplan_aanspreking SET status = 'gelukt', outcome = 'x',"
            " settled_by_id = vh.uid(), settled_at = now() WHERE id = %s",
            [one.pk],
        )
        assert cursor.rowcount == 0


def test_its_day_passes_and_who_leads_says_what_came_of_it(signed):
    call(signed)
    samira = user("samira")
    with acting_as(samira.pk):
        (before,) = [r.step for r in caseload(samira, SOON) if r.case.pk == signed.case_id]
        later = SOON + timedelta(days=1)
        (after,) = [r.step for r in caseload(samira, later) if r.case.pk == signed.case_id]
    assert before.signal != "Aangesproken"
    assert after.signal == "Aangesproken"
    assert after.url.endswith("/aanspreken/")


def test_who_leads_calls_the_partner_reads_and_it_does_not_help(signed, browse):
    samira, shelter, manager = browse("samira"), browse("legerdesheils"), browse("manager")
    with acting_as(user("samira").pk):
        number, action = signed.case.number, the_action(signed)
    clock = reverse("maatwerkplan:start", args=[number])
    here = reverse("maatwerkplan:call", args=[number, action.pk])
    assert here in samira.get(clock).text

    sent = {"stage": REMINDER, "text": ASKED, "answer_by": typed_day(5)}
    assert samira.post(here, {**sent, "text": "", "once": new_key()}).status_code == 422
    assert samira.post(here, sent).url == clock
    assert "Herinnering, uiterlijk" in samira.get(clock).text
    own = shelter.get(reverse("maatwerkplan:action", args=[action.pk])).text
    assert "U bent aangesproken" in own
    assert ASKED in own

    outcome = reverse("maatwerkplan:call_settle", args=[_last().pk])
    assert outcome in samira.get(here).text
    assert manager.get(outcome).status_code == 404
    assert shelter.get(outcome).status_code == 404
    assert samira.post(outcome, {"helped": "niet_gelukt", "outcome": CAME}).url == here
    assert CAME in samira.get(here).text
    assert "Formele oproep aan de partner" in samira.get(here).text


def test_the_manager_finds_it_asks_for_power_and_says_what_came_of_it(signed, browse):
    one, manager = as_far_as_the_manager(signed), browse("manager")
    first = manager.get(reverse("cases:overview"))
    (tile,) = [t for t in first.context["bottlenecks"] if t.url.endswith("/aanspreken/")]
    assert tile.number == 1
    outcome = reverse("maatwerkplan:call_settle", args=[one.pk])
    assert outcome in manager.get(tile.url).text
    power = reverse("maatwerkplan:ask_power", args=[one.pk])
    assert power in manager.get(outcome).text

    of = situations.organisation("openbaar-ministerie").pk
    asked = {"asked_of": of, "text": "Bel de directeur.", "answer_by": typed_day(5)}
    assert manager.post(power, {**asked, "asked_of": ""}).status_code == 422
    assert manager.post(power, asked).url == tile.url
    outcome = reverse("maatwerkplan:call_settle", args=[_last().pk])
    done = {"helped": "gelukt", "outcome": CAME}
    assert manager.post(outcome, done).url == tile.url
    assert manager.post(outcome, {**done, "once": new_key()}).status_code == 409
    assert [call.pk for call in manager.get(tile.url).context["shown"].open] == []
    assert CAME in manager.get(outcome).text


def _last() -> Aanspreking:
    with acting_as(user("samira").pk):
        return Aanspreking.objects.last_first()[0]
