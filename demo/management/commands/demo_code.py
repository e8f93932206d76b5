"""`manage.py demo_code USER`: what the app of somebody of the demo house shows now."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from demo.people import ACCOUNTS, OFFICE, SIGNATORIES
from veiligheidshuis import factors
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """Stands in for the telephone of somebody in the demo house."""

    help = "De code van nu, voor de tweede stap van het inloggen in het demohuis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="INLOGNAAM")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Het demohuis hoort niet in productie.")
        secrets = {
            account.username: account.secret for account in (OFFICE, *ACCOUNTS, *SIGNATORIES)
        }
        if options["username"] not in secrets:
            raise CommandError(f"Kies een van: {', '.join(secrets)}.")
        self.stdout.write(factors.code_now(secrets[options["username"]]))
