"""The floors and the rooms stand in contracts, and the contracts bite. bouw.md 5.1."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import FLOORS, GROUND, PACKAGES, ROOT, modules_of, short

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(home: Path) -> subprocess.CompletedProcess[str]:
    """Ask import-linter about the house that stands there."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=home,
        env={"PYTHONPATH": str(home), "PATH": "", "VH_MODE": "test"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the sources, to break something in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    return tmp_path


def test_the_contracts_hold(house):
    kept = lint(house)

    assert kept.returncode == 0, kept.stdout
    assert "0 broken" in kept.stdout


BREACHES = {
    "a drawer called utils": ("cases/utils.py", "X = 1\n", "The same rooms in every app"),
    "an arrow upward": (
        "agenda/rules.py",
        "def f():\n    from maatwerkplan import models\n    return models\n",
        "The floors of the house",
    ),
    "a neighbour that is looked into": (
        "beheerscommissie/rules.py",
        "from maatwerkplan import models as plans\n",
        "The floors of the house",
    ),
    "a model that asks an operation": (
        "partners/models/people.py",
        "def f():\n    from partners import operations\n    return operations\n",
        "The same rooms in every app",
    ),
    "a second door to the permissions": (
        "partners/rules.py",
        "import guardian.shortcuts\n",
        "Only cases.access and cases.models touch the permissions library",
    ),
    "a second printer": (
        "partners/rules.py",
        "import weasyprint\n",
        "Only veiligheidshuis.pdf makes PDFs",
    ),
    "a ground that knows the floors": (
        "veiligheidshuis/menu.py",
        "from partners import models\n",
        "The floors of the house",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_the_contracts_bite(house, breach):
    where, what, contract = BREACHES[breach]
    module = house / where
    former = module.read_text() if module.exists() else ""
    module.write_text(f"{former}\n{what}")

    broken = lint(house)

    assert broken.returncode == 1
    assert f"{contract} BROKEN" in broken.stdout


def test_every_floor_is_in_the_contracts():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert {GROUND, *FLOORS} <= set(contracts["root_packages"])
    rooms = next(c for c in contracts["contracts"] if c["id"] == "rooms")
    assert set(rooms["containers"]) == set(FLOORS)
    assert rooms["exhaustive"]


def test_no_drawer_for_everything():
    drawers = {"utils", "util", "core", "common", "helpers", "helper", "misc", "lib", "base"}

    assert [
        short(path)
        for package in (*PACKAGES, "tests")
        for path in modules_of(package)
        if drawers & {path.stem, *path.relative_to(ROOT).parts}
    ] == []


def operations_of(package: str) -> list[Path]:
    """The modules of a floor that write."""
    return [path for path in modules_of(package) if "operations" in (path.stem, path.parent.name)]


def test_an_operation_asks_the_rules_and_makes_no_obstacle_of_its_own():
    """What stands in the way is said in `rules`, so that the page can ask it as well."""
    writing = [path for floor in FLOORS for path in operations_of(floor)]

    assert len(writing) > 20
    assert [short(path) for path in writing if "Obstacle(" in path.read_text()] == []


DJANGOS_OWN = {"Meta"}


def untold(source: str) -> list[str]:
    """The classes of a module that do not say what they are."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and node.name not in DJANGOS_OWN
        and not ast.get_docstring(node)
    ]


def test_every_class_says_what_it_is():
    ours = [path for package in PACKAGES for path in modules_of(package)]

    silent = {short(path): names for path in ours if (names := untold(path.read_text()))}
    assert silent == {}


def test_a_class_that_says_nothing_is_found():
    told = 'class A:\n    """A."""\n\n    class Meta:\n        x = 1\n'

    assert untold(told) == []
    assert untold(told.replace('"""A."""', "y = 2")) == ["A"]


def test_no_second_path_by_signal_or_by_save():
    """One way down: no receivers, and no model that does more than itself when it is saved."""
    receivers = [
        short(path)
        for package in FLOORS
        for path in modules_of(package)
        if "receiver(" in path.read_text() or "post_save" in path.read_text()
    ]

    assert receivers == []
