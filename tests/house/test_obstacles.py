"""Whatever can stand in the way of somebody is tried by a test, by its name. Issue 5, Proof."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("agenda", "beheerscommissie", "cases", "maatwerkplan", "partners", "privacy", "stuurgroep")


def rules() -> Iterator[Path]:
    for app in APPS:
        yield from (ROOT / app).glob("rules.py")
        yield from (ROOT / app).glob("rules/*.py")


def named_in(path: Path) -> Iterator[str]:
    """The obstacles of one module, each by its code."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Obstacle":
            code = node.args[0]
            if isinstance(code, ast.Constant):
                yield str(code.value)


def test_every_obstacle_of_a_rule_is_named_in_a_test():
    """Where it stands and where it is gone, beside the story that comes across it, or in
    test_obstacles.py of its app."""
    written = "".join(
        path.read_text() for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)
    )
    codes = {code: path.name for path in rules() for code in named_in(path)}

    assert {code: at for code, at in codes.items() if f'"{code}"' not in written} == {}
    assert len(codes) > 200
