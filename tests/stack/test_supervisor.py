"""The programs of the house start together and stop together."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from stack.place import ROOT
from stack.refusal import Refusal
from stack.supervisor import refuse_taken_port

# A door that answers, a sleeper that leaves a child behind, and one that the test can stop.
SCRIPT = """
import sys
from stack.process import stop_politely_when_asked
from stack.refusal import Refusal
from stack.supervisor import Program, Supervisor

DOOR = '''
import http.server, sys
class Door(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health/" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Door).serve_forever()
'''
PARENT = "import subprocess, sys, time; subprocess.Popen(['sleep', sys.argv[1]]); time.sleep(600)"
port, mark = int(sys.argv[1]), sys.argv[2]
stop_politely_when_asked()
programs = [
    Program("web", [sys.executable, "-c", DOOR, str(port)]),
    Program("worker", [sys.executable, "-c", PARENT, mark]),
    Program("beat", ["sleep", mark]),
]
try:
    code = Supervisor(programs, {}, list).run(port, lambda: print("open", flush=True))
    sys.exit(code)
except Refusal as refusal:
    sys.exit(str(refusal))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_with(mark):
    """The numbers of all processes that have this word on their command line."""
    found = subprocess.run(["pgrep", "-f", mark], capture_output=True, text=True)
    return {int(number) for number in found.stdout.split()}


@contextmanager
def open_house():
    """A supervisor whose door is open; the mark is a duration that nobody else sleeps."""
    port, mark = free_port(), f"7{os.getpid()}.{time.monotonic_ns() % 10**6}"
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(port), mark],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert supervisor.stdout.readline() == "open\n"
    yield supervisor, mark
    supervisor.communicate()


def nothing_left(mark):
    deadline = time.monotonic() + 5
    while processes_with(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes_with(mark)


def sleeper(mark):
    """The program called beat: the only one that is `sleep` in the supervisor's own hands."""
    exact = subprocess.run(["pgrep", "-fx", f"sleep {mark}"], capture_output=True, text=True)
    return [int(number) for number in exact.stdout.split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asking_it_to_stop_stops_all_in_good_order(number):
    with open_house() as (supervisor, mark):
        assert len(processes_with(mark)) == 4
        supervisor.send_signal(number)
        assert supervisor.wait(15) == 0
        assert nothing_left(mark)


def test_when_one_stops_all_stop_and_it_says_which():
    with open_house() as (supervisor, mark):
        for number in sleeper(mark):
            os.kill(number, signal.SIGKILL)
        _, said = supervisor.communicate(timeout=15)
        assert supervisor.returncode == 1
        assert "beat is gestopt" in said
        assert nothing_left(mark)


def test_a_killed_supervisor_takes_its_programs_along():
    with open_house() as (supervisor, mark):
        supervisor.kill()
        supervisor.wait()
        # The child that the worker left behind is its own affair; Celery's notice it themselves.
        deadline = time.monotonic() + 5
        while len(processes_with(mark)) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        left = processes_with(mark)
        for number in left:
            os.kill(number, signal.SIGKILL)
        assert len(left) <= 1


def test_a_taken_port_is_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=rf"Poort {port} is al in gebruik.*PORT="):
            refuse_taken_port(port)
    refuse_taken_port(port)
