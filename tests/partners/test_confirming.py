"""Twice a year every colleague is confirmed; who is not sees nothing from that day on. GOV-03.

Issue 4, point 4: "twice a year (with the list) he confirms every colleague on one page, and who is
not confirmed ends". ADR 0035.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from cases.access import explain
from cases.models import Case, Scope
from cases.presenters.explanation import in_words, what_is_needed
from partners import operations, rules
from partners.models import Bevestiging, Bevestigingsronde, User
from partners.operations import Word
from partners.tasks import tend_round
from tests import situations
from tests.entering import enter
from tests.house import catalogue
from tests.situations import round_is_over, user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

# What somebody still reads who sees nothing: how the house works, and of himself what it keeps.
LEFT = {
    "mfa_authenticator",
    "partners_bevestigingsronde",
    "partners_clearance",
    "veiligheidshuis_werkafspraak",
}


def begin(by="bureau"):
    office = user(by)
    with acting_as(office.pk):
        return operations.begin_round(by=office)


def confirm(name, by, *, needed=True, reason=""):
    keeper = user(by)
    with acting_as(keeper.pk):
        operations.confirm([Word(user(name), needed, reason)], by=keeper)


def roles_of(name):
    """As the application says it and as the wall does, which is the same."""
    person = user(name)
    with acting_as(person.pk), connection.cursor() as cursor:
        cursor.execute("SELECT vh.roles()")
        (wall,) = cursor.fetchone()
        assert set(User.objects.get(pk=person.pk).active_roles) == set(wall)
    return set(wall)


def told(kind):
    with acting_in_role("post"):
        to = set(OutboxMail.objects.filter(kind=kind).values_list("recipient_id", flat=True))
    return {each.username for each in everybody() if each.pk in to}


def the_database_refuses(name, statement, *given):
    with acting_as(user(name).pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement, given)


# --- what it means for who sees what ------------------------------------------------------------


def test_nothing_changes_before_the_last_day_and_on_it(own_house, owner):
    situations.assigned_case(to="samira")
    begin()
    owner.execute("UPDATE partners_bevestigingsronde SET last_day = vh.today()")

    assert roles_of("samira") == {"interventiemanager"}


def test_who_is_not_confirmed_reads_nothing_of_any_table_from_the_next_day_on(own_house, owner):
    situations.planned_case()
    tables = sorted(catalogue.locked(owner) - {"veiligheidshuis_session"})
    before = rows_seen("samira", tables)
    assert sum(before.values()) > 20, "anders bewijst wat volgt niets"
    round_is_over(owner, "samira", "tom")

    assert roles_of("samira") == set()
    left = {table for table, number in rows_seen("samira", tables).items() if number}
    assert left - LEFT == set()
    with acting_as(user("samira").pk):
        assert not Case.objects.exists()


def rows_seen(name, tables):
    found = {}
    with acting_as(user(name).pk), connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT has_table_privilege('vh_app', %s, 'SELECT')", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own tables
                found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize(
    "name", ["politie", "manager", "stuurgroep", "bewoner", "fg", "privacy", "beheerder", "bureau"]
)
def test_no_role_at_all_is_left_whichever_it_is(own_house, owner, name):
    assert roles_of(name)
    round_is_over(owner, name)
    if name == "bureau":  # of the office another is confirmed, so this one may be shut out
        situations.second_of_the_office()

    assert roles_of(name) == set()


def test_the_explanation_says_no_and_names_the_round(own_house, owner):
    case = situations.assigned_case(to="samira")
    round_is_over(owner, "samira")
    samira = user("samira")

    with acting_as(user("fg").pk):
        answer = explain(samira, case.number, Scope.LEAD_CASE, timezone.now())

    assert (answer.allowed, answer.rule) == (False, "not_confirmed")
    assert in_words(answer, samira).startswith("Bevestiging: niemand bevestigde deze persoon")
    assert "bevestigt deze persoon" in what_is_needed(answer, Scope.LEAD_CASE)


def test_who_is_confirmed_late_sees_again_what_he_saw_and_the_gap_stays_to_be_read(
    own_house, owner
):
    case = situations.assigned_case(to="samira")
    round_is_over(owner, "samira")
    shut_out = timezone.now()
    confirm("samira", "bureau")

    assert roles_of("samira") == {"interventiemanager"}
    samira = user("samira")
    with acting_as(user("fg").pk):
        now = explain(samira, case.number, Scope.LEAD_CASE, timezone.now())
        then = explain(samira, case.number, Scope.LEAD_CASE, shut_out)
    assert (now.allowed, then.allowed, then.rule) == (True, False, "not_confirmed")


def test_who_is_no_longer_needed_ends_with_the_last_day_and_after_it_at_once(own_house, owner):
    begin()
    confirm("politie", "beheerder", needed=False, reason="Andere baan")
    assert roles_of("politie") == {"ketenpartner"}
    round_is_over(owner, "ggd")  # another round than this, that is over
    assert roles_of("politie2") == {"ketenpartner"}

    confirm("politie2", "beheerder", needed=False)

    assert roles_of("politie2") == set()


def test_a_new_round_takes_nothing_from_who_was_shut_out_before_it_nor_gives_him_anything(
    own_house, owner
):
    round_is_over(owner, "politie")
    begin()
    assert roles_of("politie") == set()

    confirm("politie", "beheerder")

    assert roles_of("politie") == {"ketenpartner"}


def test_who_got_his_account_during_the_round_is_not_asked(own_house, owner):
    round_is_over(owner, "politie")

    assert roles_of("politie2") == {"ketenpartner"}  # his account is younger than the round


def test_an_account_that_is_switched_on_again_by_the_house_counts_as_confirmed(own_house, owner):
    round_is_over(owner, "politie")
    office = user("bureau")
    with acting_as(office.pk):
        operations.set_active(user("politie"), False, by=office)
        operations.set_active(user("politie"), True, by=office)

    assert roles_of("politie") == {"ketenpartner"}


def test_the_house_keeps_one_door_until_somebody_of_the_office_is_confirmed(own_house, owner):
    round_is_over(owner, *(each.username for each in everybody()))
    assert roles_of("bureau") == {"bedrijfsbureau"}
    assert roles_of("manager") == set()

    confirm("manager", "bureau")
    second = situations.second_of_the_office()
    assert roles_of("bureau") == set()

    confirm("bureau", second.username)
    assert roles_of("bureau") == {"bedrijfsbureau"}


def everybody():
    with acting_as(ANONYMOUS):
        return list(User.objects.all())


# --- who says it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("politie", "beheerder"),
        ("beheerder", "bureau"),
        ("samira", "bureau"),
        ("bureau", "manager"),
    ],
)
def test_who_keeps_the_account_confirms_it_and_the_manager_the_office(db, name, by):
    begin()

    confirm(name, by)

    with acting_as(user("bureau").pk):
        row = Bevestiging.objects.get(user__username=name)
        assert (row.needed, row.decided_by.username) == (True, by)


@pytest.mark.parametrize("name", ["beheerder", "bureau", "manager"])
def test_nobody_confirms_himself(db, name):
    begin()
    with pytest.raises(Refused) as refused:
        confirm(name, name)

    assert refused.value.codes == {"own_account"}
    the_database_refuses(name, "SELECT vh.confirm(%s, true, '')", user(name).pk)


@pytest.mark.parametrize("name", ["ggd", "privacy"])
def test_an_administrator_confirms_nobody_elsewhere_nor_who_has_a_role_of_the_house(db, name):
    begin()
    with pytest.raises((Refused, PermissionDenied)):
        confirm(name, "beheerder")

    the_database_refuses("beheerder", "SELECT vh.confirm(%s, true, '')", user(name).pk)


@pytest.mark.parametrize("name", ["samira", "politie", "stuurgroep", "fg"])
def test_others_begin_no_round_and_confirm_nobody(db, name):
    with pytest.raises(PermissionDenied):
        begin(by=name)
    the_database_refuses(name, "SELECT vh.begin_round(gen_random_uuid())")
    begin()
    the_database_refuses(name, "SELECT vh.confirm(%s, true, '')", user("tom").pk)
    the_database_refuses(name, "UPDATE partners_bevestigingsronde SET last_day = '2099-01-01'")


def test_of_who_is_shut_out_no_word_counts_any_more(own_house, owner):
    round_is_over(owner, "beheerder", "politie")

    the_database_refuses("beheerder", "SELECT vh.confirm(%s, true, '')", user("politie").pk)


def test_before_the_first_round_and_of_an_account_that_is_off_there_is_nothing_to_confirm(db):
    with pytest.raises(Refused) as refused:
        confirm("politie", "bureau")
    assert refused.value.codes == {"no_round"}
    begin()
    office = user("bureau")
    with acting_as(office.pk):
        operations.set_active(user("politie"), False, by=office)
    with pytest.raises(Refused) as refused:
        confirm("politie", "bureau")
    assert refused.value.codes == {"off"}
    the_database_refuses("bureau", "SELECT vh.confirm(%s, true, '')", user("politie").pk)


def test_one_round_runs_at_a_time(db):
    first = begin()
    assert rules.obstacles_to_begin_round(first)
    with pytest.raises(Refused) as refused:
        begin()
    assert refused.value.codes == {"round_runs"}
    with acting_as(user("bureau").pk), connection.cursor() as cursor:
        cursor.execute("SELECT vh.begin_round(gen_random_uuid())")
        assert cursor.fetchone() == (False,)


def test_a_round_lasts_as_long_as_the_house_agreed(db):
    assert begin().last_day == timezone.localdate() + timedelta(days=21)


def test_of_one_who_may_not_be_confirmed_nobody_is(db):
    begin()
    keeper = user("beheerder")
    with acting_as(keeper.pk), pytest.raises(Refused):
        operations.confirm([Word(user("politie"), True), Word(keeper, True)], by=keeper)

    with acting_as(user("bureau").pk):
        assert not Bevestiging.objects.exists()


# --- who hears it -------------------------------------------------------------------------------


def test_who_keeps_accounts_hears_that_a_round_began(db):
    begin()

    assert told("bevestigen") == {"beheerder", "beheerder2"}


def test_the_clock_begins_a_round_when_the_house_or_the_last_one_is_half_a_year_old(
    own_house, owner
):
    assert tend_round() == 0
    owner.execute("UPDATE partners_activation SET on_from = now() - interval '183 days'")

    assert [tend_round(), tend_round()] == [3, 0]
    assert told("bevestigen") == {"beheerder", "beheerder2", "bureau"}
    owner.execute(
        "UPDATE partners_bevestigingsronde SET began_at = now() - interval '181 days',"
        " last_day = vh.today() - 160"
    )
    assert tend_round() == 0
    owner.execute("UPDATE partners_bevestigingsronde SET began_at = now() - interval '183 days'")
    assert tend_round() > 0


def test_in_the_last_week_who_is_not_ready_hears_it_once_more(own_house, owner):
    begin()
    confirm("politie", "beheerder")
    confirm("politie2", "beheerder")
    assert tend_round() == 0
    owner.execute("UPDATE partners_bevestigingsronde SET last_day = vh.today() + 7")

    assert [tend_round(), tend_round()] == [2, 0]
    assert told("bevestigen_herinnering") == {"beheerder2"}
    assert told("bevestigen_bureau") == {"bureau"}


# --- the pages ----------------------------------------------------------------------------------


def page_of(slug="politie"):
    return reverse("partners:confirm", args=[slug])


def test_he_confirms_all_his_colleagues_on_one_page_and_can_save_a_part(browse):
    begin()
    first, second, page = user("politie"), user("politie2"), browse("beheerder")
    sent = {f"nodig_{first.pk}": "nodig", f"nodig_{second.pk}": "", f"reden_{second.pk}": ""}

    assert page.post(page_of(), sent, follow=True).status_code == 200

    with acting_as(user("bureau").pk):
        assert set(Bevestiging.objects.values_list("user__username", flat=True)) == {"politie"}
    sent |= {f"nodig_{second.pk}": "niet_nodig", f"reden_{second.pk}": "Met pensioen"}
    page.post(page_of(), sent)
    with acting_as(user("bureau").pk):
        words = Bevestiging.objects.values_list("user__username", "needed", "reason")
        assert set(words) == {("politie", True, ""), ("politie2", False, "Met pensioen")}


def test_what_is_no_answer_gets_a_sentence_and_nothing_typed_is_lost(browse):
    begin()
    first, second = user("politie"), user("politie2")
    sent = {f"nodig_{first.pk}": "misschien", f"reden_{second.pk}": "Blijft"}

    answer = browse("beheerder").post(page_of(), sent)

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Kies ‘Nodig’ of ‘Niet meer nodig’" in said
    assert "Blijft" in said


def test_a_reason_without_a_choice_is_asked_about_and_not_lost(browse):
    begin()

    answer = browse("beheerder").post(page_of(), {f"reden_{user('politie').pk}": "Gaat weg"})

    assert answer.status_code == 422
    assert "Kies ook ‘Nodig’ of ‘Niet meer nodig’" in answer.content.decode()
    assert "Gaat weg" in answer.content.decode()


def test_his_own_account_and_those_of_the_house_he_reads_and_does_not_decide(browse):
    begin()
    said = browse("beheerder").get(page_of()).content.decode()

    assert f"nodig_{user('politie').pk}" in said
    for name in ("beheerder", "privacy"):
        assert f"nodig_{user(name).pk}" not in said
    assert "Uw eigen account bevestigt een ander" in said


def test_he_finds_no_other_organisation_and_without_a_round_nobody_finds_anything(browse):
    assert browse("bureau").get(page_of()).status_code == 404
    begin()
    assert browse("beheerder").get(page_of("mondriaan")).status_code == 404
    assert browse("manager").get(page_of("mondriaan")).status_code == 200


def test_the_office_sees_how_far_each_organisation_is_and_whom_to_call(browse):
    begin()
    said = " ".join(browse("bureau").get(reverse("partners:rounds")).content.decode().split())

    assert "GGD" in said
    assert "bel de organisatie" in said


def test_the_office_begins_a_round_by_a_button(browse):
    browse("bureau").post(reverse("partners:round_begin"))

    assert Bevestigingsronde.objects.count() == 1


def test_he_reads_on_his_own_account_until_when_he_sees_things_and_whom_to_ask(browse):
    assert "Bent u bevestigd?" not in browse("politie").get("/account/").content.decode()
    begin()
    said = " ".join(browse("politie").get("/account/").content.decode().split())

    assert "nog niet bevestigd" in said
    assert "Saskia Vroomen" in said


def test_who_is_shut_out_lands_on_a_page_that_says_whom_to_ask(own_house, owner):
    inside = enter(Browser(), user("politie"))
    round_is_over(owner, "politie")

    said = " ".join(inside.get("/", follow=True).content.decode().split())

    assert "U ziet nu niets, want uw account is niet bevestigd" in said
    assert "Saskia Vroomen" in said
    assert inside.get("/dossiers/").status_code == 404
