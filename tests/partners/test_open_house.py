"""The first account of an empty house, made at the machine itself. GOV-03; docs/productie.md."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse

from partners.models import Appointment, Role, User
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

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
