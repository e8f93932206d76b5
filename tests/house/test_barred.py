"""Who is barred from a case finds nothing of it behind any door, whatever he was granted. AC-09."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import operations
from cases.models import Scope
from tests import situations
from tests.house import walk, world
from tests.house.matrix import MATRIX
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

ABOUT = "de ondertekenaar"
BARRED = ("tom", "legerdesheils", "politie")


def user(username: str) -> situations.User:
    with acting_as(ANONYMOUS):
        return situations.user(username)


@pytest.fixture
def lived_in(own_house: str) -> world.World:
    """The furnished house; an interventiemanager, a partner with an action and one who reads by
    hand are barred from one case, after they were granted it."""
    furnished = world.furnish()
    case = furnished.circles[ABOUT].case
    leader, office = user("samira"), user("bureau")
    with acting_as(leader.pk):
        operations.grant_by_hand(
            case,
            user("tom"),
            scopes=[Scope.VIEW_PLAN, Scope.VIEW_GEZONDHEID],
            end_date=timezone.localdate() + timedelta(days=7),
            reason="Denkt mee",
            by=leader,
        )
    with acting_as(office.pk):
        for who in BARRED:
            operations.bar(case, user(who), reason="familie", by=office)
    return furnished


def words_of(furnished: world.World) -> list[bytes]:
    """Every canary of the case, and its number."""
    about = (ABOUT, "notitie", "reden van de toegang", "het vastgestelde overleg")
    words = [c.word for c in furnished.canaries if any(part in c.about for part in about)]
    assert len(words) > 25
    return [word.encode() for word in [*words, furnished.circles[ABOUT].case.number]]


@pytest.mark.whole
def test_who_is_barred_finds_nothing_of_the_case_behind_any_door(lived_in):
    known = walk.routes()
    doors = [d for name, row in MATRIX.items() if name in known for d in row(name, lived_in)]
    doors = [door for door in doors if door.method == "GET"]
    number, words = lived_in.circles[ABOUT].case.number, words_of(lived_in)
    betrayed, tried = [], 0
    for who in BARRED:
        browser = walk.browser(who)
        for door in doors:
            visit = walk.try_door(browser, who, door)
            named = number in door.kwargs.values()
            tried += named
            if (named and visit.status != 404) or any(word in visit.content for word in words):
                betrayed.append(str(visit))

    assert tried > 60
    assert betrayed == []
