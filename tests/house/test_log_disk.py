"""The disk of the access log is full: what cannot be written is not shown, until there is room.

No disk is filled for it. The process of PostgreSQL that writes the log may not make a file any
larger (RLIMIT_FSIZE), so the operating system refuses the next page of the log for real. AUD-08.
"""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.test import Client as Browser

from tests import situations
from tests.house.walk import browser
from veiligheidshuis import accesslog

pytestmark = pytest.mark.whole
LOG = "veiligheidshuis_accesslogentry"
MORE_THAN_A_PAGE = 60  # lines; what is left of the last page is less
# The last line again and again: together more than a piece of the write-ahead log, which must not
# be refused; and each as long as the next, so that no page has room left for one.
FILL = f"""
    INSERT INTO {LOG} SELECT (jsonb_populate_record(NULL::{LOG},
        to_jsonb(l) || jsonb_build_object('id', -n, 'place', -n))).*
    FROM (SELECT * FROM {LOG} ORDER BY id DESC LIMIT 1) l, generate_series(1, 80000) n
"""  # noqa: S608 - our own table


def fill(owner: psycopg.Connection) -> int:
    """The log is large; how large. Its triggers do not count these lines."""
    owner.execute(f"ALTER TABLE {LOG} DISABLE TRIGGER USER")
    owner.execute(FILL)
    owner.execute(f"ALTER TABLE {LOG} ENABLE ALWAYS TRIGGER chain, ENABLE ALWAYS TRIGGER asker")
    size, piece = owner.execute(
        "SELECT pg_relation_size(%s), pg_size_bytes(current_setting('wal_segment_size'))", [LOG]
    ).fetchone()  # type: ignore[misc]
    assert size > piece
    return size


def forbid_growth(size: int) -> None:
    """From here on the writer of the log may not make a file larger than this.

    Asked as the user that the database runs as: nobody else may limit it, not even every root.
    """
    process = Path(f"/proc/{accesslog._connection().info.backend_pid}")
    if not process.exists() or not (process / "comm").read_text().startswith("postgres"):
        pytest.skip("de database draait op een andere machine")
    whose = process.stat()
    himself = {} if os.geteuid() else {"user": whose.st_uid, "group": whose.st_gid}
    subprocess.run(
        ["prlimit", f"--pid={process.name}", f"--fsize={size}:"],
        check=True,
        extra_groups=[] if himself else None,
        **himself,
    )


def lines_about(owner: psycopg.Connection, number: str) -> int:
    (lines,) = owner.execute(
        f"SELECT count(*) FROM {LOG} WHERE %s = ANY (subjects) AND place > 0",  # noqa: S608
        [number],
    ).fetchone()  # type: ignore[misc]
    return lines


def look_until_refused(police: Browser, page: str) -> tuple[int, str]:
    """How many pages were shown, and what came instead of the next."""
    for shown in range(MORE_THAN_A_PAGE):
        answer = police.get(page)
        if answer.status_code != 200:
            assert answer.status_code == 503
            return shown, answer.content.decode()
    pytest.fail("de schijf raakte niet vol")


def test_a_full_disk_shows_nothing_and_recovers_by_itself(own_house, owner):
    """AUD-08."""
    case = situations.put_forward_case(by="politie")
    police, page = browser("politie"), f"/dossiers/{case.number}/"
    assert police.get(page).status_code == 200

    forbid_growth(fill(owner))
    shown, instead = look_until_refused(police, page)

    assert case.client.last_name not in instead
    assert lines_about(owner, case.number) == 1 + shown
    assert police.get(page).status_code == 200  # a new process of the database may write again
    assert lines_about(owner, case.number) == 2 + shown
