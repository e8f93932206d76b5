"""Database and broker up, and the environments in which the programs of the house run."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import urlsplit

import redis

from stack import database, roles
from stack.broker import CACHE, MESSAGES, Broker
from stack.database import KNOCKS_FOR, Database, OurServer
from stack.keys import application_keys
from stack.place import Place
from stack.refusal import Refusal
from stack.sharing import in_use, is_up

OWNERS_ONLY = ("OWNER_DATABASE_URL", "VH_AS_OWNER")


@dataclass(frozen=True)
class Services:
    """What is up, and what the programs must be told about it."""

    place: Place
    database: Database
    broker: Broker | None  # None: you pointed one out in REDIS_URL
    application: dict[str, str]  # serves pages, does tasks, runs commands
    owner: dict[str, str]  # migrates, and nothing else
    tests: dict[str, str]  # runs as the application, and makes databases as the owner

    def stopped(self) -> list[str]:
        """The servers that we kept up and that are down."""
        names = ["PostgreSQL"] if self.database.has_stopped() else []
        if self.broker and not is_up(self.broker):
            names.append(self.broker.label)
        return names


@contextmanager
def services(place: Place) -> Iterator[Services]:
    """Everything is up as long as this lasts; what we started for it then stops."""
    chosen = database.choose(place)
    broker = None if os.environ.get("REDIS_URL") else Broker(place.folder / "broker")
    with chosen.running(), in_use(broker) if broker else nullcontext():
        chosen.prepare()
        yield _described(place, chosen, broker)


def _described(place: Place, chosen: Database, broker: Broker | None) -> Services:
    application = _inherited() | application_keys() | _broker_addresses(broker)
    application |= {
        "DATABASE_URL": chosen.address(roles.APPLICATION),
        "VH_MODE": place.mode,
        "VH_VAR": str(place.files),
        "PYTHONUNBUFFERED": "1",
    }
    if isinstance(chosen, OurServer):  # pg_dump and psql of the same version as the server
        application["PATH"] = f"{chosen.server.programs}{os.pathsep}{application['PATH']}"
    as_owner = {"OWNER_DATABASE_URL": chosen.address(roles.OWNER)}
    return Services(
        place=place,
        database=chosen,
        broker=broker,
        application=application,
        owner=application | as_owner | {"VH_AS_OWNER": "1"},
        tests=application | as_owner,
    )


def _inherited() -> dict[str, str]:
    """Our own environment, without the owner's address and without our way to find `stack`."""
    env = {name: value for name, value in os.environ.items() if name not in OWNERS_ONLY}
    env.pop("PYTHONPATH", None)
    return env | {"PATH": os.environ.get("PATH") or os.defpath}


def _broker_addresses(broker: Broker | None) -> dict[str, str]:
    """Of our own broker, or of the one in REDIS_URL once it has answered."""
    if broker:
        return {"REDIS_URL": broker.cache_url(), "CELERY_BROKER_URL": broker.messages_url()}
    given = os.environ["REDIS_URL"]
    _refuse_silent_broker(given)
    if messages := os.environ.get("CELERY_BROKER_URL"):
        return {"REDIS_URL": given, "CELERY_BROKER_URL": messages}
    return given_broker_addresses(given)


def given_broker_addresses(url: str) -> dict[str, str]:
    """Messages and cache each in their own numbered database of the one server."""
    parsed = urlsplit(url)
    if parsed.scheme == "unix":
        login = f"{parsed.netloc.rpartition('@')[0]}@" if "@" in parsed.netloc else ""
        return {
            "REDIS_URL": f"unix://{login}{parsed.path}?db={CACHE}",
            "CELERY_BROKER_URL": f"redis+socket://{login}{parsed.path}?virtual_host={MESSAGES}",
        }
    return {
        "REDIS_URL": parsed._replace(path=f"/{CACHE}").geturl(),
        "CELERY_BROKER_URL": parsed._replace(path=f"/{MESSAGES}").geturl(),
    }


def _refuse_silent_broker(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=KNOCKS_FOR) as server:
            server.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise Refusal(
            f"Ik krijg geen verbinding met de Redis in REDIS_URL ({type(error).__name__})."
            " Kijk REDIS_URL na, of laat die weg: dan start ./run er zelf een."
        ) from error


def python(*arguments: str) -> list[str]:
    """A command line for the Python we run in."""
    return [sys.executable, *arguments]
