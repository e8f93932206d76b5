"""Where things lie: the checkout, the data folder, and a corner of it for each use."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from stack.refusal import Refusal

ROOT = Path(__file__).resolve().parents[1]
MANAGE = ROOT / "manage.py"
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes for the whole path of a socket


def var() -> Path:
    """The folder for everything that the house keeps on this machine."""
    return Path(os.environ.get("VH_VAR") or ROOT / ".var").absolute()


def ours(folder: Path) -> Path:
    """The folder, made when needed, closed to other people."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@dataclass(frozen=True)
class Place:
    """One corner of the data folder: the house itself, or the one where tests are run."""

    mode: str  # what the application is told: development, test or production
    folder: Path  # the servers of this place
    files: Path  # what the application writes: mail, static files
    fast: bool = False  # a server that may forget everything when the power fails


def the_house() -> Place:
    """The place of `./run`: what is in it is kept."""
    return Place(os.environ.get("VH_MODE") or "development", var() / "dev", var())


def the_tests() -> Place:
    """The place of the tests: nothing in it is worth keeping."""
    return Place("test", var() / "test", var() / "test", fast=True)


def socket_folder(folder: Path) -> Path:
    """The folder itself, or a short one in /tmp where the path would be too long for a socket."""
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return ours(folder)
    short = Path("/tmp") / f"vh-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"  # noqa: S108
    ours(short)
    found = short.lstat()
    # /tmp belongs to everyone: somebody else may have put a folder or a link of that name there.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in _our_users():
        raise Refusal(f"De map {short} is niet van u. Haal die map weg en probeer het opnieuw.")
    return short


def _our_users() -> set[int]:
    """Ourselves, and for root also the user under whom PostgreSQL then runs (postgres.py)."""
    if os.geteuid() != 0:
        return {os.geteuid()}
    return {0, pwd.getpwnam("nobody").pw_uid}
