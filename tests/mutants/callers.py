"""Where a function of the wall shows: whatever asks it, and whatever asks that.

Read from the catalogue of the real database, so that a spoiled function is tried where it can be
noticed, and nowhere else.
"""

import re
from collections import defaultdict

import psycopg

FUNCTIONS = "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'vh'::regnamespace"
POLICIES = """
    SELECT tablename, coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies
    WHERE schemaname = 'public' AND roles = '{vh_app}'
"""
TRIGGERS = """
    SELECT t.tgrelid::regclass::text, 'vh.' || p.proname || '()'
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.pronamespace = 'vh'::regnamespace
"""
COMMENT = re.compile(r"--[^\n]*")
ASKED = re.compile(r"\bvh\.(\w+)\s*\(")


def callers(owner: psycopg.Connection) -> dict[str, set[str]]:
    """For each function of the wall the functions, and the tables with a lock, that ask it."""
    asking: dict[str, set[str]] = defaultdict(set)
    for query in (FUNCTIONS, POLICIES, TRIGGERS):
        for name, text in owner.execute(query).fetchall():
            for asked in ASKED.findall(COMMENT.sub("", text)):
                asking[asked].add(name)
    return asking


def shows_on(function: str, asking: dict[str, set[str]]) -> list[str]:
    """Itself first, then its callers, then theirs; each once."""
    found = [function]
    for name in found:
        found += sorted(asking.get(name, set()) - set(found))
    return found
