"""A stranger's machine: a fresh clone, an ordinary user, nothing in any cache."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from stack.place import ROOT
from tests.stack.starting import House, left_after

INTERRUPTED = 130  # the exit code of Ctrl-C
SECOND_START_WITHIN = 10  # seconds; promised in the first issue

pytestmark = pytest.mark.nightly


@pytest.fixture
def clone():
    """What is committed, in a folder that an ordinary user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="vreemde-"))
    subprocess.run(["git", "clone", "--quiet", ROOT, folder / "kloon"], check=True)
    yield folder / "kloon"
    shutil.rmtree(folder)


def as_ordinary_user(folder):
    """The beginning of a command line that gives root up, when we are root."""
    if os.geteuid() != 0:
        return ()
    nobody = pwd.getpwnam("nobody")
    subprocess.run(["chown", "-R", f"{nobody.pw_uid}:{nobody.pw_gid}", folder], check=True)
    return ("setpriv", "--reuid=nobody", f"--regid={nobody.pw_gid}", "--clear-groups")


def test_one_command_runs_the_house_and_the_second_time_quickly(clone):
    user = as_ordinary_user(clone.parent)
    fresh = {
        "HOME": str(clone.parent),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "UV_NO_CACHE": "1",
        "PIP_NO_CACHE_DIR": "1",
    }
    for within in (600, SECOND_START_WITHIN):
        house = House(clone / ".var", clone, user, **fresh)
        try:
            house.wait_until_open(within)
            assert house.get("/health/") == 200
            assert house.ctrl_c() == 0
        finally:
            house.close()
        assert left_after(clone / ".var", 5) == {}


def test_a_first_start_that_is_broken_off_is_begun_anew(tmp_path):
    var = tmp_path / "var"
    for _ in range(2):
        house = House(var)
        try:
            wait_until_furnishing(house)
            assert house.ctrl_c() == INTERRUPTED
        finally:
            house.close()
        assert left_after(var, 5) == {}
    house = House(var)
    try:
        house.wait_until_open()
        assert "ik begin opnieuw" in house.said()
        assert not (var / "dev" / "unfinished").exists()
    finally:
        house.close()


def wait_until_furnishing(house):
    deadline = time.monotonic() + 60
    while "Ik werk de tabellen bij" not in house.said():
        assert time.monotonic() < deadline, house.said()
        time.sleep(0.02)
    time.sleep(1)  # in the middle of it
