"""What runs inside the containers, run here without them."""

import http.server
import os
import subprocess
import threading
import time

import pytest

from stack import roles
from stack.container.health import beat_is_well, web_is_well
from stack.database import connect
from stack.deployment import make_secrets
from stack.place import ROOT
from stack.postgres import SUPERUSER, Postgres
from stack.sharing import in_use


def test_the_image_of_postgresql_makes_the_roles_with_the_passwords_from_the_files(tmp_path):
    secrets = tmp_path / "geheimen"
    make_secrets(secrets)
    server = Postgres(tmp_path / "test" / "postgres")
    with in_use(server), connect(server.address(SUPERUSER, "postgres")) as admin:
        admin.execute("CREATE DATABASE veiligheidshuis")
        env = {
            "PATH": f"{server.programs}:{os.environ['PATH']}",
            "PGHOST": admin.info.host,
            "POSTGRES_USER": SUPERUSER,
            "POSTGRES_DB": "veiligheidshuis",
            "SECRETS": str(secrets),
            "SQL": str(ROOT / "stack" / "sql"),
        }
        script = ROOT / "stack" / "container" / "10-rollen.sh"
        for _ in range(2):  # also when it has been there before
            subprocess.run([script], env=env, check=True)
        stored = dict(
            admin.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        )
        assert stored["vh_owner"].startswith("SCRAM-SHA-256")
        assert stored["vh_app"].startswith("SCRAM-SHA-256")
        with connect(server.address(roles.OWNER, "veiligheidshuis")) as owner:
            owner.execute("CREATE TABLE mine (n int)")


@pytest.fixture
def house():
    """A web server that answers what the test tells it to; remembers the name it was asked by."""

    class Door(http.server.BaseHTTPRequestHandler):
        answer, asked = 200, ""

        def do_GET(self):
            type(self).asked = f"{self.headers['Host']}{self.path}"
            self.send_response(self.answer)
            self.end_headers()

        def log_message(self, *arguments):
            """Silence on the terminal of the tests."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Door, server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_web_container_is_well_when_the_house_says_so(house, monkeypatch):
    door, port = house
    monkeypatch.setenv("ALLOWED_HOSTS", "huis.gemeente.nl,localhost")
    assert web_is_well(port)
    assert door.asked == "huis.gemeente.nl/health/"
    door.answer = 503
    assert not web_is_well(port)


def test_the_web_container_is_not_well_when_nobody_answers():
    assert not web_is_well(1)


def test_the_clock_is_well_as_long_as_it_writes(tmp_path):
    file = tmp_path / "beat"
    assert not beat_is_well(file)
    written = tmp_path / "beat.dat"
    written.touch()
    assert beat_is_well(file)
    long_ago = time.time() - 3600
    os.utime(written, (long_ago, long_ago))
    assert not beat_is_well(file)
