"""A stranger's machine: a fresh clone, an ordinary user, nothing in any cache."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from stack.place import ROOT
from tests.stack.starting import House, left_after

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
