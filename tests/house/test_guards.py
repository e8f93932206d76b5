"""A view says in one way how it may be asked, who may come in, and what he proves. docs/bouw.md."""

import ast
from collections.abc import Iterator

from tests.house.sources import FLOORS, ROOT, modules_of, short

# What stands above a view, from the top down: who comes in without an account, how it may be
# asked, which role, and a fresh second factor.
STEPS: tuple[set[str], ...] = (
    {"login_not_required", "csrf_exempt", "never_cache", "sensitive_post_parameters"},
    {"page_methods", "require_safe", "require_POST", "require_GET"},
    {
        *("for_roles", "office_only", "office_or_manager", "manager_only", "with_persons"),
        *("account_keepers", "second_lookers"),
        *("at_the_table", "supervisors_only", "about_a_case", "of_own_people", "judges_only"),
    },
    {"fresh_factor", "fresh_to_send", "fresh_to_take_along"},
)
PUBLIC, METHODS, ROLE, FRESH = range(len(STEPS))
# For everybody who logged in, whatever his role: his own account and login service.
OWN = {
    *("partners/views/sign_on.py:own", "partners/views/sign_on.py:link"),
    *("partners/views/sign_on.py:unlink", "partners/views/sign_on.py:prove"),
}


def views() -> Iterator[tuple[str, list[str]]]:
    """Every view of a floor, with what stands above it."""
    for path in (path for floor in FLOORS for path in modules_of(floor)):
        if "views" not in path.relative_to(ROOT).as_posix():
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.decorator_list:
                yield f"{short(path)}:{node.name}", [_name(each) for each in node.decorator_list]


def _name(decorator: ast.expr) -> str:
    """fresh_to_send, also where it is written stepup.fresh_to_send or for_roles(…)."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)


def step_of(guard: str) -> int:
    return next(n for n, names in enumerate(STEPS) if guard in names)


def test_the_guards_of_a_view_stand_in_one_order():
    out_of_order = [
        name
        for name, guards in views()
        if [step_of(guard) for guard in guards] != sorted(step_of(guard) for guard in guards)
    ]

    assert out_of_order == []


def test_every_view_says_how_it_may_be_asked_and_by_whom():
    known = {name: {step_of(guard) for guard in guards} for name, guards in views()}

    assert len(known) > 100
    assert [name for name, steps in known.items() if METHODS not in steps] == []
    anybody = {name for name, steps in known.items() if not steps & {PUBLIC, ROLE}}
    assert anybody - OWN == set()
    assert known.keys() >= OWN


def test_the_access_log_is_told_in_one_way():
    """accesslog.look(…): who reads a view sees at once that this line is no look of its own."""
    another_way = [
        short(path)
        for floor in FLOORS
        for path in modules_of(floor)
        if "from veiligheidshuis.accesslog import" in path.read_text()
    ]

    assert another_way == []
