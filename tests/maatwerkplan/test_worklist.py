"""The werkvoorraad: a number and the list behind it are the same rows."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from maatwerkplan import operations
from maatwerkplan.models import DeliveryQuestion, Maatwerkplan, PartnerAction, ProgressKind
from tests import situations
from tests.maatwerkplan.asking import asked_by
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
PATH = "/werkvoorraad/"


def numbers(page) -> list[str]:
    return [row.case.number for row in page.context["rows"]]


def signals(page) -> dict[str, str]:
    return {row.case.number: row.step.signal for row in page.context["rows"]}


def offered_days_ago(plan, days) -> None:
    with acting_as(user("samira").pk):
        then = timezone.now() - timedelta(days=days)
        Maatwerkplan.objects.filter(pk=plan.pk).update(offered_at=then)


def refused_plan() -> Maatwerkplan:
    plan, samira = situations.offered_plan(), user("samira")
    with acting_as(samira.pk):
        operations.refuse(
            plan,
            reason="Nee.",
            message_given=True,
            next_step="Gesprek met het OM",
            next_step_on=timezone.localdate(),
            by=samira,
        )
    return plan


def ready_plan() -> Maatwerkplan:
    plan = situations.asked_plan()
    situations.answer_all(plan)
    return plan


def test_only_an_interventiemanager_has_a_werkvoorraad(browse):
    assert browse().get(PATH).status_code == 302
    for username in ("legerdesheils", "manager", "bureau", "stuurgroep"):
        assert browse(username).get(PATH).status_code == 404


def test_without_clients_it_says_what_will_come(browse):
    html = browse("samira").get(PATH).content.decode()

    assert "Je hebt nog geen cliënten." in html


def test_everybody_sees_his_own_caseload_only(browse):
    own, other = situations.assigned_case("samira"), situations.assigned_case("tom")

    assert numbers(browse("samira").get(PATH)) == [own.number]
    assert numbers(browse("tom").get(PATH)) == [other.number]


def test_every_phase_has_its_next_step_and_its_signal(browse):
    fresh = situations.assigned_case()
    judging = situations.diagnosis_case()
    planned = situations.planned_case()
    asked = situations.asked_plan().case
    ready = ready_plan().case
    offered = situations.offered_plan().case
    refused = refused_plan().case
    signed = situations.signed_plan().case

    page = browse("samira").get(PATH)
    steps = {row.case.number: (row.course.number, row.step.what) for row in page.context["rows"]}

    assert steps == {
        fresh.number: (1, "Diagnose starten"),
        judging.number: (1, "Diagnose afmaken"),
        planned.number: (2, "Maatwerkplan opstellen"),
        asked.number: (3, "Wachten op antwoord"),
        ready.number: (3, "Plan aanbieden"),
        offered.number: (4, "Plan laten tekenen"),
        refused.number: (4, "Gesprek met het OM"),
        signed.number: (5, "Start: Begeleid wonen"),
    }
    assert signals(page)[refused.number] == "Geweigerd"
    assert len(page.context["tasks"]) == 5  # the rest runs by itself


def test_a_tile_counts_exactly_the_rows_it_leads_to(browse):
    situations.asked_plan()
    ready_plan()
    ready_plan()
    situations.signed_plan()
    samira = browse("samira")

    page = samira.get(PATH)
    counts = {tile.code: tile.count for tile in page.context["tiles"]}

    assert counts == {"startklok": 1, "wacht": 1, "klaar": 2, "voortgang": 0}
    for code, count in counts.items():
        assert len(numbers(samira.get(PATH, {"tegel": code}))) == count
    links = [a["href"] for a in BeautifulSoup(page.content, "html.parser").select("a.vh-tile")]
    assert links == [f"?tegel={code}#clienten" for code in counts]


def test_a_partner_that_cannot_makes_a_hole_that_is_for_today(browse):
    plan = situations.asked_plan()
    situations.answer_all(plan, answer="nee")

    page = browse("samira").get(PATH)

    assert signals(page) == {plan.case.number: "Partner kan niet"}
    assert "Leger des Heils kan ‘Begeleid wonen’" in page.content.decode()


def test_an_answer_that_takes_long_is_a_signal(browse):
    plan = situations.asked_plan()
    assert signals(browse("samira").get(PATH)) == {plan.case.number: ""}

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        page = browse("samira").get(PATH)

    assert signals(page) == {plan.case.number: "Wacht op partner"}
    assert {t.code: t.note for t in page.context["tiles"]}["wacht"] == "1 langer dan drie werkdagen"


def test_who_starts_too_late_is_red_and_on_top(browse):
    fresh = situations.assigned_case()
    late = situations.signed_plan()
    offered_days_ago(late, 9)

    page = browse("samira").get(PATH)

    assert [row.case.number for row in page.context["tasks"]] == [late.case.number, fresh.number]
    assert signals(page)[late.case.number] == "Te laat"
    assert "2 dagen te laat" in page.content.decode()


def test_what_stopped_and_what_was_silent_too_long_comes_back(browse):
    stopped, silent = situations.signed_plan(), situations.signed_plan()
    partner, today = user("legerdesheils"), timezone.localdate()
    for plan in (stopped, silent):
        offered_days_ago(plan, 20)
    with acting_as(partner.pk):
        of = PartnerAction.objects.agreed().select_related("plan", "case")
        for plan, day in ((stopped, today), (silent, today - timedelta(days=15))):
            operations.report(
                of.get(plan=plan), kind=ProgressKind.START, happened_on=day, by=partner
            )
        operations.report(
            of.get(plan=stopped),
            kind=ProgressKind.GESTOPT,
            happened_on=today,
            text="Vol.",
            by=partner,
        )

    page = browse("samira").get(PATH)

    assert signals(page) == {
        stopped.case.number: "Gestopt",
        silent.case.number: "Voortgang te laat",
    }
    assert numbers(browse("samira").get(PATH, {"tegel": "voortgang"})) == [silent.case.number]


def test_the_list_is_filtered_and_sorted_by_links(browse):
    first = situations.assigned_case(last_name="Aarts", first_name="Mike", name_prefix="")
    second = situations.diagnosis_case(last_name="Wijnen", first_name="José", name_prefix="van der")
    samira = browse("samira")

    def found(**asked):
        return numbers(samira.get(PATH, asked))

    assert found(sorteer="naam") == [first.number, second.number]
    assert found(sorteer="-naam") == [second.number, first.number]
    assert found(naam="jose van der") == [second.number]
    assert found(naam=first.number.lower()) == [first.number]
    assert found(naam="Aards") == [first.number]
    assert found(naam="Weijnen", fase="5") == []
    assert found(signaal="1") == [first.number]
    assert found(fase="5") == []
    assert "Geen cliënten bij deze keuze." in samira.get(PATH, {"fase": "5"}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"sorteer": "--naam"},
        {"sorteer": "__class__"},
        {"fase": "9" * 50},
        {"fase": "²"},
        {"doelgroep": "'"},
        {"tegel": "\x00"},
        {"naam": "\x00"},
        {"naam": "x" * 10_000},
    ],
)
def test_an_address_that_makes_no_sense_is_no_error(browse, asked):
    situations.assigned_case()

    assert browse("samira").get(PATH, asked).status_code == 200


def test_it_asks_the_database_no_more_for_twenty_clients_than_for_two(browse):
    samira = browse("samira")
    ready_plan()
    situations.signed_plan()
    few = asked_by(samira, PATH)
    for _ in range(3):
        situations.asked_plan()
        ready_plan()
    refused_plan()

    assert len(asked_by(samira, PATH)) == len(few)
    assert len(few) <= 12


def test_the_look_at_the_list_names_everybody_on_it_in_one_line(browse, owner):
    cases = [situations.assigned_case(), situations.assigned_case()]
    browse("samira").get(PATH)

    line = owner.execute(
        "SELECT username, subjects FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'maatwerkplan:worklist' ORDER BY id DESC LIMIT 1"
    ).fetchone()

    assert line[0] == "samira"
    assert sorted(line[1]) == sorted(c.number for c in cases)


def test_a_question_is_only_open_about_the_action_as_it_is(browse):
    plan, samira = situations.asked_plan(), user("samira")
    with acting_as(samira.pk):
        action = plan.partner_actions.get()
        operations.change_action(action, by=samira, description="Begeleid wonen, twee kamers")
        assert not DeliveryQuestion.objects.open().exists()

    page = browse("samira").get(PATH)

    assert {tile.code: tile.count for tile in page.context["tiles"]}["wacht"] == 0
