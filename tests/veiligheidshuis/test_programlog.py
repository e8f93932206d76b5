"""The programs of the house write what whoever keeps the machine needs, and name nobody."""

import logging

import pytest
from django.conf import settings
from django.db import DataError, connection
from django.test import RequestFactory
from django.urls import resolve

from veiligheidshuis.programlog import Discreet

ASKED = "/dossiers/VH-2026-0001/?q=jansen"


def record(**extra):
    line = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Not Found: %s", (ASKED,), None
    )
    line.__dict__.update(extra)
    return line


def test_a_page_that_was_not_there_is_named_by_its_route():
    request = RequestFactory().get(ASKED)
    request.resolver_match = resolve("/dossiers/VH-2026-0001/")

    said = Discreet().format(record(request=request, status_code=404))

    assert said == "GET cases:detail 404"


def test_an_address_that_leads_nowhere_is_not_repeated():
    request = RequestFactory().get("/jansen/")

    assert Discreet().format(record(request=request, status_code=404)) == "GET geen pagina 404"


@pytest.mark.django_db
def test_an_error_tells_where_it_was_and_not_what_the_database_quoted():
    name = "Jansen"
    with pytest.raises(DataError, match=name) as broken, connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::date", [name])

    said = Discreet().format(record(exc_info=(broken.type, broken.value, broken.tb)))

    assert "test_programlog.py" in said
    assert said.endswith("DataError")
    assert name not in said


def test_a_task_that_failed_says_which_and_not_what_it_read():
    """As Celery writes it down: the text of the error is part of the line."""
    line = logging.LogRecord(
        "celery.app.trace",
        logging.ERROR,
        "",
        0,
        "Task %(name)s[%(id)s] raised: %(exc)s",
        ({"name": "cases.read_list", "id": "7", "exc": "DataError('Jansen')"},),
        (DataError, DataError("Jansen"), None),
    )

    assert Discreet().format(line).splitlines() == [
        "Task cases.read_list[7] raised: DataError",
        "DataError",
    ]


def test_every_line_of_the_house_is_written_so():
    (handler,) = settings.LOGGING["root"]["handlers"]

    assert settings.LOGGING["handlers"][handler]["formatter"] == "discreet"
    assert any(isinstance(h.formatter, Discreet) for h in logging.getLogger().handlers)
