"""What `./run check` and `./run test` look at before the tests themselves."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from stack.place import MANAGE, ROOT
from stack.say import say
from stack.services import python

DJADE = str(Path(sys.executable).parent / "djade")  # a program, no module
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Tests side by side, a process for each core, each with databases of its own. The tests of one file
# stay together: they share what they furnished. The long ones begin (tests/conftest.py), so that no
# core waits for a long file that came last.
SIDE_BY_SIDE = (
    *("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder"),
    *("--durations", "12", "--durations-min", "10"),
)


@dataclass(frozen=True)
class Check:
    """One question about the code, and the program that answers it."""

    name: str
    command: Sequence[str]


def all_checks() -> list[Check]:
    """Every question, the quick ones first."""
    pages = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [
        Check("opmaak (ruff format)", python("-m", "ruff", "format", "--check", ".")),
        Check("lint (ruff)", python("-m", "ruff", "check", ".")),
        Check("opmaak van sjablonen (djade)", [DJADE, "--check", *pages]),
        Check(
            "lint van sjablonen (djlint)", python("-m", "djlint", "--lint", "--quiet", "templates")
        ),
        Check("verdiepingen en kamers (import-linter)", python("-c", LINT_IMPORTS, "--no-cache")),
        Check("migraties", python(str(MANAGE), "makemigrations", "--check", "--dry-run")),
        Check("typen (mypy)", python("-m", "mypy")),
    ]


def fixes() -> list[Check]:
    """What a program can mend by itself."""
    pages = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [
        Check("lint (ruff)", python("-m", "ruff", "check", "--fix", ".")),
        Check("opmaak (ruff format)", python("-m", "ruff", "format", ".")),
        Check("opmaak van sjablonen (djade)", [DJADE, *pages]),
    ]


def run_all(checks: Sequence[Check], env: Mapping[str, str]) -> list[str]:
    """Run them all, show what the red ones said, and return their names."""
    return [check.name for check in checks if not run_one(check, env)]


def run_one(check: Check, env: Mapping[str, str]) -> bool:
    """One line when it is green; everything it said when it is red."""
    begin = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    green = done.returncode == 0
    say(f"{'goed ' if green else 'FOUT '} {time.monotonic() - begin:5.1f} s  {check.name}")
    if not green:
        sys.stderr.write(done.stdout)
    return green
