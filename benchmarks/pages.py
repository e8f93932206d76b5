"""Whole pages, in process: how many questions a page asks the database, and how long it takes.

Twice: by the clock, and by what processors worked on it (processor.py). On a quiet machine these
are nearly the same.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import processor
from benchmarks.questions import Viewer
from tests.entering import enter

VISITS = 25
# Asked round every page: who it is, and what he may. The access log has a connection of its own.
ROUND_ABOUT = re.compile(
    r"set_config|veiligheidshuis_session"
    r'|FROM "partners_user" (INNER|LEFT|WHERE)|FROM "auth_group"'
    r'|FROM "partners_(appointment|organisation)"'
)
THE_TRANSACTION = re.compile(r"BEGIN|COMMIT|SAVEPOINT|RELEASE")


@dataclass(frozen=True)
class Page:
    """One page for one profile."""

    label: str
    profile: str
    queries: int
    round_about: int
    ms: float
    worked: float | None


def pages(viewers: Sequence[Viewer]) -> list[Page]:
    """The list, a dossier and the candidates, for the first of each profile who has them."""
    first = {viewer.profile: viewer for viewer in reversed(viewers)}
    found = []
    for viewer in reversed(first.values()):
        found.append(visit(viewer, "lijst", reverse("cases:search")))
        found.append(visit(viewer, "dossier", reverse("cases:detail", args=[viewer.number])))
        if viewer.profile == "bureau":
            found.append(visit(viewer, "kandidaten", reverse("cases:candidates")))
    return found


def visit(viewer: Viewer, label: str, address: str) -> Page:
    """Go there a few times; the middle one counts."""
    browser = enter(Browser(HTTP_HOST="localhost"), viewer.user)
    assert browser.get(address).status_code == 200  # noqa: S101 - else there is nothing to measure
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    statements = [query["sql"] for query in asked.captured_queries]
    questions = [each for each in statements if not THE_TRANSACTION.match(each)]
    around = sum(bool(ROUND_ABOUT.search(question)) for question in questions)
    return Page(
        label, viewer.profile, len(questions) - around, around, *_how_long(browser, address)
    )


def _how_long(browser: Browser, address: str) -> tuple[float, float | None]:
    """The middle one of a few visits: by the clock, and by what processors worked."""
    servers = processor.servers()
    by_clock, worked = [], []
    for _ in range(VISITS):
        before, begin = processor.worked(servers), time.perf_counter()
        browser.get(address)
        by_clock.append((time.perf_counter() - begin) * 1000)
        after = processor.worked(servers)
        if before is not None and after is not None:
            worked.append(after - before)
    return median(by_clock), median(worked) if worked else None
