"""A closed room for work on what nobody vouches for: a process of its own, that only answers.

It gets bytes and gives bytes back. It knows none of the house's secrets (its environment is empty
and Django is not there), and has so much time and memory and no more. The reader of seals opens no
file and no connection at all once it is shut; the printer reads our own static files.

What the work needs takes longer to come in than the work itself. So a keeper waits with everything
at hand, and makes of itself a new room for every question (ADR 0037): no room sees two.
"""

import atexit
import contextlib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOM = Path(__file__).resolve().parent
DONE = b"+"

_keepers: dict[tuple[Path, str], "Keeper"] = {}
_one_at_a_time = threading.Lock()


class NoAnswer(Exception):
    """The closed room gave no answer: it failed, took too long or grew too large."""


class Keeper:
    """Keeps the rooms for one kind of work: a process that ends when nobody can ask it any more."""

    def __init__(self, room: Path, work: str) -> None:
        self.hatch, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", str(room), work, str(its.fileno())]
        with its:
            self.process = subprocess.Popen(  # noqa: S603 - our own Python, a module of this folder
                command,
                env={},
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def open_room(self, seconds: int) -> socket.socket:
        """A line to a new room, that is gone after so many seconds. Raises OSError without one."""
        ours, its = socket.socketpair()
        try:
            with its:
                socket.send_fds(self.hatch, [str(seconds).encode()], [its.fileno()])
        except OSError:
            ours.close()
            raise
        return ours

    def leave(self) -> None:
        """No new rooms; come back when the last one is done."""
        self.hatch.close()
        self.process.wait()


def ask(work: str, given: bytes, *, seconds: int) -> bytes:
    """Have a closed room do this work (a module beside this one). Raises NoAnswer."""
    until = time.monotonic() + seconds
    try:
        with _line(work, seconds) as line:
            answer = _answer(line, given, until)
    except TimeoutError as late:
        raise NoAnswer(f"{work} gaf binnen {seconds} seconden geen antwoord") from late
    except OSError as gone:
        raise NoAnswer(f"{work} kwam niet op gang of stopte: {gone}") from gone
    if not answer.startswith(DONE):
        raise NoAnswer(f"{work} stopte: {answer[:200].decode(errors='replace')}")
    return answer.removeprefix(DONE)


def leave() -> None:
    """Let every keeper go; who asks again gets a new one."""
    with _one_at_a_time:
        while _keepers:
            _keepers.popitem()[1].leave()


atexit.register(leave)


def _line(work: str, seconds: int) -> socket.socket:
    """A line to a room of our own; a keeper that is gone is replaced once."""
    with _one_at_a_time:
        kept = _keepers.get((ROOM, work))
        if kept:
            with contextlib.suppress(OSError):
                return kept.open_room(seconds)
            kept.leave()
        _keepers[ROOM, work] = Keeper(ROOM, work)
        return _keepers[ROOM, work].open_room(seconds)


def _answer(line: socket.socket, given: bytes, until: float) -> bytes:
    """Everything that comes back, until the room is done or its time is over."""
    said: list[bytes] = []
    line.settimeout(max(until - time.monotonic(), 0.01))
    line.sendall(given)
    line.shutdown(socket.SHUT_WR)
    while True:
        line.settimeout(max(until - time.monotonic(), 0.01))
        part = line.recv(1 << 16)
        if not part:
            return b"".join(said)
        said.append(part)
