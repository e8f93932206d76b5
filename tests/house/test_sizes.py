"""What is too long to read at once is split by subject. Caps, not averages. bouw.md 5.7."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import FLOORS, PACKAGES, ROOT, modules_of, short, templates

MODULE, TEST_MODULE, FUNCTION, TEMPLATE, VIEW = 400, 600, 40, 150, 15
FORM_VIEW = 25  # a view that also takes a form, or a private function beside one

# Who makes an exception writes down why it reads better whole.
LONG = {
    "maatwerkplan/operations/offer.py:sign": "wat tekenen is, staat in één volgorde",
}


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of a module, by the name under which an exception would be made."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield f"{short(path)}:{node.name}", node


def length(node: ast.FunctionDef) -> int:
    """Lines from the def to the end, without decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def body_length(node: ast.FunctionDef) -> int:
    """Lines of what it does: without the signature and the docstring."""
    said = ast.get_docstring(node, clean=False) is not None
    deeds = node.body[1:] if said else node.body
    return (deeds[-1].end_lineno or 0) - deeds[0].lineno + 1 if deeds else 0


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def too_long(sizes: dict[str, int], cap: int) -> list[str]:
    return [f"{name}: {n} regels" for name, n in sizes.items() if n > cap and name not in LONG]


def test_modules_are_read_in_one_sitting():
    ours = [path for package in PACKAGES for path in modules_of(package)]
    tests = sorted((ROOT / "tests").rglob("*.py"))

    assert too_long({short(p): lines(p) for p in ours}, MODULE) == []
    assert too_long({short(p): lines(p) for p in tests}, TEST_MODULE) == []


def test_functions_fit_on_a_screen():
    ours = [path for package in (*PACKAGES, "tests") for path in modules_of(package)]

    sizes = {name: length(node) for path in ours for name, node in functions(path)}
    assert too_long(sizes, FUNCTION) == []


def test_templates_are_read_in_one_sitting():
    assert too_long({short(path): lines(path) for path in templates()}, TEMPLATE) == []


def test_a_view_says_in_fifteen_lines_what_a_page_is():
    rooms = [
        path
        for floor in FLOORS
        for path in modules_of(floor)
        if "views" in path.relative_to(ROOT / floor).as_posix()
    ]

    sizes = {name: body_length(node) for path in rooms for name, node in functions(path)}
    taking = with_a_form(rooms)
    showing = {name: size for name, size in sizes.items() if name not in taking}
    assert too_long(showing, VIEW) == []
    assert too_long(sizes, FORM_VIEW) == []


def with_a_form(rooms: list[Path]) -> set[str]:
    """The views that both show a form and take it, and the private functions beside them."""
    return {
        name
        for path in rooms
        for name, node in functions(path)
        if ":_" in name or "POST" in ast.unparse(node) or "form.is_valid" in ast.unparse(node)
    }


def test_the_measure_measures():
    tree = ast.parse('def f(\n    x,\n):\n    """Zegt iets."""\n    y = x\n\n    return y\n')
    (node,) = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]

    assert (length(node), body_length(node)) == (7, 3)


def test_exceptions_are_still_needed():
    modules = {short(p): lines(p) for package in PACKAGES for p in modules_of(package)}
    sizes = {
        name: body_length(node) if "views" in name else length(node)
        for package in PACKAGES
        for path in modules_of(package)
        for name, node in functions(path)
    }

    def cap(name: str) -> int:
        if ":" not in name:
            return MODULE
        return FORM_VIEW if "views" in name else FUNCTION

    assert [name for name in LONG if (modules | sizes).get(name, 0) <= cap(name)] == []
