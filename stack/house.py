"""Furnishing the house and opening it: what `./run` and `./run demo` do."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from stack.place import MANAGE, ROOT, Place, ours
from stack.process import dies_with_us
from stack.refusal import Refusal
from stack.say import say
from stack.services import Services, python
from stack.sharing import try_lock
from stack.supervisor import Program

# In a container one is often root; Celery would warn of that at every start.
AS_ROOT_TOO = ("-W", "ignore:You're running the worker with superuser")


def programs(place: Place, port: int) -> list[Program]:
    """The three programs of the house."""
    gunicorn = python("-m", "gunicorn", "veiligheidshuis.wsgi", "--log-level", "warning")
    schedule = place.folder / "beat"
    celery = python(*AS_ROOT_TOO, "-m", "celery", "--quiet", "--app", "veiligheidshuis")
    return [
        Program(
            "web",
            [*gunicorn, "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"],
        ),
        Program("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"]),
        Program(
            "beat",
            [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", f"--schedule={schedule}"],
        ),
    ]


def furnish(services: Services) -> None:
    """The newest tables, the demo house in them, and the static files: nothing is done twice."""
    collecting = _start(["collectstatic", "--noinput", "-v0"], services.application)
    try:
        migrate(services)
        _finish("load_demo", _start(["load_demo"], services.application))
    finally:
        _finish("collectstatic", collecting)


def migrate(services: Services) -> None:
    """The tables as this version of the code wants them."""
    _finish("migrate", _start(["migrate", "-v0", "--noinput"], services.owner))


def empty(services: Services) -> None:
    """Throws away what the demo house holds: its database, its messages and its mail."""
    services.database.drop()
    if services.broker:
        services.broker.forget_everything()
    shutil.rmtree(services.place.files / "mail", ignore_errors=True)
    services.database.prepare()


def demo_accounts(services: Services) -> str:
    """The table of people as whom one can log in."""
    shown = subprocess.run(
        python(str(MANAGE), "demo_accounts"),
        env=services.application,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    return shown.stdout


@contextmanager
def the_only_one(place: Place, port: int | None) -> Iterator[None]:
    """One house at a time in one data folder: two beats would remind everyone twice.

    `port` is where this house can be visited; None for one who only refurnishes it.
    """
    with (ours(place.folder) / "open").open("a+") as file:
        if not try_lock(file):
            file.seek(0)
            where = file.read().strip()
            at = f" op http://127.0.0.1:{where}/" if where else ""
            raise Refusal(f"Het huis draait al{at}. Stop het daar eerst met Ctrl-C.")
        file.truncate(0)
        file.write(str(port or ""))
        file.flush()
        yield
        file.truncate(0)
        fcntl.flock(file, fcntl.LOCK_UN)


def port_from_environment() -> int:
    """PORT, else 8000."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise Refusal(f"PORT={wanted} is geen poort. Kies een getal, bijvoorbeeld: PORT=8001 ./run")
    return int(wanted)


def _start(arguments: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A command of manage.py. What it says comes on stderr."""
    return subprocess.Popen(
        python(str(MANAGE), *arguments),
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=2,
        preexec_fn=dies_with_us(),
    )


def _finish(name: str, process: subprocess.Popen[bytes]) -> None:
    if process.wait():
        say("")
        raise Refusal(
            f"De stap {name} is niet gelukt. Lees hierboven waarom. Helpt dat niet, maak dan het"
            " demohuis opnieuw met: ./run demo"
        )
