"""The functions that search and count inside the wall: what they give is what the rule allows.

They repeat the rule of the policies, so they are held beside a third answer, worked out in plain
Python (test_two_faces), for everybody, in a house of many people with the same names.
"""

import time
from collections import Counter
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from cases.models import Scope, known
from cases.models.case import sees_process_of_all
from cases.models.client import name_key, search_key
from partners.models import User
from tests.house import test_two_faces as faces
from tests.house.test_two_faces import World, by_the_rule, everybody
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.whole
world = faces.world
SURNAMES = (
    "Jansen",
    "Janssen",
    "Jansma",
    "van den Berg",
    "Bergman",
    "Smeets",
    "Smits",
    "El Idrissi",
)
FIRST_NAMES = ("Jan", "Désirée", "Mo", "Annejan", "Bert")
EVERYTHING = 100_000
MOST = 0.002  # seconds between what is hidden and what is not there
ASKED: list[tuple[list[str], date | None]] = [
    *(
        (word.split(), None)
        for word in ("jansen", "jan", "berg", "ja", "mo smits", "jansne", "ids")
    ),
    (["jansen"], date(1990, 1, 3)),
    ([], date(1990, 1, 4)),
    (["niemand"], None),
]
Found = list[UUID]


def crowd(owner: psycopg.Connection, like: UUID, size: int) -> list[UUID]:
    """So many more cases, with few names; nobody takes part in them yet."""
    made = []
    for n in range(size):
        prefix, _, last = SURNAMES[n % len(SURNAMES)].rpartition(" ")
        first, case, client = FIRST_NAMES[n * 7 % len(FIRST_NAMES)], uuid4(), uuid4()
        owner.execute(
            """INSERT INTO cases_client (id, first_name, name_prefix, last_name, birth_date,
                 municipality, sort_name, search_name, first_processed_on)
               VALUES (%s, %s, %s, %s, %s, '', %s, %s, now())""",
            [client, first, prefix, last, date(1990, 1, 1) + timedelta(days=n % 9),
             name_key(last, first), search_key(first, prefix, last)],
        )  # fmt: skip
        owner.execute(
            """INSERT INTO cases_case (id, number, client_id, doelgroep, status, source_id,
                 source_note, opened_at, opened_by_id, regime, werkwijze_on, first_processed_on)
               SELECT %s, %s, %s, doelgroep, 'aangemeld', source_id, '', opened_at, opened_by_id,
                 regime, werkwijze_on, now() FROM cases_case WHERE id = %s""",
            [case, f"VH-1-{len(made)}-{str(case)[:4]}", client, like],
        )
        made.append(case)
    return made


@pytest.fixture
def crowded(world: World) -> World:
    """The world of the two faces, with ninety people more in it and grants and bars on them."""
    grown = World(world.owner, crowd(world.owner, world.cases[0], 90), world.users)
    faces._grant_at_random(grown)
    world.set("DELETE FROM cases_bar WHERE user_id = %s", world.users["manager"])
    return world


def search(user: int, asked: tuple[list[str], date | None], **how: object) -> Found:
    with acting_as(user):
        return known.search(*asked, **({"most": EVERYTHING} | how))


def test_everybody_finds_of_the_whole_answer_what_he_may_know_and_in_the_same_order(crowded):
    found_by = Counter()
    for forgiving in (False, True):
        whole = [search(crowded.users["manager"], a, forgiving=forgiving) for a in ASKED]
        for user in everybody():
            knows = by_the_rule(crowded, user)[Scope.KNOW_CASE]
            for asked, answer in zip(ASKED, whole, strict=True):
                mine = [case for case in answer if case in knows]
                assert search(user.pk, asked, forgiving=forgiving) == mine, (user.username, asked)
                few = search(user.pk, asked, forgiving=forgiving, most=2)
                assert few == mine[:2], (user.username, asked)
                found_by[user.username] += len(mine)
    assert len([n for n in found_by.values() if n > 50]) > 5  # it was worth searching


def test_the_whole_answer_holds_exactly_who_fits(crowded):
    clients = list(
        crowded.owner.execute(
            "SELECT c.id, k.search_name, k.birth_date FROM cases_case c"
            " JOIN cases_client k ON k.id = c.client_id"
        )
    )
    for words, born in ASKED:
        fits = {
            case
            for case, name, birth in clients
            if born in (None, birth) and all((w if len(w) > 2 else f" {w}") in name for w in words)
        }
        assert set(search(crowded.users["manager"], (words, born))) == fits, words


def test_who_asks_for_the_lines_of_everybody_gets_those_he_may_know_and_why_of_whom_he_leads(
    crowded,
):
    everyone = [case for (case,) in crowded.owner.execute("SELECT id FROM cases_case")]
    told_why = Counter()
    for user in everybody():
        rule = by_the_rule(crowded, user)
        with acting_as(user.pk):
            lines = known.lines(everyone)
            sees_all = sees_process_of_all(User.objects.get(pk=user.pk))
        expected = [case for case in everyone if case in rule[Scope.KNOW_CASE]]
        assert [line.pk for line in lines] == expected, user.username
        for line in lines:
            assert line.sees_course == (sees_all or line.pk in rule[Scope.LEAD_CASE]), user.username
            told_why[line.sees_course] += 1
    assert min(told_why[True], told_why[False]) > 50


def test_everybody_counts_what_he_may_know(crowded):
    for user in everybody():
        knows = by_the_rule(crowded, user)[Scope.KNOW_CASE]
        with acting_as(user.pk):
            assert known.count_known() == len(knows), user.username
            assert known.count_known(5) == min(5, len(knows)), user.username


def test_everybody_pages_through_what_he_may_know_newest_first(crowded):
    newest = [
        case
        for (case,) in crowded.owner.execute(
            "SELECT id FROM cases_case ORDER BY opened_at DESC, id DESC"
        )
    ]
    for user in everybody():
        knows = by_the_rule(crowded, user)[Scope.KNOW_CASE]
        mine = [case for case in newest if case in knows]
        with acting_as(user.pk):
            assert known.newest(0, EVERYTHING) == mine, user.username
            assert known.newest(3, 4) == mine[3:7], user.username


def test_everybody_gets_the_numbers_of_what_he_may_know(crowded):
    rows = crowded.owner.execute("SELECT id, status, manager_id FROM cases_case").fetchall()
    for user in everybody():
        knows = by_the_rule(crowded, user)[Scope.KNOW_CASE]
        mine = Counter((status, manager) for case, status, manager in rows if case in knows)
        with acting_as(user.pk):
            told = {(line.status, line.manager_id): line.number for line in known.tally()}
        assert told == mine, user.username


def test_who_is_hidden_shifts_nothing_for_anybody(crowded):
    def answers(user: User) -> list[Found]:
        return [search(user.pk, a, forgiving=f, most=3) for a in ASKED for f in (False, True)]

    outsiders = [user for user in everybody() if user.username not in ("bureau", "manager")]
    before = {user.username: answers(user) for user in outsiders}

    crowd(crowded.owner, crowded.cases[0], 60)
    crowded.set("ANALYZE cases_client")

    assert {user.username: answers(user) for user in outsiders} == before


def test_where_many_fit_and_many_are_known_everybody_finds_the_same(crowded):
    def answers(user: User) -> list[Found]:
        with acting_as(user.pk):
            newest = known.newest(0, EVERYTHING)
        return [newest, *(search(user.pk, a, forgiving=f) for a in ASKED for f in (False, True))]

    before = {user.username: answers(user) for user in everybody()}

    one_is_many(crowded.owner, "knows_many", "2000", "1")
    one_is_many(crowded.owner, "search_cases", "v_few int := 200", "v_few int := 1")

    assert {user.username: answers(user) for user in everybody()} == before


def one_is_many(owner: psycopg.Connection, function: str, many: str, one: str) -> None:
    """Ask in this house as is asked in a house of a hundred thousand: in other ways."""
    found = owner.execute(
        "SELECT pg_get_functiondef(oid) FROM pg_proc"
        " WHERE pronamespace = 'vh'::regnamespace AND proname = %s",
        [function],
    )
    (source,) = found.fetchone()
    assert many in source
    owner.execute("SET ROLE vh_kern")
    owner.execute(source.replace(many, one))
    owner.execute("RESET ROLE")


@pytest.mark.nightly
def test_a_name_that_is_hidden_takes_no_longer_than_one_that_is_not_there(crowded):
    """A hundred of that name cost less than what a network hides; LEAK-16 asks it of the page."""
    outsider = crowded.users["tom"]
    crowded.set("DELETE FROM cases_participation WHERE content_object_id <> %s", crowded.cases[1])
    crowd(crowded.owner, crowded.cases[0], 100)
    crowded.set("VACUUM ANALYZE")

    def took(word: str) -> float:
        begin = time.perf_counter()
        assert search(outsider, ([word], None)) == []
        return time.perf_counter() - begin

    pairs = [(took("jansen"), took("qansen")) for _ in range(60)]
    hidden, absent = map(min, zip(*pairs, strict=True))  # what the rest of the machine did is out
    assert abs(hidden - absent) < MOST


@pytest.mark.parametrize(
    "call",
    ["SELECT vh.known_to('{1}', '{wgs}', 1, '{}')", "SELECT vh.resembles('jan', '{jan}')"],
)
def test_what_the_functions_ask_each_other_nobody_else_may_ask(world: World, call: str):
    with (
        acting_as(world.users["manager"]),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(call)
