"""The same house with and without a case that is hidden: a stranger sees no difference at all."""

import re
from collections.abc import Iterator

import pytest

from cases import access
from cases import operations as casework
from tests import situations
from tests.house.matrix import MATRIX, Door
from tests.house.walk import browser, routes, try_door
from tests.house.world import World
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.whole
STRANGERS = ("tom", "ggd", "mondriaan", "rimo", "bewoner", "buurtregisseur")
# What differs between any two answers: the keys of a form, a first password, what an app or a
# passkey is asked, when somebody came in.
KEYS = re.compile(
    rb'(name="(csrfmiddlewaretoken|eenmalig|version)" value="[^"]*"'
    rb'|name="password"[^>]*|X-CSRFToken[^>]*'
    rb'|data-question="[^"]*"|src="data:image[^"]*"|<code>[^<]*</code>'
    rb"|laatst iets gedaan om [^<]*|sinds \d+\.\d\d uur)"
)


def pages() -> Iterator[Door]:
    """Every list, search, picker and calendar: the pages that name no object in their address."""
    for name in routes():
        if name in MATRIX:
            for door in MATRIX[name](name, World()) if not _needs_a_world(name) else ():
                if door.method == "GET" and not door.arguments:
                    yield door
    for q in ("van", "achter", "voornaam", "01-01-1990", "VH-2026"):
        yield Door("cases:search", (), frozenset(), query=f"?q={q}")


def _needs_a_world(name: str) -> bool:
    try:
        list(MATRIX[name](name, World()))
    except (IndexError, KeyError):
        return True
    return False


def seen(viewer: str) -> dict[str, bytes]:
    """What this viewer finds on all those pages."""
    someone = browser(viewer)
    found = {str(door): KEYS.sub(b"", try_door(someone, viewer, door).content) for door in pages()}
    someone.post("/uitloggen/")  # or he would find himself logged in twice the next time
    return found


@pytest.fixture
def inhabited(own_house: str) -> None:
    """Something to see for everybody, before anything is hidden."""
    situations.assigned_case(to="tom")
    situations.open_list(situations.put_forward_case(by="rimo"), members=("ggd", "mondriaan"))
    situations.asked_plan(("gezondheid", "Behandeling", "mondriaan"), leader="tom")
    situations.listed_case()  # a newer list: the next one changes nobody's priority here


def hide_a_case() -> None:
    """A case goes all the way to a signed plan, among other people."""
    situations.signed_plan(("huisvesting", "Begeleid wonen", "leger-des-heils"), leader="samira")
    situations.put_forward_case(by="politie2")


def test_a_stranger_sees_no_difference(inhabited):
    before = {viewer: seen(viewer) for viewer in STRANGERS}

    hide_a_case()

    for viewer in STRANGERS:
        after = seen(viewer)
        assert [p for p in after if after[p] != before[viewer][p]] == [], viewer


def test_somebody_who_knows_the_case_does_see_a_difference(inhabited):
    before = {viewer: seen(viewer) for viewer in ("samira", "bureau", "legerdesheils")}

    hide_a_case()

    for viewer, former in before.items():
        after = seen(viewer)
        assert [p for p in after if after[p] != former[p]], viewer


def test_who_is_barred_sees_no_difference_whatever_his_function(inhabited):
    before = seen("bureau")

    case = situations.put_forward_case(by="politie2")
    manager, office = situations_user("manager"), situations_user("bureau")
    with acting_as(manager.pk):
        access.bar(case, office, "zwager")

    after = seen("bureau")
    assert [page for page in after if after[page] != before[page]] == []


def test_putting_somebody_forward_says_the_same_whoever_is_known_already(inhabited):
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
            "discussed": "ja",
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
