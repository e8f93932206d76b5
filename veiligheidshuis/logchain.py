"""Is the access log whole? Asked of the database, and of anchors kept outside it.

Each line of the log bears the hash of the line before it, so a line that was changed or taken out
breaks its chain. Who owns the database can forge a whole chain anew; therefore the heads of the
chains are written to files outside it, and a forged chain differs from those. toegang.md 8.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone


@dataclass(frozen=True)
class Head:
    """How far one chain had come, with the hash of its last line."""

    shard: int
    place: int
    hash: str


@dataclass(frozen=True)
class Break:
    """Where a chain is not what it was, and what is wrong there."""

    shard: int
    place: int
    complaint: str

    def __str__(self) -> str:
        return f"keten {self.shard}, regel {self.place}: {self.complaint}"


def verify() -> tuple[int, list[Break]]:
    """How many lines were verified, and where they are not whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shard, lines, broken_at, complaint FROM vh.check_log()")
        chains = cursor.fetchall()
    breaks = [Break(shard, place, said) for shard, _, place, said in chains if place is not None]
    return sum(lines for _, lines, _, _ in chains), breaks


def differing() -> list[Break]:
    """Where the log differs from an anchor that was once taken."""
    heads = sorted(set(anchored()), key=lambda head: (head.shard, head.place))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shard, place FROM vh.log_differs(%s::smallint[], %s::bigint[], %s::bytea[])",
            [
                [head.shard for head in heads],
                [head.place for head in heads],
                [bytes.fromhex(head.hash) for head in heads],
            ],
        )
        found = cursor.fetchall()
    return [Break(shard, place, "anders dan het anker van toen") for shard, place in found]


def heads() -> list[Head]:
    """The heads of the chains that have lines, as they are now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shard, place, hash FROM vh.log_heads()")
        return [Head(shard, place, bytes(digest).hex()) for shard, place, digest in cursor]


def anchor() -> list[Path]:
    """Write the heads, as one line, to this month's file in every place; the files only grow.

    A place that cannot be written does not keep the others from it. Raises ExceptionGroup then.
    """
    now = timezone.localtime()
    line = {"at": now.isoformat(), "heads": [[h.shard, h.place, h.hash] for h in heads()]}
    written, faults = [], []
    for home in places():
        path = home / f"{now:%Y-%m}.jsonl"
        try:
            _add_line(path, json.dumps(line))
            written.append(path)
        except OSError as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("het anker is niet overal bewaard", faults)
    return written


def _add_line(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def anchored() -> Iterator[Head]:
    """Every head that was ever anchored, in whatever place."""
    for home in places():
        for path in sorted(home.glob("*.jsonl")):
            for line in path.read_text().splitlines():
                yield from (Head(*head) for head in json.loads(line)["heads"])


def places() -> list[Path]:
    """Where the anchors lie: outside the database, best each on a machine of its own."""
    return [Path(place) for place in settings.LOG_ANCHOR_DIRS]


@dataclass(frozen=True)
class Anchorage:
    """One place of anchors, and when the last one came there."""

    place: Path
    last: datetime | None

    @property
    def late(self) -> bool:
        """Whether an anchor should have come by now."""
        allowed = timedelta(minutes=settings.LOG_ANCHOR_LATE_MINUTES)
        return self.last is None or timezone.now() - self.last > allowed


def anchorages() -> list[Anchorage]:
    """Every place of anchors as it is now."""
    return [Anchorage(place, _last_anchor(place)) for place in places()]


def _last_anchor(place: Path) -> datetime | None:
    newest = max(place.glob("*.jsonl"), default=None)
    if newest is None:
        return None
    with newest.open("rb") as file:  # the file of a month is long, its last line is not
        file.seek(max(0, newest.stat().st_size - 8192))
        last = file.read().splitlines()[-1]
    return datetime.fromisoformat(json.loads(last)["at"])
