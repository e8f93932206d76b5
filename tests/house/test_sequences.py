"""The counters of the database say how much there is, also of what one may not know: nobody of the
application looks at one or turns it. RLS-05."""

import psycopg
import pytest
from django.db import connection

from tests import situations
from tests.house.test_identity import assert_refused
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

ROLES = ("vh_app", "vh_clock", "vh_post", "vh_figures")
OPEN_TO = """
    SELECT role, c.oid::regclass::text, kind
    FROM pg_class c, unnest(%s::text[]) AS role, unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) AS kind
    WHERE c.relkind = 'S' AND has_sequence_privilege(role, c.oid, kind)
"""


def test_no_counter_is_open_to_a_role_that_serves_pages_or_tasks(owner: psycopg.Connection):
    (counters,) = owner.execute("SELECT count(*) FROM pg_class WHERE relkind = 'S'").fetchone()

    assert counters > 20
    assert owner.execute(OPEN_TO, [list(ROLES)]).fetchall() == []


def test_a_counter_that_was_opened_would_be_found(own_house: str, owner: psycopg.Connection):
    owner.execute("GRANT SELECT ON SEQUENCE cases_case_number TO vh_clock")

    found = owner.execute(OPEN_TO, [list(ROLES)]).fetchall()
    assert found == [("vh_clock", "cases_case_number", "SELECT")]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ggd", "bureau"])
@pytest.mark.parametrize("counter", ["cases_case_number", "cases_participation_id_seq"])
def test_who_opened_a_case_cannot_ask_how_many_there_are(who, counter):
    """By any of the ways in which PostgreSQL tells it, also right after turning it himself."""
    with acting_as(user(who).pk):
        situations.put_forward_case(by=who)
        for asked in (
            f"SELECT nextval('{counter}')",
            f"SELECT currval('{counter}')",
            f"SELECT setval('{counter}', 1)",
            f"SELECT last_value FROM {counter}",  # noqa: S608 - our own name
            "SELECT lastval()",
        ):
            assert_refused(asked)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_sequences WHERE last_value IS NOT NULL")
            assert cursor.fetchone() == (0,)
