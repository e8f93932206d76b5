"""Real databases for the tests: a migrated template, made once, and quick copies of it.

Only this module and the wall's own tests connect as the owner. The tests themselves run as the
application role, like the house.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
OWNER_URL = os.environ["OWNER_DATABASE_URL"]


def with_name(url: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def template() -> str:
    """The name of a database with all migrations of this tree; made when it is not there yet."""
    name = f"vh_template_{_fingerprint()}"
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        # Two test runs at once make it once.
        owner.execute("SELECT pg_advisory_lock(20060907)")
        known = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            building = f"{name}_in_aanbouw"
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(building)))
            owner.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(building))
            )
            _migrate(with_name(OWNER_URL, building))
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def _fingerprint() -> str:
    made_of = hashlib.sha256()
    for path in [*sorted(ROOT.glob("*/migrations/*")), ROOT / "veiligheidshuis/locks.py"]:
        if path.suffix in (".py", ".sql"):
            made_of.update(path.name.encode() + path.read_bytes())
    return made_of.hexdigest()[:12]


def _migrate(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute((ROOT / "stack/sql/database.sql").read_text())
    environment = os.environ | {"VH_AS_OWNER": "1", "OWNER_DATABASE_URL": url}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True
    )


def copy(name: str, *, of: str | None = None) -> None:
    """A fresh copy of the template (or of another database) under this name."""
    source = of or template()
    drop(name)
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
    with psycopg.connect(with_name(OWNER_URL, name), autocommit=True) as owner:
        owner.execute((ROOT / "stack/sql/database.sql").read_text())


def drop(name: str) -> None:
    """Away with it, also when somebody still looks at it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(OWNER_URL, autocommit=True) as owner:
        for patience in range(25, -1, -1):
            try:
                owner.execute(statement)
                return
            except psycopg.errors.InsufficientPrivilege:
                # An autovacuum worker is in there; only a superuser may send it away.
                if not patience:
                    raise
                time.sleep(0.2)
