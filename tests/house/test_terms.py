"""Nobody gives access, or plans a meeting, for a year that nobody can have meant."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from tests.house.forms import fields
from veiligheidshuis.fields import DutchDateField
from veiligheidshuis.formats import plain_date, today
from veiligheidshuis.terms import first_day, last_day, obstacles_to_day

pytestmark = pytest.mark.django_db

# Dates that need no term, with what keeps them near.
KEPT_NEAR = {
    "beheerscommissie.forms.ReportForm.happened_on": "rules.obstacles_to_reporting_on: een jaar",
    "beheerscommissie.forms.FeedbackForm.told_on": "tussen de melding en vandaag",
    "maatwerkplan.forms.delivery.HeardForm.received_on": "tussen de vraag en vandaag",
    "maatwerkplan.forms.execution.ReportForm.happened_on": "tussen het aanbod en vandaag",
    "maatwerkplan.forms.execution.RecordedReportForm.happened_on": "tussen het aanbod en vandaag",
    "maatwerkplan.forms.execution.RecordedReportForm.received_on": "na de gebeurtenis, tot vandaag",
    "partners.forms.regelingen.ApprovalForm.decided_on": "tussen de tekst en vandaag",
    "partners.forms.regelingen.OndertekeningForm.signed_on": "tussen het besluit en vandaag",
    "cases.forms.explanation.WhoMayForm.day": "een vraag: er wordt niets bewaard",
    "cases.forms.explanation.WhoMayInCaseForm.day": "een vraag: er wordt niets bewaard",
    "privacy.forms.ReadingForm.vanaf": "een vraag: er wordt niets bewaard",
    "privacy.forms.ReadingForm.tot_en_met": "een vraag: er wordt niets bewaard",
    "privacy.forms.LogForm.vanaf": "een vraag: er wordt niets bewaard",
    "privacy.forms.LogForm.tot_en_met": "een vraag: er wordt niets bewaard",
    "privacy.forms.OwnPeopleForm.vanaf": "een vraag: er wordt niets bewaard",
    "privacy.forms.OwnPeopleForm.tot_en_met": "een vraag: er wordt niets bewaard",
}


def dates() -> dict[str, DutchDateField]:
    """Every date of every form that is not one of the past alone (a birth date)."""
    return {
        name: field
        for name, field in fields()
        if isinstance(field, DutchDateField) and (field.term or not field.past)
    }


def test_every_date_that_is_kept_lies_within_its_term():
    found = dates()

    assert len(found) > 20
    assert {name for name, field in found.items() if not field.term} == KEPT_NEAR.keys()


def test_every_term_is_one_that_somebody_types():
    assert {field.term for field in dates().values() if field.term} == settings.TERMS.keys()


@pytest.mark.parametrize("term", settings.TERMS)
def test_a_date_beyond_its_term_is_refused_with_the_day_that_may(term):
    field = DutchDateField(term=term)

    for day, kept in ((first_day(term), -1), (last_day(term), 1)):
        assert field.clean(f"{day:%d-%m-%Y}") == day
        with pytest.raises(ValidationError) as refused:
            field.clean(f"{day + timedelta(days=kept):%d-%m-%Y}")
        assert plain_date(day) in refused.value.messages[0]


def test_no_day_is_no_obstacle_and_two_days_are_judged_apart():
    far = today() + timedelta(days=5000)

    assert obstacles_to_day("toegang", None) == []
    found = obstacles_to_day("toegang", far, today(), today() - timedelta(days=5000))
    assert [obstacle.code for obstacle in found] == ["too_far_ahead", "too_long_ago"]
