"""What was given for a role ends with that role, also for who keeps another. DOS-05; ADR 0032."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from cases import access
from cases.models import Basis, Case, Scope
from partners.models import Appointment, Role
from partners.operations.wall import call
from tests import situations
from tests.cases.test_emergency import open_in_nood
from tests.cases.test_ending import found, hand_over, holds, read_by, user
from tests.cases.test_handing_over import away
from veiligheidshuis.needtoknow import acting_as

TODAY = timezone.localdate
Days = set[tuple[date, date | None, bool]]


def in_days(number: int) -> date:
    return TODAY() + timedelta(days=number)


def also(who: str, role: str = Role.KETENPARTNER) -> None:
    """Somebody gets another role with persons beside the one he has."""
    appoint(who, role, TODAY())


def appoint(who: str, role: str, start: date, end: date | None = None) -> None:
    with acting_as(user("bureau").pk):
        call("appoint", user(who).pk, role, start, end)


def end_role(who: str, role: str, last: date) -> None:
    """The office ends a role, past the rule that first asks for whom he leads."""
    person = user(who)
    with acting_as(user("bureau").pk):
        held = Appointment.objects.filter(user=person, role=role).latest("start_date")
        call("end_appointment", held.pk, last)


def days(owner: psycopg.Connection, who: str, basis: str) -> Days:
    """From when to when somebody holds what a basis gives, and whether that was closed."""
    rows = owner.execute(
        "SELECT start_date, end_date, closed_at IS NOT NULL FROM cases_participation"
        " WHERE group_id = %s AND basis = %s",
        [user(who).personal_group_id, basis],
    )
    return set(rows.fetchall())


def a_day_passes(owner: psycopg.Connection, who: str) -> None:
    """All that somebody has is a day older."""
    back = "SET start_date = start_date - 1, end_date = end_date - 1 WHERE"
    person = user(who)
    owner.execute(f"UPDATE cases_participation {back} group_id = %s", [person.personal_group_id])
    owner.execute(f"UPDATE partners_appointment {back} user_id = %s", [person.pk])


def explained(who: str, case: Case) -> tuple[bool, str]:
    with acting_as(user("fg").pk):
        told = access.explain(user(who), case.number, Scope.LEAD_CASE, timezone.now())
    return told.allowed, told.rule


def led_by_nobody() -> set:
    with acting_as(user("manager").pk), connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM vh.loose_ends() WHERE kind = 'leider'")
        return {case for (case,) in cursor.fetchall()}


def test_a_client_is_let_go_of_on_the_last_day_and_then_found_as_a_loose_end(own_house, owner):
    case = situations.assigned_case()
    also("samira")
    end_role("samira", Role.INTERVENTIEMANAGER, TODAY())
    assert days(owner, "samira", Basis.TOEWIJZING) == {(TODAY(), TODAY(), False)}
    assert found("samira", case)
    assert led_by_nobody() == set()

    a_day_passes(owner, "samira")

    assert not found("samira", case)
    assert explained("samira", case) == (False, "participation_not_in_force")
    assert user("samira").has_role(Role.KETENPARTNER)
    assert led_by_nobody() == {case.pk}
    with acting_as(user("manager").pk):
        assert call("leads_any", user("samira").pk)  # still to be taken over from


def test_a_role_that_is_over_takes_what_it_gave_along_at_once(own_house, owner):
    """Whoever writes it: here who repairs as the owner, with a day that has passed."""
    case = situations.assigned_case()
    also("samira")

    owner.execute(
        "UPDATE partners_appointment SET start_date = start_date - 1, end_date = vh.today() - 1"
        " WHERE user_id = %s AND role = 'interventiemanager'",
        [user("samira").pk],
    )

    assert not found("samira", case)
    assert {closed for _, _, closed in days(owner, "samira", Basis.TOEWIJZING)} == {True}
    hand_over(case)
    assert found("tom", case)
    assert not found("samira", case)
    assert days(owner, "samira", Basis.OVERDRACHT) == set()


def test_what_is_given_never_runs_longer_than_the_role(own_house, owner):
    """Also of a role whose last day was set before, or that begins later."""
    end_role("tom", Role.INTERVENTIEMANAGER, in_days(5))
    case = situations.assigned_case()
    away(first=2, last=9)
    assert days(owner, "tom", Basis.WAARNEMING) == {(in_days(2), in_days(5), False)}
    hand_over(case)
    assert days(owner, "tom", Basis.TOEWIJZING) == {(TODAY(), in_days(5), False)}


def test_a_day_to_come_is_kept_to_and_what_ends_before_it_stays_as_it_is(own_house, owner):
    situations.assigned_case()
    away(first=0, last=3)
    end_role("tom", Role.INTERVENTIEMANAGER, in_days(8))
    assert days(owner, "tom", Basis.WAARNEMING) == {(TODAY(), in_days(3), False)}
    end_role("tom", Role.INTERVENTIEMANAGER, in_days(1))
    assert days(owner, "tom", Basis.WAARNEMING) == {(TODAY(), in_days(1), False)}


def test_a_stand_in_of_later_lets_go_when_his_role_ends_before(own_house, owner):
    situations.assigned_case()
    away(first=4, last=9)
    end_role("tom", Role.INTERVENTIEMANAGER, in_days(2))
    assert days(owner, "tom", Basis.WAARNEMING) == {(in_days(4), in_days(9), True)}


def test_nobody_stands_in_for_who_leads_no_longer(own_house, owner):
    situations.assigned_case()
    end_role("samira", Role.INTERVENTIEMANAGER, in_days(2))
    away(first=4, last=9)
    assert days(owner, "tom", Basis.WAARNEMING) == set()


def test_who_handed_over_reads_on_no_longer_than_he_has_the_role(own_house, owner):
    case = situations.assigned_case()
    hand_over(case)
    also("samira")
    end_role("samira", Role.INTERVENTIEMANAGER, in_days(3))
    assert days(owner, "samira", Basis.OVERDRACHT) == {(TODAY(), in_days(3), False)}


def test_who_goes_on_in_the_role_goes_on_with_his_clients(own_house, owner):
    situations.assigned_case()
    end_role("samira", Role.INTERVENTIEMANAGER, in_days(3))
    appoint("samira", Role.INTERVENTIEMANAGER, in_days(4), in_days(90))
    whole = {(TODAY(), in_days(3), False), (in_days(4), in_days(90), False)}
    assert days(owner, "samira", Basis.TOEWIJZING) == whole


def test_who_comes_back_in_the_role_leads_again_whom_nobody_took_over(own_house, owner):
    left, taken = situations.assigned_case(), situations.assigned_case()
    also("samira")
    end_role("samira", Role.INTERVENTIEMANAGER, TODAY())
    for _ in range(3):
        a_day_passes(owner, "samira")
    hand_over(taken)

    appoint("samira", Role.INTERVENTIEMANAGER, TODAY())

    assert holds("samira", Scope.LEAD_CASE, left)
    assert led_by_nobody() == set()
    assert not holds("samira", Scope.LEAD_CASE, taken)
    assert holds("tom", Scope.LEAD_CASE, taken)


def test_another_role_gives_nothing_back(own_house, owner):
    case = situations.assigned_case()
    end_role("samira", Role.INTERVENTIEMANAGER, TODAY())
    a_day_passes(owner, "samira")
    also("samira")
    assert not found("samira", case)


def test_who_opened_in_nood_and_leaves_the_office_reads_no_further(own_house, owner):
    case = situations.assigned_case()
    open_in_nood(case)
    owner.execute(
        "INSERT INTO partners_appointment (user_id, role, start_date)"
        " VALUES (%s, 'ketenpartner', vh.today())",
        [user("bureau").pk],
    )
    assert holds("bureau", Scope.VIEW_PLAN, case)

    owner.execute(
        "UPDATE partners_appointment SET start_date = start_date - 1, end_date = vh.today() - 1"
        " WHERE user_id = %s AND role = 'bedrijfsbureau'",
        [user("bureau").pk],
    )

    assert not found("bureau", case)


@pytest.mark.parametrize("basis", [Basis.HAND, Basis.AANDRAGEN])
def test_what_rests_on_no_role_of_its_own_stays_with_another_role(own_house, owner, basis):
    case = read_by("tom") if basis == Basis.HAND else situations.put_forward_case(by="tom")
    also("tom")
    end_role("tom", Role.INTERVENTIEMANAGER, TODAY())
    owner.execute(
        "UPDATE partners_appointment SET start_date = start_date - 1, end_date = end_date - 1"
        " WHERE user_id = %s AND role = 'interventiemanager'",
        [user("tom").pk],
    )
    assert found("tom", case)


def test_every_basis_says_on_which_role_it_rests(owner):
    """The table of ADR 0032; a new basis is decided here."""
    rests = {
        Basis.TOEWIJZING: Role.INTERVENTIEMANAGER,
        Basis.WAARNEMING: Role.INTERVENTIEMANAGER,
        Basis.OVERDRACHT: Role.INTERVENTIEMANAGER,
        Basis.NOODTOEGANG: Role.BEDRIJFSBUREAU,
    }
    whichever = {
        Basis.AANDRAGEN,
        Basis.WEGING,
        Basis.SELECTIE,
        Basis.LEVERINGSVRAAG,
        Basis.UITVOERING,
        Basis.NOTULIST,
        Basis.SLACHTOFFER,
        Basis.HAND,
    }
    assert rests.keys() | whichever == set(Basis)
    told = owner.execute("SELECT b, vh.basis_role(b) FROM unnest(%s::text[]) b", [Basis.values])
    assert dict(told.fetchall()) == {**dict.fromkeys(whichever), **rests}
