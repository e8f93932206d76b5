"""The real `./run`, as a stranger meets it."""

import json
import os
import socket

import pytest

from stack import libraries
from stack.place import ROOT
from tests.stack.starting import House, left_after, processes_in, run


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A data folder that the starts in this file share: the second finds what the first left."""
    return tmp_path_factory.mktemp("huis") / "var"


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """What makes this a machine on which the PDF libraries do not load and apt installs nothing."""
    folder = tmp_path_factory.mktemp("kaal")
    for library in libraries.PDF_LIBRARIES:
        (folder / library).touch()
    (folder / "apt-get").write_text("#!/bin/sh\nexit 1\n")
    (folder / "apt-get").chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return {"LD_LIBRARY_PATH": str(folder), "PATH": path}


@pytest.fixture(scope="module", autouse=True)
def first(var, bare):
    """The first command that is ever typed here, by which the house is furnished: also when chance
    puts another test in front."""
    return run(var, "manage", "demo_accounts", "--json", **bare)


@pytest.fixture
def house(var, first, bare):
    house = House(var, **bare)
    yield house
    house.close()


def one_sentence(done):
    """Nothing but one line on stderr, and exit code 1."""
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    return line


def test_a_machine_without_the_pdf_libraries_gets_its_house_and_reads_what_to_type(first, house):
    """Issue 2 §1: the house stands, and the plans in it wait to be signed."""
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)
    assert "Op deze computer kan niemand tekenen" in first.stderr
    house.wait_until_open()
    for said in (first.stderr, house.said()):
        assert libraries.install_line(list(libraries.PDF_LIBRARIES.values())) in said


def test_an_open_house_shares_its_servers_and_ctrl_c_leaves_nothing(house, var):
    house.wait_until_open()
    assert f"http://127.0.0.1:{house.port}/" in house.said()
    assert house.get("/health/") == 200

    accounts = run(var, "manage", "demo_accounts", "--json")
    assert accounts.returncode == 0, accounts.stderr
    assert json.loads(accounts.stdout), "nothing but the JSON stands on stdout"
    for account in json.loads(accounts.stdout):
        assert account["username"] in house.said()

    for again in ([], ["demo"]):
        assert "Het huis draait al" in one_sentence(run(var, *again))
    assert house.get("/health/") == 200

    assert len(processes_in(var)) > 8
    assert house.ctrl_c() == 0
    assert processes_in(var) == {}


def test_killing_the_supervisor_leaves_nothing_and_the_data_stay(house, var):
    house.wait_until_open()
    before = run(var, "manage", "demo_accounts", "--json").stdout
    house.kill()
    assert left_after(var, 30) == {}
    assert run(var, "manage", "demo_accounts", "--json").stdout == before
    assert processes_in(var) == {}


def test_a_command_runs_as_the_application_and_passes_on_its_exit_code(var):
    who = "from django.db import connection as c; k = c.cursor(); k.execute('select current_user')"
    script = f"{who}; print(k.fetchone()[0]); raise SystemExit(3)"
    done = run(var, "manage", "shell", "-v0", "--command", script)
    assert (done.stdout, done.returncode) == ("vh_app\n", 3), done.stderr


def test_a_port_in_use_is_one_sentence(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = one_sentence(run(var, PORT=port))
    assert f"Poort {port} is al in gebruik" in said
    assert f"PORT={int(port) + 1} ./run" in said


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://baas:zeergeheim@127.0.0.1:1/huis", "geen verbinding met de database"),
        ("postgresql://baas:zeergeheim@127.0.0.1:x/huis", "geen adres van een PostgreSQL"),
        ("sqlite:///zeergeheim.db", "geen adres van een PostgreSQL"),
    ],
)
def test_a_broken_database_address_is_one_sentence_without_the_password(var, url, expected):
    said = one_sentence(run(var, "manage", "check", DATABASE_URL=url))
    assert expected in said
    assert "laat" in said.lower()
    assert "DATABASE_URL" in said
    assert "zeergeheim" not in said


def test_a_broken_broker_address_is_one_sentence(var):
    said = one_sentence(run(var, "manage", "check", REDIS_URL="redis://127.0.0.1:1"))
    assert "REDIS_URL" in said


@pytest.mark.parametrize(
    ("programs", "expected"),
    [
        ((), "geen initdb en geen postgres en geen pg_isready"),
        (("initdb", "postgres"), "geen pg_isready"),
        (("initdb", "postgres", "pg_isready"), "start niet: libicu ontbreekt"),
    ],
)
def test_a_postgres_that_cannot_run_is_one_sentence(tmp_path, programs, expected):
    for name in programs:
        (tmp_path / name).write_text("#!/bin/sh\necho libicu ontbreekt >&2\nexit 127\n")
        (tmp_path / name).chmod(0o755)

    said = run(tmp_path / "var", "manage", "check", PG_BIN=str(tmp_path))

    assert said.returncode == 1
    assert expected in said.stderr
    assert "Traceback" not in said.stderr


def test_production_is_not_started_this_way(var):
    assert "docker-compose.yml" in one_sentence(run(var, VH_MODE="production"))


def test_an_unknown_command_points_to_the_list_of_commands(var):
    assert "./run help" in one_sentence(run(var, "strat"))
    listed = run(var, "help").stdout
    for command in ("demo", "manage", "check", "test", "nightly"):
        assert f"./run {command}" in listed


def test_the_build_server_types_what_a_developer_types():
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in script if line and not line.startswith("#")] == [
        "export CI=1",
        'cd "$(dirname "$0")/.." && exec ./run test',
    ]
