"""Nobody who is named in the sources enters the house, as user or as client."""

import re

import pytest

from cases.models import name_key
from demo import clients, people
from partners.models import ContactPoint, Organisation, User
from tests import situations
from tests.house.sources import PACKAGES, ROOT, modules_of, short, templates

# The surnames of everybody named in S0 to S4: signatories, authors, contact persons.
NAMED = (
    "Akkermans",
    "Bogman",
    "Dijkstra",
    "Gresel",
    "Gusing",
    "Hoesbergen",
    "Hollands",
    "Huisintveld",
    "Ketelaar",
    "Koops",
    "Leunissen",
    "Minkenberg",
    "Molema",
    "Overeem",
    "Panhuis",
    "Ritzen",
    "Rombout",
    "Rouw",
    "Schmeitz",
    "van Loon",
    "van Summeren",
    "Vestjens",
    "Wauben",
    "Weijens",
    "Weijtens",
)
WRITTEN = re.compile("|".join(rf"\b{name}\b" for name in NAMED), re.I)
KEYS = {name_key(name) for name in NAMED}


def test_nobody_of_the_sources_has_an_account(db):
    found = [
        user.get_full_name()
        for user in User.objects.all()
        if WRITTEN.search(user.get_full_name()) or name_key(user.last_name) in KEYS
    ]

    assert User.objects.count() > 10
    assert found == []


def test_nobody_of_the_sources_is_a_contact_point(db):
    assert [p.label for p in ContactPoint.objects.all() if WRITTEN.search(p.label)] == []
    assert [o.name for o in Organisation.objects.all() if WRITTEN.search(o.name)] == []


def test_nobody_of_the_sources_becomes_a_client():
    surnames = {name_key(name) for name in clients.LAST_NAMES}

    assert surnames & {key.split()[-1] for key in KEYS} == set()
    invented = clients.invented(200)
    assert [
        c for c in invented if WRITTEN.search(f"{c.person.name_prefix} {c.person.last_name}")
    ] == []


def test_the_clients_are_invented_and_always_the_same():
    assert clients.invented(40) == clients.invented(40)


def test_no_source_of_the_house_names_them():
    ours = [path for package in PACKAGES for path in modules_of(package)]
    ours += templates()
    ours += sorted(ROOT.glob("*/migrations/*"))
    ours += sorted((ROOT / "docs").rglob("*.md"))

    named = [
        short(path)
        for path in ours
        if path.suffix in (".py", ".html", ".sql", ".md") and WRITTEN.search(path.read_text())
    ]
    assert named == []


@pytest.mark.parametrize("account", [people.OFFICE, *people.ACCOUNTS], ids=lambda a: a.username)
def test_demo_people_have_an_address_that_reaches_nobody(account):
    assert account.email.endswith(".example")


def test_the_situations_of_the_tests_are_nobody():
    assert not WRITTEN.search(situations.a_person().last_name)
