"""A worker of the web is killed while somebody looks: never a page without a line. AUD-09.

Each round asks one dossier of a real gunicorn and kills the worker that serves it (kill -9): every
other time at the very moment the line stands in the log, else at a random one.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.test import Client as Browser

from tests import databases, situations
from tests.browser.house import free_port
from tests.entering import enter
from tests.flows.worker import wait_until

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Web:
    """One gunicorn with one worker, who is made anew each time he dies."""

    port: int
    master: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """Who serve the pages now; the dead that nobody has buried yet do not count."""
        listed = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children").read_text()
        return [int(pid) for pid in listed.split() if alive(pid)]

    def ask(self, path: str, cookie: str) -> socket.socket:
        """Send the question; the answer is read later."""
        asked = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
        asked.sendall(f"{head}Connection: close\r\n\r\n".encode())
        return asked


def alive(pid: str) -> bool:
    """Whether this process runs; one that goes while we read is gone (the kernel says ESRCH)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def web(own_house: str) -> Iterator[Web]:
    port = free_port()
    env = os.environ | {"DATABASE_URL": databases.with_name(os.environ["DATABASE_URL"], own_house)}
    gunicorn = [sys.executable, "-m", "gunicorn", "tests.flows.preloaded", "--preload"]
    master = subprocess.Popen(
        [*gunicorn, "--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-level", "critical"],
        cwd=ROOT,
        env=env,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        served = Web(port, master)
        wait_until(served.workers, "gunicorn maakt een werker")
        yield served
    finally:
        os.killpg(master.pid, signal.SIGKILL)
        master.wait()


def lines(owner: psycopg.Connection) -> int:
    """How many lines the log has."""
    (places,) = owner.execute("SELECT sum(place) FROM vh.log_head").fetchone() or (0,)
    return int(places)


def all_of(answer: socket.socket) -> bytes:
    """What came of the page before the worker died."""
    came = b""
    try:
        while piece := answer.recv(65536):
            came += piece
    except ConnectionResetError:
        pass
    finally:
        answer.close()
    return came


def strike(web: Web, owner: psycopg.Connection, path: str, cookie: str, wait: float | None) -> str:
    """One look and one kill; what came of it: "page" and "line", each or neither.

    `wait` is when to kill, in seconds after the question; None: just when the line is there.
    """
    wait_until(web.workers, "gunicorn maakt een nieuwe werker")
    before, (victim,) = lines(owner), web.workers()
    answer = web.ask(path, cookie)
    end = time.monotonic() + (5 if wait is None else wait)
    while time.monotonic() < end and (wait is not None or lines(owner) == before):
        pass
    if wait is None:
        time.sleep(random.uniform(0, 0.003))
    os.kill(victim, signal.SIGKILL)
    came = all_of(answer)
    wait_until(lambda: not alive(str(victim)), "de werker is dood")
    wait_until(lambda: nobody_writes(owner), "de database heeft gemerkt dat hij dood is")
    shown = number_in(path) in came
    return f"{'page' if shown else '-'} {'line' if lines(owner) > before else '-'}"


def nobody_writes(owner: psycopg.Connection) -> bool:
    """A line on its way when the worker died has come, or never will."""
    (busy,) = owner.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename = 'vh_app' AND state <> 'idle' AND pid <> pg_backend_pid()"
    ).fetchone()
    return busy == 0


def number_in(path: str) -> bytes:
    """The number of the dossier, that stands on its page."""
    return path.strip("/").split("/")[1].encode()


@pytest.mark.parametrize("times", [50, pytest.param(500, marks=pytest.mark.nightly)])
def test_however_often_a_worker_is_killed_there_is_no_page_without_a_line(web, owner, times):
    case, browser = situations.assigned_case(), Browser()
    enter(browser, situations.user("samira"))
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={browser.cookies[name].value}"
    path = f"/dossiers/{case.number}/"
    begin = time.monotonic()
    assert number_in(path) in all_of(web.ask(path, cookie))
    usual = time.monotonic() - begin

    outcomes = Counter(
        strike(web, owner, path, cookie, None if n % 2 else random.uniform(0, 1.2 * usual))
        for n in range(times)
    )

    assert outcomes["page -"] == 0, outcomes
    assert outcomes.total() == times
    assert outcomes["page line"] > 0
    assert outcomes["- line"] > 0, "geen enkele keer tussen logboek en pagina geraakt"
