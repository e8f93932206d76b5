"""The shell script `run` on a machine that lacks something: one Dutch sentence, exit code 1."""

import os
import shutil
import subprocess

import pytest

from stack.place import ROOT

NEEDED = ("sh", "dirname", "cat", "cksum", "rm")


@pytest.fixture
def machine(tmp_path):
    """A checkout without .venv, and a PATH with hardly anything on it."""
    checkout, programs = tmp_path / "kloon", tmp_path / "bin"
    checkout.mkdir()
    programs.mkdir()
    shutil.copy(ROOT / "run", checkout)
    (checkout / "requirements-dev.lock").write_text("")
    for name in NEEDED:
        (programs / name).symlink_to(shutil.which(name))
    return tmp_path


def fake_python(machine, name, script):
    path = machine / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(machine):
    env = {"PATH": str(machine / "bin"), "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(
        [machine / "kloon" / "run"], env=env, capture_output=True, text=True, cwd=machine
    )
    return done.returncode, done.stdout, done.stderr.strip().splitlines()


def test_without_python(machine):
    code, out, said = run(machine)
    assert (code, out, len(said)) == (1, "", 1)
    assert "Ik vind geen Python" in said[0]
    assert "apt-get install python3" in said[0]


def test_with_too_old_a_python(machine):
    fake_python(machine, "python3", '[ "$1" = -V ] && echo Python 3.9.2 || exit 1')
    code, out, said = run(machine)
    assert (code, out, len(said)) == (1, "", 1)
    assert "te oud (Python 3.9.2)" in said[0]
    assert "3.11" in said[0]


def test_with_a_python_without_venv(machine):
    fake_python(machine, "python3", 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    code, out, said = run(machine)
    assert (code, out, len(said)) == (1, "", 1)
    assert "python3-venv" in said[0]


def test_with_a_disk_that_is_full(machine):
    fake_python(machine, "python3", '[ "$1" = -m ] && exit 1; exit 0')
    code, out, said = run(machine)
    assert (code, out, len(said)) == (1, "", 1)
    assert "ruimte op de schijf" in said[0]


def test_when_the_packages_cannot_be_fetched(machine):
    """The venv is made, but neither uv nor pip gets anything from the network."""
    script = """
if [ "$1 $2" = "-m venv" ]; then
    mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; exit 0
fi
[ "$1" = -c ]
"""
    for name in ("mkdir", "cp"):
        (machine / "bin" / name).symlink_to(shutil.which(name))
    fake_python(machine, "python3", script)
    code, out, said = run(machine)
    assert (code, out) == (1, "")
    assert "verbinding met internet" in said[-1]
    assert not (machine / "kloon" / ".venv" / ".installed").exists()
