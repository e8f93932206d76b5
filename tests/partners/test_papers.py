"""Nobody works with persons without papers that are valid; access ends on the day that they do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from partners import operations
from partners.models import Clearance, Role
from partners.tasks import remind_of_papers
from tests import situations
from tests.entering import enter
from tests.situations import organisation, user, with_papers
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

Kind = Clearance.Kind


@pytest.fixture
def joke(db):
    """An interventiemanager with an account and without papers."""
    return appointed(Role.INTERVENTIEMANAGER)


def appointed(role):
    """Somebody of the municipality with a new account and this role."""
    office = user("bureau")
    with acting_as(office.pk):
        return operations.add_user(
            organisation("gemeente-heerlen"),
            username="joke",
            first_name="Joke",
            last_name="van den Berg",
            email="joke@gemeente.example",
            role=role,
            by=office,
        )


def asked_of_the_database(person, question):
    with acting_as(person.pk), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}")
        return cursor.fetchone()[0]


def record(person, kind, *, days, by="manager", seen=0):
    today = timezone.localdate()
    with acting_as(user(by).pk):
        operations.record_clearance(
            person,
            kind,
            seen_on=today + timedelta(days=seen),
            valid_until=today + timedelta(days=days),
            by=user(by),
        )


def test_a_role_without_papers_is_no_role(joke):
    assert joke.active_roles == frozenset()
    assert joke.principal_ids == []
    assert asked_of_the_database(joke, "vh.roles()") == []
    assert asked_of_the_database(joke, "vh.principals()") == []


@pytest.mark.parametrize("missing", Kind)
def test_two_papers_of_three_are_not_enough(joke, missing):
    nearly = with_papers(joke, **{missing.value: None})

    assert nearly.active_roles == frozenset()
    assert asked_of_the_database(nearly, "vh.has_role('interventiemanager')") is False


def test_with_all_three_the_role_counts(joke):
    cleared = with_papers(joke)

    assert cleared.active_roles == {Role.INTERVENTIEMANAGER}
    assert asked_of_the_database(cleared, "vh.has_role('interventiemanager')") is True
    assert cleared.principal_ids


@pytest.mark.parametrize("role", [Role.STUURGROEP, Role.COMMISSIELID])
def test_who_never_sees_a_person_needs_no_papers(db, role):
    """Members of the stuurgroep and residents see figures and places only."""
    nobody_saw = appointed(role)

    assert nobody_saw.active_roles == {role}
    assert asked_of_the_database(nobody_saw, f"vh.has_role('{role}')") is True


def test_an_expired_paper_ends_access_at_once_in_the_page_and_in_the_database(own_house, owner):
    case = situations.assigned_case(to="samira")
    inside, page = enter(Browser(), user("samira")), f"/dossiers/{case.number}/"
    assert inside.get(page).status_code == 200

    owner.execute(
        "UPDATE partners_clearance SET seen_on = vh.today() - 9, valid_until = vh.today() - 1"
        " WHERE user_id = %s AND kind = 'scholing'",
        [user("samira").pk],
    )

    assert inside.get(page).status_code == 404
    with acting_as(user("samira").pk):
        assert not Case.objects.exists()
        assert user("samira").active_roles == frozenset()


@pytest.mark.parametrize(
    ("paper", "refused"),
    [
        ({"days": 10, "seen": 1}, "seen_later"),
        ({"days": -2, "seen": -1}, "ends_before_start"),
    ],
)
def test_a_paper_with_impossible_days_is_refused(joke, paper, refused):
    with pytest.raises(Refused) as stopped:
        record(joke, Kind.VOG, **paper)

    assert stopped.value.codes == {refused}


def test_nobody_sees_his_own_papers(db):
    with pytest.raises(Refused) as stopped:
        record(user("bureau"), Kind.VOG, days=10, by="bureau")
    assert stopped.value.codes == {"own_papers"}

    own = f"vh.record_clearance({user('bureau').pk}, 'vog', vh.today(), vh.today())"
    with pytest.raises(ProgrammingError, match="own papers"):
        asked_of_the_database(user("bureau"), own)


@pytest.mark.parametrize("name", ["samira", "politie", "stuurgroep"])
def test_only_the_office_and_the_manager_see_papers(joke, name):
    with pytest.raises(PermissionDenied):
        record(joke, Kind.VOG, days=10, by=name)
    question = f"vh.record_clearance({joke.pk}, 'vog', vh.today(), vh.today())"
    with pytest.raises(ProgrammingError, match="needs the role"):
        asked_of_the_database(user(name), question)


def test_the_papers_are_kept_on_a_page(browse, joke):
    manager, page = browse("manager"), reverse("partners:papers_of", args=[joke.pk])
    assert manager.get(page).content.decode().count("ontbreekt") == 3

    day = timezone.localdate() + timedelta(days=365)
    for kind in Kind:
        typed = {"kind": kind, "seen_on": "1-11-2026", "valid_until": f"{day:%d-%m-%Y}"}
        assert manager.post(page, typed).url == page

    assert manager.get(page).content.decode().count("in orde") == 3
    assert user("joke").active_roles == {Role.INTERVENTIEMANAGER}
    assert manager.post(page, {"kind": "vog", "seen_on": "x"}).status_code == 422
    late = {"kind": "vog", "seen_on": "1-11-2026", "valid_until": "1-10-2026"}
    assert manager.post(page, late).status_code == 409


def test_whose_access_ends_first_stands_on_top(browse, joke):
    record(user("ggd"), Kind.VOG, days=800)
    shown = browse("bureau").get("/beheer/papieren/").content.decode()

    assert shown.index("Joke van den Berg") < shown.index("Samira Haddou")
    assert "Wil Dohmen" not in shown  # a resident needs none


def ending(owner, days, *names, kind="vog"):
    """The paper of these people is valid so many days from now on."""
    ends = "UPDATE partners_clearance SET valid_until = vh.today() + %s WHERE user_id = %s"
    for name in names:
        owner.execute(f"{ends} AND kind = %s", [days, user(name).pk, kind])


def mailed(kind):
    """Who got this mail, by name; somebody who got it twice stands there twice."""
    with acting_in_role("post"):
        to = [mail.recipient_id for mail in OutboxMail.objects.filter(kind=kind)]
    names = {user(name).pk: name for name in ("samira", "tom", "bureau", "tweede")}
    return sorted(names[pk] for pk in to)


@pytest.fixture
def office(own_house, owner):
    """Two people of the bedrijfsbureau, with papers that last."""
    with acting_as(user("bureau").pk):
        second = operations.add_user(
            organisation("gemeente-heerlen"),
            username="tweede",
            first_name="Petra",
            last_name="Tweede",
            email="petra@gemeente.example",
            role=Role.BEDRIJFSBUREAU,
            by=user("bureau"),
        )
    with_papers(second)
    owner.execute("UPDATE partners_clearance SET valid_until = vh.today() + 700")


def test_who_has_papers_that_end_is_told_once_and_so_is_the_office(office, owner):
    ending(owner, 50, "samira", "tom")
    ending(owner, 40, "samira", kind="scholing")
    record(user("tom"), Kind.VOG, days=700)  # he was in time

    assert [remind_of_papers(), remind_of_papers()] == [1, 0]
    assert mailed("papieren") == ["samira"]
    assert mailed("papieren_bureau") == ["bureau", "tweede"]


def test_shortly_before_the_end_both_are_told_once_more(office, owner):
    ending(owner, 50, "samira")
    remind_of_papers()
    ending(owner, 7, "samira")

    assert [remind_of_papers(), remind_of_papers()] == [1, 0]
    assert mailed("papieren") == mailed("papieren_laatste") == ["samira"]
    assert mailed("papieren_bureau") == mailed("papieren_bureau_laatste") == ["bureau", "tweede"]
    ending(owner, -1, "samira")
    assert remind_of_papers() == 0


def test_whose_paper_was_recorded_late_gets_the_last_word_at_once(office, owner):
    ending(owner, 3, "samira")

    assert [remind_of_papers(), remind_of_papers()] == [1, 0]
    assert (mailed("papieren"), mailed("papieren_laatste")) == ([], ["samira"])


def test_the_office_gets_one_mail_however_many_people_it_is_about(office, owner):
    ending(owner, 50, "samira", "tom")

    assert remind_of_papers() == 2
    assert mailed("papieren_bureau") == ["bureau", "tweede"]


def test_who_is_the_office_himself_hears_of_his_own_papers_once(office, owner):
    ending(owner, 50, "bureau")

    assert remind_of_papers() == 1
    assert mailed("papieren") == ["bureau"]
    assert mailed("papieren_bureau") == ["tweede"]


def remind_and_die():
    with acting_in_role("clock"):
        assert remind_of_papers.run() == 1
        raise InterruptedError


def test_a_reminder_that_did_not_stand_is_sent_the_next_time(office, owner):
    """A worker that dies between the mark and the mail loses neither."""
    ending(owner, 50, "samira")
    with pytest.raises(InterruptedError):
        remind_and_die()

    assert mailed("papieren") == []
    assert remind_of_papers() == 1
    assert mailed("papieren") == ["samira"]


def test_the_first_of_the_house_has_three_months_to_find_a_colleague(db):
    office = user("bureau")
    with acting_as(office.pk):
        ends = {each.valid_until for each in Clearance.objects.filter(user=office)}

    assert ends == {timezone.localdate() + timedelta(days=90)}
