"""A dossier is closed: nobody reads on, and the client may come back. EXE-09; WGS 2.31 lid 8."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from agenda import operations as agenda
from cases import access, operations
from cases.models import (
    Afsluiting,
    Basis,
    Case,
    Client,
    ClosingReason,
    Deadline,
    DeadlineKind,
    Lijstplaats,
    Noodtoegang,
    Participation,
    RowOutcome,
    Scope,
    TimelineItem,
    known,
)
from cases.operations.import_rows import Entry, ReadRow
from cases.states import CaseStatus
from maatwerkplan import operations as planning
from maatwerkplan.models import PartnerAction
from partners.models import Organisation, User
from tests import situations
from tests.cases.test_access import give
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def close(case: Case, leader: str = "samira", decided_by: str = "politie") -> None:
    """The police decided; the interventiemanager closes."""
    by = user(leader)
    with acting_as(by.pk):
        operations.close_case(
            case,
            reason=ClosingReason.DOEL,
            result="Heeft een woning en werk.",
            decided_by=Organisation.objects.get(slug=decided_by),
            decided_on=TODAY,
            by=by,
        )


def knows(who: str, case: Case) -> bool:
    person = user(who)
    with acting_as(person.pk):
        return Case.objects.filter(pk=case.pk).exists()


def refused_codes(case: Case, **how: str) -> set[str]:
    with pytest.raises(Refused) as refused:
        close(case, **how)
    return refused.value.codes


# --- what ends --------------------------------------------------------------------------------


def test_nobody_takes_part_any_more_and_nobody_reads_what_stood_there():
    case = situations.planned_case()
    give(case, "ggd", Scope.VIEW_HUISVESTING)
    give(case, "bureau", Scope.VIEW_HUISVESTING)
    close(case)

    for who in ("samira", "ggd", "politie", "tom"):
        assert not knows(who, case), who
    for who in ("bureau", "manager"):
        with acting_as(user(who).pk):
            assert access.who_takes_part(case) == []
            assert not case.leefgebieden.exists()
            assert not TimelineItem.objects.filter(case=case, text__contains="woning").exists()
            assert Afsluiting.objects.get(case=case).reason == ClosingReason.DOEL


def test_the_office_still_sees_that_it_was_there_and_does_not_browse_it():
    case = situations.assigned_case()
    with acting_as(user("manager").pk):
        before = known.count_known()
    close(case)

    assert knows("bureau", case)
    with acting_as(user("manager").pk):
        now = Case.objects.get(pk=case.pk)
        assert (now.status, now.manager, now.priority) == (CaseStatus.AFGESLOTEN, None, None)
        assert known.count_known() == before - 1
        assert case.pk not in known.newest(0, 1000)
        assert known.search([case.client.last_name.lower()], None, most=10) == [case.pk]
        assert not Case.objects.led_by(user("samira")).exists()


def test_the_office_reads_of_the_course_only_that_it_ended():
    """WGS 2.31 lid 8: what all who knew him could read is shielded, and so are its own words."""
    case, office = situations.diagnosis_case(), user("bureau")
    with acting_as(office.pk):
        operations.break_glass(case, reason="crisis", hours=1, by=office)
        before = TimelineItem.objects.filter(case=case).values_list("title", flat=True)
        assert {"Diagnose gestart", f"Noodtoegang door {office}"} <= set(before)
    close(case)

    for who in ("bureau", "manager"):
        with acting_as(user(who).pk):
            left = TimelineItem.objects.filter(case=case)
            assert [line.title for line in left] == ["Dossier afgesloten"]
            assert set(left) == set(TimelineItem.objects.filter(case=case).after_closing())


def test_a_grant_for_later_ends_too():
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_HUISVESTING)
    close(case)

    with acting_as(user("ggd").pk):
        mine = Participation.objects.filter(content_object=case, closed_at=None)
        assert not mine.exists()


def test_no_list_names_who_is_closed():
    """WGS 2.32 lid 4: who is no longer necessary on a list leaves it at once."""
    case = situations.assigned_case()
    close(case)

    with acting_as(user("bureau").pk):
        assert not Lijstplaats.objects.filter(case=case).exists()


def test_reminders_end_but_a_noodtoegang_must_still_be_judged():
    plan, office = situations.signed_plan(), user("bureau")
    with acting_as(office.pk):
        opened = operations.break_glass(plan.case, reason="crisis", hours=2, by=office)
    _finish(plan.case)
    close(plan.case)

    with acting_as(user("manager").pk):
        waiting = Deadline.objects.filter(case=plan.case, done_at=None)
        assert set(waiting.values_list("kind", flat=True)) == {DeadlineKind.NOOD_TOETSEN}
        opened = Noodtoegang.objects.get(pk=opened.pk)
        assert not opened.is_running
        operations.review_emergency(opened, justified=True, review="Terecht.", by=user("manager"))


def _finish(case: Case) -> None:
    """Every partner is done."""
    with acting_as(user("samira").pk):
        actions = list(PartnerAction.objects.select_related("plan", "case").filter(case=case))
    for action in actions:
        contact = action.organisation.contact_points.exclude(user=None).order_by("kind").first()
        with acting_as(contact.user.pk):
            for kind in ("start", "afgerond"):
                planning.report(action, kind=kind, happened_on=TODAY, by=contact.user)


# --- what stands in the way -------------------------------------------------------------------


def test_a_running_action_stands_in_the_way_until_its_end_is_reported():
    plan = situations.signed_plan()

    assert refused_codes(plan.case) == {"action_runs"}
    _finish(plan.case)
    close(plan.case)

    assert not knows("samira", plan.case)


def test_an_open_question_and_an_open_offer_stand_in_the_way():
    asked, offered = situations.asked_plan(), situations.offered_plan()

    assert refused_codes(asked.case) == {"question_open"}
    assert refused_codes(offered.case) == {"offer_open"}


def test_a_meeting_ahead_stands_in_the_way_until_it_is_called_off():
    case, office = situations.assigned_case(), user("bureau")
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=TODAY + timedelta(days=7),
            starts=time(9, 30),
            ends=time(11),
            place="Vergaderkamer 1",
            note_taker=office,
            by=office,
        )
        agenda.put_on_agenda(meeting, case, question="Hoe gaat het?", people=[], by=office)

    assert refused_codes(case) == {"on_agenda"}
    with acting_as(office.pk):
        agenda.call_off(meeting, by=office)
    close(case)

    with acting_as(office.pk):
        again = agenda.plan_overleg(
            on=TODAY, starts=time(9), ends=time(10), place="x", note_taker=office, by=office
        )
        with pytest.raises(Refused) as refused:
            agenda.put_on_agenda(
                again, Case.objects.get(pk=case.pk), question="?", people=[], by=office
            )
    assert refused.value.codes == {"case_closed"}


def test_a_core_participant_decides():
    assert refused_codes(situations.assigned_case(), decided_by="leger-des-heils") == {
        "no_core_participant"
    }


def test_who_does_not_lead_closes_nothing():
    case = situations.assigned_case()
    for other in ("tom", "manager", "bureau"):
        with pytest.raises((PermissionDenied, Case.DoesNotExist)):
            close(case, leader=other)

    assert knows("samira", case)


# --- past the operation -----------------------------------------------------------------------


def test_the_wall_lets_nobody_into_a_closed_case_and_shields_no_open_one():
    case, other = situations.assigned_case(), situations.assigned_case()
    close(case)
    tom = user("tom")

    with acting_as(user("manager").pk), transaction.atomic():
        with pytest.raises(ProgrammingError, match="closed"), transaction.atomic():
            access.grant(case, tom.personal_group, Basis.TOEWIJZING, because_of=case.pk)
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.hand_over(case, tom)
    with acting_as(user("bureau").pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.break_glass(case, "crisis", 1)
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.shield(other)
    assert not knows("tom", case)
    assert knows("samira", other)


# --- and back again ---------------------------------------------------------------------------


def test_who_comes_back_is_somebody_new_also_with_the_same_bsn():
    born, office = date(1991, 2, 3), user("bureau")
    case = situations.assigned_case(last_name="Terugkomer", birth_date=born, bsn="999990019")
    close(case)
    person = operations.Person("Weer", "van der", "Terugkomer", born, bsn="999990019")

    with acting_as(office.pk):
        batch = operations.receive_import(
            "lijst.csv", [ReadRow(2, Entry(person, "veelpleger", 3))], by=office
        )
        operations.confirm_import(batch, by=office)
        row = batch.rows.get()
        assert row.outcome == RowOutcome.NIEUW
        assert row.case != case
        assert Client.objects.filter(last_name="Terugkomer").count() == 2


# --- the page ---------------------------------------------------------------------------------


def page(name: str, case: Case) -> str:
    return reverse(f"cases:{name}", args=[case.number])


def typed(**other: object) -> dict[str, object]:
    with acting_as(user("bureau").pk):
        decider: User | Organisation = Organisation.objects.get(slug="politie")
    said = {
        "reason": "verhuisd",
        "result": "Heeft een woning in Zwolle.",
        "decided_by": decider.pk,
        "decided_on": f"{TODAY.day}-{TODAY.month}-{TODAY.year}",
    }
    return said | other


def test_the_page_closes_and_the_office_reads_that_it_did(browse):
    case = situations.assigned_case()
    samira = browse("samira")
    assert page("close_case", case) in samira.get(page("detail", case)).content.decode()

    done = samira.post(page("close_case", case), typed())

    assert done.status_code == 302
    assert samira.get(page("detail", case)).status_code == 404
    assert samira.post(page("close_case", case), typed()).status_code == 404
    shown = browse("bureau").get(page("detail", case)).content.decode()
    assert "De inhoud is afgeschermd" in shown
    assert "De cliënt is verhuisd" in shown
    assert "Zwolle" not in shown
    assert "Niemand doet meer mee" in browse("manager").get(page("access", case)).content.decode()


@pytest.mark.parametrize(("reason", "returns"), [("verhuisd", True), ("overleden", False)])
def test_who_died_does_not_come_back(browse, reason, returns):
    case = situations.assigned_case()
    browse("samira").post(page("close_case", case), typed(reason=reason))

    shown = browse("bureau").get(page("detail", case)).content.decode()

    assert "Waarom" in shown
    assert ("Komt de cliënt terug?" in shown) is returns


def test_who_sends_the_closing_twice_is_told_that_it_was_done_and_nobody_else_is(browse):
    case = situations.assigned_case()
    once_only = typed(eenmalig=new_key())
    samira = browse("samira")

    samira.post(page("close_case", case), once_only)
    again = samira.post(page("close_case", case), once_only, follow=True)

    assert again.redirect_chain[0] == (reverse("home"), 302)
    assert "Dit was al verwerkt" in again.content.decode()
    assert samira.post(page("close_case", case), typed(eenmalig=new_key())).status_code == 404
    assert browse("bureau").post(page("close_case", case), once_only).status_code == 404


def test_what_still_runs_is_told_with_the_way_there_and_there_is_nothing_to_fill_in(browse):
    plan = situations.signed_plan()
    answer = browse("samira").get(page("close_case", plan.case))
    shown = answer.content.decode()

    assert answer.status_code == 200
    assert "loopt nog" in shown
    assert reverse("maatwerkplan:start", args=[plan.case.number]) in shown
    assert "Wat is er bereikt?" not in shown
    refused = browse("samira").post(page("close_case", plan.case), typed())
    assert refused.status_code == 409
    assert "Zwolle" in refused.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"result": ""}, {"reason": "onzin"}, {"decided_on": "1-1-2099"}, {"decided_by": ""}]
)
def test_what_is_wrong_is_said_and_everything_typed_is_still_there(browse, wrong):
    case = situations.assigned_case()
    answer = browse("samira").post(page("close_case", case), typed(**wrong))

    assert answer.status_code == 422
    assert ("Zwolle" in answer.content.decode()) == ("result" not in wrong)
    assert knows("samira", case)


@pytest.mark.parametrize("who", ["manager", "bureau", "tom", "ggd", "fg"])
def test_the_page_is_for_who_leads(browse, who):
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_PLAN)

    assert browse(who).get(page("close_case", case)).status_code == 404
    assert browse(who).post(page("close_case", case), typed()).status_code == 404
