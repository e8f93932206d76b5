"""What the person wrote in the environment becomes the addresses that the programs get."""

import pytest

from stack import roles
from stack.database import YourServer, choose
from stack.house import port_from_environment
from stack.place import the_tests
from stack.refusal import Refusal
from stack.services import given_broker_addresses


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VH_VAR", str(tmp_path))
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)


def test_your_server_keeps_host_port_and_options_but_not_your_login():
    server = YourServer("postgresql://baas:geheim@db.huis:6432/proef?sslmode=require", True)
    address = server.address(roles.APPLICATION)
    password = server.passwords[roles.APPLICATION]
    assert address == f"postgresql://vh_app:{password}@db.huis:6432/proef?sslmode=require"
    assert "geheim" not in address
    assert password != server.passwords[roles.OWNER]


def test_your_server_keeps_a_socket_as_host():
    server = YourServer("postgresql://baas@%2Frun%2Fpg/proef", True)
    assert server.address(roles.OWNER).endswith("@%2Frun%2Fpg/proef")


def test_the_passwords_of_your_server_are_the_same_the_next_time():
    url = "postgresql://baas@db/proef"
    assert YourServer(url, True).passwords == YourServer(url, True).passwords


def test_without_a_name_the_database_is_called_after_the_house():
    assert YourServer("postgresql://baas@db", True).name == "veiligheidshuis"


@pytest.mark.parametrize("name", ["postgres", "template1"])
def test_a_database_of_postgresql_itself_is_refused(name):
    with pytest.raises(Refusal, match="van PostgreSQL zelf"):
        YourServer(f"postgresql://baas@db/{name}", True)


@pytest.mark.parametrize(
    "url", ["mysql://a:geheim@db/x", "geheim", "postgresql://a:geheim@db:poort/x"]
)
def test_what_is_no_address_is_refused_without_repeating_the_password(url):
    with pytest.raises(Refusal, match="postgresql://gebruiker") as refused:
        YourServer(url, True)
    assert "geheim" not in str(refused.value)


def test_two_addresses_are_taken_as_they_are(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:a@db/huis")
    monkeypatch.setenv("OWNER_DATABASE_URL", "postgresql://eigenaar:b@db/huis")
    database = choose(the_tests())
    assert database.address(roles.APPLICATION) == "postgresql://app:a@db/huis"
    assert database.address(roles.OWNER) == "postgresql://eigenaar:b@db/huis"


def test_an_owner_alone_is_refused(monkeypatch):
    monkeypatch.setenv("OWNER_DATABASE_URL", "postgresql://eigenaar@db/huis")
    with pytest.raises(Refusal, match="DATABASE_URL"):
        choose(the_tests())


@pytest.mark.parametrize(
    ("given", "cache", "messages"),
    [
        ("redis://r:6379", "redis://r:6379/1", "redis://r:6379/0"),
        ("rediss://:w@r:6379/5", "rediss://:w@r:6379/1", "rediss://:w@r:6379/0"),
        (
            "unix:///run/r.sock",
            "unix:///run/r.sock?db=1",
            "redis+socket:///run/r.sock?virtual_host=0",
        ),
    ],
)
def test_messages_and_cache_never_share_a_numbered_database(given, cache, messages):
    assert given_broker_addresses(given) == {"REDIS_URL": cache, "CELERY_BROKER_URL": messages}


@pytest.mark.parametrize(("wanted", "port"), [(None, 8000), ("", 8000), ("8123", 8123)])
def test_the_port(monkeypatch, wanted, port):
    if wanted is not None:
        monkeypatch.setenv("PORT", wanted)
    assert port_from_environment() == port


@pytest.mark.parametrize("wanted", ["acht", "0", "70000", "-1", "80.5"])
def test_what_is_no_port_is_refused(monkeypatch, wanted):
    monkeypatch.setenv("PORT", wanted)
    with pytest.raises(Refusal, match="geen poort"):
        port_from_environment()
