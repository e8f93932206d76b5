"""./run manage open_house USERNAME --voornaam … --achternaam … --e-mail …: the first account."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import ProgrammingError

from partners import operations
from partners.models import User
from veiligheidshuis import needtoknow
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """Give an empty house its bedrijfsbureau; everybody else gets an account from there. GOV-03.

    Works once. The password is asked for, or is the first line of what is piped in: on the command
    line it would stay behind in the history of the shell.
    """

    help = "Maakt het eerste account van een leeg huis: het bedrijfsbureau."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="INLOGNAAM")
        parser.add_argument("--voornaam", required=True, dest="first_name")
        parser.add_argument("--achternaam", required=True, dest="last_name")
        parser.add_argument("--e-mail", required=True, dest="email")

    def handle(self, *args: Any, **options: Any) -> None:
        who = {name: options[name] for name in ("username", "first_name", "last_name", "email")}
        password = asked_password()
        try:
            validate_password(password, User(**who))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        try:
            with needtoknow.acting_as(needtoknow.ANONYMOUS):
                operations.open_house(**who, password=password)
        except ProgrammingError as error:
            raise CommandError(
                "Het huis heeft al accounts. Het bedrijfsbureau maakt nieuwe, onder Gebruikers."
            ) from error
        self.stdout.write("Het eerste account is er. Log in en stel je tweede stap in.")


def asked_password() -> str:
    """What somebody types unseen, or the first line of what a program sends."""
    if sys.stdin.isatty():
        return getpass("Wachtwoord: ")
    return sys.stdin.readline().rstrip("\n")
