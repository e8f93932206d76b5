"""Before what reaches far somebody proves himself once more, and nothing he typed is lost. AUTH-11.

Which pages ask it stands in the matrix; the code says the same with its decorators.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from tests import situations
from tests.entering import SECRETS, enter
from tests.house.doors import Door, Fresh
from tests.house.matrix import MATRIX
from tests.house.walk import routes
from tests.house.world import World, furnish
from veiligheidshuis import factors, stepup
from veiligheidshuis.drafts import FIELD
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

TYPED = {"reden": "Wat ik net had getypt", "password": "Alleen voor deze persoon"}
# What a question may leave behind: the form that is kept, and when the session was last used.
LEFT = {"veiligheidshuis_draft", "veiligheidshuis_session", "django_session"}
WROTE = """
    SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""
# Nobody in this house has a passkey, or a login service of his own organisation.
NOBODYS = {
    "passkey_away",
    "partners:sign_on_link",
    "partners:sign_on_unlink",
    "partners:link_of",
    "partners:link_decide",
}
ROWS = {route: row for route, row in MATRIX.items() if isinstance(row, Fresh)}


def test_a_page_asks_a_fresh_proof_when_its_row_says_so():
    asked = {
        route: view.callback.fresh_for - {"HEAD"}
        for route, view in routes().items()
        if hasattr(view.callback, "fresh_for")
    }
    assert asked == {route: row.methods for route, row in ROWS.items()}


@dataclass(frozen=True)
class Try:
    """Somebody whose proof is old, at a door that is his."""

    username: str
    door: Door
    method: str

    @property
    def address(self) -> str:
        return reverse(self.door.route, kwargs=self.door.kwargs)

    def __str__(self) -> str:
        return f"{self.username}: {self.method} {self.address}"


def tries(world: World) -> Iterator[Try]:
    """One person at one door of each row, for every method that asks."""
    for route, row in ROWS.items():
        mine = [door for door in row(route, world) if door.opens_for]
        if mine:
            who = min(mine[0].opens_for)
            yield from (Try(who, mine[0], method) for method in sorted(row.methods))


@pytest.fixture
def lived_in(own_house: str) -> World:
    return furnish()


@pytest.mark.whole
def test_an_old_proof_does_nothing_and_loses_nothing(lived_in):
    browsers = {each.username: old_proof(each.username) for each in tries(lived_in)}
    wrong, tried = [], set()
    for each in tries(lived_in):
        tried.add(each.door.route)
        wrong += [f"{each}: {what}" for what in goes_wrong(browsers[each.username], each)]

    assert wrong == []
    assert tried == ROWS.keys() - NOBODYS


def old_proof(username: str) -> Browser:
    with acting_as(ANONYMOUS):
        somebody = situations.user(username)
    long_ago = time.time() - stepup.FRESH_FOR.total_seconds() - 1
    return enter(Browser(), somebody, proved_at=long_ago)


def goes_wrong(visitor: Browser, one: Try) -> Iterator[str]:
    """Everything that is not as it should be; whatever was done is undone."""
    kept = {name: morsel.value for name, morsel in visitor.cookies.items()}
    with connection.cursor() as cursor:  # what was undone before counts no longer
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with transaction.atomic():
        yield from _asked_and_back(visitor, one)
        transaction.set_rollback(True)
    visitor.cookies = SimpleCookie(kept)


def _asked_and_back(visitor: Browser, one: Try) -> Iterator[str]:
    """The question, the proof, and what is there afterwards."""
    page = {"HTTP_REFERER": "http://testserver/hulp/"}
    asked = visitor.generic(one.method, **_request(one), **page)
    if not asked.headers.get("Location", "").startswith("/bevestigen/?next="):
        yield f"{asked.status_code} en geen vraag"
        return
    if done := written() - LEFT:
        yield f"schreef al in {sorted(done)}"
    question = BeautifulSoup(visitor.get(asked.url).content, "html.parser")
    way_back = question.find("input", {"name": "next"})["value"]  # type: ignore[index]
    code = factors.code_now(SECRETS[one.username])
    proved = visitor.post("/bevestigen/", {"code": code, "next": way_back})
    if one.method == "GET":
        # A file takes nobody to a page: the way back is where the link stood.
        alone = ROWS[one.door.route].methods == {"GET"}
        expected = "/hulp/" if alone else one.address
        if proved.headers.get("Location") != expected:
            yield f"leidt naar {proved.headers.get('Location')}"
    else:
        yield from _kept_for_him(visitor, one, proved.headers.get("Location"))


def _request(one: Try) -> dict[str, Any]:
    if one.method == "GET":
        return {"path": one.address}
    data = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in TYPED.items())
    return {
        "path": one.address,
        "data": data,
        "content_type": "application/x-www-form-urlencoded",
    }


def _kept_for_him(visitor: Browser, one: Try, location: str | None) -> Iterator[str]:
    """What he typed waits for him, to be sent to the same page; a password does not."""
    if one.door.route.startswith(("partners", "cases", "maatwerkplan", "privacy", "agenda")):
        shown = BeautifulSoup(visitor.get("/concept/").content, "html.parser")
        field = shown.find("input", {"name": FIELD})
        form = field.find_parent("form") if field else None
        fields = {i["name"]: i["value"] for i in form.find_all("input")} if form else {}
        if location != "/concept/" or not form or form["action"] != one.address:
            yield f"leidt naar {location} en niet naar wat er was getypt"
        elif (fields.get("reden"), fields.get("password")) != (TYPED["reden"], None):
            yield f"bewaarde {sorted(fields)}"
    elif location != "/hulp/":  # how somebody logs in is never kept: back to his own page
        yield f"leidt naar {location}"


def written() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WROTE)
        return {name for (name,) in cursor.fetchall()}
