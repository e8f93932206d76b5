"""Every question, asked by everybody who is measured; ours beside raw SQL and beside guardian."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import psycopg

from benchmarks import guardian
from benchmarks.measuring import Asked, Cost, Prepared, ask, best, cost_of
from benchmarks.questions import QUESTIONS, Question, Viewer

PAGE_COSTS = (4, 1.1)  # random_page_cost: what PostgreSQL assumes, and what is true in memory


@dataclass(frozen=True)
class Cell:
    """One question of one profile: the middle one of the people who asked it.

    `raw` plans the question as ours is planned; `kept` runs a plan that was kept.
    """

    question: str
    profile: str
    ours: Cost
    raw: Cost
    kept: Cost
    statements: int
    scans: int
    guardians: dict[str, float]

    @property
    def ratio(self) -> float:
        return self.ours.ms / self.raw.ms

    @property
    def code(self) -> str:
        return self.question[:2]


class WrongAnswer(Exception):
    """Ours and raw do not say the same: then there is nothing to compare."""


def cells(owner: psycopg.Connection, viewers: Sequence[Viewer]) -> Iterator[Cell]:
    """Every question for every profile."""
    for question in QUESTIONS:
        for profile in dict.fromkeys(viewer.profile for viewer in viewers):
            yield _cell(owner, question, [v for v in viewers if v.profile == profile])


def _cell(owner: psycopg.Connection, question: Question, viewers: Sequence[Viewer]) -> Cell:
    measured = [_measure(owner, question, viewer) for viewer in viewers]
    middle = sorted(measured, key=lambda each: each.ratio)[len(measured) // 2]
    guardians = {
        kind: median(guardian.cost_of(owner, question, viewer, kind).ms for viewer in viewers)
        for kind in guardian.KINDS
        if guardian.can_ask(viewers[0])
    }
    return Cell(
        question.name,
        viewers[0].profile,
        middle.ours,
        middle.raw,
        middle.kept,
        max(each.statements for each in measured),
        max(each.scans for each in measured),
        guardians,
    )


def _planned(prepared: Prepared, mode: str) -> Cost:
    """Raw SQL at its best: the planner that takes pages to lie on a disk, or in memory."""

    def told(page_cost: float) -> Cost:
        prepared.plan(mode, page_cost)
        return best(prepared.cost)

    return min(map(told, PAGE_COSTS), key=lambda cost: cost.ms)


def _ours(viewer: Viewer, asked: Asked) -> Cost:
    return best(lambda: cost_of(viewer.user.pk, asked.statements))


def _measure(owner: psycopg.Connection, question: Question, viewer: Viewer) -> Cell:
    asked = ask(viewer.user.pk, lambda: question.ask(viewer))
    prepared = Prepared(owner, question.raw(viewer))
    known_beforehand = question.read(prepared.answer())
    if asked.answer != known_beforehand:
        raise WrongAnswer(f"{question.name}, {viewer.user}: {asked.answer} en {known_beforehand}")
    ours = _ours(viewer, asked)
    raw = _planned(prepared, "force_custom_plan")
    kept = _planned(prepared, "force_generic_plan")
    if kept.execution < raw.execution:  # the better plan, planned as ours is
        raw = replace(kept, planning=raw.planning)
    ours = min(ours, _ours(viewer, asked), key=lambda cost: cost.ms)  # as often as raw was tried
    calls = len(asked.statements)
    return Cell(question.name, viewer.profile, ours, raw, kept, calls, asked.scans, {})
