"""One furnished house in which everybody tries everything; gone afterwards."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests import databases
from tests.attempts import people, wall
from tests.attempts.people import Somebody
from tests.attempts.reference import Asker, Facts
from tests.conftest import WORKER, go_to
from tests.house.test_two_faces import World as Bare
from tests.house.world import World, furnish


@dataclass
class House:
    """A furnished house with everybody in it, and the two ways in: as its owner and as the app."""

    name: str
    world: World
    bare: Bare
    people: list[Somebody]
    owner: psycopg.Connection
    app: psycopg.Connection

    def facts(self) -> Facts:
        rows = self.owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind = 'r'"
        )
        return Facts.of(self.owner, [name for (name,) in rows])

    def asker(self, facts: Facts, somebody: Somebody) -> Asker:
        return Asker.of(facts, self.bare, somebody.pk)


def make_house(name: str, owner: psycopg.Connection, app: psycopg.Connection) -> House:
    """Furnish the database that the application is connected to now."""
    world = furnish()
    users = dict(owner.execute("SELECT username, id FROM partners_user").fetchall())
    cases = [pk for (pk,) in owner.execute("SELECT id FROM cases_case ORDER BY number")]
    bare = Bare(owner, cases, users)
    demo = people.demo_people(owner)
    everybody = demo + people.seat_everybody(bare)
    people.complete(bare, everybody)
    owner.execute(wall.TRY_ALL)
    return House(name, world, bare, everybody, owner, app)


@pytest.fixture(scope="session")
def crowded(seated_house: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """The house in which everybody tries everything, made once."""
    name = f"vh_crowd_{WORKER}_{os.getpid()}"
    with django_db_blocker.unblock():
        former = connections["default"].settings_dict["NAME"]
        databases.copy(name, of=seated_house)
        owner_url = databases.with_name(databases.OWNER_URL, name)
        app_url = databases.with_name(os.environ["DATABASE_URL"], name)
        try:
            go_to(name)
            with (
                psycopg.connect(owner_url, autocommit=True) as owner,
                psycopg.connect(app_url, autocommit=True) as app,
            ):
                house = make_house(name, owner, app)
                go_to(former)
                yield house
        finally:
            go_to(former)
            databases.drop(name)


@pytest.fixture
def crowd(crowded: House, django_db_blocker: Any) -> Iterator[House]:
    """The tests' own connection looks at that house too, and back again afterwards."""
    with django_db_blocker.unblock():
        former = connections["default"].settings_dict["NAME"]
        go_to(crowded.name)
        yield crowded
        go_to(former)
