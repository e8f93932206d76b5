"""The database of a house of N cases: made once for this code, and kept until the code changes."""

import hashlib
from pathlib import Path

import psycopg

from benchmarks import guardian
from benchmarks.dataset import Dataset
from benchmarks.loading import bare
from tests import databases

HERE = Path(__file__).parent
MADE_BY = ("names.py", "loading.py", "seats.py", "dataset.py", "house.py")


def house_of(size: int) -> str:
    """The name of the database; filled when it is not there yet. Older ones of this size go."""
    name = f"vh_bench_{size}_{_fingerprint()}"
    with psycopg.connect(databases.OWNER_URL, autocommit=True) as owner:
        like = f"vh\\_bench\\_{size}\\_%"
        found = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like])
        names = [row[0] for row in found.fetchall()]
        if name in names:
            return name
    for former in names:
        databases.drop(former)
    building = f"{name}_in_aanbouw"
    databases.copy(building)
    with psycopg.connect(
        databases.with_name(databases.OWNER_URL, building), autocommit=True
    ) as its:
        its.execute("SET work_mem = '256MB'")
        Dataset(its, size).fill()
        know_beforehand(its)
        with bare(its, (guardian.TABLE,)):
            its.execute(guardian.TWIN)
        its.execute(f"VACUUM ANALYZE {guardian.TABLE}")
    with psycopg.connect(databases.OWNER_URL, autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {building} RENAME TO {name}")
    return name


def know_beforehand(owner: psycopg.Connection) -> None:
    """What raw SQL may lean on: who may see which part of which case, worked out beforehand."""
    owner.execute("""
        CREATE TABLE bench_known AS
        SELECT DISTINCT g.user_id, p.content_object_id AS case_id, s.codename AS scope
        FROM cases_participation p JOIN auth_permission s ON s.id = p.permission_id
          JOIN partners_user_groups g ON g.group_id = p.group_id
        WHERE p.start_date <= vh.today() AND p.closed_at IS NULL
          AND (p.end_date IS NULL OR p.end_date >= vh.today())
          AND NOT EXISTS (SELECT FROM cases_bar b
                          WHERE b.user_id = g.user_id AND b.case_id = p.content_object_id)
    """)
    owner.execute("CREATE UNIQUE INDEX ON bench_known (user_id, case_id, scope)")
    owner.execute("CREATE INDEX ON bench_known (user_id, scope, case_id)")
    owner.execute("VACUUM ANALYZE bench_known")


def _fingerprint() -> str:
    made_of = hashlib.sha256(databases.template().encode())
    for module in MADE_BY:
        made_of.update((HERE / module).read_bytes())
    return made_of.hexdigest()[:12]
