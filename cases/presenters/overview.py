"""What presses, on the manager's first page: a number and the list behind it. The floors above add
what they know (AppConfig.ready)."""

from collections.abc import Callable
from dataclasses import dataclass

from partners.models import User


@dataclass(frozen=True)
class BottleNeck:
    """One tile: how many, of what, a word about it, and where to see who."""

    number: int
    label: str
    hint: str
    url: str

    @property
    def colour(self) -> str:
        return "fout" if self.number else "ok"


TILES: list[Callable[[User], BottleNeck]] = []


def bottlenecks(user: User) -> list[BottleNeck]:
    return [tile(user) for tile in TILES]
