"""Furnishing the house and opening it: what `./run` and `./run demo` do."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from stack.database import OurServer, is_migrated
from stack.place import MANAGE, ROOT, Place, ours
from stack.process import dies_with_us
from stack.refusal import Refusal
from stack.say import say
from stack.services import Services, python
from stack.sharing import try_lock
from stack.supervisor import Program

STDERR = 2
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


def is_furnished(services: Services) -> bool:
    """Has a first furnishing been here, and was it finished?"""
    return is_migrated(services.database) and not _unfinished(services).exists()


def furnish(services: Services) -> None:
    """The newest tables, the demo house in them, and the static files: nothing is done twice."""
    with _step(["collectstatic", "--noinput", "-v0"], services.application) as collecting:
        with _all_or_nothing(services):
            _do(["migrate", "-v0", "--noinput"], services.owner)
            _do(["load_demo"], services.application)
        _finish("collectstatic", collecting)


def empty(services: Services) -> None:
    """Throws away what the demo house holds: its database, its messages and its mail."""
    services.database.drop()
    if services.broker:
        services.broker.forget_everything()
    shutil.rmtree(services.place.files / "mail", ignore_errors=True)
    services.database.prepare()


def ask_for_accounts(services: Services) -> AbstractContextManager[subprocess.Popen[str]]:
    """The table of people as whom one can log in; on its way while the door is opened."""
    return _step(["demo_accounts"], services.application, stdout=subprocess.PIPE)


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


@contextmanager
def _all_or_nothing(services: Services) -> Iterator[None]:
    """A first furnishing that was broken off is begun anew, not finished by halves.

    Only on our own server, and only when nothing was there: what people did is never thrown away.
    """
    unfinished = _unfinished(services)
    if unfinished.exists() and isinstance(services.database, OurServer):
        say("De vorige keer is het inrichten afgebroken; ik begin opnieuw ...")
        empty(services)
    if not is_migrated(services.database):
        unfinished.touch()
    yield
    unfinished.unlink(missing_ok=True)


def _unfinished(services: Services) -> Path:
    """The mark that stands as long as a first furnishing is under way."""
    return services.place.folder / "unfinished"


@contextmanager
def _step(
    arguments: list[str], env: Mapping[str, str], stdout: int = STDERR
) -> Iterator[subprocess.Popen[str]]:
    """A command of manage.py that is stopped when we are. What it says comes on stderr."""
    process = subprocess.Popen(
        python(str(MANAGE), *arguments),
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        text=True,
        start_new_session=True,  # Ctrl-C comes to us, and is told here
        preexec_fn=dies_with_us(),
    )
    with process:
        try:
            yield process
        except BaseException:
            process.terminate()
            raise


def _do(arguments: list[str], env: Mapping[str, str]) -> None:
    with _step(arguments, env) as process:
        _finish(arguments[0], process)


def _finish(name: str, process: subprocess.Popen[str]) -> None:
    if process.wait():
        raise Refusal(
            f"De stap {name} is niet gelukt. Lees hierboven waarom. Helpt dat niet, maak dan het"
            " demohuis opnieuw met: ./run demo"
        )
