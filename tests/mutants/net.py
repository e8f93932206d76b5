"""The net of the database: everybody tries everything again, until something goes wrong.

Who noticed most so far is asked first, so that most mutants are caught by the first few attempts.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.attempts.calls import all_calls
from tests.attempts.house import House
from tests.attempts.people import Somebody
from tests.attempts.reference import RULES
from tests.attempts.wall import Attempt, Wall, leaks
from tests.mutants.callers import callers, shows_on
from tests.mutants.database import Mutant

Tried = dict[str, dict[Somebody, list[Attempt]]]
NEARBY = 3  # of where it shows, when by its own words nobody can notice
MOST_ROWS = 24  # of one table; more than in a test run, for one row may tell it all


class AlreadyBroken(Exception):
    """Somebody got something wrong in the house as it is: a mutant proves nothing then."""


@dataclass(frozen=True)
class Betrayal:
    """Who noticed, by which attempts, and what went wrong."""

    by: Somebody
    attempts: list[Attempt]
    what: str


class Net:
    """All attempts of everybody, worked out once on the sound house."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.tried: Tried = defaultdict(lambda: defaultdict(list))
        self.noticed: Counter[Somebody | str] = Counter()
        self.asking = callers(house.owner)
        facts = house.facts()
        wall = Wall(house.owner, facts, MOST_ROWS)
        people = house.sharpest()
        random.Random(seed).shuffle(people)
        for somebody in people:
            who = house.asker(facts, somebody)
            for attempt in (*wall.attempts(who), *all_calls(who)):
                self.tried[attempt.table][somebody].append(attempt)

    def caught(self, tables: Iterable[str], deed: str = "") -> Betrayal | None:
        """Who got something wrong on one of these first; nobody when all is as it should be."""
        for table in tables:
            for somebody in self._sharpest_first(self.tried[table]):
                chosen = [a for a in self.tried[table][somebody] if deed in ("", a.deed)]
                if wrong := leaks(self.house.app, somebody, chosen):
                    self.noticed.update((somebody, table))
                    return Betrayal(somebody, chosen, wrong[0])
        return None

    def _sharpest_first(self, some: Iterable[Any]) -> list[Any]:
        return sorted(some, key=lambda each: -self.noticed[each])

    def catches(self, mutant: Mutant) -> str:
        """What betrays this mutant; the house is sound again afterwards, and that is checked."""
        self.house.owner.execute(mutant.spoil.encode())
        try:
            nearby = NEARBY if mutant.changes_nothing else None
            found = self.caught(self._order(mutant.target)[:nearby], mutant.deed)
        finally:
            self.house.owner.execute(mutant.mend.encode())
        if found and (still := leaks(self.house.app, found.by, found.attempts)):
            raise AlreadyBroken(f"{mutant.name}: {still[0]}")
        return found.what if found else ""

    def _order(self, target: str) -> list[str]:
        """The spoiled table alone; of a function first itself, and then where it shows."""
        first, *rest = [target] if target in RULES else shows_on(target, self.asking)
        return [first, *self._sharpest_first(rest)]
