"""Every page that somebody can click to in the demo house, on a wide and on the narrowest screen.

From his first page each person follows every link; of pages of one sort (two dossiers, two
partners) he opens one. With VH_PICTURES=<folder> he keeps a picture of each page, to look at.
"""

import os
import re
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PATIENCE, Visitor

pytestmark = pytest.mark.nightly
Come = Callable[..., Visitor]
PEOPLE = {
    "samira": 25,
    "tom": 20,
    "legerdesheils": 12,
    "politie": 10,
    "bureau": 40,
    "manager": 20,
    "stuurgroep": 3,
    "fg": 3,
    "privacy": 2,
    "buurtregisseur": 6,
    "bewoner": 4,
    "": 4,
}
NARROW, PHONE, WIDE = 320, 390, 1280
DOSSIER = re.compile(r"/dossiers/VH-\d{4}-\d+/")
NO_PAGE = re.compile(r"\.(pdf|ics|xlsx)$|^/static/|^/uitloggen/")
# What differs between two pages of one sort.
OF_ONE_SORT = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "<id>"),
    (re.compile(r"VH-\d{4}-\d+"), "<nummer>"),
    (re.compile(r"/\d+/"), "/<n>/"),
    (re.compile(r"/partners/[a-z-]+/"), "/partners/<partner>/"),
    (re.compile(r"/prioriteitenlijst/\d{4}-\d/"), "/prioriteitenlijst/<lijst>/"),
    (re.compile(r"/diagnose/[a-z_]+/"), "/diagnose/<leefgebied>/"),
    (re.compile(r"=[^&]*"), "="),
]


def sort_of(address: str) -> str:
    """What kind of page this is: the address without what differs between two of a kind."""
    for pattern, name in OF_ONE_SORT:
        address = pattern.sub(name, address)
    return address


def links_of(somebody: Visitor) -> list[str]:
    """Where the links of this page lead to, inside the house; those in a chart as well."""
    found = somebody.page.locator("a[href]:not([download])").evaluate_all(
        "all => all.map(a => new URL(a.getAttribute('href'), location).href)"
    )
    inside = [url.removeprefix(somebody.address).split("#")[0] for url in found]
    return [url for url in inside if url.startswith("/") and not NO_PAGE.search(url)]


@pytest.mark.parametrize(("username", "at_least"), PEOPLE.items(), ids=lambda v: str(v or "gast"))
def test_every_page_somebody_can_click_to_is_whole(
    demo_visitor: Come, username: str, at_least: int
) -> None:
    somebody = demo_visitor(username)
    start = somebody.page.url.removeprefix(somebody.address) if username else "/inloggen/"
    coming, seen = deque([start]), set[str]()
    while coming:
        address = coming.popleft()
        if sort_of(address) in seen:
            continue
        seen.add(sort_of(address))
        somebody.open(address)
        coming.extend(links_of(somebody))
        on_every_screen(somebody, f"{username or 'gast'}{sort_of(address)}")
        if address.endswith("/tekenen/"):
            somebody.open("/")  # takes the tablet back, by the code
    assert len(seen) >= at_least, sorted(seen)


def on_every_screen(somebody: Visitor, name: str) -> None:
    """The page once more on a narrow screen, and a picture of it when somebody wants to see it."""
    pictures = os.environ.get("VH_PICTURES")
    for width in (PHONE, WIDE, NARROW):
        somebody.page.set_viewport_size({"width": width, "height": 900})
        if pictures and width != NARROW:
            file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:90]
            somebody.shoot(Path(pictures), f"{file}_{width}")
    somebody.look()
    somebody.page.set_viewport_size({"width": WIDE, "height": 900})


def test_what_somebody_types_in_a_long_field_is_there_when_he_comes_back(
    demo_visitor: Come,
) -> None:
    """Issue 5, point 8: kept while he types, offered on the page, put back by a button."""
    somebody = demo_visitor("samira")
    somebody.open("/dossiers/")
    somebody.open(next(url for url in links_of(somebody) if DOSSIER.fullmatch(url)))
    dossier, field = somebody.page.url, somebody.page.locator("textarea[name=text]")
    field.evaluate("each => each.closest('details')?.setAttribute('open', '')")
    field.press_sequentially("Hij belt morgen zijn zus.")
    expect(somebody.page.get_by_text("Bewaard om")).to_be_visible(timeout=PATIENCE)
    on_every_screen(somebody, "getypt-bewaard")

    somebody.page.goto(dossier)
    assert "Er staat nog tekst die niet is verstuurd" in somebody.text()
    on_every_screen(somebody, "getypt-aangeboden")
    somebody.press("Zet terug")
    assert somebody.page.url == dossier
    expect(field).to_have_value("Hij belt morgen zijn zus.")
    on_every_screen(somebody, "getypt-teruggezet")
