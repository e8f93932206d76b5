"""How the tests come in: past the door at once, or through it with a password and a code."""

import time
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client as Browser

from demo.people import ACCOUNTS, OFFICE, PASSWORD
from partners.models import User
from veiligheidshuis import factors, sessions, stepup, tablet
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

SECRETS = {account.username: account.secret for account in (OFFICE, *ACCOUNTS)}


def enter(browser: Browser, user: User, *, proved_at: float | None = None) -> Browser:
    """A session of this user with both steps done, just now unless it is said when."""
    with acting_as(ANONYMOUS):
        browser.force_login(user)
        session = browser.session
        session[sessions.CAME_AT] = time.time()
        session[stepup.PROVED_AT] = time.time() if proved_at is None else proved_at
        session.save()
    return browser


def take_back(browser: Browser) -> None:
    """The interventiemanager has the tablet again, as if he had just typed his code."""
    with acting_as(ANONYMOUS):
        session = browser.session
        session.pop(tablet.HELD, None)
        session.save()


def log_in(browser: Browser, username: str, **more: str) -> Any:
    """Both steps at the door, as somebody of the demo house does them; the last answer."""
    first_step(browser, username, **more)
    return second_step(browser, username)


def first_step(browser: Browser, username: str, password: str = PASSWORD, **more: str) -> Any:
    """Name and password, typed at the door."""
    return browser.post("/inloggen/", {"username": username, "password": password, **more})


def second_step(browser: Browser, username: str, code: str = "") -> Any:
    """The code of his app, typed at the door."""
    typed = code or factors.code_now(SECRETS[username])
    return browser.post("/inloggen/tweede-stap/", {"code": typed})


def first_time(browser: Browser, username: str, password: str) -> list[str]:
    """Somebody with a new account comes in and links an app; his recovery codes."""
    first_step(browser, username, password)
    page = BeautifulSoup(browser.get("/inloggen/tweede-stap/instellen/").content, "html.parser")
    secret = page.find("code").text.replace(" ", "")  # type: ignore[union-attr]
    browser.post("/inloggen/tweede-stap/instellen/", {"code": factors.code_now(secret)})
    shown = browser.get("/account/inloggen/herstelcodes/").content
    return [code.text for code in BeautifulSoup(shown, "html.parser").select("[data-codes] code")]
