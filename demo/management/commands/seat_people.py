"""`manage.py seat_people`: a house with people and without clients."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from demo.people import seat_people
from veiligheidshuis.commands import HouseCommand


class Command(HouseCommand):
    """Gives the people of the demo house their accounts, and no more."""

    help = "Geef alleen de mensen van het demohuis hun account; er zijn nog geen dossiers."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Het demohuis hoort niet in productie.")
        seat_people()
