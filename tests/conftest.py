"""The tests' house: a real database with the demo house's people, asked as the application role."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client as Browser
from xdist.scheduler import LoadFileScheduling, Scheduling

from demo.people import seat_people
from partners.models import User
from stack.sealing import seal_certificate, seal_key
from tests import databases, remembered
from tests.entering import enter
from veiligheidshuis import accesslog, needtoknow, werkafspraken

LONG = {"whole", "browser", "nightly"}  # the marks of what takes long
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alleen")
# These ask what one walk through the house came across (tests/house/conftest.py): walk it once.
ONE_WALK = {f"tests/house/test_{name}.py" for name in ("urls", "headers", "canary", "language")}


class Together(LoadFileScheduling):
    """The tests of one file go to one process, and so do those of one walk."""

    def _split_scope(self, nodeid: str) -> str:
        """The word that tests have in common when they stay together."""
        file = super()._split_scope(nodeid)
        return "one walk" if file in ONE_WALK else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Who gets which tests, when there is more than one process."""
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, in the order that chance gave: see `SIDE_BY_SIDE` in stack/checks.py."""
    items.sort(key=lambda item: LONG.isdisjoint(mark.name for mark in item.iter_markers()))


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """The place of the collected files; the tests are served from the sources, but it must be."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def seal_of_the_house() -> None:
    """The house that is tested has a seal as any other, made as `./run` makes one."""
    key = seal_key()
    for name, value in {"SEAL_KEY": key, "SEAL_CERTIFICATE": seal_certificate(key)}.items():
        setattr(settings, name, value)
        os.environ[name] = value  # for a worker that a test starts


@pytest.fixture(scope="session")
def seated_house(django_db_blocker: Any) -> Iterator[str]:
    """A database in which everybody has his seat, to make copies of; nobody else goes in."""
    name = f"vh_seated_{WORKER}_{os.getpid()}"
    with django_db_blocker.unblock():
        databases.copy(name)
        go_to(name)
        seat_people()
        read_all_mail(name)
        connections.close_all()
        accesslog.close()
    yield name
    databases.drop(name)


def read_all_mail(name: str) -> None:
    """What was mailed to them when they got their seats lies in their boxes, and was read."""
    with psycopg.connect(databases.with_name(databases.OWNER_URL, name), autocommit=True) as link:
        link.execute("DELETE FROM veiligheidshuis_outboxmail")


@pytest.fixture(scope="session")
def django_db_setup(seated_house: str, django_db_blocker: Any) -> Iterator[None]:
    """One database for this run, in which every test is undone."""
    name = f"vh_test_{WORKER}_{os.getpid()}"
    with django_db_blocker.unblock():
        databases.copy(name, of=seated_house)
        remembered.install(name)
        go_to(name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        accesslog.close()
        databases.drop(name)


def go_to(name: str) -> None:
    """From here on the house is this database."""
    connections.close_all()
    accesslog.close()
    connections["default"].settings_dict["NAME"] = name
    werkafspraken.forget()
    werkafspraken.begun("caseload_norm")  # read once a day: no test counts that question


@pytest.fixture(autouse=True)
def remembering(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Situations are laid down from memory where a test leaves the house around it as it is."""
    remembered.allow(set(request.fixturenames), monkeypatch)


@pytest.fixture
def anew() -> None:
    """Everything is arranged by the operations, and nothing from memory (tests/remembered.py)."""


@pytest.fixture
def own_house(seated_house: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own for a test that commits: threads, workers, the wall taken down."""
    with (
        django_db_blocker.unblock(),
        moved_to(f"vh_own_{WORKER}_{os.getpid()}", of=seated_house) as it,
    ):
        yield it


@pytest.fixture
def empty_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database in which nobody has an account yet, as in production on its first day."""
    with django_db_blocker.unblock(), moved_to(f"vh_empty_{WORKER}_{os.getpid()}") as it:
        yield it


@contextmanager
def moved_to(name: str, of: str | None = None) -> Iterator[str]:
    """In the meantime the house is a new copy, of that database or of one without people."""
    former = connections["default"].settings_dict["NAME"]
    connections.close_all()
    databases.copy(name, of=of)
    go_to(name)
    yield name
    go_to(former)
    databases.drop(name)


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The owner's own connection to the database under test (committed rows only)."""
    url = databases.with_name(databases.OWNER_URL, connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as link:
        yield link


@pytest.fixture
def agreed(owner: psycopg.Connection) -> Iterator[Callable[[str, object], None]]:
    """Something else was agreed and holds since yesterday: agreed("caseload_norm", 3)."""

    def agree(subject: str, content: object) -> None:
        owner.execute(
            "INSERT INTO veiligheidshuis_werkafspraak (id, subject, valid_from, content, source,"
            " changes, decision, recorded_at) VALUES (gen_random_uuid(), %s, vh.today() - 1, %s,"
            " 'toets', 'toets', '', now())",
            [subject, str(content)],
        )
        werkafspraken.forget()

    yield agree
    owner.execute("DELETE FROM veiligheidshuis_werkafspraak WHERE source = 'toets'")
    werkafspraken.forget()


@pytest.fixture
def person(db: None) -> Callable[[str], User]:
    """Somebody of the demo house by login name: person("samira")."""
    return lambda username: User.objects.select_related("organisation", "personal_group").get(
        username=username
    )


@pytest.fixture
def acting(person: Callable[[str], User]) -> Callable[[str], AbstractContextManager[None]]:
    """Ask the database as somebody: `with acting("samira"):`."""
    return lambda username: needtoknow.acting_as(person(username).pk)


@pytest.fixture
def browse(person: Callable[[str], User]) -> Callable[..., Browser]:
    """A logged-in browser for somebody; without a name for a visitor."""

    def browser(username: str = "") -> Browser:
        visitor = Browser()
        return enter(visitor, person(username)) if username else visitor

    return browser
