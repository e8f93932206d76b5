"""`manage.py demo_accounts [--json]`: who you can be in the demo house.

`secret` in the JSON is the secret of his app with codes (base32, six digits, half a minute).
"""

import json
from typing import Any

from django.core.management.base import CommandParser

from demo.people import ACCOUNTS, OFFICE, PASSWORD, SIGNATORIES
from partners.models import User
from veiligheidshuis import needtoknow
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """Tells who lives in the demo house, to people and to scripts."""

    help = "De accounts van het demohuis: inlognaam, wachtwoord, rol en organisatie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON, voor een script")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [
            {
                "username": account.username,
                "password": PASSWORD,
                "secret": account.secret,
                "name": f"{account.first_name} {account.last_name}",
                "role": account.role.value,
                "organisation": user.organisation.short_name,
            }
            for account, user in _seated()
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            del row["secret"]
        widths = {key: max(len(key), *(len(row[key]) for row in rows)) for key in rows[0]}
        titles = ("inlognaam", "wachtwoord", "naam", "rol", "organisatie")
        widths = {
            key: max(width, len(title))
            for (key, width), title in zip(widths.items(), titles, strict=True)
        }
        for line in (dict(zip(widths, titles, strict=True)), *rows):
            self.stdout.write("  ".join(line[key].ljust(widths[key]) for key in widths).rstrip())
        self.stdout.write("\nDe code voor de tweede stap: ./run manage demo_code INLOGNAAM")


def _seated() -> list[Any]:
    with needtoknow.acting_as(needtoknow.ANONYMOUS):
        users = {u.username: u for u in User.objects.select_related("organisation")}
    return [
        (a, users[a.username]) for a in (OFFICE, *ACCOUNTS, *SIGNATORIES) if a.username in users
    ]
