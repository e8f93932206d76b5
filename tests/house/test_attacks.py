"""What a tester who had never seen the house got done, and does not get done any more. Issue 3."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from cases import access
from cases.models import Basis, OffenceRecord, Participation, Scope
from cases.states import CaseStatus
from maatwerkplan.models import DeliveryAnswer, DeliveryQuestion, PartnerAction
from partners import operations as people
from partners.models import Appointment, Role
from tests import situations
from tests.cases.test_access import give
from tests.cases.test_closing import close
from tests.situations import user
from veiligheidshuis import accesslog
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


@contextmanager
def wall() -> Iterator[None]:
    """What the database refuses, whatever the page thinks."""
    with pytest.raises(ProgrammingError) as refused, transaction.atomic():
        yield
    assert refused.value.__cause__.sqlstate == accesslog.WALL


def say(question: str, *args: object) -> None:
    """Past every operation, as the application role."""
    with connection.cursor() as cursor:
        cursor.execute(question, args)


def test_the_office_does_not_choose_itself_into_a_selection_to_read_offences(acting):
    case = situations.put_forward_case()
    ranked = situations.open_list(case)
    office = user("bureau")

    with acting("bureau"):
        say(
            "INSERT INTO cases_selectielid (prioriteitenlijst_id, user_id) VALUES (%s, %s)",
            ranked.pk,
            office.pk,
        )
        for scope in (Scope.VIEW_JUSTICE, Scope.KNOW_CASE):
            with wall():
                group = office.personal_group
                access.grant(case, group, Basis.SELECTIE, scopes=[scope], because_of=ranked.pk)
        assert not OffenceRecord.objects.exists()


def test_offences_are_for_who_works_in_the_strafketen_also_past_the_operation(acting):
    case = situations.put_forward_case()
    ranked = situations.open_list(case, members=("ggd",))

    with acting("bureau"), wall():
        group = user("ggd").personal_group
        access.grant(case, group, Basis.SELECTIE, scopes=[Scope.VIEW_JUSTICE], because_of=ranked.pk)


def test_nobody_gives_himself_by_hand_what_would_outlive_his_part(acting):
    case = situations.assigned_case()

    with acting("samira"), wall():
        group = user("samira").personal_group
        access.grant(case, group, Basis.HAND, scopes=[Scope.VIEW_GEZONDHEID])


@pytest.mark.parametrize("basis", [Basis.TOEWIJZING, Basis.WAARNEMING])
@pytest.mark.parametrize("who", ["samira", "bureau"])
def test_who_leads_is_let_go_of_by_a_hand_over_alone(acting, who, basis):
    case = situations.assigned_case()

    with acting(who), wall():
        access.close(case, basis)


def test_who_was_let_in_again_starts_anew(acting):
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_HUISVESTING)

    with acting("bureau"):
        for active in (False, True):
            people.set_active(user("ggd"), active, by=user("bureau"))
    with acting("ggd"):
        assert not access.may(user("ggd"), Scope.KNOW_CASE, case)


def test_a_role_is_not_made_longer(acting):
    today = timezone.localdate()
    with acting("bureau"):
        police = user("politie")
        until = today + timedelta(days=9)
        people.appoint(police, Role.BUURTREGISSEUR, end_date=until, by=user("bureau"))
        theirs = Appointment.objects.get(user=police, role=Role.BUURTREGISSEUR)
        with wall():
            say("SELECT vh.end_appointment(%s, %s)", theirs.pk, until + timedelta(days=1))
        say("SELECT vh.end_appointment(%s, %s)", theirs.pk, today)


def test_a_case_that_was_closed_is_not_opened_again(acting):
    case = situations.assigned_case()
    close(case)

    with acting("bureau"), wall():
        say("UPDATE cases_case SET status = %s WHERE id = %s", CaseStatus.UITVOERING, case.pk)


def test_a_list_that_was_adopted_stays_adopted(acting):
    situations.listed_case()

    with acting("bureau"), wall():
        say("UPDATE cases_prioriteitenlijst SET status = 'concept' WHERE status = 'vastgesteld'")
    with acting("bureau"), wall():
        open_one = situations.open_list(situations.put_forward_case())
        say("UPDATE cases_prioriteitenlijst SET status = 'vervangen' WHERE id = %s", open_one.pk)


def test_the_office_reads_nothing_of_who_takes_part_where_it_is_barred(acting):
    case = situations.assigned_case()
    with acting("manager"):
        access.bar(case, user("bureau"), "zwager")

    with acting("bureau"):
        assert not Participation.objects.filter(content_object=case).exists()


def test_a_partner_reads_only_the_reminders_of_his_own_action(acting):
    plan = situations.signed_plan(
        ("huisvesting", "Begeleid wonen", "leger-des-heils"),
        ("gezondheid", "Behandeling", "mondriaan"),
    )
    with acting("samira"):
        actions = list(PartnerAction.objects.filter(plan=plan).select_related("organisation"))
    mine, other = actions[0], actions[1]
    contact = mine.organisation.contact_points.exclude(user=None).first().user

    with acting_as(contact.pk), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT subject_id FROM cases_deadline")
        subjects = {subject for (subject,) in cursor}
    assert mine.pk in subjects
    assert other.pk not in subjects


def test_what_partners_answered_stays_when_the_plan_is_signed(acting):
    plan = situations.signed_plan()

    with acting("samira"):
        assert DeliveryAnswer.objects.filter(question__action__plan=plan).exists()
        say("DELETE FROM maatwerkplan_deliveryanswer")
        say("DELETE FROM maatwerkplan_deliveryquestion")
        assert DeliveryAnswer.objects.filter(question__action__plan=plan).exists()
        assert DeliveryQuestion.objects.filter(action__plan=plan).exists()


def test_a_page_that_is_not_for_this_role_is_a_line_too(browse, owner):
    """AUD-02: also when the address asks for nobody in particular."""
    browse("politie").get("/caseload/")

    line = "SELECT route, outcome FROM veiligheidshuis_accesslogentry ORDER BY id DESC LIMIT 1"
    assert owner.execute(line).fetchone() == ("cases:caseload", "niet gevonden")
