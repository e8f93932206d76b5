"""Why something may not happen (yet): the words every rule in the house is written in.

A rule is a function that returns the obstacles; an empty list means that nothing stands in the
way. The page, its button and the operation all ask the same rule, so they cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """One reason, with a code for tests and a sentence for people that says what to do.

    `url` leads to the place where it can be mended, when there is one. A rule that knows no
    addresses says what it is `about` instead, and a presenter finds the way.
    """

    code: str
    message: str
    url: str = ""
    about: str = ""


class Refused(Exception):
    """An operation was asked for while obstacles stood in its way."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__("; ".join(o.message for o in self.obstacles))

    @property
    def codes(self) -> set[str]:
        return {o.code for o in self.obstacles}


def refuse_if(obstacles: Sequence[Obstacle]) -> None:
    """Raise `Refused` with all obstacles at once, if there are any."""
    if obstacles:
        raise Refused(obstacles)


# Who did it is not said: a second tab of the same person is as far behind as that of a colleague.
MEANWHILE = "Dit is intussen gewijzigd, door iemand anders of in een ander tabblad."
STALE = f"{MEANWHILE} Wat is ingevuld, staat er nog. Kijk wat er nu staat en sla opnieuw op."


def stale(seen: int | None, current: int, sentence: str = STALE) -> list[Obstacle]:
    """The page on which this was typed shows an older version than the one that is kept.

    `seen` is the version the form was made from; None when the caller has no page (a command).
    `sentence` says it otherwise, where nothing is typed.
    """
    if seen is None or seen == current:
        return []
    return [Obstacle("stale", sentence)]
