"""A status and the moves it allows, as data: start at the top, read down, that is the procedure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from veiligheidshuis.obstacles import Obstacle


@dataclass(frozen=True)
class Move:
    """A named step. Its name is the name of the operation that makes it."""

    name: str
    start: TextChoices
    end: TextChoices


class Flow:
    """The moves of one status; asks whether a move may be made now, and draws itself."""

    def __init__(self, *moves: Move, otherwise: Mapping[str, str]) -> None:
        """`otherwise` says for each name, to who comes too early or too late, what he can do."""
        self.moves: dict[str, list[Move]] = {}
        self.otherwise = otherwise
        for move in moves:
            if any(move.start == other.start for other in self.moves.get(move.name, ())):
                raise ValueError(f"two moves {move.name} start at {move.start}")
            self.moves.setdefault(move.name, []).append(move)
        if self.moves.keys() != otherwise.keys():
            raise ValueError(f"a sentence for each move: {self.moves.keys() ^ otherwise.keys()}")

    def obstacles(self, name: str, status: str) -> list[Obstacle]:
        """What stands in the way of making this move from this status."""
        if status in [move.start for move in self.moves[name]]:
            return []
        return [Obstacle("wrong_status", self.otherwise[name])]

    def end(self, name: str, status: str) -> str:
        """The status after the move. Raises KeyError when the move does not start here."""
        return {move.start: move.end for move in self.moves[name]}[status].value  # type: ignore[index]

    def available(self, status: str) -> list[str]:
        """The names of the moves that start here."""
        return [name for name, moves in self.moves.items() if status in [m.start for m in moves]]

    def __iter__(self) -> Iterator[Move]:
        return (move for moves in self.moves.values() for move in moves)

    def as_mermaid(self) -> str:
        """The diagram for docs/stromen, which a test compares with this table."""
        edges = [f"    {m.start.value} --> {m.end.value}: {m.name}" for m in self]
        return "\n".join(["stateDiagram-v2", *edges]) + "\n"
