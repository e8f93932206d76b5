"""Access ends when its reason ends, whoever looks away; and nobody gives himself anything."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from cases import access, operations
from cases.models import Basis, Case, Deadline, Participation
from partners import operations as accounts
from partners.models import Role
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def test_members_let_go_of_a_candidate_from_whom_the_adopting_manager_is_barred():
    seen, hidden = (
        situations.admitted_case(by="politie2"),
        situations.admitted_case(by="politie2"),
    )
    ranked = situations.open_list(seen, hidden, members=("ggd", "politie"))
    manager = user("manager")
    with acting_as(user("bureau").pk):
        access.bar(hidden, manager, "familie")

    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)

    with acting_as(user("ggd").pk):
        assert not Case.objects.exists()
    with acting_as(user("bureau").pk):
        adopted = list(Case.objects.order_by("priority").values_list("pk", "priority", "status"))
        assert adopted == [(seen.pk, 1, "geprioriteerd"), (hidden.pk, 2, "geprioriteerd")]
        assert hidden.history.count() == 2


def test_a_member_who_was_switched_off_does_not_block_the_list():
    office = user("bureau")
    ranked = situations.open_list(members=("rimo", "ggd"))
    case = situations.put_forward_case(by="politie2")
    with acting_as(office.pk):
        accounts.set_active(user("rimo"), False, by=office)
        operations.add_candidates(ranked, [case], by=office)
    with acting_as(user("ggd").pk):
        assert Case.objects.get() == case


def test_a_partner_who_carries_out_the_plan_lets_go_some_time_after_its_end():
    plan = situations.signed_plan()
    with acting_as(user("bureau").pk):
        given = Participation.objects.filter(basis=Basis.UITVOERING, content_object=plan.case_id)
        assert {row.end_date is None for row in given} == {False}


def test_nobody_gives_himself_a_role():
    office = user("bureau")
    with acting_as(office.pk):
        with pytest.raises(Refused) as refused:
            accounts.appoint(office, Role.INTERVENTIEMANAGER, by=office)
        assert refused.value.codes == {"own_role"}
        with pytest.raises(DatabaseError), transaction.atomic():
            accounts.call("appoint", office.pk, "interventiemanager", "2026-01-01", None)


def test_who_knows_a_case_strikes_off_a_term_and_changes_nothing_else_of_it():
    situations.signed_plan()
    with acting_as(user("legerdesheils").pk):
        assert Deadline.objects.exists()
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE cases_deadline SET remind_on = remind_on + 365")


def test_a_number_that_no_database_can_read_is_no_number(browse):
    assert browse("bureau").get("/dossiers/", {"q": "\x00"}).status_code == 200
    samira = user("samira")
    with acting_as(samira.pk), pytest.raises(Http404):
        access.get_case(samira, "VH-\x002026")
