"""Makes the database roles and gives them a database. The rights themselves stand in sql/."""

from pathlib import Path

import psycopg
from psycopg import sql

from stack.refusal import Refusal

SQL = Path(__file__).parent / "sql"
OWNER, APPLICATION = "vh_owner", "vh_app"
OLDEST_SERVER = 15

FOREIGN_TABLES = """
    SELECT count(*) FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    JOIN pg_roles AS r ON r.oid = c.relowner
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND r.rolname <> %s
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
"""


def refuse_too_old(connection: psycopg.Connection) -> None:
    """PostgreSQL 15 is the first of which the schema `public` is closed by default."""
    version = connection.info.server_version // 10000
    if version < OLDEST_SERVER:
        raise Refusal(
            f"Deze PostgreSQL is versie {version}. Het huis heeft versie {OLDEST_SERVER} of nieuwer"
            " nodig. Wijs in DATABASE_URL een nieuwere aan, of laat DATABASE_URL weg."
        )


def make_roles(
    admin: psycopg.Connection, passwords: dict[str, str], may_make_databases: bool
) -> None:
    """All roles as roles.sql says, with these passwords for the two that log in."""
    try:
        admin.execute((SQL / "roles.sql").read_text())
    except psycopg.errors.RaiseException as error:
        raise Refusal(
            "In deze PostgreSQL bestaat al een rol die langs elk slot kan:"
            f" {error.diag.message_primary}. Haal die rol weg of kies een andere server."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refusal(
            "De gebruiker in DATABASE_URL mag geen rollen maken. Geef een gebruiker die dat wel"
            " mag, of geef OWNER_DATABASE_URL en DATABASE_URL allebei."
        ) from error
    for role, password in passwords.items():
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        )
    if may_make_databases:  # the tests make their own, again and again
        admin.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))


def database_exists(admin: psycopg.Connection, name: str) -> bool:
    """Is there a database of that name on this server?"""
    query = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)"
    return bool(_value(admin, query, name))


def make_database(admin: psycopg.Connection, name: str) -> None:
    """An empty database of the owner role; sorts the same on every machine where it can."""
    _join_the_owner(admin)
    locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0"
    options = locale if admin.info.server_version >= 170000 else "TEMPLATE template0"
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' {}").format(
            sql.Identifier(name), sql.Identifier(OWNER), sql.SQL(options)
        )
    )


def adopt_database(admin: psycopg.Connection, inside: psycopg.Connection, name: str) -> None:
    """A database that was there already becomes ours, unless somebody else uses it."""
    if _value(inside, FOREIGN_TABLES, OWNER):
        raise Refusal(
            f"In de database {name} staan al tabellen die niet van het huis zijn."
            " Zet in DATABASE_URL de naam van een andere database; die maakt het huis zelf."
        )
    owner = _value(
        admin,
        "SELECT r.rolname FROM pg_database AS d JOIN pg_roles AS r ON r.oid = d.datdba"
        " WHERE d.datname = %s",
        name,
    )
    if owner != OWNER:
        _join_the_owner(admin)
        admin.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )


def set_rights(inside: psycopg.Connection) -> None:
    """Who may do what in this database, as database.sql says."""
    inside.execute((SQL / "database.sql").read_text())


def drop_database(admin: psycopg.Connection, name: str) -> None:
    """Throws the database away, also when somebody is still connected to it."""
    _join_the_owner(admin)
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _join_the_owner(admin: psycopg.Connection) -> None:
    """One who is no superuser must be a member of the role in whose name he makes something."""
    if not _value(admin, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))


def _value(connection: psycopg.Connection, query: str, *parameters: str) -> object:
    """The one value that the query answers."""
    row = connection.execute(query.encode(), parameters or None).fetchone()
    return row[0] if row else None
