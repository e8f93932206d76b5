"""Hidden and absent take equally long: the clock betrays nobody. LEAK-16; issue 3, Proof.

That they cost the same questions and bytes is proved in every run (tests/house/test_urls.py); the
clock itself is asked at night, when nobody else is on the machine.
"""

import ast
import math
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests.attempts.house import House
from tests.house.walk import browser

ROUNDS, TIMES = 3, 2_000
ABSENT_NUMBER = "VH-2099-9999"
HIDDEN, ABSENT = "/dossiers/{}/", f"/dossiers/{ABSENT_NUMBER}/"
KNOWING = ("cases", "agenda", "maatwerkplan", "beheerscommissie", "privacy", "stuurgroep")
MOST = 0.002  # seconds between the two medians
CERTAINTY = 0.01


def difference(some: Sequence[float], others: Sequence[float]) -> float:
    """Mann-Whitney: how likely two samples this far apart are when there is no difference."""
    ranked = sorted([(value, 0) for value in some] + [(value, 1) for value in others])
    rank_sum = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(some), len(others)
    u = rank_sum - n * (n + 1) / 2
    spread = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(u - n * m / 2) / spread / math.sqrt(2))


def measured(addresses: Sequence[str], times: int) -> list[list[float]]:
    """How long each address takes a stranger, asked by turns in an order that chance decides."""
    stranger = browser("ketenpartner-vreemde")
    taken: list[list[float]] = [[] for _ in addresses]
    turns = [n for n in range(len(addresses)) for _ in range(times)]
    random.Random(times).shuffle(turns)
    for address in addresses * 20:
        stranger.get(address)
    for n in turns:
        begin = time.perf_counter()
        answer = stranger.get(addresses[n])
        taken[n].append(time.perf_counter() - begin)
        assert answer.status_code == 404
    return taken


MOMENT = re.compile(r"'[\d-]+ [\d:.]+\+\d\d(?::\d\d)?'::timestamp")
Execute = Callable[[str, Any, bool, Any], Any]
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS OFF, COSTS OFF, TIMING OFF, SUMMARY OFF) "
STRANGER, BARRED = "ketenpartner-vreemde", "bedrijfsbureau-uitgesloten"
# Every page that looks a dossier up by its number, and somebody to whom it is hidden there.
SOUGHT = [
    ("cases:detail", STRANGER),
    ("cases:detail", BARRED),
    ("cases:search", STRANGER),
    ("cases:search", BARRED),
    ("cases:weigh", STRANGER),
    ("cases:list_take_off", BARRED),
]


def work_for(username: str, address: str) -> list[str]:
    """What PostgreSQL did to show this page to this user, step by step, without the clock."""
    done: list[str] = []

    def explained(execute: Execute, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and "cases_" in sql + str(params):
            execute(EXPLAIN + sql, params, many, context)
            done.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    seeker = browser(username)
    with connection.execute_wrapper(explained):
        seeker.get(address)
    return done


def alike(work: list[str], number: str) -> list[str]:
    """The work without the number that was asked and the moment at which."""
    return [MOMENT.sub("...", done).replace(number, "...") for done in work]


@pytest.mark.parametrize(("route", "who"), SOUGHT)
def test_a_hidden_number_is_as_much_work_as_an_absent_one(crowd: House, route: str, who: str):
    """The same steps, as often: no lock that is only weighed when there is something behind it."""
    hidden = crowd.world.circles["de eerste kandidaat"].case.number
    listed = crowd.world.lists["in bespreking"].code

    def address(number: str) -> str:
        if route == "cases:search":
            return f"{reverse(route)}?q={number}"
        named = {"code": listed} if route == "cases:list_take_off" else {}
        return reverse(route, kwargs={**named, "number": number})

    there, not_there = (work_for(who, address(number)) for number in (hidden, ABSENT_NUMBER))

    assert any("never executed" in work for work in there)  # nothing found to weigh a lock of
    assert alike(there, hidden) == alike(not_there, ABSENT_NUMBER)


def names_a_number(keyword: str | None) -> bool:
    """Whether rows are chosen by what is in the column with the number of a dossier."""
    return re.fullmatch(r"(?:\w+__)?number(?:__\w+)?", keyword or "") is not None


CHOOSING = {"filter", "get", "exclude", "get_object_or_404", "Q"}


def chosen_by_number(source: str) -> list[int]:
    """The lines of this code that choose rows by the number of a dossier."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in CHOOSING
        and any(names_a_number(keyword.arg) for keyword in call.keywords)
    ]


def test_nobody_looks_a_number_up_but_by_the_function_of_the_wall():
    """Behind the lock a hidden number costs more than an absent one: `numbered` is the one way."""
    rooms = [path for app in KNOWING for path in Path(app).rglob("*.py")]
    assert len(rooms) > 200
    for path in rooms:
        assert chosen_by_number(path.read_text()) == [], path
    assert chosen_by_number("Case.objects.filter(number=typed)") == [1]
    assert chosen_by_number("get_object_or_404(places, case__number=typed)") == [1]
    assert chosen_by_number("Case.objects.numbered(typed)") == []


@pytest.mark.nightly
def test_a_stranger_cannot_tell_by_the_clock_what_is_hidden(crowd: House):
    """LEAK-16: three times two thousand; one of three may differ by chance, and no more."""
    hidden = HIDDEN.format(crowd.world.circles["de ondertekenaar"].case.number)
    certain = []
    for _ in range(ROUNDS):
        there, not_there = measured([hidden, ABSENT], TIMES)
        assert abs(statistics.median(there) - statistics.median(not_there)) < MOST
        certain.append(difference(there, not_there) < CERTAINTY)

    assert sum(certain) <= 1


def test_the_measure_tells_a_difference_that_is_there():
    """And none that is not."""
    chance = random.Random(1)
    some = [chance.gauss(10, 1) for _ in range(500)]

    assert difference(some, [value + 0.3 for value in some]) < CERTAINTY
    assert difference(some[::2], some[1::2]) > CERTAINTY
