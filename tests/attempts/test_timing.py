"""Hidden and absent take equally long: the clock betrays nobody. LEAK-16; issue 3, Proof.

That they cost the same questions and bytes is proved in every run (tests/house/test_urls.py); the
clock itself is asked at night, when nobody else is on the machine.
"""

import math
import random
import statistics
import time
from collections.abc import Sequence

import pytest

from cases.models import Case
from partners.models import User
from tests.attempts.house import House
from tests.house.walk import browser
from veiligheidshuis.needtoknow import acting_as

ROUNDS, TIMES = 3, 2_000
HIDDEN, ABSENT = "/dossiers/{}/", "/dossiers/VH-2099-9999/"
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


def work_for(user: User, number: str) -> str:
    """What PostgreSQL did to find this number for this user, step by step, without the clock."""
    asked = Case.objects.visible_to(user).with_people().with_scopes_of(user).numbered(number)
    with acting_as(user.pk):
        done = asked.explain(analyze=True, buffers=False, costs=False, timing=False, summary=False)
    return done.replace(number, "...")


@pytest.mark.parametrize("who", ["ketenpartner-vreemde", "bedrijfsbureau-uitgesloten"])
def test_a_hidden_number_is_as_much_work_as_an_absent_one(crowd: House, who: str):
    """The same steps, as often: no lock that is only weighed when there is something behind it."""
    user = User.objects.get(username=who)
    hidden = crowd.world.circles["de ondertekenaar"].case.number

    work = work_for(user, hidden)

    assert "never executed" in work  # nothing was found of which a lock had to be asked
    assert work == work_for(user, "VH-2099-9999")


@pytest.mark.nightly
def test_a_stranger_cannot_tell_by_the_clock_what_is_hidden(crowd: House):
    """LEAK-16: three times two thousand; one of three may differ by chance, never all."""
    hidden = HIDDEN.format(crowd.world.circles["de ondertekenaar"].case.number)
    certain = []
    for _ in range(ROUNDS):
        there, not_there = measured([hidden, ABSENT], TIMES)
        assert abs(statistics.median(there) - statistics.median(not_there)) < MOST
        certain.append(difference(there, not_there) < CERTAINTY)

    assert not all(certain)


def test_the_measure_tells_a_difference_that_is_there():
    """And none that is not."""
    chance = random.Random(1)
    some = [chance.gauss(10, 1) for _ in range(500)]

    assert difference(some, [value + 0.3 for value in some]) < CERTAINTY
    assert difference(some[::2], some[1::2]) > CERTAINTY
