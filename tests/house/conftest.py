"""One walk through a furnished house, for the tests that ask what everybody came across."""

import logging
import os
from typing import Any

import psycopg
import pytest
from celery.signals import before_task_publish
from django.db import connections

from tests import databases
from tests.conftest import WORKER, go_to
from tests.house import walk, world
from veiligheidshuis.programlog import Discreet


class Written(logging.Handler):
    """Keeps every line as the house would write it on its output, and milder ones as well."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(Discreet())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def listen(self) -> None:
        root = logging.getLogger()
        self._former = root.level
        root.setLevel(logging.INFO)
        root.addHandler(self)

    def stop(self) -> None:
        root = logging.getLogger()
        root.removeHandler(self)
        root.setLevel(self._former)


@pytest.fixture(scope="session")
def walked(seated_house: str, django_db_setup: None, django_db_blocker: Any) -> walk.Walk:
    """Everybody tried every door, in a house of its own that is gone afterwards."""
    name = f"vh_walk_{WORKER}_{os.getpid()}"
    sent: list[str] = []
    written = Written()

    def keep(body: object = None, **kwargs: object) -> None:
        sent.append(repr(body))

    with django_db_blocker.unblock():
        former = connections["default"].settings_dict["NAME"]
        databases.copy(name, of=seated_house)
        go_to(name)
        before_task_publish.connect(keep)
        written.listen()
        try:
            furnished = world.furnish()
            url = databases.with_name(databases.OWNER_URL, name)
            with psycopg.connect(url, autocommit=True) as owner:
                done = walk.walk(furnished, owner)
                done.messages, done.lines = sent, written.lines
                done.log, done.mails = walk.left_behind(owner)
        finally:
            before_task_publish.disconnect(keep)
            written.stop()
            go_to(former)
            databases.drop(name)
    return done
