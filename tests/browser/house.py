"""A whole house for the browser: its own database and broker, web and worker as real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import databases
from tests.brokers import own_broker

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0  # seconds for a busy machine to answer


@contextmanager
def living_house(name: str, var: Path, *, furnish: bool = False) -> Iterator[str]:
    """The address of a house that is served and worked in, until the block ends.

    `furnish` loads the demo house; otherwise only its people are seated.
    """
    databases.copy(name)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    programs: list[subprocess.Popen[bytes]] = []
    with own_broker(var / "broker") as broker:
        env = os.environ | {
            "DATABASE_URL": databases.with_name(os.environ["DATABASE_URL"], name),
            "REDIS_URL": broker.cache_url(),
            "CELERY_BROKER_URL": broker.messages_url(),
            "VH_VAR": str(var),
            "VH_MODE": "test",
            "BASE_URL": address,
        }
        env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
        try:
            run(env, "load_demo" if furnish else "seat_people")
            programs.append(start(env, var / "web.log", "gunicorn", *web(port)))
            programs.append(start(env, var / "worker.log", "celery", *worker()))
            wait_for(f"{address}/health/", programs[0], var / "web.log")
            yield address
        finally:
            for program in reversed(programs):
                stop(program)
            databases.drop(name)


def web(port: int) -> list[str]:
    return ["veiligheidshuis.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--timeout", "60"]


def worker() -> list[str]:
    return [
        "-A",
        "veiligheidshuis",
        "worker",
        "--pool",
        "solo",
        "-l",
        "WARNING",
        "--without-mingle",
    ]


def run(env: dict[str, str], command: str) -> None:
    """A command of manage.py, as the application role."""
    subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=env, check=True)


def start(env: dict[str, str], log: Path, module: str, *args: str) -> subprocess.Popen[bytes]:
    """A program of the house, in a process group of its own."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", module, *args],
            cwd=ROOT,
            env=env,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


def stop(program: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, and see to it that it did."""
    program.send_signal(signal.SIGTERM)
    try:
        program.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def wait_for(url: str, program: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers. Raises RuntimeError, with what the program said, when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer:\n{log.read_text()[-2000:]}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
