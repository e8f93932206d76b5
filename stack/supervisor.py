"""Web, worker and beat: started together, stopped together, their lines on one terminal."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from stack.place import ROOT
from stack.process import dies_with_us, finish_undisturbed
from stack.refusal import Refusal
from stack.say import say

LOOKS_EVERY = 0.25  # seconds
OPENS_WITHIN = 90.0
STOPS_WITHIN = 20.0


@dataclass(frozen=True)
class Program:
    """One program of the house: what we call it, and its command line."""

    name: str
    command: Sequence[str]


def refuse_taken_port(port: int) -> None:
    """Gunicorn would try five times and then say so in its own words."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Refusal(
                f"Poort {port} is al in gebruik. Stop het andere programma, of kies een andere"
                f" poort: PORT={port + 1} ./run"
            ) from error


class Supervisor:
    """Starts the programs, waits until the door is open, and stops all when one stops."""

    def __init__(
        self, programs: Sequence[Program], env: Mapping[str, str], stopped: Callable[[], list[str]]
    ) -> None:
        self._programs = programs
        self._env = env
        self._stopped_servers = stopped
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._width = max(len(program.name) for program in programs)

    def run(self, port: int, when_open: Callable[[], None]) -> int:
        """Until Ctrl-C (0), or until something stops by itself (1)."""
        try:
            for program in self._programs:
                self._start(program)
            self._wait_until_open(port)
            when_open()
            while True:
                self._refuse_when_something_stopped()
                time.sleep(LOOKS_EVERY)
        except KeyboardInterrupt:
            return 0
        finally:
            finish_undisturbed()
            self._stop_all()

    def _start(self, program: Program) -> None:
        process = subprocess.Popen(
            program.command,
            env=self._env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C comes to us; we stop them in the right order
            # Who outlives us is stopped by nobody: a worker that waits for a child which waits for
            # it would stand there for ever. What it was doing is done again, once.
            preexec_fn=dies_with_us(signal.SIGKILL),
        )
        self._processes[program.name] = process
        assert process.stdout  # noqa: S101 - for mypy: we asked for a pipe
        threading.Thread(
            target=self._pass_on, args=(program.name, process.stdout), daemon=True
        ).start()

    def _pass_on(self, name: str, lines: IO[str]) -> None:
        """What the program says, with its name before it."""
        for line in lines:
            sys.stderr.write(f"{name:<{self._width}} | {line}")
            sys.stderr.flush()

    def _wait_until_open(self, port: int) -> None:
        deadline = time.monotonic() + OPENS_WITHIN
        while not is_open(port):
            self._refuse_when_something_stopped()
            if time.monotonic() > deadline:
                raise Refusal("Het huis gaat niet open. Lees hierboven wat web en worker zeggen.")
            time.sleep(0.05)

    def _refuse_when_something_stopped(self) -> None:
        dead = [name for name, process in self._processes.items() if process.poll() is not None]
        if dead := dead + self._stopped_servers():
            raise Refusal(
                f"{', '.join(dead)} is gestopt; daarom stopt alles. Lees hierboven waarom, en start"
                " daarna opnieuw met ./run."
            )

    def _stop_all(self) -> None:
        """Ask all, wait, and end whatever does not listen, with all that it started."""
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOPS_WITHIN
        for name, process in self._processes.items():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{name} luistert niet en wordt afgebroken.")
            _end_group(process.pid)
            process.wait()


def is_open(port: int) -> bool:
    """Does /health/ answer that all is well?"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end_group(number: int) -> None:
    """Each program leads a group of its own: this ends children that it left behind."""
    with suppress(ProcessLookupError):
        os.killpg(number, signal.SIGKILL)
