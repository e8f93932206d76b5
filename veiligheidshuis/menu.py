"""What each role finds in the main menu, and where it lands after logging in."""

from collections.abc import Iterable
from typing import NamedTuple


class MenuItem(NamedTuple):
    """One entry of the main menu: the words, the name of the page, and what else lies under it."""

    label: str
    url_name: str
    under: str = ""  # the beginning of addresses that do not begin with the page's own


ROLE_LABELS = {
    "interventiemanager": "Interventiemanager",
    "ketenpartner": "Ketenpartner",
    "bedrijfsbureau": "Bedrijfsbureau",
    "manager": "Manager",
    "stuurgroep": "Stuurgroep",
    "commissielid": "Commissielid",
    "buurtregisseur": "Buurtregisseur",
    "fg": "Functionaris gegevensbescherming",
    "privacyfunctionaris": "Privacyfunctionaris",
    "partnerbeheerder": "Partnerbeheerder",
}

DOSSIERS = MenuItem("Dossiers", "cases:search")
OVERLEGGEN = MenuItem("Overleggen", "agenda:agenda", under="/overleggen/")
PRIORITEITENLIJST = MenuItem("Prioriteitenlijst", "cases:lists")
PARTNERS = MenuItem("Partners", "partners:organisations")
CIJFERS = MenuItem("Cijfers", "stuurgroep:figures")
NOODTOEGANG = MenuItem("Noodtoegang", "cases:emergencies")
GEBIED = MenuItem("Overzicht", "beheerscommissie:areas")

# The first item is the page after login. Where one person has two roles, the upper role leads.
MENU: dict[str, list[MenuItem]] = {
    "interventiemanager": [
        MenuItem("Werkvoorraad", "maatwerkplan:worklist"),
        DOSSIERS,
        MenuItem("Vragen aan partners", "maatwerkplan:case_questions"),
        OVERLEGGEN,
        PRIORITEITENLIJST,
    ],
    "ketenpartner": [
        MenuItem("Mijn acties", "maatwerkplan:actions"),
        MenuItem("Leveringsvragen", "maatwerkplan:questions"),
        DOSSIERS,
        MenuItem("Kandidaat aandragen", "cases:nominate"),
        MenuItem("Wegen", "cases:weighings"),
        PRIORITEITENLIJST,
        OVERLEGGEN,
    ],
    "bedrijfsbureau": [
        MenuItem("Vandaag", "agenda:today"),
        OVERLEGGEN,
        MenuItem("Kandidaten", "cases:candidates"),
        PRIORITEITENLIJST,
        DOSSIERS,
        PARTNERS,
        MenuItem("Gebruikers", "partners:users"),
    ],
    "manager": [
        MenuItem("Overzicht", "cases:overview"),
        PRIORITEITENLIJST,
        MenuItem("Caseload", "cases:caseload"),
        DOSSIERS,
        OVERLEGGEN,
        PARTNERS,
        MenuItem("Papieren", "partners:papers"),
        CIJFERS,
        NOODTOEGANG,
    ],
    "stuurgroep": [CIJFERS, PARTNERS],
    "commissielid": [GEBIED],
    "buurtregisseur": [GEBIED, MenuItem("Meldingen", "beheerscommissie:reports")],
    "fg": [
        MenuItem("Toezicht", "privacy:home"),
        MenuItem("Signalen", "privacy:signals"),
        MenuItem("Inzagelogboek", "privacy:log"),
        MenuItem("Mag iemand dit zien?", "privacy:explain"),
        MenuItem("Regelingen", "partners:regelingen"),
        NOODTOEGANG,
    ],
    "privacyfunctionaris": [MenuItem("Wie keek", "privacy:own_people")],
    "partnerbeheerder": [MenuItem("Collega's", "partners:users")],
}

# Somebody without a role gets an explanation, not an empty page.
LANDING_WITHOUT_ROLE = "hulp"


def menu_for(roles: Iterable[str]) -> list[MenuItem]:
    """The menus of these roles after each other, every page once."""
    held = set(roles)
    items = [item for role, menu in MENU.items() if role in held for item in menu]
    return list(dict.fromkeys(items))


def landing_for(roles: Iterable[str]) -> str:
    """The name of the first page after login."""
    items = menu_for(roles)
    return items[0].url_name if items else LANDING_WITHOUT_ROLE


def label_for(roles: Iterable[str]) -> str:
    """The roles of one person in words, for under the name."""
    held = set(roles)
    return ", ".join(label for role, label in ROLE_LABELS.items() if role in held)
