"""One furnished house in which everybody tries everything; gone afterwards."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from tests import databases
from tests.attempts.house import House, make_house
from tests.conftest import WORKER, go_to


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
