"""`./run manage verify_access_log`: is the access log whole?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from veiligheidshuis import logchain
from veiligheidshuis.commands import HouseCommand
from veiligheidshuis.needtoknow import acting_in_role


class Command(HouseCommand):
    """Verifies each line against its chain, and the chains against their anchors."""

    help = (
        "Controleert of het inzagelogboek heel is: elke regel, of vlug wat nog niet is afgesloten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--vlug", action="store_true", help="van wat is afgesloten alleen tellen en vergelijken"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_in_role("clock"):
            verify = logchain.verify_since_closing if options["vlug"] else logchain.verify_all
            verified = verify()
        for found in verified.breaks:
            self.stdout.write(str(found))
        self.stdout.write(self._in_words(verified))
        if verified.breaks:
            raise CommandError(f"Het inzagelogboek is niet heel: {len(verified.breaks)} keer mis.")
        self.stdout.write("Het logboek is heel.")

    def _in_words(self, verified: logchain.Verification) -> str:
        since = verified.closed_at
        closing = f" sinds de afsluiting van {since:%d-%m-%Y %H:%M}" if since else ""
        places = f"{verified.anchors} ankers op {len(logchain.places())} plaatsen"
        return f"{verified.lines} regels gecontroleerd{closing}, {places}."
