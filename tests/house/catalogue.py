"""What the catalogue of the real, migrated database says about its locks.

Each question returns complaints in words, an empty list when all is well. test_locks.py asks them
of the house as it is, and of a house that was broken on purpose.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from simple_history.models import registered_models

Rights = Mapping[str, str]

OURS = """
    SELECT c.oid, n.nspname, c.relname, c.relkind::text AS kind, c.relrowsecurity AS enabled,
           c.relforcerowsecurity AS forced, pg_get_userbyid(c.relowner) AS owner, c.reloptions
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'vh') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
# Rights on whole tables and on single columns, for every role but the owner himself.
GRANTS = f"""
    WITH ours AS ({OURS}), acl AS (
      SELECT ours.relname, '' AS col, a.* FROM ours JOIN pg_class c USING (oid),
             aclexplode(c.relacl) a
      UNION ALL
      SELECT ours.relname, t.attname, a.* FROM ours JOIN pg_attribute t ON t.attrelid = ours.oid,
             aclexplode(t.attacl) a)
    SELECT relname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END AS role,
           privilege_type, col FROM acl WHERE grantee <> 'vh_owner'::regrole
    ORDER BY relname, role, privilege_type, col
"""  # noqa: S608 - our own words
POLICIES = f"""
    WITH ours AS ({OURS})
    SELECT ours.relname, p.polname::text, p.polcmd::text,
           ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r) END
                 FROM unnest(p.polroles) r) AS roles,
           coalesce(pg_get_expr(p.polqual, p.polrelid), '') AS using,
           coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') AS checking
    FROM ours JOIN pg_policy p ON p.polrelid = ours.oid ORDER BY 1, 2
"""  # noqa: S608 - our own words
FUNCTIONS = """
    SELECT p.oid::regprocedure::text AS name, p.proname, pg_get_userbyid(p.proowner) AS owner,
           p.prosecdef AS definer, p.provolatile::text AS volatility, p.prosrc AS source,
           coalesce(p.proconfig, '{}') AS settings, p.proleakproof AS leakproof,
           (SELECT coalesce(array_agg(a.grantee), '{0}')
            FROM aclexplode(p.proacl) a WHERE a.privilege_type = 'EXECUTE') AS may_call
    FROM pg_proc p WHERE p.pronamespace = 'vh'::regnamespace ORDER BY 1
"""
SYSTEM_ROLES = ("vh_owner", "vh_kern")
DML = ("INSERT", "UPDATE", "DELETE")


def rows(link: psycopg.Connection, query: str) -> list[Any]:
    """The answer as named tuples."""
    with link.cursor(row_factory=psycopg.rows.namedtuple_row) as cursor:
        return cursor.execute(query).fetchall()  # type: ignore[arg-type]


def locked(link: psycopg.Connection) -> set[str]:
    """The tables of which row-level security is on, holds for the owner and says something."""
    with_policy = {policy.relname for policy in rows(link, POLICIES)}
    return {
        table.relname
        for table in rows(link, OURS)
        if table.enabled and table.forced and table.relname in with_policy
    }


def unlocked(link: psycopg.Connection, open_to_all: Rights) -> list[str]:
    """Every table and view is locked, or open on purpose with a reason."""
    found = rows(link, OURS)
    held = locked(link)
    complaints = [
        f"{t.relname}: geen slot en niet in OPEN_TO_ALL"
        for t in found
        if t.kind in "rpf" and t.relname not in held and t.relname not in open_to_all
    ]
    complaints += [f"{t.relname}: materialized view" for t in found if t.kind == "m"]
    complaints += [
        f"{t.relname}: view zonder security_invoker"
        for t in found
        if t.kind == "v" and "security_invoker=true" not in (t.reloptions or [])
    ]
    known = {t.relname for t in found}
    complaints += [
        f"{name}: staat in OPEN_TO_ALL en bestaat niet" for name in open_to_all.keys() - known
    ]
    complaints += [f"{name}: op slot en toch in OPEN_TO_ALL" for name in open_to_all.keys() & held]
    return complaints


def wrong_owner(link: psycopg.Connection) -> list[str]:
    """Everything is of the owner role."""
    return [f"{t.relname}: van {t.owner}" for t in rows(link, OURS) if t.owner != "vh_owner"]


def granted_wrongly(link: psycopg.Connection, roles: Iterable[str]) -> list[str]:
    """Nothing for PUBLIC or a stranger; nobody may truncate, refer to, or hang triggers on."""
    plain = {"SELECT", *DML}
    return [
        f"{g.relname}: {g.privilege_type} voor {g.role}"
        for g in rows(link, GRANTS)
        if g.role not in roles or g.privilege_type not in plain
    ]


def rights_of(link: psycopg.Connection, role: str) -> dict[str, str]:
    """Per table what this role may, as `SELECT, UPDATE (password)`."""
    found: dict[str, dict[str, list[str]]] = {}
    for g in rows(link, GRANTS):
        if g.role == role:
            columns = found.setdefault(g.relname, {}).setdefault(g.privilege_type, [])
            columns += [g.col] if g.col else []
    order = ["SELECT", *DML]
    return {
        table: ", ".join(
            right + (f" ({', '.join(sorted(rights[right]))})" if rights[right] else "")
            for right in order
            if right in rights
        )
        for table, rights in found.items()
    }


def written_openly(link: psycopg.Connection, open_writes: Rights) -> list[str]:
    """On a table without a lock the application writes only what is listed."""
    held = locked(link)
    complaints = []
    for table, rights in rights_of(link, "vh_app").items():
        wanted = open_writes.get(table, "SELECT")
        if table not in held and rights != wanted:
            complaints.append(f"{table}: vh_app mag {rights}, afgesproken is {wanted}")
    return complaints


def lax_policies(link: psycopg.Connection, true_on_purpose: Rights) -> list[str]:
    """A policy is for one role of the house, has a condition, and calls nothing for every row."""
    complaints = []
    for p in rows(link, POLICIES):
        condition = f"{p.using} {p.checking}"
        name = f"{p.relname}.{p.polname}"
        if "PUBLIC" in p.roles or len(p.roles) != 1:
            complaints.append(f"{name}: voor {', '.join(p.roles)}")
        elif p.roles[0] in SYSTEM_ROLES:
            continue
        elif "true" in (p.using, p.checking) and name not in true_on_purpose:
            complaints.append(f"{name}: geldt voor elke rij")
        elif _called_for_every_row(condition):
            complaints.append(f"{name}: roept voor elke rij een functie aan")
    return complaints


def _called_for_every_row(condition: str) -> bool:
    """A function of the wall that does not stand right behind a SELECT of its own."""
    return condition.count("vh.") != condition.count("SELECT vh.")


def removable(link: psycopg.Connection, on_purpose: Rights) -> list[str]:
    """What was written stays: rows are closed, not deleted, but for what is listed."""
    return [
        f"{table}: vh_app mag rijen weghalen"
        for table, rights in rights_of(link, "vh_app").items()
        if "DELETE" in rights and table not in on_purpose
    ]


def rewritten_history(link: psycopg.Connection) -> list[str]:
    """History is locked like the row it remembers, and is only added to."""
    tables = {model.history.model._meta.db_table for model in registered_models.values()}
    held, rights = locked(link), rights_of(link, "vh_app")
    complaints = [f"{table}: geschiedenis zonder slot" for table in sorted(tables - held)]
    complaints += [
        f"{table}: geschiedenis die vh_app mag herschrijven"
        for table in sorted(tables)
        if {"UPDATE", "DELETE"} & set(rights.get(table, "").split(", "))
    ]
    return complaints


def unretained(link: psycopg.Connection, exceptions: Rights) -> list[str]:
    """Every locked table bears the day on which its five years began, but for the exceptions."""
    with_day = {
        name
        for (name,) in link.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'first_processed_on'"
        )
    }
    complaints = [
        f"{table}: geen first_processed_on"
        for table in sorted(locked(link) - with_day - exceptions.keys())
    ]
    complaints += [
        f"{table}: heeft first_processed_on en staat bij de uitzonderingen"
        for table in sorted(with_day & exceptions.keys())
    ]
    return complaints


def unsafe_functions(link: psycopg.Connection) -> list[str]:
    """The functions of the wall: whose they are, who may call them, and what they may forget."""
    complaints = []
    for f in rows(link, FUNCTIONS):
        if f.owner not in ("vh_kern", "vh_figures"):
            complaints.append(f"{f.name}: van {f.owner}")
        if f.definer and not any(s.startswith("search_path=") for s in f.settings):
            complaints.append(f"{f.name}: geen vast search_path")
        if 0 in f.may_call:
            complaints.append(f"{f.name}: iedereen mag haar aanroepen")
        if f.volatility == "i" and "vh." in f.source:
            # A prepared plan would remember the answer of another user (measured).
            complaints.append(f"{f.name}: IMMUTABLE, maar vraagt wie er vraagt")
        if f.leakproof:
            complaints.append(f"{f.name}: LEAKPROOF")
    return complaints


def dangerous_roles(link: psycopg.Connection) -> list[str]:
    """No role of the house can walk around the wall, and the application owns nothing."""
    complaints = [
        f"{name}: superuser of BYPASSRLS"
        for (name,) in link.execute(
            "SELECT rolname FROM pg_roles WHERE rolname ^@ 'vh_' AND (rolsuper OR rolbypassrls"
            " OR (rolname <> 'vh_owner' AND (rolreplication OR rolcreaterole OR rolcreatedb)))"
        )
    ]
    complaints += [
        f"{name}: bezit {thing}"
        for name, thing in link.execute(
            "SELECT pg_get_userbyid(relowner), relname FROM pg_class WHERE relowner IN"
            " (SELECT oid FROM pg_roles WHERE rolname IN ('vh_app', 'vh_clock', 'vh_post'))"
        )
    ]
    complaints += [
        f"vh_app: {word} in deze database"
        for word in ("CREATE", "TEMP")  # a temporary table could hide a real one from a function
        if link.execute(
            "SELECT has_database_privilege('vh_app', current_database(), %s)", [word]
        ).fetchone()
        == (True,)
    ]
    complaints += [
        f"vh_app: CREATE in schema {name}"
        for (name,) in link.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'"
            " AND has_schema_privilege('vh_app', oid, 'CREATE')"
        )
    ]
    return complaints


def memberships(link: psycopg.Connection) -> set[str]:
    """The roles that the application may put on, and those that hold without asking (vanzelf)."""
    return {
        name
        for (name,) in link.execute(
            "SELECT r.rolname FROM pg_roles r WHERE r.rolname ^@ 'vh_' AND r.rolname <> 'vh_app'"
            " AND pg_has_role('vh_app', r.oid, 'MEMBER')"
            " UNION SELECT r.rolname || ' (vanzelf)' FROM pg_roles r WHERE r.rolname <> 'vh_app'"
            " AND r.rolname ~ '^vh_|_data$|server' AND pg_has_role('vh_app', r.oid, 'USAGE')"
        )
    }
