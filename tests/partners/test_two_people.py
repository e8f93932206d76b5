"""One gives somebody his role, another sees his papers: nobody makes a colleague alone. AC-12."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from psycopg import Connection

from partners import operations
from partners.models import Clearance, Role, User
from tests.situations import organisation, user, with_papers
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

A_ROLE = "vh.appoint(%s, 'ketenpartner', vh.today(), NULL)"
A_PAPER = "vh.record_clearance(%s, 'vog', vh.today(), vh.today())"


def newcomer(name: str, role: Role, *, by: str = "bureau", in_days: int = 0) -> User:
    """A new account of the municipality, with this role and without papers."""
    office = user(by)
    with acting_as(office.pk):
        return operations.add_user(
            organisation("gemeente-heerlen"),
            username=name,
            first_name=name.capitalize(),
            last_name="de Nieuwe",
            email=f"{name}@gemeente.example",
            role=role,
            start_date=timezone.localdate() + timedelta(days=in_days),
            by=office,
        )


def record(person: User, kind: str = "vog", *, by: str) -> None:
    """He says that he saw this paper today."""
    today, seer = timezone.localdate(), user(by)
    with acting_as(seer.pk):
        until = today + timedelta(days=365)
        operations.record_clearance(person, kind, seen_on=today, valid_until=until, by=seer)


def appoint(person: User, role: Role, *, by: str) -> None:
    office = user(by)
    with acting_as(office.pk):
        operations.appoint(person, role, by=office)


def the_database_refuses(who: str, question: str, about: User, says: str) -> None:
    with (
        acting_as(user(who).pk),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=says),
        transaction.atomic(),
    ):
        cursor.execute(f"SELECT {question}", [about.pk])


@pytest.fixture
def second(db: None) -> User:
    """A second of the bedrijfsbureau: the first gave the role, the manager saw his papers."""
    return with_papers(newcomer("tweede", Role.BEDRIJFSBUREAU))


@pytest.mark.parametrize("in_days", [0, 30])
def test_who_gave_a_role_sees_no_papers(db, in_days):
    joke = newcomer("joke", Role.INTERVENTIEMANAGER, in_days=in_days)

    with pytest.raises(Refused) as refused:
        record(joke, by="bureau")

    assert refused.value.codes == {"gave_role"}
    the_database_refuses("bureau", A_PAPER, joke, "who gave the role")


def test_nor_does_he_see_them_when_they_are_renewed(db):
    joke = with_papers(newcomer("joke", Role.INTERVENTIEMANAGER))

    with pytest.raises(Refused) as refused:
        record(joke, by="bureau")

    assert refused.value.codes == {"gave_role"}


def test_who_saw_papers_gives_no_role(second):
    joke = newcomer("joke", Role.INTERVENTIEMANAGER)
    record(joke, by="tweede")

    with pytest.raises(Refused) as refused:
        appoint(joke, Role.KETENPARTNER, by="tweede")

    assert refused.value.codes == {"saw_papers"}
    the_database_refuses("tweede", A_ROLE, joke, "who saw the papers")


@pytest.mark.parametrize("seer", ["tweede", "manager"])
def test_a_colleague_of_the_office_or_the_manager_sees_them(second, seer):
    joke = newcomer("joke", Role.INTERVENTIEMANAGER)
    for kind in Clearance.Kind:
        record(joke, kind, by=seer)

    assert user("joke").active_roles == {Role.INTERVENTIEMANAGER}


def test_one_of_the_office_alone_makes_no_colleagues_who_can_do_anything(db):
    """Two invented people, of whom one would hand a dossier to the other."""
    leader, manager = newcomer("pop-im", Role.INTERVENTIEMANAGER), newcomer("pop-mg", Role.MANAGER)
    for each in (leader, manager):
        with pytest.raises(Refused):
            record(each, by="bureau")

    assert {user(name).active_roles for name in ("pop-im", "pop-mg")} == {frozenset()}
    with pytest.raises(PermissionDenied):
        record(leader, by="pop-mg")
    the_database_refuses("pop-mg", A_PAPER, leader, "needs the role")


def test_a_role_and_a_paper_that_are_over_bind_nobody(own_house, owner):
    joke = with_papers(newcomer("joke", Role.INTERVENTIEMANAGER))
    with_papers(newcomer("tweede", Role.BEDRIJFSBUREAU))
    record(joke, by="tweede")
    owner.execute(
        "UPDATE partners_appointment SET start_date = vh.today() - 9, end_date = vh.today() - 1"
        " WHERE user_id = %s",
        [joke.pk],
    )
    owner.execute(
        "UPDATE partners_clearance SET seen_on = vh.today() - 9, valid_until = vh.today() - 1"
        " WHERE recorded_by_id = %s",
        [user("tweede").pk],
    )

    record(joke, by="bureau")
    appoint(joke, Role.INTERVENTIEMANAGER, by="tweede")


def test_nobody_does_both_at_the_same_moment(own_house, owner):
    """The rule of the second saw nothing yet: the database lets him wait, and then refuses."""
    tom = user("tom")
    owner.execute(
        "UPDATE partners_appointment SET granted_by_id = NULL WHERE user_id = %s", [tom.pk]
    )

    def see_a_paper() -> str:
        try:
            record(tom, by="bureau")
        except ProgrammingError as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "genoteerd"

    with ThreadPoolExecutor(1) as pool:
        with acting_as(user("bureau").pk):
            operations.appoint(tom, Role.KETENPARTNER, by=user("bureau"))
            meanwhile = pool.submit(see_a_paper)
            wait_for_a_lock(owner)
        assert "who gave the role" in meanwhile.result()


def wait_for_a_lock(owner: Connection) -> None:
    """Until somebody in this house waits for another."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"  # of others he sees no more
    for _ in range(200):
        if owner.execute(waiting).fetchone()[0]:
            return
        time.sleep(0.05)
    raise AssertionError("niemand wacht")


def test_the_page_of_an_account_says_that_another_gives_the_role(browse, second):
    joke = newcomer("joke", Role.INTERVENTIEMANAGER)
    record(joke, by="tweede")
    page, address = (
        reverse("partners:user", args=[joke.pk]),
        reverse("partners:appoint", args=[joke.pk]),
    )

    def main(who: str) -> BeautifulSoup:
        return BeautifulSoup(browse(who).get(page).content, "html.parser").main

    assert main("tweede").select("[data-code=saw_papers]")
    assert not main("tweede").select(f"form[action='{address}']")
    assert not main("bureau").select("[data-code]")
    assert main("bureau").select(f"form[action='{address}']")


def test_a_form_that_was_open_meanwhile_stays_with_what_was_typed(browse, second):
    joke = newcomer("joke", Role.INTERVENTIEMANAGER)
    record(joke, by="tweede")
    typed = {"role": Role.KETENPARTNER, "start_date": "1-12-2026"}

    answer = browse("tweede").post(reverse("partners:appoint", args=[joke.pk]), typed)

    assert answer.status_code == 409
    assert 'value="1-12-2026"' in answer.content.decode()


def test_the_manager_finds_the_papers_and_no_accounts(browse):
    joke, manager = newcomer("joke", Role.INTERVENTIEMANAGER), browse("manager")

    for route, args in (("partners:papers", []), ("partners:papers_of", [joke.pk])):
        shown = manager.get(reverse(route, args=args)).content.decode()
        assert "Joke de Nieuwe" in shown
        for page in (reverse("partners:users"), reverse("partners:user", args=[joke.pk])):
            assert f'href="{page}"' not in shown
