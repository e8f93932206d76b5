"""Residents sit in the commission: nothing personal may leak there. eisen.md 5 (17).

Asked in plain SQL, as somebody who found a way round our pages.
"""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from tests import situations
from tests.beheerscommissie import reports
from tests.situations import user
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

pytestmark = pytest.mark.django_db

TABLES_WITH_PERSONS = """
    SELECT c.relname FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'first_processed_on'
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
"""
ROWS_OF_THE_COMMISSION = "beheerscommissie_overlastmelding"


WRITE_MELDING = """
    INSERT INTO beheerscommissie_overlastmelding (id, area_id, place_id, kind, happened_on,
        day_part, reported_at, status, version, first_processed_on)
    VALUES (gen_random_uuid(), %s, %s, 'crimineel', now(), 'avond', now(), 'gemeld', 1, now())
"""
WRITE_STEP = """
    INSERT INTO beheerscommissie_reportstep
        (id, melding_id, name, at, by_id, text, means, first_processed_on)
    VALUES (gen_random_uuid(), %s, 'handle_report', now(), %s, '', '', now())
"""
FILE_REPORT = """
    SELECT vh.file_nuisance_report(gen_random_uuid(), 'x', %s, %s, %s, vh.today(), 'avond', '',
        %s, '', '', '')
"""


def ask(statement, parameters=()):
    """Run a statement as the asking user; the number of rows it touched, and the first answer."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount, cursor.fetchone() if cursor.description else None


def rows_in(table):
    """How many rows of this table the asking user sees; denied counts as none."""
    try:
        return ask(f'SELECT count(*) FROM "{table}"')[1][0]  # noqa: S608 - from the catalogue
    except ProgrammingError:
        return 0


def seen_by(who):
    """The tables with personal data in which this user sees a row."""
    pk = user(who).pk if who else ANONYMOUS
    with acting_as(pk):
        with connection.cursor() as cursor:
            cursor.execute(TABLES_WITH_PERSONS)
            tables = [name for (name,) in cursor.fetchall()]
        return {table for table in tables if rows_in(table)}


@pytest.fixture
def busy_house():
    """A case with a plan to be made, and a report that was answered."""
    situations.planned_case()
    reports.answered_report()


def test_a_resident_sees_rows_of_nuisance_and_no_row_of_any_other_table_with_persons(busy_house):
    assert seen_by("samira") > {"cases_case", "cases_client"}  # the house is not empty
    assert seen_by("bewoner") == {ROWS_OF_THE_COMMISSION}


def test_the_buurtregisseur_sees_reports_and_no_dossier(busy_house):
    seen = seen_by("buurtregisseur")

    assert "beheerscommissie_melder" in seen
    assert {table for table in seen if not table.startswith("beheerscommissie_")} == set()


@pytest.mark.parametrize("who", ["", "samira", "politie", "bureau", "manager", "stuurgroep"])
def test_nobody_else_sees_anything_of_a_report(busy_house, who):
    assert {table for table in seen_by(who) if table.startswith("beheerscommissie_")} == set()


@pytest.mark.parametrize("who", ["", "bewoner", "buurtregisseur"])
def test_no_report_is_written_round_the_function(who):
    pk = user(who).pk if who else ANONYMOUS
    area = reports.gasthuis()

    with acting_as(pk), pytest.raises(ProgrammingError):
        ask(WRITE_MELDING, [area.pk, area.places.first().pk])


def test_a_resident_changes_no_status_and_writes_no_step():
    melding, resident = reports.assigned_report(), user("bewoner").pk
    back = "UPDATE beheerscommissie_overlastmelding SET status = 'gemeld' WHERE id = %s"

    with acting_as(resident):
        assert ask(back, [melding.pk]) == (0, None)
        with pytest.raises(ProgrammingError):
            ask(WRITE_STEP, [melding.pk, resident])


def test_the_buurtregisseur_writes_no_step_in_the_name_of_another():
    melding = reports.assigned_report()

    with acting_as(user("buurtregisseur").pk), pytest.raises(ProgrammingError):
        ask(WRITE_STEP, [melding.pk, user("samira").pk])


@pytest.mark.parametrize(
    ("area", "kind", "story"),
    [
        ("elders", "crimineel", "Een verhaal."),
        ("gasthuis", "onbekend", "Een verhaal."),
        ("gasthuis", "crimineel", "  "),
        ("gasthuis", "crimineel", "x" * 4001),
    ],
)
def test_the_function_for_visitors_refuses_what_the_form_would_refuse(area, kind, story):
    place = reports.gasthuis().places.first().pk

    with acting_as(ANONYMOUS), pytest.raises(DatabaseError):
        ask(FILE_REPORT, [area, place, kind, story])


@pytest.mark.parametrize("function", ["new_report_code()", "too_many_reports('x')"])
def test_the_inner_functions_are_not_for_the_application(function):
    with acting_as(ANONYMOUS), pytest.raises(ProgrammingError):
        ask(f"SELECT vh.{function}")


def test_a_code_of_one_report_opens_no_other():
    code = reports.filed_code()
    other = code[:-1] + ("2" if code[-1] != "2" else "3")

    with acting_as(ANONYMOUS):
        assert ask("SELECT status FROM vh.report_outcome('gasthuis', %s)", [code])[1] == ("gemeld",)
        assert ask("SELECT status FROM vh.report_outcome('gasthuis', %s)", [other])[1] is None
        assert ask("SELECT status FROM vh.report_outcome('elders', %s)", [code])[1] is None
