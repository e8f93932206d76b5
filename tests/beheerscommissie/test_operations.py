"""What happens with a report, from the visitor who files it to the answer he reads."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from beheerscommissie import operations
from beheerscommissie.models import (
    Means,
    Melder,
    NuisanceKind,
    Overlastmelding,
    ReportContent,
    ReportStep,
    Route,
    Vergadering,
)
from beheerscommissie.operations import Contact
from beheerscommissie.states import ReportStatus
from tests.beheerscommissie import reports
from tests.situations import user
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def outcome(code):
    with acting_as(ANONYMOUS):
        return operations.outcome(reports.gasthuis(), code)


def code_of(melding):
    with acting_as(user("buurtregisseur").pk):
        return ReportContent.objects.get(melding=melding).code


def test_a_visitor_gets_a_code_and_reads_nothing_back_but_how_far_it_is():
    code = reports.filed_code()

    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    assert outcome(code) == operations.Outcome(status="gemeld", answer="", told_on=None)
    with acting_as(ANONYMOUS):
        assert not Overlastmelding.objects.exists()
        assert not ReportContent.objects.exists()
        assert not Melder.objects.exists()


def test_the_buurtregisseur_reads_what_was_told_and_by_whom():
    melding = reports.filed_report(conduct="Vier mensen schreeuwden.")

    with acting_as(user("buurtregisseur").pk):
        assert melding.content.conduct == "Vier mensen schreeuwden."
        assert melding.melder.phone == reports.MELDER.phone


def test_nothing_is_kept_of_a_melder_who_left_no_number():
    melding = reports.filed_report(contact=Contact(name="Alleen een naam"))

    with acting_as(user("buurtregisseur").pk):
        assert not Melder.objects.filter(melding=melding).exists()


def test_the_same_submission_sent_twice_is_one_report_with_one_code():
    key = uuid.uuid4()

    first, second = reports.filed_code(submission=key), reports.filed_code(submission=key)

    assert first == second
    with acting_as(user("buurtregisseur").pk):
        assert ReportContent.objects.filter(submission=key).count() == 1


def test_after_twenty_reports_in_an_hour_an_address_is_asked_to_wait_and_others_are_not():
    for _ in range(20):
        reports.filed_code(sender="een kantoor")

    with pytest.raises(Refused) as refused:
        reports.filed_code(sender="een kantoor")
    assert refused.value.codes == {"too_many"}
    assert reports.filed_code(sender="een ander")


def test_the_whole_way_of_a_report_by_telephone():
    melding = reports.answered_report(means=Means.TELEFOON)

    assert melding.status == ReportStatus.TERUGGEKOPPELD
    with acting_as(user("buurtregisseur").pk):
        names = list(ReportStep.objects.filter(melding=melding).values_list("name", flat=True))
    assert names == ["assign_report", "handle_report", "give_feedback"]
    # What was said by telephone is not on the website.
    assert outcome(code_of(melding)).answer == ""


def test_an_answer_by_code_is_what_the_melder_reads_on_the_website():
    melding = reports.answered_report(means=Means.MELDCODE, contact=Contact())

    found = outcome(code_of(melding))

    assert found.status == "teruggekoppeld"
    assert found.answer == "De wijkagent sprak de groep aan en komt vaker langs."
    assert found.told_on == timezone.localdate()


def test_a_report_is_not_closed_without_feedback():
    melding = reports.handled_report()

    assert melding.is_open
    assert outcome(code_of(melding)).status == "afgehandeld"


def test_a_report_goes_on_to_another_party_while_it_is_in_hand():
    melding, esra = reports.assigned_report(), user("buurtregisseur")
    handhaving = reports.party("Team Handhaving (gemeente)")

    with acting_as(esra.pk):
        melding = operations.assign_report(melding, handhaving, by=esra)
        with pytest.raises(Refused) as refused:
            operations.assign_report(melding, handhaving, by=esra)

    assert melding.party == handhaving
    assert refused.value.codes == {"same_party"}


def test_a_step_made_from_an_old_page_is_refused():
    melding, esra = reports.assigned_report(), user("buurtregisseur")

    with acting_as(esra.pk), pytest.raises(Refused) as refused:
        operations.handle_report(melding, text="Gedaan.", by=esra, seen=melding.version - 1)

    assert refused.value.codes == {"stale"}


def test_a_step_out_of_order_says_so():
    melding, esra = reports.filed_report(), user("buurtregisseur")

    with acting_as(esra.pk), pytest.raises(Refused) as refused:
        operations.give_feedback(
            melding, means=Means.TELEFOON, told_on=timezone.localdate(), text="Gedaan.", by=esra
        )

    assert refused.value.codes == {"wrong_status"}


@pytest.mark.parametrize("who", ["bewoner", "samira", "politie", "bureau", "manager"])
def test_only_the_buurtregisseur_acts_on_a_report(who):
    melding, somebody = reports.filed_report(), user(who)

    with acting_as(somebody.pk):
        with pytest.raises(PermissionDenied):
            operations.assign_report(melding, reports.party(), by=somebody)
        with pytest.raises(PermissionDenied):
            operations.plan_vergadering(
                melding.area, on=date(2030, 1, 1), starts_at="19:30", location="x", topics="x",
                by=somebody,
            )  # fmt: skip


def test_a_kind_of_nuisance_gets_another_route():
    esra, handhaving = user("buurtregisseur"), reports.party("Team Handhaving (gemeente)")

    with acting_as(esra.pk):
        route = Route.objects.get(kind=NuisanceKind.CRIMINEEL)
        assert route.party.name == "Politie"
        operations.reroute(route.plan.area, {route.kind: handhaving}, by=esra)
        assert Route.objects.get(pk=route.pk).party == handhaving
        assert Route.objects.exclude(pk=route.pk).filter(version__gt=1).count() == 0


def test_the_commission_is_called_together_once_on_a_day():
    esra, area = user("buurtregisseur"), reports.gasthuis()
    meeting = {
        "on": timezone.localdate() + timedelta(days=14),
        "starts_at": "19:30",
        "location": "Gasthuis, zaal 1",
        "topics": "Stand van meldingen",
    }

    with acting_as(esra.pk):
        operations.plan_vergadering(area, **meeting, by=esra)
        with pytest.raises(Refused) as refused:
            operations.plan_vergadering(area, **meeting, by=esra)

    assert refused.value.codes == {"planned_already"}
    with acting_as(user("bewoner").pk):
        assert Vergadering.objects.count() == 1
