"""What must be true of a report of nuisance before the next step, and of a meeting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from beheerscommissie import operations, rules
from beheerscommissie.models import Area, Beheersplan, Means, Overlastmelding, Party
from beheerscommissie.operations import Contact
from beheerscommissie.states import ReportStatus
from tests.beheerscommissie import reports
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)  # a Monday


def codes(obstacles):
    return {obstacle.code for obstacle in obstacles}


def test_nuisance_of_tomorrow_or_of_more_than_a_year_ago_is_not_reported():
    today = timezone.localdate()

    assert rules.obstacles_to_reporting_on(today) == []
    assert codes(rules.obstacles_to_reporting_on(today + timedelta(days=1))) == {"future"}
    assert codes(rules.obstacles_to_reporting_on(today - timedelta(days=400))) == {"too_long_ago"}


def test_a_meeting_is_planned_for_a_day_to_come():
    today = timezone.localdate()
    with acting_as(user("buurtregisseur").pk):
        area = Area.objects.first()
        yesterday = rules.obstacles_to_plan_vergadering(area, today - timedelta(days=1))
        tomorrow = rules.obstacles_to_plan_vergadering(area, today + timedelta(days=1))

    assert (codes(yesterday), tomorrow) == ({"past"}, [])


def test_a_report_is_handled_only_after_it_was_given_to_a_party():
    melding = Overlastmelding(status=ReportStatus.GEMELD)

    assert codes(rules.obstacles_to_handle_report(melding)) == {"wrong_status"}


def test_a_report_does_not_go_to_the_party_that_has_it_nor_to_one_of_another_area():
    melding = reports.assigned_report()
    elsewhere = Party(name="Elders", plan=Beheersplan(area=Area(pk=0)))

    assert codes(rules.obstacles_to_assign_report(melding, reports.party())) == {"same_party"}
    assert codes(rules.obstacles_to_assign_report(melding, elsewhere)) == {"party_elsewhere"}
    assert rules.obstacles_to_assign_report(melding, reports.party("Leger des Heils")) == []


def test_a_melder_without_contact_is_answered_by_his_code_alone():
    melding = reports.handled_report(contact=Contact())
    today = timezone.localdate()

    with acting_as(user("buurtregisseur").pk):
        by_phone = rules.obstacles_to_give_feedback(melding, Means.TELEFOON, today)
        by_code = rules.obstacles_to_give_feedback(melding, Means.MELDCODE, today)

    assert codes(by_phone) == {"no_contact"}
    assert by_code == []


@pytest.mark.parametrize(
    ("contact", "means", "code"),
    [
        (Contact(phone="06 11 22 33 44"), Means.EMAIL, "no_email"),
        (Contact(email="jo@voorbeeld.example"), Means.TELEFOON, "no_phone"),
    ],
)
def test_a_melder_is_answered_only_where_he_can_be_reached(contact, means, code):
    melding, today = reports.handled_report(contact=contact), timezone.localdate()
    other = {Means.EMAIL: Means.TELEFOON, Means.TELEFOON: Means.EMAIL}[means]

    with acting_as(user("buurtregisseur").pk):
        assert codes(rules.obstacles_to_give_feedback(melding, means, today)) == {code}
        assert rules.obstacles_to_give_feedback(melding, other, today) == []


def test_a_part_of_today_that_has_yet_to_begin_saw_nothing(monkeypatch):
    night = timezone.make_aware(timezone.datetime(2026, 11, 24, 1, 46))
    monkeypatch.setattr(timezone, "localtime", lambda: night)

    refused = rules.obstacles_to_day_part(night.date(), "avond")

    assert codes(refused) == {"part_to_come"}
    assert rules.obstacles_to_day_part(night.date(), "nacht") == []
    assert rules.obstacles_to_day_part(night.date() - timedelta(days=1), "avond") == []


@pytest.mark.parametrize(("days", "code"), [(1, "told_in_future"), (-2, "told_too_early")])
def test_feedback_was_given_between_the_report_and_today(days, code):
    melding = reports.handled_report()

    with acting_as(user("buurtregisseur").pk):
        told_on = timezone.localdate() + timedelta(days=days)
        obstacles = rules.obstacles_to_give_feedback(melding, Means.TELEFOON, told_on)

    assert codes(obstacles) == {code}


def test_a_melder_waits_too_long_after_five_working_days_and_no_more_once_he_heard():
    reported = timezone.make_aware(timezone.datetime(2026, 11, 23, 10))
    melding = Overlastmelding(reported_at=reported, status=ReportStatus.TOEGEWEZEN)

    assert not rules.is_late(melding, on=date(2026, 11, 30))
    assert rules.is_late(melding, on=date(2026, 12, 1))
    melding.status = ReportStatus.TERUGGEKOPPELD
    assert not rules.is_late(melding, on=date(2026, 12, 1))


def test_a_meeting_is_overdue_a_quarter_after_the_last_one_when_none_is_planned():
    esra, area = user("buurtregisseur"), reports.gasthuis()
    plan = Beheersplan.objects.get(area=area)
    held = timezone.localdate() + timedelta(days=1)

    with acting_as(esra.pk):
        assert not rules.vergadering_overdue(plan)
        operations.plan_vergadering(
            area, on=held, starts_at="19:30", location="Gasthuis", topics="Camera’s", by=esra
        )
        assert not rules.vergadering_overdue(plan, on=held + timedelta(days=80))
        assert rules.vergadering_overdue(plan, on=held + timedelta(days=100))
