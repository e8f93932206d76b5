"""The same house with and without a case that is hidden: a stranger sees no difference at all.

Every page of the house (the routes of the URLconf, with the doors of the matrix) is looked at by
everybody, before and after. Who does not know the case finds the same bytes, and the same headers.
LEAK-01, LEAK-06, LEAK-07; issue 3, Proof.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from agenda import operations as agenda
from cases import operations as casework
from cases.models import Case
from tests import databases, situations
from tests.conftest import WORKER, go_to
from tests.house.contents import text_of
from tests.house.doors import Door
from tests.house.matrix import MATRIX
from tests.house.test_two_faces import World as Bare
from tests.house.walk import browser, routes, try_door
from tests.house.world import EVERYBODY, OFFICE, World, furnish
from veiligheidshuis.needtoknow import acting_as

pytestmark = [pytest.mark.whole, pytest.mark.nightly]  # two minutes; ./run nightly werelden
CIRCLE = frozenset({"samira", "legerdesheils", "politie2"})  # who know the case that is hidden
STRANGERS = EVERYBODY - CIRCLE
# All of them look around for two minutes; by day those who would see most if the wall were thin.
BY_DAY = {"samira", "bureau", "tom", "mondriaan"}
DOORS_EACH = 2  # of one route: another dossier, another list
SEARCHES = ("van", "achter", "voornaam", "01-01-1990", "VH-2026")
# The office made the list itself that the hidden case stands on. That there is a newer one is no
# news to it; who stands on it is, and must be nowhere. This page names the lists and nobody.
NAMES_THE_LISTS = "GET cases:lists"
# These show the access log, that grows with every look: two people never find the same.
GROWING = {
    "privacy:looks",
    "privacy:log",
    "privacy:overview",
    "privacy:overview_pdf",
    "privacy:home",
    "privacy:check",
}
# What differs between any two answers: the keys of a form, a first password, what an app or a
# passkey is asked, when somebody came in.
KEYS = re.compile(
    rb'(name="(csrfmiddlewaretoken|eenmalig|version)" value="[^"]*"'
    rb'|name="password"[^>]*|X-CSRFToken[^>]*'
    rb'|data-question="[^"]*"|src="data:image[^"]*"|<code>[^<]*</code>'
    rb"|laatst iets gedaan om [^<]*|sinds \d+\.\d\d uur)"
)
MOMENT = re.compile(r"D:\d{14}\S*|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^<\s]*")  # a file was made
# The length is that of the keys as well; "Expires" is the moment itself.
OF_ITS_OWN = ("Set-Cookie", "Content-Length", "Date", "Expires")


@dataclass
class Worlds:
    """What everybody found behind every door: without the hidden case, with it, and with a meeting
    about it as well. And what somebody found who only looked where one can only send."""

    doors: list[Door]
    deeds: dict[str, int]
    without: dict[str, dict[str, object]]
    hidden: dict[str, dict[str, object]]
    discussed: dict[str, dict[str, object]]


def looking(viewers: Iterable[str]) -> list[Any]:
    """Each of them as a case of a test; who does not look by day looks at night."""
    at_night = {name: [] if name in BY_DAY else [pytest.mark.nightly] for name in viewers}
    return [pytest.param(name, marks=marks) for name, marks in sorted(at_night.items())]


def pages(world: World) -> Iterator[Door]:
    """Every page of the house: a few doors of each route, and some searches."""
    for name in routes():
        doors = [door for door in MATRIX[name](name, world) if door.method == "GET"]
        yield from doors[:DOORS_EACH]
    for q in SEARCHES:
        yield Door("cases:search", (), frozenset(), query=f"?q={q}")


def deeds(world: World) -> dict[str, int]:
    """The routes that are no page: what somebody finds there who may send, and looks."""
    found = {}
    for name in routes():
        doors = list(MATRIX[name](name, world))
        if "GET" not in {door.method for door in doors}:
            who = min(doors[0].opens_for, default="bureau")
            looking = replace(doors[0], method="GET")
            found[name] = try_door(browser(who), who, looking).status
    return found


def told_by(content: bytes) -> str | bytes:
    """All that a file says but for the moment at which it was made; of a page all its bytes."""
    if content.startswith((b"%PDF", b"PK")):
        return MOMENT.sub("", text_of(content))
    return KEYS.sub(b"", content)


def seen(viewer: str, doors: list[Door]) -> dict[str, object]:
    """What this viewer finds on all those pages."""
    someone = browser(viewer)
    found = {}
    for door in doors:
        visit = try_door(someone, viewer, door)
        headers = {k: v for k, v in visit.headers.items() if k not in OF_ITS_OWN}
        found[str(door)] = (visit.status, headers, told_by(visit.content))
    someone.post("/uitloggen/")  # or he would find himself logged in twice the next time
    return found


@pytest.fixture(scope="module")
def worlds(
    request: pytest.FixtureRequest,
    seated_house: str,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Worlds:
    """All about whom a test asks looked at everything, in a house of its own, gone afterwards."""
    asked = [getattr(item, "callspec", None) for item in request.session.items]
    viewers = EVERYBODY & {one.params.get("viewer") for one in asked if one}
    name = f"vh_worlds_{WORKER}_{os.getpid()}"
    with django_db_blocker.unblock():
        former = connections["default"].settings_dict["NAME"]
        databases.copy(name, of=seated_house)
        go_to(name)
        url = databases.with_name(databases.OWNER_URL, name)
        try:
            with psycopg.connect(url, autocommit=True) as owner:
                return look_around(owner, sorted(viewers))
        finally:
            go_to(former)
            databases.drop(name)


def look_around(owner: psycopg.Connection, viewers: list[str]) -> Worlds:
    """Before the case comes, when it is there, and when a meeting is held about it."""
    world = furnish()
    for viewer in EVERYBODY:  # the office sees who ever came in
        browser(viewer).post("/uitloggen/")
    users = dict(owner.execute("SELECT username, id FROM partners_user").fetchall())
    bare = Bare(owner, [], users)
    situations.listed_case()  # he waits, and keeps his place on the next list
    doors = [door for door in pages(world) if door.route not in GROWING]
    calendar = [door for door in doors if door.route.startswith(("agenda:", "home"))]
    only_sent = deeds(world)
    without = {viewer: seen(viewer, doors) for viewer in viewers}
    case = hide_a_case(bare)
    hidden = {viewer: seen(viewer, doors) for viewer in viewers}
    discuss(case, bare)
    uninvited = (STRANGERS - OFFICE).intersection(viewers)
    discussed = {viewer: seen(viewer, calendar) for viewer in uninvited}
    return Worlds(doors, only_sent, without, hidden, discussed)


def hide_a_case(bare: Bare) -> Case:
    """A case goes all the way to a signed plan, and another is put forward; the office is barred
    from both afterwards."""
    home = ("huisvesting", "Begeleid wonen", "leger-des-heils")
    case = situations.signed_plan(home, leader="samira", by="politie2").case
    for hidden in (case, situations.put_forward_case(by="politie2")):
        for name in OFFICE:
            bare.bar(bare.users[name], hidden.pk)
    return case


def discuss(case: Case, bare: Bare) -> None:
    """The office, which may know it again, puts the case on the agenda for who works on it."""
    bare.lift(bare.users["bureau"], case.pk)
    office = situations.user("bureau")
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=timezone.localdate() + timedelta(days=3),
            starts=time(13, 30),
            ends=time(15),
            place="Vergaderkamer 3",
            note_taker=office,
            by=office,
        )
        people = [situations.user(name) for name in ("samira", "legerdesheils")]
        agenda.put_on_agenda(meeting, case, question="Hoe verder?", people=people, by=office)


def different(former: dict[str, object], now: dict[str, object]) -> list[str]:
    """The pages that are not what they were."""
    return [page for page in now if now[page] != former[page]]


def test_every_page_of_the_house_was_looked_at(worlds: Worlds):
    """Or there is nothing to look at: that address only takes a form."""
    shown = {name for name in routes() if name not in GROWING}

    assert shown - {door.route for door in worlds.doors} <= worlds.deeds.keys()
    assert {name: status for name, status in worlds.deeds.items() if status not in (404, 405)} == {}


@pytest.mark.parametrize("viewer", looking(STRANGERS))
def test_a_stranger_sees_no_difference(worlds: Worlds, viewer: str):
    """Whatever his role: who is barred, whatever his function, as well."""
    changed = different(worlds.without[viewer], worlds.hidden[viewer])

    assert changed == [NAMES_THE_LISTS] * (viewer in OFFICE)


@pytest.mark.parametrize("viewer", looking(STRANGERS - OFFICE))
def test_a_stranger_sees_no_difference_when_it_is_discussed(worlds: Worlds, viewer: str):
    """The office plans the meeting itself; to everybody else who is not asked it is not there."""
    assert different(worlds.without[viewer], worlds.discussed[viewer]) == []


@pytest.mark.parametrize("viewer", looking(CIRCLE))
def test_somebody_who_knows_the_case_does_see_a_difference(worlds: Worlds, viewer: str):
    changed = different(worlds.without[viewer], worlds.hidden[viewer])

    assert any("cases:search" in page for page in changed)


def test_putting_somebody_forward_says_the_same_whoever_is_known_already(own_house):
    """Duplicate search must not tell one organisation what another one knows."""
    known = situations.a_person(last_name="Dubbelganger", bsn="123456782")
    police, clinic = situations_user("politie"), situations_user("mondriaan")
    with acting_as(police.pk):
        casework.put_forward(
            known, doelgroep="veelpleger", source=police.organisation, by=police, reason="eerst"
        )

    answers = []
    for person in (known, situations.a_person(last_name="Nieuweling")):
        filled = {
            "first_name": person.first_name,
            "name_prefix": person.name_prefix,
            "last_name": person.last_name,
            "birth_date": f"{person.birth_date:%d-%m-%Y}",
            "municipality": "Heerlen",
            "doelgroep": "veelpleger",
            "reason": "Veel overlast in de straat.",
            "geprobeerd": "Een gesprek met de wijkagent.",
            "result": "Rust in de straat.",
            "urgency": "gewoon",
            **dict.fromkeys("abcd", "Zo blijkt dat."),
            "discussed": "ja",
            "regime": "wgs",
            "correct": "on",
        }
        someone = browser("mondriaan")
        answer = someone.post("/kandidaten/aandragen/", filled, follow=True)
        assert answer.redirect_chain, answer.context["form"].errors
        answers.append(answer.content.decode().replace(person.last_name, "IEMAND"))

    own = re.compile(r"VH-\d{4}-\d{4}|Voornaam\d+|\d{1,2} \w+ 1990|eenmalig\" value=\"[^\"]*")
    cleaned = [own.sub("", KEYS.sub(b"", text.encode()).decode()) for text in answers]
    assert cleaned[0].count("IEMAND") == cleaned[1].count("IEMAND")
    assert "bekend" not in cleaned[0].lower().replace("onbekend", "")
    assert clinic.pk


def situations_user(username: str):
    with acting_as(0):
        return situations.user(username)
