"""docker-compose.yml and Dockerfile: the shape of production, read as the machine reads it."""

import json
import re

import pytest
import yaml

from stack.commands import LOCKS
from stack.deployment import make_secrets
from stack.place import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]


def one_shot(name):
    """A service that others wait for until it has ended well."""
    return any(
        service.get("depends_on", {}).get(name, {}).get("condition")
        == "service_completed_successfully"
        for service in SERVICES.values()
    )


def test_all_the_parts_of_the_house_are_there():
    assert {"db", "redis", "web", "worker", "beat"} <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_that_stays_up_is_asked_how_it_is(name):
    assert one_shot(name) or SERVICES[name]["healthcheck"]["test"]


def test_no_secret_and_no_default_stands_in_the_file():
    """Passwords come from files; what differs per house has no default value to forget."""
    text = (ROOT / "docker-compose.yml").read_text()
    assert not re.search(r"\$\{\w+(:?-|\})", text), "a variable with a default, or none required"
    for service in SERVICES.values():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|_URL", variable) and variable != "BASE_URL":
                assert variable.endswith("_FILE"), variable
                assert value.startswith("/run/secrets/")


def test_every_secret_that_is_asked_for_is_made_and_given(tmp_path):
    made = set(make_secrets(tmp_path))
    for name, service in SERVICES.items():
        given = set(service.get("secrets", []))
        named = set(re.findall(r"/run/secrets/(\w+)", str(service)))
        assert named <= given, name
        assert given <= set(COMPOSE["secrets"]) == made, name


def test_every_file_variable_is_one_that_the_settings_read():
    settings = (ROOT / "veiligheidshuis" / "settings.py").read_text()
    read = set(re.findall(r'secret\(\s*"(\w+)"', settings)) | {"OWNER_DATABASE_URL", "DATABASE_URL"}
    for name in OURS:
        asked = {v.removesuffix("_FILE") for v in SERVICES[name]["environment"] if "_FILE" in v}
        assert asked <= read, name


def test_only_the_migration_knows_the_address_of_the_owner():
    knowing = {name for name, s in SERVICES.items() if "owner_database_url" in s.get("secrets", [])}
    as_owner = {name for name, s in SERVICES.items() if "VH_AS_OWNER" in s.get("environment", {})}
    assert knowing == as_owner == {"migrate"}


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_write_nothing_and_become_nobody(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["environment"]["VH_MODE"] == "production"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_house_opens_only_when_the_tables_are_up_to_date(name):
    condition = SERVICES[name]["depends_on"]["migrate"]["condition"]
    assert condition == "service_completed_successfully"


def test_database_and_broker_are_reached_from_inside_only():
    for name in ("db", "redis"):
        assert "ports" not in SERVICES[name]
        assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_the_image_is_no_root():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.MULTILINE)


def test_nothing_is_installed_but_by_hash():
    """Neither in the image nor by ./run, and the installer is no exception."""
    lines = [
        *(ROOT / "Dockerfile").read_text().splitlines(),
        *(ROOT / "run").read_text().splitlines(),
    ]
    installing = [line for line in lines if "pip install" in line]

    assert len(installing) == 3  # the image, what installs, and all the rest
    assert all("pip install --require-hashes" in line for line in installing)


def test_the_web_log_holds_no_address_and_so_no_name_number_or_key():
    """Searching is GET, and an invitation is an address: what is asked stays out of the log."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    (command,) = re.findall(r"^CMD (\[.*?\])$", dockerfile, re.MULTILINE | re.DOTALL)
    words = json.loads(command.replace("\\\n", ""))
    written = words[words.index("--access-logformat") + 1]

    assert set(re.findall(r"%\((.*?)\)s", written)) == {"t", "m", "s", "M"}


def test_the_log_of_the_database_repeats_no_question_and_no_row():
    command = SERVICES["db"]["command"]

    assert command[0] == "postgres"
    assert {"log_error_verbosity=terse", "log_min_error_statement=panic"} <= set(command)


@pytest.mark.parametrize("name", [f"{name}.lock" for name in LOCKS])
def test_the_locks_name_no_host_and_pin_by_hash(name):
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert "index-url" not in lock
    pinned = re.findall(r"^[a-z0-9].*==", lock, re.MULTILINE)
    assert pinned
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_publiccode_says_what_the_licence_says():
    publiccode = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert publiccode["legal"]["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text()
    assert len(publiccode["description"]["nl"]["shortDescription"]) <= 150
