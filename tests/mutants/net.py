"""The net of the database: everybody tries everything again, until something goes wrong."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.attempts.calls import all_calls
from tests.attempts.house import House
from tests.attempts.people import Somebody
from tests.attempts.reference import RULES
from tests.attempts.wall import Attempt, Wall, leaks
from tests.mutants.database import Mutant

Tried = dict[str, dict[Somebody, list[Attempt]]]
# Where a spoiled function shows first.
TELLING = ("cases_case", "cases_timelineitem", "cases_participation", "cases_lijstplaats")


class Net:
    """All attempts of everybody, worked out once on the sound house."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.tried: Tried = defaultdict(lambda: defaultdict(list))
        facts = house.facts()
        wall = Wall(house.owner, facts)
        people = list(house.people)
        random.Random(seed).shuffle(people)
        for somebody in people:
            who = house.asker(facts, somebody)
            for attempt in (*wall.attempts(who), *all_calls(who)):
                self.tried[attempt.table][somebody].append(attempt)

    def caught(self, tables: Iterable[str]) -> str:
        """What somebody got wrong on one of these; nothing when all is as it was."""
        for table in tables:
            for somebody, attempts in self.tried[table].items():
                if wrong := leaks(self.house.app, somebody, attempts):
                    return wrong[0]
        return ""

    def catches(self, mutant: Mutant) -> str:
        """What betrays this mutant; the house is sound again afterwards."""
        self.house.owner.execute(mutant.spoil.encode())
        try:
            return self.caught(self._order(mutant.target))
        finally:
            self.house.owner.execute(mutant.mend.encode())

    def _order(self, target: str) -> Iterator[str]:
        """The spoiled table alone; of a function first itself, then where it shows, then all."""
        if target in RULES:
            yield target
            return
        first = [name for name in (target, *TELLING) if name in self.tried]
        yield from dict.fromkeys(first)
        yield from (name for name in list(self.tried) if name not in first)
