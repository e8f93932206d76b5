"""A real worker on a real broker, that can be killed at the worst moment.

The worst moment is made by the database: a trigger makes the worker wait for a lock that the test
holds (`Held`), exactly between what it did and the mark that it was done.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import databases
from veiligheidshuis.celery import app

PATIENCE = 40.0  # seconds; a worker starts in about four
LOCK = 20060907
ARGUMENTS = ("--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle")


def wait_until(true: Callable[[], object], what: str) -> None:
    """Wait, and fail in words when it never comes."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"niet gebeurd binnen {PATIENCE:.0f} seconden: {what}")
        time.sleep(0.05)


class Worker:
    """`celery worker` as the house runs it, on the database of this test."""

    def __init__(self, database: str, broker_url: str, var: Path) -> None:
        environment = os.environ | {
            "DATABASE_URL": databases.with_name(os.environ["DATABASE_URL"], database),
            "CELERY_BROKER_URL": broker_url,
            "VH_VAR": str(var),
            "EMAIL_HOST": "",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "veiligheidshuis", "worker", *ARGUMENTS],
            cwd=databases.ROOT,
            env=environment,
            start_new_session=True,
        )

    def hands(self) -> list[int]:
        """The processes in which it does its work."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]

    def kill_hand(self) -> None:
        """kill -9 the process that is working; the worker itself lives."""
        for child in self.hands():
            os.kill(child, signal.SIGKILL)

    def kill(self) -> None:
        """kill -9 the worker with everything it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Held:
    """The worker waits in the midst of a change, until it is let go."""

    def __init__(self, link: psycopg.Connection, table: str) -> None:
        self.link, self.table = link, table

    def waits(self) -> bool:
        """Whether somebody has come to the lock and waits."""
        waiting = (
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE d.datname = current_database() AND l.locktype = 'advisory'"
            " AND l.objid = %s AND NOT l.granted"
        )
        return bool(self.link.execute(waiting, [LOCK]).fetchone()[0])


@contextmanager
def held(link: psycopg.Connection, table: str) -> Iterator[Held]:
    """While this lasts nobody gets past a change of this table."""
    link.execute(
        "CREATE OR REPLACE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql AS"
        f" 'BEGIN PERFORM pg_advisory_xact_lock({LOCK}); RETURN NEW; END'"
    )
    link.execute(
        f"CREATE TRIGGER wait_here BEFORE UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION wait_here()"
    )
    link.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield Held(link, table)
    finally:
        link.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        # What a killed worker had begun is rolled back as soon as PostgreSQL misses it.
        link.execute(f"DROP TRIGGER wait_here ON {table}")


def tick(*names: str) -> None:
    """What beat does every minute."""
    for name in names:
        app.send_task(name)
