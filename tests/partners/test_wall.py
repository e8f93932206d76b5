"""Nobody but the bedrijfsbureau changes accounts, also not with SQL of his own."""

import psycopg.errors
import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from partners import operations
from partners.models import User
from tests.situations import organisation, user

pytestmark = pytest.mark.django_db
FUNCTIONS = {
    "add_user": "SELECT vh.add_user('indringer', 'In', 'Dringer', 'i@x.example', 1)",
    "appoint": "SELECT vh.appoint({me}, 'manager', vh.today(), NULL)",
    "end_appointment": "SELECT vh.end_appointment({appointment}, vh.today())",
    "set_active": "SELECT vh.set_active({other}, false)",
    "set_contact_point": "SELECT vh.set_contact_point(1, 'eerste', NULL, 'Ik', '', '')",
}
WRITES = (
    "INSERT INTO partners_appointment (user_id, role, start_date) VALUES ({me}, 'manager', now())",
    "UPDATE partners_appointment SET end_date = NULL",
    "UPDATE partners_user SET is_active = true WHERE id = {other}",
    "UPDATE partners_user SET organisation_id = 1 WHERE id = {me}",
    "UPDATE partners_organisation SET wgs_class = 'lid_1'",
    "UPDATE partners_contactpoint SET user_id = {me}",
    "INSERT INTO partners_user_groups (user_id, group_id) VALUES ({me}, 1)",
    "DELETE FROM partners_user WHERE id = {other}",
)


def refuses(statement: str, me: User) -> bool:
    other = user("bureau")
    appointment = other.appointments.get().pk
    sql = statement.format(me=me.pk, other=other.pk, appointment=appointment)
    with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
        connection.cursor().execute(sql)
    return isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize("name", ["manager", "samira", "politie", "stuurgroep", "bewoner"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_functions_refuse_everybody_but_the_office(acting, name, function):
    with acting(name):
        assert refuses(FUNCTIONS[function], user(name))


@pytest.mark.parametrize("statement", WRITES)
def test_the_tables_are_closed_for_writing_also_for_the_office(acting, statement):
    with acting("bureau"):
        assert refuses(statement, user("bureau"))


@pytest.mark.parametrize("name", ["manager", "samira", "stuurgroep"])
def test_the_operations_say_so_before_the_database_does(acting, name):
    me, other = user(name), user("politie")
    with acting(name):
        for deed in (
            lambda: operations.appoint(me, "manager", by=me),
            lambda: operations.set_active(other, False, by=me),
            lambda: operations.set_contact_point(
                organisation("politie"), "eerste", by=me, label="Ik"
            ),
        ):
            with pytest.raises(PermissionDenied):
                deed()


def test_the_office_cannot_give_a_stranger_to_the_law_a_dossier_role_with_sql(acting):
    with acting("bureau"), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(
            "SELECT vh.appoint(%s, 'ketenpartner', vh.today(), NULL)", [user("bewoner").pk]
        )
