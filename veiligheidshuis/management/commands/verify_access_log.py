"""`./run manage verify_access_log`: is the access log whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from veiligheidshuis import logchain
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as


class Command(BaseCommand):
    """Verifies every line against its chain, and the chains against their anchors."""

    help = "Controleert of het inzagelogboek heel is: elke regel, en de ankers buiten de database."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(ANONYMOUS):
            lines, breaks = logchain.verify()
            anchors = len(set(logchain.anchored()))
            breaks += logchain.differing()
        for found in breaks:
            self.stdout.write(str(found))
        if breaks:
            raise CommandError(f"Het inzagelogboek is niet heel: {len(breaks)} keer mis.")
        self.stdout.write(f"{lines} regels gecontroleerd, {anchors} ankers. Het logboek is heel.")
