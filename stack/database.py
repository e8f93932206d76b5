"""Which PostgreSQL we use, and the two addresses in it: the owner's and the application's.

Three ways, in this order:
- OWNER_DATABASE_URL and DATABASE_URL are both given: somebody made roles and database already;
- DATABASE_URL alone: a server of yours, with a user who may make roles and databases;
- neither: a server of our own, from the wheel.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg

from stack import roles
from stack.keys import kept, password
from stack.place import Place, var
from stack.postgres import SUPERUSER, Postgres
from stack.refusal import Refusal
from stack.sharing import in_use, is_up

NAME = "veiligheidshuis"
ONE_AT_A_TIME = 20040817  # any number, as long as we all take the same
KNOCKS_FOR = 5  # seconds
NOT_OURS = {"postgres", "template0", "template1"}


class Database(ABC):
    """A database with an owner role and an application role."""

    name: str

    @abstractmethod
    def running(self) -> AbstractContextManager[None]:
        """The server is up as long as this lasts."""

    @abstractmethod
    def has_stopped(self) -> bool:
        """Was it ours to keep up, and is it down?"""

    @abstractmethod
    def address(self, role: str) -> str:
        """The URL by which this role reaches the database."""

    @abstractmethod
    def prepare(self) -> None:
        """Roles, database and rights are as they should be; what was there stays."""

    @abstractmethod
    def drop(self) -> None:
        """Throw it away."""


def choose(place: Place) -> Database:
    """The database that the environment asks for."""
    given, owners = os.environ.get("DATABASE_URL"), os.environ.get("OWNER_DATABASE_URL")
    if given and owners:
        return ReadyDatabase(owners, given)
    if owners:
        raise Refusal("Naast OWNER_DATABASE_URL hoort ook DATABASE_URL: die van de applicatie.")
    may_make_databases = place.mode != "production"
    if given:
        return YourServer(given, may_make_databases)
    return OurServer(Postgres(place.folder / "postgres"), may_make_databases)


def is_migrated(database: Database) -> bool:
    """Has `migrate` ever run here?"""
    with connect(database.address(roles.OWNER)) as connection:
        found = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
        return found is not None and found[0] is not None


class ReadyDatabase(Database):
    """Somebody made the roles and the database; we take both addresses as they are."""

    def __init__(self, owners: str, applications: str) -> None:
        self._addresses = {roles.OWNER: owners, roles.APPLICATION: applications}
        self.name = unquote(_parsed(applications).path.lstrip("/"))

    def running(self) -> AbstractContextManager[None]:
        """Not ours to start."""
        return nullcontext()

    def has_stopped(self) -> bool:
        """Not ours to watch."""
        return False

    def address(self, role: str) -> str:
        """As given."""
        return self._addresses[role]

    def prepare(self) -> None:
        """Both doors must open; the rest was done by whoever gave the addresses."""
        for role, address in self._addresses.items():
            variable = "OWNER_DATABASE_URL" if role == roles.OWNER else "DATABASE_URL"
            connect(address, variable).close()

    def drop(self) -> None:
        """Not ours to drop."""
        raise Refusal(
            "Deze database hebt u zelf ingericht (OWNER_DATABASE_URL). Gooi hem zelf weg en maak"
            " hem opnieuw; daarna richt ./run het demohuis in."
        )


class _MadeDatabase(Database):
    """A database that we make ourselves, on a server where we have an administrator."""

    passwords: dict[str, str]

    def __init__(self, may_make_databases: bool) -> None:
        self._may_make_databases = may_make_databases

    @abstractmethod
    def administrator(self, database: str) -> psycopg.Connection:
        """A connection of the role that may make roles and databases."""

    def prepare(self) -> None:
        """Roles, database and rights are as they should be; what was there stays."""
        with self._alone() as admin:
            roles.make_roles(admin, self.passwords, self._may_make_databases)
            if roles.database_exists(admin, self.name):
                with self.administrator(self.name) as inside:
                    roles.adopt_database(admin, inside, self.name)
            else:
                roles.make_database(admin, self.name)
            with connect(self.address(roles.OWNER)) as inside:
                roles.set_rights(inside)

    def drop(self) -> None:
        """Throw it away."""
        with self._alone() as admin:
            roles.drop_database(admin, self.name)

    @contextmanager
    def _alone(self) -> Iterator[psycopg.Connection]:
        """An administrator; of two who set up the same server at once, one waits."""
        with self.administrator("postgres") as admin:
            roles.refuse_too_old(admin)
            admin.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            yield admin


class OurServer(_MadeDatabase):
    """The server from the wheel. It has no port and no passwords: the folder is closed."""

    name = NAME
    passwords: dict[str, str] = {}

    def __init__(self, server: Postgres, may_make_databases: bool) -> None:
        super().__init__(may_make_databases)
        self.server = server

    def running(self) -> AbstractContextManager[None]:
        """Started when it was not up, and shared with others who use it."""
        return in_use(self.server)

    def has_stopped(self) -> bool:
        """Is it down?"""
        return not is_up(self.server)

    def address(self, role: str) -> str:
        """Through the socket."""
        return self.server.address(role, self.name)

    def administrator(self, database: str) -> psycopg.Connection:
        """The superuser that initdb made."""
        return connect(self.server.address(SUPERUSER, database))


class YourServer(_MadeDatabase):
    """A server that you point out in DATABASE_URL."""

    def __init__(self, url: str, may_make_databases: bool) -> None:
        super().__init__(may_make_databases)
        self.url = _parsed(url)
        self.name = unquote(self.url.path.lstrip("/")) or NAME
        if self.name in NOT_OURS:
            raise Refusal(
                f"De database {self.name} is van PostgreSQL zelf. Zet in DATABASE_URL een andere"
                f" naam achter de laatste schuine streep, bijvoorbeeld {NAME}."
            )
        folder = var() / "secrets"
        self.passwords = {
            role: kept(role, password, folder) for role in (roles.OWNER, roles.APPLICATION)
        }

    def running(self) -> AbstractContextManager[None]:
        """Not ours to start."""
        return nullcontext()

    def has_stopped(self) -> bool:
        """Not ours to watch."""
        return False

    def address(self, role: str) -> str:
        """The same server, another user."""
        place = self.url.netloc.rpartition("@")[2]
        login = f"{role}:{self.passwords[role]}"
        return self.url._replace(netloc=f"{login}@{place}", path=f"/{self.name}").geturl()

    def administrator(self, database: str) -> psycopg.Connection:
        """The user whom you gave."""
        return connect(self.url._replace(path=f"/{database}").geturl(), "DATABASE_URL")


def connect(url: str, variable: str | None = None) -> psycopg.Connection:
    """A connection that commits by itself; `variable` is where the person wrote the address."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=KNOCKS_FOR)
    except psycopg.Error as error:
        if variable:
            advice = f"Kijk {variable} na, of laat die weg: dan maakt ./run zelf een database."
        else:
            advice = "Kijk na of de server deze gebruiker toelaat (pg_hba.conf)."
        why = _in_words(error)
        raise Refusal(f"Ik krijg geen verbinding met de database. {why} {advice}") from error


# What PostgreSQL says in English, in the words of who started ./run.
REFUSALS = {
    "authentication failed": "De database weigert deze gebruiker: klopt het wachtwoord?",
    "no pg_hba.conf entry": "De database laat deze gebruiker van hier niet toe.",
    "does not exist": "De database of de gebruiker in het adres bestaat niet.",
    "could not translate host name": "Er is geen server met deze naam.",
    "invalid": "Het adres van de database klopt niet.",
}


def _in_words(error: psycopg.Error) -> str:
    """Why there is no connection. Never the address itself: there is a password in it."""
    said = str(error)
    known = (words for english, words in REFUSALS.items() if english in said)
    return next(known, "De database antwoordt niet.")


def _parsed(url: str) -> SplitResult:
    """The parts of the address, or a refusal that does not repeat the password in it."""
    try:
        parsed = urlsplit(url)
        _ = parsed.port  # raises when it is no number
    except ValueError:
        parsed = SplitResult("", "", "", "", "")
    if parsed.scheme not in ("postgres", "postgresql"):
        raise Refusal(
            "DATABASE_URL is geen adres van een PostgreSQL. Het hoort er zo uit te zien:"
            " postgresql://gebruiker:wachtwoord@server:5432/veiligheidshuis."
            " Laat DATABASE_URL weg, dan maakt ./run zelf een database."
        )
    return parsed
