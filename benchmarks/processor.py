"""How long processors worked on a page, by the count of the system itself.

On a machine that is busy with other work a page waits for its turn, and the clock on the wall
counts that as well. What the processes of the house worked differs far less: this one, and the
processes of PostgreSQL that answer it.
"""

import time
from pathlib import Path

from django.db import connection

from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

PER_MS = 1_000_000  # the system counts nanoseconds
OURS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
"""


def servers() -> list[int]:
    """The processes of PostgreSQL that serve this database: for the page, and for the log."""
    with acting_as(ANONYMOUS), connection.cursor() as cursor:
        cursor.execute(OURS)
        return [pid for (pid,) in cursor.fetchall()]


def worked(servers: list[int]) -> float | None:
    """What this process and these worked so far, in milliseconds; None where nobody counts it."""
    counts = [_count(pid) for pid in servers]
    if None in counts:
        return None
    return (time.process_time_ns() + sum(filter(None, counts))) / PER_MS


def _count(pid: int) -> int | None:
    """Nanoseconds on a processor; None where nobody tells, or PostgreSQL is elsewhere."""
    about = Path("/proc") / str(pid)
    try:
        if "postgres" not in (about / "comm").read_text():
            return None
        return int((about / "schedstat").read_text().split()[0])
    except OSError:
        return None
