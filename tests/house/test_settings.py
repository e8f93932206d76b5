"""Production does not start when something hangs open. Issue 2 §1; veiligheidshuis/settings.py."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet
from django.conf import settings

from stack.commands import FOR_THE_OWNER
from stack.sealing import seal_certificate, seal_key
from tests import databases
from tests.house.sources import ROOT

pytestmark = pytest.mark.whole  # each starts a house of its own: seconds that ./run check has not
SAFE = {
    "VH_MODE": "production",
    "SECRET_KEY": "a-key-of-our-own-" * 4,
    "FIELD_KEY": Fernet.generate_key().decode(),
    "SEAL_CERTIFICATE": seal_certificate(seal_key()),
    "ALLOWED_HOSTS": "huis.example",
    "BASE_URL": "https://huis.example",
    "DATABASE_URL": os.environ["DATABASE_URL"],
    "REDIS_URL": "redis://localhost:1/0",
    "PATH": os.environ["PATH"],
}


COME_IN = "from django.db import connection as c; c.ensure_connection(); print('binnen')"


def manage(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a production house, with something changed."""
    environment = {name: value for name, value in (SAFE | changed).items() if value}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def house() -> Iterator[dict[str, str]]:
    """The address of a migrated house without people, as the application and as its owner."""
    name = f"vh_productie_{os.getpid()}"
    databases.copy(name)
    yield {
        "DATABASE_URL": databases.with_name(SAFE["DATABASE_URL"], name),
        "OWNER_DATABASE_URL": databases.with_name(databases.OWNER_URL, name),
    }
    databases.drop(name)


def test_a_safe_production_house_has_nothing_to_say_against_it(house):
    checked = manage(
        "check",
        "--deploy",
        "--fail-level=INFO",
        "--database=default",
        DATABASE_URL=house["DATABASE_URL"],
    )

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"VH_DEBUG": "1"}, "VH_DEBUG hoort niet in productie"),
        ({"SECRET_KEY": ""}, "Zet een eigen SECRET_KEY"),
        ({"SECRET_KEY": "te-kort"}, "minstens 50 tekens"),
        ({"SECRET_KEY": "alleen-voor-ontwikkeling-en-tests"}, "Zet een eigen SECRET_KEY"),
        ({"FIELD_KEY": ""}, "Zet een eigen FIELD_KEY"),
        ({"FIELD_KEY": "onzin"}, "Zet een eigen FIELD_KEY"),
        ({"FIELD_KEY": "dmVpbGlnaGVpZHNodWlzLWFsbGVlbi12b29yLXRlc3Q="}, "Zet een eigen FIELD_KEY"),
        ({"SEAL_CERTIFICATE": ""}, "Zet een eigen SEAL_CERTIFICATE"),
        ({"VH_MODE": "Production"}, "VH_MODE is 'Production'. Kies uit: production"),
    ],
)
def test_production_refuses_to_start_with(changed, said):
    refused = manage("check", **changed)

    assert refused.returncode != 0
    assert said in refused.stderr


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Het huis heeft geen zegel"),
        ({"SEAL_KEY": seal_key()}, "De sleutel van het zegel hoort niet bij het certificaat"),
    ],
)
def test_a_worker_that_cannot_seal_does_not_begin(changed, said):
    refused = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "veiligheidshuis", "worker"],
        cwd=ROOT,
        env=SAFE | changed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert refused.returncode != 0
    assert said in refused.stderr


def test_production_refuses_a_role_that_owns_the_tables(house):
    refused = manage("migrate", "--check", DATABASE_URL=house["OWNER_DATABASE_URL"])

    assert refused.returncode != 0
    assert "bezit de tabellen" in refused.stderr
    assert "Dan staan alle sloten open" in refused.stderr


def test_only_set_up_comes_in_as_the_owner(house):
    """Issue 2 §1: the exemption is for these commands alone, and `./run manage` knows the same."""
    let_in = manage("migrate", "--check", VH_AS_OWNER="1", **house)

    assert let_in.returncode == 0, let_in.stderr
    assert set(settings.OWNER_COMMANDS) == FOR_THE_OWNER == {"migrate", "identity_provider"}


@pytest.mark.parametrize(
    "program",
    [
        ("manage.py", "shell", "--command", COME_IN),
        ("manage.py", "check", "--database", "default"),
        ("-m", "gunicorn", "--check-config", "veiligheidshuis.wsgi"),
        ("-m", "celery", "-A", "veiligheidshuis", "report"),
    ],
    ids=lambda program: " ".join(program[:3]),
)
def test_nothing_else_comes_in_as_the_owner(house, program):
    refused = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=SAFE | house | {"VH_AS_OWNER": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert refused.returncode != 0
    assert "VH_AS_OWNER=1 is er alleen voor manage.py migrate" in refused.stderr
    assert "binnen" not in refused.stdout


def test_a_house_without_a_mode_is_a_production_house():
    refused = manage("check", VH_MODE="", SECRET_KEY="")

    assert "Zet een eigen SECRET_KEY" in refused.stderr


def test_production_has_no_demo_people_and_no_style_guide(house):
    asked = manage("help", DATABASE_URL=house["DATABASE_URL"])

    assert "load_demo" not in asked.stdout
    assert "verify_access_log" in asked.stdout


def test_secrets_come_from_files_as_well(tmp_path, house):
    (tmp_path / "key").write_text(SAFE["SECRET_KEY"] + "\n")

    checked = manage(
        "check",
        SECRET_KEY="",
        SECRET_KEY_FILE=str(tmp_path / "key"),
        DATABASE_URL=house["DATABASE_URL"],
    )

    assert checked.returncode == 0, checked.stderr
