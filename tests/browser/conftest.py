"""Chromium, a house that lives, and visitors."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser.house import living_house
from tests.browser.visitor import Visitor

CHROMIUM = os.environ.get("VH_CHROMIUM", "/usr/bin/chromium")
CALM = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser; the set-up says loudly when there is none."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            if os.environ.get("VH_NO_BROWSER") == "1":
                item.add_marker(pytest.mark.skip(reason="VH_NO_BROWSER=1: there is no Chromium"))


# The sessions of who logged in before, by house and name.
_sessions: dict[tuple[str, str], StorageState] = {}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CALM))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty house with its people."""
    with living_house(f"vh_browser_{os.getpid()}", tmp_path_factory.mktemp("huis")) as address:
        yield address


@pytest.fixture(scope="module")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo house, furnished as `./run` does it."""
    var = tmp_path_factory.mktemp("demohuis")
    with living_house(f"vh_demo_{os.getpid()}", var, furnish=True) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, house: str) -> Iterator[Callable[..., Visitor]]:
    """Visitors of the empty house; whatever they noticed fails the test at its end."""
    yield from _visitors(browser, house)


@pytest.fixture
def demo_visitor(browser: Browser, demo_house: str) -> Iterator[Callable[..., Visitor]]:
    """Visitors of the demo house."""
    yield from _visitors(browser, demo_house)


def _visitors(browser: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    visitors: list[Visitor] = []

    def session_of(username: str) -> StorageState | None:
        """As it is by now: a fresh proof gives a session another key."""
        mine = [each for each in visitors if each.name == username]
        return mine[-1].page.context.storage_state() if mine else _sessions.get((address, username))

    def come(username: str = "", width: int = 1280, *, script: bool = True) -> Visitor:
        """Who was here before comes back in his session: a code of his app counts once."""
        session = session_of(username) if username else None
        somebody = Visitor(browser, address, width=width, session=session, script=script)
        visitors.append(somebody)
        if session:
            return somebody.come_back(username)
        return somebody.log_in(username) if username else somebody

    yield come
    complaints = [f"{v.name}: {c}" for v in visitors for c in v.complaints]
    for somebody in visitors:
        _sessions[address, somebody.name] = somebody.page.context.storage_state()
        somebody.page.context.close()
    assert not complaints, "\n".join(complaints)
