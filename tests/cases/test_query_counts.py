"""A page costs as many questions to the database as was agreed, however much stands on it.

Issue 3, "Measured": a dossier 8, a list 5, besides the 5 of session, user, identity and log.
"""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from cases import operations
from cases.models import Case, OffenceRecord, Scope
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

# Whose session, who is it, tell PostgreSQL; the log writes on a connection of its own.
ENTRY = re.compile(r'FROM veiligheidshuis_session|AS "roles_today"|set_config')
OF_THE_TEST = re.compile(r"SAVEPOINT")  # the test has a transaction round the page


def asked(browser: Browser, address: str) -> tuple[list[str], list[str]]:
    """What is asked before the page is begun, and by the page itself."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    statements = [q["sql"] for q in asked.captured_queries if not OF_THE_TEST.search(q["sql"])]
    entry = [sql for sql in statements if ENTRY.search(sql)]
    return entry, [sql for sql in statements if not ENTRY.search(sql)]


@pytest.fixture
def full_case(db: None) -> Case:
    """A signed case with everything on it: offences, BSN, notes, people that take part."""
    plan = situations.signed_plan(("huisvesting", "Begeleid wonen", "leger-des-heils"))
    samira = user("samira")
    with acting_as(samira.pk):
        for n in range(30):
            operations.add_note(
                plan.case, title=f"Gesprek {n}", text="", scope=Scope.KNOW_CASE, by=samira
            )
        assert OffenceRecord.objects.filter(case=plan.case).exists()
    return plan.case


@pytest.mark.parametrize("username", ["samira", "manager", "bureau", "legerdesheils"])
def test_a_dossier_asks_at_most_eight_questions(browse, full_case, username):
    entry, page = asked(browse(username), f"/dossiers/{full_case.number}/")

    assert len(page) <= 8, page
    assert len(entry) <= 5, entry  # the fifth is put back for the test's own transaction


@pytest.mark.parametrize("username", ["samira", "manager", "politie"])
def test_the_list_of_dossiers_asks_at_most_five_questions(browse, full_case, username):
    situations.put_forward_case(by="politie")
    entry, page = asked(browse(username), "/dossiers/")

    assert len(page) <= 5, page
    assert len(entry) <= 5, entry


def test_more_on_the_page_asks_no_more_questions(browse: Callable[[str], Browser]):
    empty, full = situations.assigned_case(), situations.signed_plan().case
    samira = browse("samira")

    assert len(asked(samira, f"/dossiers/{full.number}/")[1]) == len(
        asked(samira, f"/dossiers/{empty.number}/")[1]
    )
