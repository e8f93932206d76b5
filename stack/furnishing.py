"""Furnishing the house: its tables, the demo house in them, its static files."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack.database import OurServer, is_migrated
from stack.place import ROOT, Place
from stack.say import say
from stack.services import Services
from stack.steps import do, finish, step

NOT_THE_HOUSE = {"__pycache__", "tests", "docs", "node_modules"}


def is_furnished(services: Services) -> bool:
    """Has a first furnishing been here, and was it finished?"""
    return is_migrated(services.database) and not _unfinished(services).exists()


def furnish_unless_done(services: Services) -> None:
    """What was furnished with this very code needs no second look: the door opens sooner."""
    if isinstance(services.database, OurServer) and _furnished_with(services) == code_on_disk():
        return
    say("Ik werk de tabellen bij en kijk of het demohuis er staat ...")
    furnish(services)


def furnish(services: Services) -> None:
    """The newest tables, the demo house in them, and the static files: nothing is done twice."""
    code = code_on_disk()
    forget_furnishing(services.place)
    with step(["collectstatic", "--noinput", "-v0"], services.application) as collecting:
        with _all_or_nothing(services):
            do(["migrate", "-v0", "--noinput"], services.owner)
            do(["load_demo"], services.application)
        finish("collectstatic", collecting)
    _mark(services.place).write_text(code)


def forget_furnishing(place: Place) -> None:
    """The next start looks at everything again."""
    _mark(place).unlink(missing_ok=True)


def code_on_disk(root: Path = ROOT) -> str:
    """Changes with every file of the house; its tests and documents are no part of that."""
    digest = hashlib.sha256()
    for folder, inside, files in os.walk(root):
        inside[:] = sorted(n for n in inside if n not in NOT_THE_HOUSE and not n.startswith("."))
        for name in sorted(files):
            found = os.stat(os.path.join(folder, name))
            digest.update(f"{folder}/{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def empty(services: Services) -> None:
    """Throws away what the demo house holds: its database, its messages and its mail."""
    forget_furnishing(services.place)
    services.database.drop()
    if services.broker:
        services.broker.forget_everything()
    shutil.rmtree(services.place.files / "mail", ignore_errors=True)
    services.database.prepare()


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


def _mark(place: Place) -> Path:
    """Where the last furnishing wrote down with which code it was done."""
    return place.folder / "furnished"


def _furnished_with(services: Services) -> str:
    """That code, if all of it still stands."""
    mark = _mark(services.place)
    stands = mark.exists() and is_furnished(services) and (services.place.files / "static").exists()
    return mark.read_text() if stands else ""


def _unfinished(services: Services) -> Path:
    """The mark that stands as long as a first furnishing is under way."""
    return services.place.folder / "unfinished"
