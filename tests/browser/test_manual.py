"""Takes the pictures of docs/handleiding anew, in the house that `./run` opens."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.manual import PICTURES, Shot, shots
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.nightly
COLOURS = 128  # a screen has few: a third of the size, and nobody sees it


def test_the_pictures_of_the_manual_are_of_the_house_as_it_is(
    demo_visitor: Callable[..., Visitor],
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for shot in shots():
        go(demo_visitor(shot.who), shot)

    assert {path.stem for path in PICTURES.glob("*.png")} == {shot.name for shot in shots()}


def go(somebody: Visitor, shot: Shot) -> None:
    """Walk there as a person does, and keep what stands on his screen."""
    somebody.open("/" if shot.who else "/inloggen/")
    for link in shot.way:  # a link that says more aloud than it shows begins with what it shows
        whole = somebody.page.get_by_role("link", name=link, exact=True)
        somebody.follow(link, exact=whole.count() > 0)
    keep(somebody.page, shot.name)


def keep(page: Page, name: str) -> None:
    screen = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    few = screen.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)
