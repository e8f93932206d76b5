"""Is the access log whole? Asked of the database, and of anchors kept outside it.

Each line of the log bears the hash of the line before it, so a line that was changed or taken out
breaks its chain. Who owns the database can forge a whole chain anew; therefore the heads of the
chains are written to files outside it, and a forged chain differs from those. toegang.md 8.

Once a month everything is read and, when it is whole, closed: the heads that were verified are
written there as a closing. The usual check reads on from the last closing.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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


def verify(closed: Iterable[Head] = ()) -> tuple[int, list[Break]]:
    """How many lines were verified, and where they are not whole; what was closed is counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shard, lines, broken_at, complaint"
            " FROM vh.check_log(%s::smallint[], %s::bigint[], %s::bytea[])",
            _columns(closed),
        )
        chains = cursor.fetchall()
    breaks = [Break(shard, place, said) for shard, _, place, said in chains if place is not None]
    return sum(lines for _, lines, _, _ in chains), breaks


def differing() -> list[Break]:
    """Where the log differs from an anchor that was once taken."""
    heads = sorted(set(anchored()), key=lambda head: (head.shard, head.place))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shard, place FROM vh.log_differs(%s::smallint[], %s::bigint[], %s::bytea[])",
            _columns(heads),
        )
        found = cursor.fetchall()
    return [Break(shard, place, "anders dan het anker van toen") for shard, place in found]


def _columns(heads: Iterable[Head]) -> list[list[Any]]:
    """These heads as the three arrays that the database takes."""
    rows = [(head.shard, head.place, bytes.fromhex(head.hash)) for head in heads]
    return [list(column) for column in zip(*rows, strict=True)] or [[], [], []]


@dataclass(frozen=True)
class Verification:
    """What was verified of the log, since when, and where it is not whole."""

    lines: int
    anchors: int
    closed_at: datetime | None
    breaks: list[Break]


def verify_all() -> Verification:
    """Verify every line and every anchor."""
    return _verified(None)


def verify_since_closing() -> Verification:
    """Verify every line since the last closing, and every anchor; what was closed is counted.

    A line of before that was changed where it stands, its hash left as it was, is not seen so:
    `verify_all` finds it, and runs before every closing.
    """
    return _verified(_last_closing())


def _verified(closing: dict[str, Any] | None) -> Verification:
    closed = [Head(*head) for head in closing["heads"]] if closing else []
    lines, breaks = verify(closed)
    since = datetime.fromisoformat(closing["at"]) if closing else None
    return Verification(lines, len(set(anchored())), since, breaks + differing())


def closing_is_late() -> bool:
    """Whether the log should have been closed by now: the month's check did not run, or found that
    the log is not whole. A house that is just there has had no month yet."""
    closing = _last_closing(months=2)
    since = closing["at"] if closing else min(map(_begun, places()), default="")
    allowed = timedelta(days=settings.LOG_CLOSE_LATE_DAYS)
    return bool(since) and timezone.now() - datetime.fromisoformat(since) > allowed


def _begun(place: Path) -> str:
    """When the first anchor came here; empty when none did."""
    first = next(_lines(place), None)
    return json.loads(first)["at"] if first else ""


def _last_closing(months: int = 0) -> dict[str, Any] | None:
    """The latest closing (of so many months) that lies in every place: one convinces nobody."""
    found = [
        {
            line
            for line in _lines(home, months)
            if '"closed": true' in line and json.loads(line)["closed"]
        }
        for home in places()
    ]
    shared = [json.loads(line) for line in set.intersection(*found)]
    return max(shared, key=lambda line: line["at"], default=None)


class NotWhole(Exception):
    """The log is not whole, so nothing is closed."""


def close() -> Verification:
    """Verify everything and close what was verified: from here on the short check begins.

    Raises NotWhole, and then closes nothing.
    """
    until = heads()
    verified = verify_all()
    if verified.breaks:
        raise NotWhole("; ".join(map(str, verified.breaks)))
    _keep(until, closed=True)
    return verified


def heads() -> list[Head]:
    """The heads of the chains that have lines, as they are now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shard, place, hash FROM vh.log_heads()")
        return [Head(shard, place, bytes(digest).hex()) for shard, place, digest in cursor]


def anchor() -> list[Path]:
    """Write the heads as they are now in every place; where they were written."""
    return _keep(heads())


def _keep(these: list[Head], **more: bool) -> list[Path]:
    """Write heads, as one line, to this month's file in every place; the files only grow.

    A place that cannot be written does not keep the others from it. Raises ExceptionGroup then.
    """
    now = timezone.localtime()
    line = {"at": now.isoformat(), "heads": [[h.shard, h.place, h.hash] for h in these], **more}
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
        for line in _lines(home):
            yield from (Head(*head) for head in json.loads(line)["heads"])


def _lines(home: Path, months: int = 0) -> Iterator[str]:
    """Every line that was ever written in this place, or in its last so many months."""
    for path in sorted(home.glob("*.jsonl"))[-months:]:
        yield from path.read_text().splitlines()


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
