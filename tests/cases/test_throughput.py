"""How clients flow through the house, in numbers. S2, kwantitatieve regie; REG-02, REG-03."""

from datetime import date

import pytest
from django.urls import reverse

from cases import access, operations
from cases.models import Vervolg
from cases.presenters.assignment import Capacity
from cases.presenters.throughput import Age, ages, throughput
from cases.states import CaseStatus
from cases.tasks import destroy_declined
from tests import situations
from veiligheidshuis.needtoknow import acting_as

OVERVIEW = reverse("cases:overview")


def older(owner, number: str, days: int) -> None:
    """All that happened to this case happened so many days earlier."""
    owner.execute(
        # days of the table and not of 24 hours: the clock may have been set back in between
        "UPDATE cases_historicalcase SET history_date = (history_date AT TIME ZONE"
        " 'Europe/Amsterdam' - make_interval(days => %s)) AT TIME ZONE 'Europe/Amsterdam'"
        " WHERE number = %s",
        [days, number],
    )


def test_how_long_somebody_stands_at_a_step_counts_from_the_day_that_he_came_there(
    own_house, owner
):
    for days in (3, 10, 40):
        older(owner, situations.assigned_case().number, days)
    waiting = situations.listed_case()
    older(owner, waiting.number, 1)

    with acting_as(situations.user("manager").pk):
        told = ages()

    assert told[CaseStatus.TOEGEDEELD] == Age(middle=10, oldest=40)
    assert told[CaseStatus.GEPRIORITEERD].said == "meestal 1 dag, langst 1 dag"
    assert CaseStatus.DIAGNOSE not in told


def test_who_went_on_counts_anew(own_house, owner):
    case = situations.assigned_case()
    older(owner, case.number, 50)
    owner.execute("UPDATE cases_case SET status = 'diagnose' WHERE number = %s", [case.number])
    owner.execute(
        "INSERT INTO cases_historicalcase SELECT (jsonb_populate_record(h, jsonb_build_object("
        "'history_id', gen_random_uuid(), 'history_date', now() - interval '2 days',"
        " 'status', 'diagnose'))).* FROM cases_historicalcase h WHERE number = %s LIMIT 1",
        [case.number],
    )

    with acting_as(situations.user("manager").pk):
        assert ages()[CaseStatus.DIAGNOSE] == Age(middle=2, oldest=2)


def test_who_came_was_assigned_and_went_is_counted_over_half_a_year(own_house, owner):
    situations.put_forward_case()
    situations.assigned_case()
    long_ago = situations.assigned_case()
    older(owner, long_ago.number, 200)
    owner.execute(
        "UPDATE cases_case SET opened_at = opened_at - interval '200 days' WHERE number = %s",
        [long_ago.number],
    )

    with acting_as(situations.user("manager").pk):
        told = throughput(situations.user("manager"))

    assert (told.came, told.assigned, told.went) == (2, 1, 0)


def test_two_reports_of_one_person_are_one_who_came(db):
    office = situations.user("bureau")
    same = {"last_name": "Smeets", "birth_date": date(1990, 5, 1), "bsn": ""}
    first = situations.put_forward_case(first_name="Jan", **same)
    second = situations.put_forward_case(first_name="J.", **same)
    with acting_as(office.pk):
        operations.join(second, first, reason="Zelfde adres.", by=office)

    with acting_as(situations.user("manager").pk):
        assert throughput(situations.user("manager")).came == 1


def test_who_came_is_the_same_before_and_after_who_was_declined_is_destroyed(own_house, owner):
    situations.put_forward_case()
    weging = situations.asked_to_weigh(situations.put_forward_case())
    situations.judge_all(weging, met=False)
    police = situations.user("politie")
    with acting_as(police.pk):
        operations.decline(weging, route=Vervolg.LOKAAL, advice="Bel het wijkteam.", by=police)

    counted = []
    for days in (0, 15):
        owner.execute("UPDATE cases_weging SET decided_on = vh.today() - %s", [days])
        destroyed = destroy_declined.apply(throw=True).get()
        with acting_as(situations.user("manager").pk):
            counted.append((destroyed, throughput(situations.user("manager")).came))

    assert counted == [(0, 1), (1, 1)]


def test_nobody_is_counted_for_a_manager_who_is_barred_from_him(db):
    case = situations.assigned_case()
    with acting_as(situations.user("bureau").pk):
        access.bar(case, situations.user("manager"), "neef")

    with acting_as(situations.user("manager").pk):
        told = throughput(situations.user("manager"))
        assert (told.came, told.assigned) == (0, 0)
        assert ages() == {}


@pytest.mark.parametrize(
    ("clients", "there", "needed", "short"),
    [(0, 0, 0, 0), (1, 0, 1, 1), (15, 1, 1, 0), (16, 1, 2, 1), (46, 3, 4, 1), (30, 5, 2, 0)],
)
def test_how_many_interventiemanagers_the_clients_need(clients, there, needed, short):
    told = Capacity(clients, there, norm=15)

    assert (told.needed, told.short) == (needed, short)
    assert ("te weinig" in told.argument) is bool(short)


def test_the_overview_and_the_caseload_say_how_many_are_missing(browse, agreed):
    agreed("caseload_norm", 1)
    for _ in range(3):
        situations.assigned_case()
    situations.listed_case()
    manager = browse("manager")

    for page in (manager.get(OVERVIEW), manager.get(reverse("cases:caseload"))):
        assert "Voor 4 cliënten zijn bij 1 per persoon 4 interventiemanagers nodig." in page.text
        assert "Er zijn er 2: 2 te weinig." in page.text
