"""`./run manage verify_access_log`: is the access log whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from veiligheidshuis import logchain
from veiligheidshuis.needtoknow import acting_in_role


class Command(BaseCommand):
    """Verifies every line against its chain, and the chains against their anchors."""

    help = "Controleert of het inzagelogboek heel is: elke regel, en de ankers buiten de database."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_in_role("clock"):
            lines, breaks = logchain.verify()
            anchors = len(set(logchain.anchored()))
            breaks += logchain.differing()
        places = len(logchain.places())
        for found in breaks:
            self.stdout.write(str(found))
        self.stdout.write(f"{lines} regels gecontroleerd, {anchors} ankers op {places} plaatsen.")
        if breaks:
            raise CommandError(f"Het inzagelogboek is niet heel: {len(breaks)} keer mis.")
        self.stdout.write("Het logboek is heel.")
