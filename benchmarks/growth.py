"""What a house of ten times the size makes dearer, for who sees as much as before.

An interventiemanager with 300 cases has 300 cases in any house: his pages may not become slow
because the house grew. A house of a million is put beside one of a hundred thousand, and that one
beside ten thousand; both are measured in one run, so that the machine is the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.results import Cell

TIMES = 10
FROM = 100_000  # in smaller houses the fixed cost of asking is all there is
SEES_AS_MUCH = ("interventiemanager",)  # a partner knows 5 in 100 of any house, the office all


@dataclass(frozen=True)
class Growth:
    """One question of one profile, in the smaller house and in the larger one."""

    before: Cell
    after: Cell

    @property
    def ours(self) -> float:
        return self.after.ours.ms / self.before.ours.ms

    @property
    def raw(self) -> float:
        return self.after.raw.ms / self.before.raw.ms

    @property
    def beyond_raw(self) -> float:
        """How much more ours grew than raw SQL did."""
        return self.ours / self.raw


def smaller_than(size: int) -> int | None:
    """The house that this one is compared with, if any."""
    return size // TIMES if size >= FROM else None


def between(before: Sequence[Cell], after: Sequence[Cell]) -> Iterator[Growth]:
    """Every question that was asked in both houses."""
    known = {(cell.question, cell.profile): cell for cell in before}
    for cell in after:
        yield Growth(known[cell.question, cell.profile], cell)
