"""Spoiled pages: a view that forgets to ask who may, what belongs together, or to write it down.

Made from the source: each is one change in one function, put in the place of the sound one while
the house runs. So a new view is spoiled by itself.
"""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from beheerscommissie.access import HANDLERS
from partners.models import PERSON_ROLES
from tests.house.sources import FLOORS, ROOT, modules_of, short
from tests.house.walk import routes

ROOMS = ("views", "access", "models")
# What a page asks first of all, whose rows it gives, and why nobody else gets any.
KNOWS_NOBODY = (
    "wie geen rol met personen heeft, kent geen enkel dossier; dat vraagt de pagina zelf eerst"
)
ASKED_FIRST: dict[str, tuple[frozenset[str], str]] = {
    "get_case": (frozenset(PERSON_ROLES), KNOWS_NOBODY),
    "numbered": (frozenset(PERSON_ROLES), KNOWS_NOBODY),
    "get_report": (
        frozenset(HANDLERS),
        "een melding is er alleen voor wie meldingen behandelt; dat vraagt de pagina zelf eerst",
    ),
}


Undo = Callable[[], None]


@dataclass(frozen=True)
class Spoiled:
    """One change: what is wrong, on which routes it can show, and how it is put in place.

    Putting it in place gives back the way to undo it. `changes_nothing`: why nobody can notice.
    """

    name: str
    kind: str
    module: str
    view: str
    put_in_place: Callable[[], Undo]
    changes_nothing: str = ""


def all_spoiled() -> list[Spoiled]:
    """Every change, in a fixed order."""
    found = list(_without_guard())
    for floor in FLOORS:
        for path in modules_of(floor):
            if set(ROOMS) & {path.stem, path.parent.name}:
                name = short(path)[:-3].replace("/", ".").removesuffix(".__init__")
                found += _changes(name, path.read_text())
    return found


# --- a view without its guard --------------------------------------------------------------------


def wrappers(callback: Any) -> list[Any]:
    """A view and what stands round it, from the outside in."""
    chain = [callback]
    while hasattr(chain[-1], "__wrapped__"):
        chain.append(chain[-1].__wrapped__)
    return chain


def is_ours(function: Any) -> bool:
    return function.__code__.co_filename.startswith(str(ROOT)) and "site-packages" not in (
        function.__code__.co_filename
    )


def _without_guard() -> Iterator[Spoiled]:
    for route, pattern in routes().items():
        chain = wrappers(pattern.callback)
        for n, each in enumerate(chain[:-1]):
            if is_ours(each):
                module, view = chain[-1].__module__, chain[-1].__name__
                yield Spoiled(
                    f"{route}: zonder bewaking" + (f" ({n})" if n else ""),
                    "bewaking weg",
                    module,
                    view,
                    lambda pattern=pattern, chain=chain, n=n: _leave_out(pattern, chain, n),
                    why_the_same(each, chain[n + 1]),
                )


def why_the_same(guard: Any, view: Any) -> str:
    """Why nobody else comes further without this guard: the page itself begins by asking for what
    only they have whom the guard lets in. Only where no other guard stands in between."""
    while hasattr(view, "__wrapped__") and not is_ours(view):  # which methods it answers to
        view = view.__wrapped__
    if hasattr(view, "__wrapped__"):
        return ""
    kept = frozenset(inspect.getclosurevars(guard).nonlocals.get("roles", ()))
    asked = asked_first(view)
    return next(
        (why for name, (who, why) in ASKED_FIRST.items() if (name, who) == (asked, kept)), ""
    )


def asked_first(function: Any) -> str:
    """Which of ASKED_FIRST it begins with, itself or by another function of its module."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    statements = [(s, _called(s)) for s in tree.body]  # type: ignore[attr-defined]
    first, called = next(((s, names) for s, names in statements if names), (None, []))
    if not isinstance(first, ast.Assign | ast.Return):
        return ""
    if asked := [name for name in called if name in ASKED_FIRST]:
        return asked[0]
    here = vars(importlib.import_module(function.__module__))
    ours = [here[n] for n in called if isinstance(here.get(n), FunctionType)]
    ours = [each for each in ours if each.__module__ == function.__module__ and each != function]
    return next(filter(None, map(asked_first, ours)), "")


def _called(statement: ast.stmt) -> list[str]:
    """The names of the functions that it calls."""
    return [_name(n.func) for n in ast.walk(statement) if isinstance(n, ast.Call)]


def _leave_out(pattern: Any, chain: list[Any], n: int) -> Undo:
    """The n-th wrapper is gone: what stood round it now stands round what it guarded."""
    if n == 0:
        return _put(pattern, "callback", chain[1])
    holds = [c for c in chain[n - 1].__closure__ or () if c.cell_contents is chain[n]]
    return _put(holds[0], "cell_contents", chain[n + 1])


def _put(thing: Any, name: str, value: Any) -> Undo:
    former = getattr(thing, name)
    setattr(thing, name, value)
    return lambda: setattr(thing, name, former)


# --- a function in which something is forgotten ---------------------------------------------------


class Forgetful(ast.NodeTransformer):
    """Forgets the n-th thing that can be forgotten; counts them on the way."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.seen = -1
        self.what: tuple[str, str, str] | None = None
        self.inside: list[str] = []

    def _is_it(self, kind: str, node: ast.AST) -> bool:
        self.seen += 1
        if self.seen == self.wanted:
            place = f"{node.lineno}:{node.col_offset}"  # type: ignore[attr-defined]
            self.what = (kind, ".".join(self.inside), place)
        return self.seen == self.wanted

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        return self._within(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        return self._within(node)

    def _within(self, node: Any) -> Any:
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()
        return node

    def visit_Raise(self, node: ast.Raise) -> Any:
        if "Http404" in ast.dump(node) and self._is_it("404 wordt 200", node):
            return ast.copy_location(ast.Pass(), node)
        return node

    def visit_Expr(self, node: ast.Expr) -> Any:
        called = node.value.func if isinstance(node.value, ast.Call) else None
        if _name(called) == "look" and self._is_it("geen regel in het logboek", node):
            return ast.copy_location(ast.Pass(), node)
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        called = _name(node.func)
        scoped = {"get_case": 3, "visible_to": 2}.get(called) == len(node.args)
        if scoped and self._is_it("scope vergeten", node):
            node.args.pop()
        if called == "visible_to" and self._is_it("alles in plaats van het eigene", node):
            node.func.attr, node.args, node.keywords = "all", [], []  # type: ignore[attr-defined]
        if called == "get_object_or_404":
            self._forget_parent(node)
        if called in ("filter", "exclude", "held_by", "of_scope", "current", "open") and (
            "visible_to" in self.inside and self._is_it(f"{called} vergeten", node)
        ):
            return node.func.value  # type: ignore[attr-defined]
        return node

    def _forget_parent(self, node: ast.Call) -> None:
        for keyword in [k for k in node.keywords if k.arg not in ("pk", "slug")]:
            if len(node.keywords) > 1 and self._is_it("hoort niet bij elkaar", keyword):
                node.keywords.remove(keyword)

    def visit_Return(self, node: ast.Return) -> Any:
        self.generic_visit(node)
        asks = self.inside and self.inside[-1] in ("may", "sees_process_of_all")
        if asks and self._is_it("altijd ja", node):
            node.value = ast.copy_location(ast.Constant(True), node)
        return node


def _name(called: ast.AST | None) -> str:
    return getattr(called, "attr", "") or getattr(called, "id", "")


def _changes(module: str, source: str) -> Iterator[Spoiled]:
    for wanted in range(1000):
        tree = ast.parse(source)
        forgetful = Forgetful(wanted)
        changed = forgetful.visit(tree)
        if forgetful.what is None:
            return
        kind, where, place = forgetful.what
        if where:
            code = compile(ast.fix_missing_locations(changed), f"<{module}>", "exec")
            put = lambda code=code, where=where: _swap(module, where, code)  # noqa: E731
            name = f"{module}.{where}:{place} {kind}"
            yield Spoiled(name, kind, module, where.split(".")[0], put)


def _swap(module: str, where: str, code: CodeType) -> Undo:
    """Put the code of a changed function into the living ones, under all that stands round them."""
    for part in where.split("."):
        code = next(c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == part)
    undo = [_put(function, "__code__", code) for function in _living(module, where, code)]
    return lambda: [each() for each in undo] and None


def _living(module: str, where: str, code: CodeType) -> list[FunctionType]:
    """The function of that name; of one inside another each that was made, round the views."""
    if "<locals>" in code.co_qualname:
        file = importlib.import_module(module).__file__
        made = [each for p in routes().values() for each in wrappers(p.callback)]
        return [
            each
            for each in made
            if (each.__code__.co_qualname, each.__code__.co_filename) == (code.co_qualname, file)
        ]
    live: Any = importlib.import_module(module)
    for part in where.split("."):
        live = getattr(live, part) if not isinstance(live, type) else live.__dict__[part]
    function = inspect.unwrap(live)
    assert isinstance(function, FunctionType)
    return [function]
