"""The figures: what is counted, what is hidden, and who may ask."""

from collections import defaultdict
from datetime import timedelta
from itertools import combinations

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from maatwerkplan.models import Maatwerkplan
from maatwerkplan.states import PlanStatus
from stuurgroep import access
from tests import situations
from tests.situations import user
from tests.stuurgroep import offers
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

pytestmark = pytest.mark.django_db

LARGEST = 19  # so many clients in the worlds that the attacker below considers
# All worlds: started, late, refused and still thinking, and what would be shown of each.
WORLDS = """
    SELECT t, l, r, w, (s).offered, (s).signed, (s).started, (s).refused
    FROM generate_series(0, %(n)s) t, generate_series(0, %(n)s - t) l,
         generate_series(0, %(n)s - t - l) r, generate_series(0, %(n)s - t - l - r) w,
         LATERAL (SELECT vh.shown_half_year(%(running)s, t + l + r + w, t + l, t, r) AS s) shown
"""


def figures(who="stuurgroep"):
    with acting_as(user(who).pk):
        return access.half_years()


def counts(half_year):
    return half_year.offered, half_year.signed, half_year.started, half_year.refused


@pytest.mark.parametrize("running", [False, True])
def test_no_group_smaller_than_five_can_be_computed_from_what_is_shown(owner, running):
    """An attacker considers every world that shows the same; no small group is the same in all."""
    groups = [group for size in (1, 2, 3, 4) for group in combinations(range(4), size)]
    seen = defaultdict(lambda: {group: set() for group in groups})
    for *world, offered, signed, started, refused in owner.execute(
        WORLDS, {"n": LARGEST, "running": running}
    ):
        for group in groups:
            seen[offered, signed, started, refused][group].add(sum(world[i] for i in group))

    computed = [
        (shown, group, sizes)
        for shown, sizes_of in seen.items()
        for group, sizes in sizes_of.items()
        if len(sizes) == 1 and 0 < min(sizes) < settings.SMALLEST_GROUP
    ]
    assert len(seen) > 20
    assert computed == []


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ((0, 0, 0, 0), (0, 0, 0, 0)),
        ((4, 4, 4, 0), (None, None, None, None)),
        ((5, 5, 5, 0), (5, 5, 5, 0)),
        ((20, 10, 5, 5), (20, 10, 5, 5)),
        ((20, 10, 7, 5), (20, 10, None, 5)),  # 3 started late
        ((20, 17, 12, 3), (20, None, None, None)),  # 3 did not sign
        ((20, 10, 10, 9), (20, 10, 10, None)),  # 1 still thinks
    ],
)
def test_at_each_fork_both_ways_are_shown_or_neither(owner, counted, shown):
    query = "SELECT * FROM vh.shown_half_year(false, %s, %s, %s, %s)"

    assert owner.execute(query, counted).fetchone() == shown


def test_the_half_year_that_runs_is_rounded_down_to_fives(owner):
    query = "SELECT * FROM vh.shown_half_year(true, 29, 19, 12, 10)"

    assert owner.execute(query).fetchone() == (25, 15, 10, 10)


def test_the_database_and_the_settings_agree_on_what_is_a_small_group(owner):
    found = owner.execute("SELECT vh.smallest_group()").fetchone()

    assert found == (settings.SMALLEST_GROUP,)


def test_an_empty_house_counts_nobody_in_four_half_years():
    found = figures()

    assert [half_year.running for half_year in found] == [True, False, False, False]
    assert {counts(half_year) for half_year in found} == {(0, 0, 0, 0)}


def test_started_means_every_action_on_the_seventh_day_at_the_latest():
    day = offers.last_half_year()
    outcomes = [
        (PlanStatus.ONDERTEKEND, (7, 0)),  # in time
        (PlanStatus.ONDERTEKEND, (8,)),  # a day late
        (PlanStatus.ONDERTEKEND, (1, None)),  # one of two began
        (PlanStatus.GEWEIGERD, ()),
    ]
    for number, case in enumerate(offers.assigned_cases(20)):
        status, starts = outcomes[number % 4]
        offers.offered(case, day, status=status, starts=starts)

    running, last, *_ = figures("manager")

    assert counts(last) == (20, 15, 5, 5)
    assert counts(running) == (0, 0, 0, 0)


def test_to_give_up_within_the_week_is_no_start():
    day = offers.last_half_year()
    for number, case in enumerate(offers.assigned_cases(10)):
        plan = offers.offered(case, day, status=PlanStatus.ONDERTEKEND, starts=(1, None))
        if number < 5:
            offers.began(plan, day)
        else:
            offers.gave_up(plan, day)

    _, last, *_ = figures("manager")

    assert counts(last) == (10, 10, 5, 0)


def test_what_waits_for_another_started_in_time_on_its_own_day():
    """S2, voetnoot 10: "totdat hij deze opleiding heeft afgerond"."""
    day = offers.last_half_year()
    for number, case in enumerate(offers.assigned_cases(10)):
        plan = offers.offered(case, day, status=PlanStatus.ONDERTEKEND, starts=(1, 20))
        offers.waits(plan, day + timedelta(days=20 if number < 5 else 19))

    _, last, *_ = figures("manager")

    assert counts(last) == (10, 10, 5, 0)


def test_a_client_counts_once_with_his_last_plan_of_the_half_year():
    day = offers.last_half_year()
    for case in offers.assigned_cases(5):
        offers.offered(case, day, status=PlanStatus.GEWEIGERD)
        offers.offered(case, day, status=PlanStatus.ONDERTEKEND, starts=(3,), number=2)

    _, last, *_ = figures()

    assert counts(last) == (5, 5, 5, 0)


def test_who_is_helped_in_the_local_approach_counts_as_well():
    """PRV-20: two regimes, and one house that shows what it does."""
    local = [situations.local_assigned_case() for _ in range(2)]
    for case in [*offers.assigned_cases(3), *local]:
        offers.offered(case, offers.last_half_year(), status=PlanStatus.GEWEIGERD)

    _, last, *_ = figures()

    assert counts(last) == (5, 0, 0, 5)


def test_a_revision_that_is_not_signed_takes_nothing_from_the_plan_that_was():
    day = offers.last_half_year()
    for case in offers.assigned_cases(5):
        offers.offered(case, day, status=PlanStatus.ONDERTEKEND, starts=(3,))
        offers.offered(case, day, status=PlanStatus.GEWEIGERD, number=2)

    _, last, *_ = figures()

    assert counts(last) == (5, 5, 5, 0)


@pytest.mark.parametrize("who", ["", "samira", "politie", "bureau", "bewoner", "buurtregisseur"])
def test_nobody_else_gets_a_figure(who):
    pk = user(who).pk if who else ANONYMOUS

    refusal = pytest.raises(ProgrammingError, match="needs the role")
    with acting_as(pk), refusal, transaction.atomic():
        access.half_years()


def test_the_steering_group_sees_no_plan_behind_the_figures():
    offers.offered(
        offers.assigned_cases(1)[0], offers.last_half_year(), status=PlanStatus.ONDERTEKEND
    )

    with acting_as(user("samira").pk):
        assert Maatwerkplan.objects.count() == 1
    with acting_as(user("stuurgroep").pk):
        assert Maatwerkplan.objects.count() == 0


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM vh.shown_half_year(false, 1, 1, 1, 1)",
        "SELECT vh.shown_part(5, 1)",
        "SET LOCAL ROLE vh_figures",
    ],
)
def test_the_application_asks_for_the_result_alone(question):
    refusal = pytest.raises(ProgrammingError)
    with acting_as(user("stuurgroep").pk), refusal, transaction.atomic():
        connection.cursor().execute(question)
