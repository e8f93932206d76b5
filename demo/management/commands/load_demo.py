"""`manage.py load_demo`: furnish the demo house, by the real operations, as its own people."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from demo.confirming import confirm_everybody
from demo.neighbourhood import settle
from demo.people import seat_people
from demo.story import tell
from veiligheidshuis import pdf
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """Furnishes the demo house, wholly or not at all."""

    help = "Richt het demohuis in. Doet niets als het al is ingericht."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Het demohuis hoort niet in productie.")
        seat_people()
        told, settled = tell(), settle()
        if confirm_everybody() or told or settled:
            self.stderr.write("Het demohuis is ingericht.")
        if told and pdf.unavailable():
            self.stderr.write(
                "Op deze computer kan niemand tekenen: wat in het demohuis getekend zou zijn, ligt "
                "nu bij de cliënt."
            )
