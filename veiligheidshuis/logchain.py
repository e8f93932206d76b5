"""Is the access log whole? Asked of the database, and of anchors kept outside it.

Each line of the log bears the hash of the line before it, so a line that was changed or taken out
breaks its chain. Who owns the database can forge a whole chain anew; therefore the heads of the
chains are written to files outside it, and a forged chain differs from those. toegang.md 8.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
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


def anchor() -> Path:
    """Write the heads to the anchor file of this month, as one line; the file only grows."""
    home = anchors()
    home.mkdir(parents=True, exist_ok=True)
    now = timezone.localtime()
    line = {"at": now.isoformat(), "heads": [[h.shard, h.place, h.hash] for h in heads()]}
    path = home / f"{now:%Y-%m}.jsonl"
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return path


def anchored() -> Iterator[Head]:
    """Every head that was ever anchored."""
    for path in sorted(anchors().glob("*.jsonl")):
        for line in path.read_text().splitlines():
            yield from (Head(*head) for head in json.loads(line)["heads"])


def anchored_at() -> datetime | None:
    """When the heads were last anchored; None when they never were."""
    lines = [path.read_text().splitlines()[-1] for path in sorted(anchors().glob("*.jsonl"))[-1:]]
    return datetime.fromisoformat(json.loads(lines[0])["at"]) if lines else None


def anchors() -> Path:
    """Where the anchors lie: outside the database, best on another machine."""
    return Path(settings.VAR) / "log-anker"
