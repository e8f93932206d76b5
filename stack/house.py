"""The house as it stands open: its three programs, its port, and that there is only one."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from stack.place import Place, ours
from stack.refusal import Refusal
from stack.services import Services, python
from stack.sharing import try_lock
from stack.steps import step
from stack.supervisor import Program

# In a container one is often root; Celery would warn of that at every start.
AS_ROOT_TOO = ("-W", "ignore:You're running the worker with superuser")


def programs(place: Place, port: int) -> list[Program]:
    """The three programs of the house."""
    gunicorn = python("-m", "gunicorn", "veiligheidshuis.wsgi", "--log-level", "warning")
    gunicorn += ["--limit-request-line", "0"]  # the pages themselves say what is too long
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


def ask_for_accounts(services: Services) -> AbstractContextManager[subprocess.Popen[str]]:
    """The table of people as whom one can log in; on its way while the door is opened."""
    return step(["demo_accounts"], services.application, stdout=subprocess.PIPE)


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
