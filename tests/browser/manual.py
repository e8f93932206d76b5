"""The pictures of docs/handleiding: who stands on which page of the demo house, and his way there.

`./run test -m nightly tests/browser/test_manual.py` takes them anew, and `./run nightly browser`.
That each is used, and each that is used is there, is asked by day (house/test_handleiding.py).
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

MANUAL = Path(__file__).resolve().parent.parent.parent / "docs" / "handleiding"
PICTURES = MANUAL / "schermen"


@dataclass(frozen=True)
class Shot:
    """A picture: its name, whose screen it is, and the links he follows from his first page."""

    name: str
    who: str
    way: tuple[str, ...] = ()


def shots() -> list[Shot]:
    """All of them, in the order in which people come across them."""
    ranked = f"Prioriteitenlijst {timezone.localdate():%Y}-2"
    return [
        Shot("inloggen", ""),
        Shot("werkvoorraad", "samira"),
        Shot("dossier", "samira", ("Naomi 't Erens",)),
        Shot("diagnose", "samira", ("Diagnose afmaken",)),
        Shot("maatwerkplan", "samira", ("Gat in het plan vullen",)),
        Shot("leveringscheck", "samira", ("Wachten op antwoord",)),
        Shot("aanbod", "samira", ("Plan laten tekenen",)),
        Shot("startklok", "samira", ("Startklok bekijken",)),
        Shot("stukken", "samira", ("Naomi 't Erens", "Rapporten, brieven en foto’s")),
        Shot("toegang", "samira", ("Naomi 't Erens", "Toegang en inzage")),
        Shot("acties", "legerdesheils"),
        Shot("antwoorden", "legerdesheils", ("Antwoorden",)),
        Shot("voortgang", "legerdesheils", ("Voortgang melden",)),
        Shot("aandragen", "legerdesheils", ("Kandidaat aandragen",)),
        Shot("vandaag", "bureau"),
        Shot("kandidaten", "bureau", ("Kandidaten",)),
        Shot("inlezen", "bureau", ("Kandidaten", "Lijst inlezen")),
        Shot("rangschikken", "bureau", ("Prioriteitenlijst", ranked)),
        Shot("overleg", "bureau", ("Overleg plannen",)),
        Shot("gebruikers", "bureau", ("Gebruikers",)),
        Shot("overzicht", "manager"),
        Shot("caseload", "manager", ("Caseload",)),
        Shot("toezicht", "fg"),
        Shot("cijfers", "stuurgroep"),
        Shot("gebied", "buurtregisseur"),
    ]
