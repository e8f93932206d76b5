"""The words in which migrations lock their tables. See docs/bouw.md and toegang.md decision 9.

A condition is SQL that is asked for every row, as the role of the application. It is written so
that PostgreSQL answers the user's part once for a statement (the sub-selects) and probes one index
for each row: a function called for every row costs seconds (measured, toegang.md 6).
"""

from typing import Any

from django.db.migrations import RunSQL

Statement = str | tuple[str, dict[str, Any] | list[Any] | tuple[Any, ...] | None]

PRINCIPALS = "(SELECT vh.principals())::int[]"
# Under which regimes who asks may take part: what he holds under another does not count. PRV-20.
REGIMES = "(SELECT vh.regimes())::text[]"
BARRED = "(SELECT vh.barred())::uuid[]"
# vh.today(), written out: it stands twice in most locks, and PostgreSQL reads a function anew each
# time that it plans a question (measured, docs/adr/0018).
TODAY = "(now() AT TIME ZONE 'Europe/Amsterdam')::date"
ASKING = "(SELECT vh.uid())"
PROCESS_VIEW = "(SELECT vh.process_view())"


def holds(case: str, scope: str, *, because_of: str = "") -> str:
    """SQL: the asking user holds this scope on the case whose id stands in column `case`.

    `scope` is a codename, or the expression of `row_scope` for a table whose rows differ. With
    `because_of` (columns with an id) only what was granted because of one of these counts.
    """
    return f"(NOT {case} = ANY ({BARRED}) AND {granted(case, scope, because_of)})"


def knows(case: str) -> str:
    """SQL: the asking user may know that this case exists (by a grant, or by his function)."""
    return f"(NOT {case} = ANY ({BARRED}) AND ({PROCESS_VIEW} OR {granted(case, 'know_case')}))"


def granted(case: str, scope: str, because_of: str = "") -> str:
    """SQL: a grant that counts now; whether he is barred, `holds` and `knows` ask.

    OFFSET 0 makes it a probe for each row and never a hash of everything that the user may see
    (measured).
    """
    permission = scope if scope.startswith("(") else f"(SELECT vh.scope('{scope}'))"
    ground = f" AND p.because_of IN ({because_of})" if because_of else ""
    return (
        "EXISTS (SELECT FROM cases_participation p"
        f" WHERE p.content_object_id = {case} AND p.permission_id = {permission}"
        f" AND p.group_id = ANY ({PRINCIPALS}) AND p.regime = ANY ({REGIMES})"
        f" AND p.start_date <= {TODAY}"
        f" AND (p.end_date IS NULL OR p.end_date >= {TODAY})"
        f" AND (p.closed_at IS NULL OR p.closed_at > statement_timestamp()){ground} OFFSET 0)"
    )


def row_scope(column: str) -> str:
    """SQL: the permission that a row itself asks for, in its column with a codename."""
    return (
        f"(SELECT s.id FROM auth_permission s WHERE s.codename = {column}"  # noqa: S608 - a column
        " AND s.content_type_id = (SELECT vh.case_type()))"
    )


def has_role(*roles: str) -> str:
    """SQL: the asking user has one of these roles today."""
    wanted = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT vh.has_role({wanted}))"


def lock(
    table: str,
    *,
    read: str | None = None,
    add: str | None = None,
    change: str | None = None,
    remove: str | None = None,
    to: str = "vh_app",
) -> RunSQL:
    """Migration operation: `to` may read, add, change or remove only the rows that match.

    A right without a condition is not granted at all. Owner and kern (the role of the definer
    functions) see all rows by a policy of their own, so that neither needs BYPASSRLS.
    """
    rules = {"select": read, "insert": add}
    rules |= {"update": _seen_and(read, change), "delete": _seen_and(read, remove)}
    rights = [right for right, rule in rules.items() if rule]
    sql: list[Statement] = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    ]
    for role in ("vh_owner", "vh_kern"):
        sql.append(f"DROP POLICY IF EXISTS {role}_all ON {table}")
        sql.append(f"CREATE POLICY {role}_all ON {table} TO {role} USING (true) WITH CHECK (true)")
    sql.append(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vh_kern")
    if rights:
        sql.append(f"GRANT {', '.join(rights)} ON {table} TO {to}")
    undo: list[Statement] = [
        f"DROP POLICY IF EXISTS {role}_all ON {table}" for role in ("vh_owner", "vh_kern")
    ]
    for right in rights:
        condition = rules[right]
        clause = "WITH CHECK" if right == "insert" else "USING"
        sql.append(
            f"CREATE POLICY {to}_{right} ON {table} FOR {right} TO {to} {clause} ({condition})"
        )
        undo.append(f"DROP POLICY IF EXISTS {to}_{right} ON {table}")
    undo.append(f"REVOKE ALL ON {table} FROM {to}, vh_kern")
    return RunSQL(sql=sql, reverse_sql=undo)


def _seen_and(read: str | None, deed: str | None) -> str | None:
    """Nobody changes or removes a row that he does not see. By itself PostgreSQL asks that only of
    a statement that reads a column, and not of one that changes every row blindly."""
    return f"({read}) AND ({deed})" if read and deed and deed not in ("false", read) else deed


def open_table(table: str, rights: str = "SELECT", *, kern: str = "SELECT") -> RunSQL:
    """Migration operation: a table without personal data, or open on purpose (see the house test).

    Every open table is named with its reason in tests/house/test_locks.py.
    """
    return RunSQL(
        sql=[f"GRANT {rights} ON {table} TO vh_app", f"GRANT {kern} ON {table} TO vh_kern"],
        reverse_sql=[f"REVOKE ALL ON {table} FROM vh_app, vh_kern"],
    )


def keep_flow(table: str, begin: str, *moves: str) -> RunSQL:
    """Migration operation: the status of a row begins here and makes only these moves, "from>to".

    Written out, because a database stays as it was migrated; a test compares it with the flow.
    """
    told = ", ".join(f"'{word}'" for word in (begin, *moves))
    return RunSQL(
        sql=(
            f"CREATE TRIGGER keep_flow BEFORE INSERT OR UPDATE OF status ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION vh.keep_flow({told})"
        ),
        reverse_sql=f"DROP TRIGGER keep_flow ON {table}",
    )


def seal_functions(*, inner: tuple[str, ...] = ()) -> RunSQL:
    """Migration operation: the functions of schema vh that were just made run as vh_kern.

    Nobody but the application may call them, and the `inner` ones only each other.
    """
    hidden = ", ".join(f"'{name}'" for name in ("", *inner))
    sql = f"""
    DO $$ DECLARE f record; BEGIN
      FOR f IN SELECT p.oid::regprocedure AS signature, p.proname FROM pg_proc p
               WHERE p.pronamespace = 'vh'::regnamespace AND p.proowner = current_user::regrole LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f.signature);
        IF f.proname NOT IN ({hidden}) THEN
          EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO vh_app', f.signature);
        END IF;
        EXECUTE format('ALTER FUNCTION %s OWNER TO vh_kern', f.signature);
      END LOOP;
    END $$"""  # noqa: S608 - names from our own migrations
    return RunSQL(sql=[sql], reverse_sql=RunSQL.noop)
