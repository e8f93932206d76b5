"""One server, several users: `./run` serves while you type `./run manage` in a second window.

Who uses the server holds a shared lock on the file `users`. The server hangs under a keeper
(keeper.py) that nobody's Ctrl-C reaches. The last user to leave sends the keeper home; when that
user was killed and could not, the keeper notices that the lock is free and goes by itself. The
kernel drops a lock when its holder dies, so there is nothing to clean up, ever.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from stack.place import ROOT, ours
from stack.refusal import Refusal

STARTS_WITHIN = 60.0  # seconds; the first start makes the data folder, on a slow disk
STOPS_WITHIN = 30.0
GLANCE = 0.02  # seconds between two looks

_children: list[subprocess.Popen[bytes]] = []


class Server(Protocol):
    """A server that can be shared: PostgreSQL or the broker."""

    name: str  # for files, and for the keeper
    label: str  # for people
    folder: Path

    def answers(self) -> bool:
        """Is it up?"""

    def launch(self) -> subprocess.Popen[bytes]:
        """Start it; it dies with the process that called this."""

    def farewell(self) -> signal.Signals:
        """The signal that makes it stop in good order."""


def log_of(server: Server) -> Path:
    """What the server and its keeper wrote."""
    return server.folder.parent / f"{server.name}.log"


@contextmanager
def in_use(server: Server) -> Iterator[None]:
    """The server is up as long as this lasts, and stops after it unless others use it."""
    with open_lock(server, "users") as users:
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while a keeper is just stopping
        try:
            _start_unless_up(server)
            yield
        finally:
            if try_lock(users):  # nobody else is in
                _send_the_keeper_home(server)
            _reap()


def is_up(server: Server) -> bool:
    """Does somebody keep this server? A cheap look, for those who depend on it."""
    with open_lock(server, "keeper") as keeper:
        return not try_lock(keeper)


def open_lock(server: Server, name: str) -> IO[str]:
    """The lock file of that name; open it anew for every lock."""
    return (ours(server.folder.parent) / f"{server.name}.{name}").open("a+")


def try_lock(file: IO[str]) -> bool:
    """Take the lock for ourselves alone, if that can be done at once."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start_unless_up(server: Server) -> None:
    with open_lock(server, "starting") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)  # of two who start at once, one does
        if server.answers():
            return
        with log_of(server).open("ab") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-P", "-m", "stack.keeper", server.name, str(server.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                start_new_session=True,
            )
        _children.append(keeper)
        _wait_until_up(server, keeper)


def _reap() -> None:
    """Keepers that we started and that have ended; one that others still need stays."""
    _children[:] = [keeper for keeper in _children if keeper.poll() is None]


def _wait_until_up(server: Server, keeper: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not server.answers():
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise Refusal(f"{server.label} start niet. {_last_line(log_of(server))}")
        time.sleep(GLANCE)


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() or ["(niets)"]
    return f"De laatste regel in {log} is: {lines[-1]}"


def _send_the_keeper_home(server: Server) -> None:
    """Called while we alone hold the lock `users`: nobody can come in until the keeper is gone."""
    with open_lock(server, "keeper") as file:
        file.seek(0)
        number = file.read().strip()
        if number and not try_lock(file):
            os.kill(int(number), signal.SIGTERM)
        deadline = time.monotonic() + STOPS_WITHIN
        while not try_lock(file) and time.monotonic() < deadline:
            time.sleep(GLANCE)
