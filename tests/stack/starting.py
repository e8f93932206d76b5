"""Starting the real `./run` from a test, in a data folder and on a port of its own."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from stack.place import ROOT

OPENS_WITHIN = 120  # seconds, on a machine that does other things too
# What the tests themselves were started with must not lead `./run` to their database.
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "SECRET_KEY",
    "FIELD_KEY",
    "SEAL_",
    "PYTEST",
    "VH_",
)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(var: Path, **extra: str) -> dict[str, str]:
    """As somebody has it who opens a fresh terminal."""
    env = {k: v for k, v in os.environ.items() if not k.removeprefix("OWNER_").startswith(OURS)}
    return env | {"VH_VAR": str(var)} | extra


def run(var: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """`./run …` until it ends."""
    return subprocess.run(
        [ROOT / "run", *arguments],
        env=environment(var, **extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=OPENS_WITHIN,
    )


class House:
    """`./run`, in a session of its own, as in a terminal of its own."""

    def __init__(self, var: Path, root: Path = ROOT, command: tuple[str, ...] = (), **extra: str):
        self.var, self.port = var, free_port()
        self._said = (var.parent / f"{self.port}.out").open("w+")
        self._process = subprocess.Popen(
            [*command, root / "run"],
            env=environment(var, PORT=str(self.port), **extra),
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait_until_open(self, within: float = OPENS_WITHIN) -> float:
        """Returns how many seconds it took."""
        begin = time.monotonic()
        while "Ctrl-C sluit het huis" not in self.said():
            assert self._process.poll() is None, self.said()
            assert time.monotonic() - begin < within, self.said()
            time.sleep(0.05)
        return time.monotonic() - begin

    def said(self) -> str:
        """All that it wrote so far."""
        return Path(self._said.name).read_text()

    def get(self, path: str) -> int:
        """The status with which a page answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def ctrl_c(self) -> int:
        """What a terminal does: everyone in the foreground gets the signal. The exit code."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(60)

    def kill(self) -> None:
        """The supervisor alone, without a chance to say goodbye."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Whatever the test did, nothing stays."""
        if self._process.poll() is None:
            self.ctrl_c()
        self._said.close()


def processes_in(var: Path) -> dict[int, str]:
    """Every process that works in this data folder: by its environment or where it stands."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
            where = Path(os.readlink(entry / "cwd"))
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it has just ended
        if f"VH_VAR={var}".encode() in environment or where.is_relative_to(var):
            found[int(entry.name)] = command
    return found


def left_after(var: Path, seconds: float) -> dict[int, str]:
    """What still runs there when it has had this long to end."""
    deadline = time.monotonic() + seconds
    while (left := processes_in(var)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left
