"""The first account of an empty house, made at the machine itself. GOV-03; docs/productie.md."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from partners import operations
from partners.models import Appointment, Clearance, Role, User
from tests.situations import organisation
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as
from veiligheidshuis.obstacles import Refused

WORD = "een-huis-vol-sleutels"
WHO = ("ilse", "--voornaam", "Ilse", "--achternaam", "Vermeulen", "--e-mail", "ilse@huis.example")


@pytest.fixture
def opening(monkeypatch):
    """Type the command, with this password."""

    def open_with(password):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        call_command("open_house", *WHO)

    return open_with


def test_the_first_account_is_of_the_bedrijfsbureau_and_can_log_in(empty_house, opening):
    opening(WORD)
    with acting_as(ANONYMOUS):
        user = User.objects.get()
    with acting_as(user.pk):
        assert [a.role for a in Appointment.objects.filter(user=user)] == [Role.BEDRIJFSBUREAU]
    typed = {"username": "ilse", "password": WORD}
    let_in = Browser().post(reverse("login"), typed, follow=True)
    assert let_in.redirect_chain[-1][0] == reverse("set_up")


def test_an_open_house_is_not_opened_again(empty_house, opening):
    opening(WORD)
    with pytest.raises(CommandError, match="heeft al accounts"):
        opening(WORD)
    with acting_as(ANONYMOUS):
        assert User.objects.count() == 1


@pytest.mark.parametrize(("password", "sentence"), [("kort", "langer"), ("1" * 14, "cijfers")])
def test_a_weak_password_opens_no_house(empty_house, opening, password, sentence):
    with pytest.raises(CommandError, match=sentence):
        opening(password)
    with acting_as(ANONYMOUS):
        assert not User.objects.exists()


def seat(name, role, *, by):
    """An account with this role, by the office."""
    with acting_as(by.pk):
        return operations.add_user(
            organisation("gemeente-heerlen"),
            username=name,
            first_name=name.capitalize(),
            last_name="de Groot",
            email=f"{name}@huis.example",
            role=role,
            by=by,
        )


def see_papers(person, *, by):
    """All three, seen today; who sees them is read anew, with the roles that he has by now."""
    today = timezone.localdate()
    with acting_as(by.pk):
        by = User.objects.get(pk=by.pk)
        for kind in Clearance.Kind:
            operations.record_clearance(person, kind, seen_on=today, valid_until=today, by=by)


@pytest.fixture
def first(empty_house, opening):
    """The only one of a house that was opened today."""
    opening(WORD)
    with acting_as(ANONYMOUS):
        return User.objects.get()


@pytest.mark.parametrize("role", [Role.BEDRIJFSBUREAU, Role.MANAGER])
def test_the_first_makes_the_second_of_the_office_alone_and_from_then_on_nobody(first, role):
    second = seat("second", role, by=first)
    see_papers(second, by=first)
    third = seat("third", Role.MANAGER, by=first)

    see_papers(second, by=first)  # renewed: there is nobody else yet
    with pytest.raises(Refused) as refused:
        see_papers(third, by=first)
    assert refused.value.codes == {"gave_role"}

    see_papers(third, by=second)
    with pytest.raises(Refused):
        see_papers(second, by=first)


def test_the_first_makes_nobody_who_works_with_dossiers_alone(first):
    leader = seat("samira", Role.INTERVENTIEMANAGER, by=first)

    with pytest.raises(Refused) as refused:
        see_papers(leader, by=first)

    assert refused.value.codes == {"gave_role"}
    with acting_as(first.pk), pytest.raises(ProgrammingError, match="who gave the role"):
        operations.people.call("record_clearance", leader.pk, "vog", *[timezone.localdate()] * 2)


def test_nobody_comes_to_be_alone_by_switching_the_others_off(first):
    second = seat("second", Role.MANAGER, by=first)
    see_papers(second, by=first)
    with acting_as(first.pk):
        operations.set_active(second, False, by=first)
    invented = seat("pop", Role.MANAGER, by=first)

    with pytest.raises(Refused) as refused:
        see_papers(invented, by=first)

    assert refused.value.codes == {"gave_role"}
    with acting_as(first.pk), pytest.raises(ProgrammingError, match="who gave the role"):
        operations.people.call("record_clearance", invented.pk, "vog", *[timezone.localdate()] * 2)
