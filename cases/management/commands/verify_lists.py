"""`./run manage verify_lists`: is every adopted prioriteitenlijst still what was adopted?"""

from typing import Any

from django.core.management.base import CommandError

from cases.presenters.adoption import check_all
from veiligheidshuis.commands import HouseCommand
from veiligheidshuis.needtoknow import acting_in_role


class Command(HouseCommand):
    """Holds each adopted list against its fingerprint."""

    help = "Controleert of elke vastgestelde prioriteitenlijst nog is wat is vastgesteld."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_in_role("clock"):
            checks = check_all()
        for each in checks:
            self.stdout.write(f"Prioriteitenlijst {each.code}: {each.sentence}")
        broken = [each.code for each in checks if not each.whole]
        if broken:
            raise CommandError(f"Niet meer heel: {', '.join(broken)}.")
        self.stdout.write(f"Gecontroleerd: {len(checks)}. Alles is heel.")
