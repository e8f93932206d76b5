"""The procedure stands in tables, and nothing goes round them. bouw.md 5.3."""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import TextChoices

from tests.house.sources import OUR_APPS, modules_of
from veiligheidshuis.flow import Move
from veiligheidshuis.management.commands import draw_flows

FLOWS = {f"{module}.{name}": flow for module, name, flow in draw_flows.flows()}
MOVES = [(where, name) for where, flow in FLOWS.items() for name in flow.moves]


def test_the_house_has_flows():
    assert {"cases.states.CASE_FLOW", "maatwerkplan.states.PLAN_FLOW"} <= FLOWS.keys()


@pytest.mark.parametrize(("flow", "move"), MOVES)
def test_every_move_is_an_operation_of_that_name_and_has_a_rule(flow, move):
    app = flow.split(".")[0]

    assert callable(getattr(import_module(f"{app}.operations"), move, None))
    assert callable(getattr(import_module(f"{app}.rules"), f"obstacles_to_{move}", None))


@pytest.mark.parametrize("flow", FLOWS)
def test_every_status_of_a_flow_is_reached_and_belongs_to_one_table(flow):
    moves: list[Move] = list(FLOWS[flow])
    statuses = type(moves[0].start)

    mentioned = {m.start for m in moves} | {m.end for m in moves}
    assert mentioned == set(statuses)
    beginnings = set(statuses) - {m.end for m in moves}
    assert len(beginnings) <= 1, "er zijn twee manieren om te beginnen"


def kept_in_the_database(owner: psycopg.Connection) -> dict[str, tuple[str, set[str]]]:
    """Of each table with a flow where its rows begin, and from where to where they go."""
    triggers = owner.execute(
        "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname = 'keep_flow'"
    )
    told = {table: args.decode().rstrip("\0").split("\0") for table, args in triggers}
    return {table: (begin, set(moves)) for table, (begin, *moves) in told.items()}


def test_the_database_keeps_every_status_to_its_flow(owner):
    """Also for who goes round the operations: a decision that was taken is not taken back."""
    expected = {}
    for flow in FLOWS.values():
        statuses = type(next(iter(flow)).start)
        (table,) = tables_with(statuses)
        moves = {f"{m.start}>{m.end}" for m in flow if m.start != m.end}
        expected[table] = (next(iter(statuses)), moves)

    assert kept_in_the_database(owner) == expected


def tables_with(statuses: type[TextChoices]) -> list[str]:
    """The table whose status this is; what it was before stands in another."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if any(f.name == "status" and f.choices == statuses.choices for f in model._meta.fields)
        if not hasattr(model, "history_date")
    ]


def assigned_statuses(tree: ast.AST) -> Iterator[int]:
    """The lines that set a status: `x.status = ...` and `.update(status=...)`."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr == "status":
                yield node.lineno
        keywords = node.keywords if isinstance(node, ast.Call) else []
        named = [keyword.arg for keyword in keywords]
        if "status" in named and getattr(node.func, "attr", "") == "update":
            yield node.lineno


def test_only_operations_set_a_status():
    elsewhere = [
        f"{path.relative_to(settings.ROOT)}:{line}"
        for app in OUR_APPS
        for path in modules_of(app)
        if "operations" not in path.relative_to(settings.ROOT / app).as_posix()
        for line in assigned_statuses(ast.parse(path.read_text()))
    ]

    assert elsewhere == []


def test_the_search_for_set_statuses_finds_them():
    source = "case.status = 'x'\nCase.objects.update(status='x')\nprint(case.status)\n"

    assert list(assigned_statuses(ast.parse(source))) == [1, 2]


def test_an_operation_sets_a_status_only_by_its_flow():
    by_hand = []
    for app in OUR_APPS:
        for path in modules_of(app):
            if "operations" in path.relative_to(settings.ROOT / app).as_posix():
                lines = path.read_text().splitlines()
                by_hand += [
                    f"{path.name}:{line}: {lines[line - 1].strip()}"
                    for line in assigned_statuses(ast.parse("\n".join(lines)))
                    if "_FLOW.end(" not in lines[line - 1]
                ]

    assert by_hand == []


def test_the_database_knows_the_statuses_too(owner):
    checks = owner.execute(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'c' AND pg_get_constraintdef(oid) LIKE '%status%'"
    ).fetchall()

    unguarded = []
    for model in apps.get_models():
        choices = [f.choices for f in model._meta.fields if f.name == "status" and f.choices]
        if model._meta.app_label in OUR_APPS and choices and not hasattr(model, "history_object"):
            values = [f"'{value}'" for value, _ in choices[0]]
            guards = [text for table, text in checks if table == model._meta.db_table]
            if not any(all(value in text for value in values) for text in guards):
                unguarded.append(model.__name__)
    assert unguarded == []


def test_the_drawings_are_those_of_the_tables():
    drawn = {path.name: path.read_text() for path in draw_flows.HOME.glob("*.md")}

    assert drawn == draw_flows.drawings(), "teken opnieuw met: ./run manage draw_flows"


def test_the_sheet_on_how_the_house_is_built_leads_to_every_drawing():
    built = (draw_flows.HOME.parent / "bouw.md").read_text()

    assert [name for name in draw_flows.drawings() if f"(stromen/{name})" not in built] == []


def test_states_know_nothing_of_models():
    for app in OUR_APPS:
        if find_spec(f"{app}.states"):
            source = Path(import_module(f"{app}.states").__file__).read_text()
            assert ".models" not in source.replace("django.db.models", ""), app
