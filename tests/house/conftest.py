"""One walk through a furnished house, for the tests that ask what everybody came across."""

import os
from typing import Any

import psycopg
import pytest
from celery.signals import before_task_publish
from django.db import connections

from tests import databases
from tests.conftest import WORKER, go_to
from tests.house import walk, world


@pytest.fixture(scope="session")
def walked(seated_house: str, django_db_setup: None, django_db_blocker: Any) -> walk.Walk:
    """Everybody tried every door, in a house of its own that is gone afterwards."""
    name = f"vh_walk_{WORKER}_{os.getpid()}"
    sent: list[str] = []

    def keep(body: object = None, **kwargs: object) -> None:
        sent.append(repr(body))

    with django_db_blocker.unblock():
        former = connections["default"].settings_dict["NAME"]
        databases.copy(name, of=seated_house)
        go_to(name)
        before_task_publish.connect(keep)
        try:
            furnished = world.furnish()
            url = databases.with_name(databases.OWNER_URL, name)
            with psycopg.connect(url, autocommit=True) as owner:
                done = walk.walk(furnished, owner)
                done.messages = sent
                done.log, done.mails = walk.left_behind(owner)
        finally:
            before_task_publish.disconnect(keep)
            go_to(former)
            databases.drop(name)
    return done
