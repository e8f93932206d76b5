"""Nobody gives access, or plans a meeting, for a year that nobody can have meant."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from tests.house.forms import fields
from tests.house.sources import OUR_APPS, modules_of, short, templates
from veiligheidshuis.fields import DutchDateField
from veiligheidshuis.formats import NUMBERS, plain_date, today
from veiligheidshuis.terms import first_day, last_day, obstacles_to_day, said

pytestmark = pytest.mark.django_db

# Dates that need no term, with what keeps them near.
KEPT_NEAR = {
    "beheerscommissie.forms.ReportForm.happened_on": "rules.obstacles_to_reporting_on: een jaar",
    "beheerscommissie.forms.FeedbackForm.told_on": "tussen de melding en vandaag",
    "maatwerkplan.forms.delivery.HeardForm.received_on": "tussen de vraag en vandaag",
    "maatwerkplan.forms.execution.ReportForm.happened_on": "tussen het aanbod en vandaag",
    "maatwerkplan.forms.execution.ReportForm.until": "tussen morgen en het einde van de actie",
    "maatwerkplan.forms.execution.RecordedReportForm.until": "tot het einde van de actie",
    "maatwerkplan.forms.execution.RecordedReportForm.happened_on": "tussen het aanbod en vandaag",
    "maatwerkplan.forms.execution.RecordedReportForm.received_on": "na de gebeurtenis, tot vandaag",
    "maatwerkplan.forms.evaluatie.EvaluationForm.held_on": "tussen het tekenen en vandaag",
    "maatwerkplan.forms.execution.EndForm.happened_on": "tussen het aanbod en vandaag",
    "maatwerkplan.forms.pressure.OutcomeForm.happened_on": "tussen de afspraak en vandaag",
    "maatwerkplan.forms.offer.PaperForm.signed_on": "tussen het aanbod en vandaag",
    "partners.forms.regelingen.ApprovalForm.decided_on": "tussen de tekst en vandaag",
    "partners.forms.werkafspraken.AgreementForm.decided_on": "een stuurgroep die is geweest",
    "partners.forms.werkafspraken.DayForm.dag": "een vraag: er wordt niets bewaard",
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


# --- how long things last, in words -----------------------------------------------------------

SPAN = re.compile(
    rf"\b({'|'.join(NUMBERS)}|\d+) (kwartier|minu(ut|ten)|uur|dag(en)?|wee?k(en)?|werkdag(en)?)\b"
)
A_MOMENT = "een minuut"  # how long it takes to answer, or to wait: the house keeps to nothing
# Where a number is no setting, with what it is.
NO_SETTING = {
    "beheerscommissie/models/report.py": "de uren van een dagdeel, zoals op de klok",
    "beheerscommissie/presenters.py": "de keuze zelf: over hoeveel weken er wordt geteld",
    "beheerscommissie/rules.py": "de rem in de database, over het afgelopen uur",
    "veiligheidshuis/formats.py": "die schrijft de woorden",
}


def told() -> Iterator[tuple[str, str]]:
    """Every sentence of a page and of the code, with where it stands."""
    for path in templates():
        yield short(path), path.read_text()
    for path in (module for app in OUR_APPS for module in modules_of(app)):
        tree = ast.parse(path.read_text())
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            said_here = isinstance(node, ast.Constant) and id(node) not in docstrings
            if said_here and isinstance(node.value, str):
                yield short(path), node.value


def test_how_long_something_lasts_is_said_by_the_setting_that_it_follows():
    """Two numbers for one term, and one of them is wrong the day that the other is changed."""
    by_hand = {(where, found.group()) for where, words in told() for found in SPAN.finditer(words)}

    by_hand = {(where, words) for where, words in by_hand if words != A_MOMENT}
    assert sorted(each for each in by_hand if each[0] not in NO_SETTING) == []
    assert {where for where, _ in by_hand} == NO_SETTING.keys()


def test_a_setting_is_said_in_the_words_of_its_own_unit(settings, agreed):
    assert said("start_within_days") == "een week"
    agreed("start_within_days", 10)
    settings.RESET_HOURS = 36
    settings.IDLE_MINUTES = 20

    assert said("start_within_days") == "tien dagen"
    assert (said("RESET_HOURS"), said("IDLE_MINUTES")) == ("36 uur", "20 minuten")
