"""Somebody at a browser, who notices everything that should not be there."""

import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, StorageState, expect

from demo.people import PASSWORD
from tests.entering import SECRETS
from veiligheidshuis import factors

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

PATIENCE = 30_000  # milliseconds for a busy machine to answer


_used: dict[str, int] = {}


def next_code(username: str) -> str:
    """A code of his app that was not used yet; waits for it when he was just there (AUTH-02)."""
    now = int(time.time()) // 30
    step = max(now - 1, _used.get(username, 0) + 1)
    time.sleep(max(0.0, (step - 1) * 30 - time.time()))
    _used[username] = step
    return factors.code_of(SECRETS[username], step)


class Visitor:
    """One person with one browser of his own.

    Every page he opens is checked with axe (WCAG 2.2 AA); violations of the content policy, errors
    in the console and requests to other hosts are collected all the time.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        name: str = "visitor",
        width: int = 1280,
        session: StorageState | None = None,
        script: bool = True,
    ) -> None:
        self.address = address
        self.name = name
        self.script = script
        self.complaints: list[str] = []
        self.seen: list[str] = []
        context = browser.new_context(
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": width, "height": 900},
            base_url=address,
            storage_state=session,
            java_script_enabled=script,
        )
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._watch)

    def _listen(self, message: object) -> None:
        kind, text = message.type, message.text  # type: ignore[attr-defined]
        # The browser itself notes every 4xx answer; those are asserted where they are expected.
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(f"console: {text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"other host: {request.url}")

    def log_in(self, username: str) -> "Visitor":
        self.name = username
        self.open("/inloggen/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.press("Inloggen")
        self.page.fill("[name=code]", next_code(username))
        self.press("Inloggen")
        return self

    def come_back(self, username: str) -> "Visitor":
        """In the session that he still has."""
        self.name = username
        self.open("/")
        return self

    def open(self, path: str, status: int = 200) -> None:
        """Go to a page and look at it."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{self.name} got {answer.status} at {path}"
        self.look()
        self._prove_again()

    def press(self, name: str, *, exact: bool = True, nth: int = 0) -> None:
        """Press a button of the page's content and look at what comes."""
        self._go_by(
            self.page.locator("main").get_by_role("button", name=name, exact=exact).nth(nth)
        )

    def follow(self, name: str, *, exact: bool = True, nth: int = 0) -> None:
        """Follow a link and look at what comes."""
        self._go_by(self.page.get_by_role("link", name=name, exact=exact).nth(nth))

    def _go_by(self, door: Locator) -> None:
        """Click, and look once the next page has taken the place of this one.

        A click returns before the answer is there; the mark tells the old page from the new one.
        """
        self.page.evaluate("document.documentElement.setAttribute('data-gezien', '')")
        door.click()
        expect(self.page.locator("html[data-gezien]")).to_have_count(0, timeout=PATIENCE)
        self.page.wait_for_load_state()
        self.look()
        self._prove_again()

    def _prove_again(self) -> None:
        """Answer the question before what reaches far, when a story lasts longer than a proof."""
        if "/bevestigen/" not in self.page.url:
            return
        self.page.fill("[name=code]", next_code(self.name))
        self.press("Verder")
        if self.page.url.endswith("/concept/"):
            self.press("Alsnog versturen")

    def look(self) -> None:
        """axe on the page as it is now; and nobody has to scroll sideways.

        Without script axe cannot run either: then the page is the same, and was looked at with it.
        """
        url = self.page.url.removeprefix(self.address)
        self.seen.append(url)
        if not self.script:
            return
        result = Axe().run(self.page, options=AXE).response
        for violation in result["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            self.complaints.append(f"axe {url}: {violation['id']} {targets}")
        shown = self.page.evaluate(
            "[...document.querySelectorAll('[hidden]')].filter(e => e.checkVisibility()).length"
        )
        if shown:
            self.complaints.append(f"{url} shows {shown} things that are hidden")
        bare = self.page.evaluate(
            "[...document.querySelectorAll('.vh-table--stapel td:empty')]"
            ".filter(e => getComputedStyle(e).display === 'grid').length"
        )
        if bare:
            self.complaints.append(f"{url} shows {bare} rows with a head and nothing beside it")
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            self.complaints.append(f"{url} is {wide} px too wide")

    def text(self) -> str:
        return self.page.inner_text("main")

    def shoot(self, folder: Path, name: str) -> None:
        """Keep a picture, for whoever wants to see the story."""
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)
