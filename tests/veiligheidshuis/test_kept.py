"""A question that is put together once gives each time what the database says then."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, models
from django.test.utils import CaptureQueriesContext

from partners.models import Organisation, User
from veiligheidshuis.kept import Blank, Kept


@pytest.fixture
def by_slug():
    """Asks for an organisation by its slug, with the people who work there counted."""
    counted = Organisation.objects.annotate(people=models.Count("users"))
    return Kept(counted.filter(slug=Blank(output_field=models.CharField())))


@pytest.mark.django_db
def test_each_time_with_another_value_it_gives_what_is_asked_for_in_one_query(by_slug):
    for slug in ("politie", "ggd-zuid-limburg"):
        with CaptureQueriesContext(connection) as asked:
            (found,) = by_slug.ask(slug)

        assert len(asked) == 1
        assert found == Organisation.objects.get(slug=slug)
        assert found.people == User.objects.filter(organisation=found).count()
    assert by_slug.ask("bestaat-niet") == []


@pytest.mark.django_db
def test_it_knows_what_changed_since_it_was_put_together(by_slug):
    (before,) = by_slug.ask("politie")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '5s', true)")

    (again,) = by_slug.ask("politie")

    assert again is not before, "nothing that was answered is kept"


@pytest.mark.django_db
def test_what_somebody_types_into_a_blank_is_a_value_and_no_sql(by_slug):
    assert by_slug.ask("' OR '1'='1") == []
    assert by_slug.ask("%s") == []


def test_every_thread_asks_on_a_connection_of_its_own(own_house, by_slug):
    def ask(slug):
        try:
            return [each.slug for each in by_slug.ask(slug)]
        finally:
            connections.close_all()

    asked = ["politie", "ggd-zuid-limburg"] * 4
    with ThreadPoolExecutor(4) as everybody:
        assert list(everybody.map(ask, asked)) == [[slug] for slug in asked]
