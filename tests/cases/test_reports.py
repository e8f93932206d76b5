"""Somebody is reported by form: what is asked, what is kept, and who hears of it. INT-01..07."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases import operations, rules
from cases.forms.report import NominateForm
from cases.models import (
    Aanmelding,
    Case,
    Criterium,
    Deadline,
    Meldformulier,
    Onderdeel,
    TimelineItem,
)
from cases.tasks import sweep_deadlines
from tests import situations
from tests.cases.test_intake_views import NOMINATE, NOMINATION
from tests.situations import user
from veiligheidshuis import workdays
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import number

pytestmark = pytest.mark.django_db


def reported(by: str = "mondriaan", **told: object) -> Aanmelding:
    """Somebody, reported by form."""
    partner = user(by)
    with acting_as(partner.pk):
        case = operations.nominate(
            situations.a_person(),
            doelgroep="overlastgever",
            report=situations.a_report(**told),
            by=partner,
        )
    with acting_as(user("bureau").pk):
        return Aanmelding.objects.select_related("case").get(case=case)


def mails(kind: str) -> int:
    """How many of this kind lie in the outbox, as the post sees it."""
    with acting_in_role("post"):
        return OutboxMail.objects.filter(kind=kind).count()


INPUTS = [
    "veelplegerlijst",
    "reclassering",
    "jpp",
    "zorgoverleg",
    "vangnet",
    "meldpunt",
    "screening",
    "straatcoach",
    "wijkteam",
    "nazorg",
]


@pytest.mark.parametrize("code", INPUTS)
def test_every_regular_input_has_a_form_of_its_own(code, browse):
    """S2: "Input voor die selectie is de veelplegerlijst van de politie, aangevuld met input vanuit
    organisaties die beschikken over cliëntkennis (b.v. reclassering, JPP, zorgoverleggen, Vangnet,
    Meld- en adviespunt …)"."""
    form = Meldformulier.objects.valid_on(timezone.localdate()).get(code=code)
    page = browse("politie").get(f"{NOMINATE}?formulier={code}")

    asked = set(page.context["form"].fields)
    assert asked & set(Onderdeel.values) == set(form.asks)
    assert {"reason", "result", "discussed", "correct", *Criterium.values} <= asked


def test_a_source_that_nobody_knows_has_no_form(browse):
    assert browse("politie").get(f"{NOMINATE}?formulier=gerucht").status_code == 404


def test_what_was_told_is_for_who_weighs_it_and_nobody_else():
    report = reported(reason="Slaapt in het park.")
    situations.asked_to_weigh(report.case)

    readers = []
    for each in ("mondriaan", "bureau", "manager", "politie", "ggd", "samira"):
        with acting_as(user(each).pk):
            if TimelineItem.objects.filter(text="Slaapt in het park.").exists():
                readers.append(each)
    assert readers == ["politie", "ggd"]
    assert report.case.status == "aangemeld"


@pytest.mark.parametrize("missing", Criterium.values)
def test_each_criterion_is_shown_or_nobody_is_reported(missing):
    """BGS 2.20 lid 3: wie meldt, toont aan in hoeverre aan de criteria is voldaan."""
    parts = dict.fromkeys(Criterium.values, "Zo.") | {missing: " "}
    with pytest.raises(Refused) as refused:
        reported(parts=parts)

    assert [o.code for o in refused.value.obstacles] == [f"criterion_{missing}_missing"]


def test_who_did_not_speak_with_him_says_why_and_when_that_is_thought_of_again():
    nothing = situations.a_report(discussed=False, correct=False)

    codes = [o.code for o in rules.obstacles_to_nominating(nothing)]

    assert codes == ["why_not_missing", "again_missing", "not_stated"]


def test_the_reporter_hears_at_once_and_the_office_calls_within_five_working_days():
    with time_machine.travel("2026-12-23 10:00+01:00", tick=False):
        report = reported()

    assert report.contact_by == date(2026, 12, 31)  # two days of Christmas and a weekend between
    assert mails("aanmelding") == 1


def test_who_put_somebody_forward_is_called_within_what_was_agreed(agreed):
    agreed("contact_working_days", 2)

    assert reported().contact_by == workdays.after(timezone.localdate(), 2)


def test_the_office_is_reminded_once_on_the_last_day_and_not_before():
    report = reported()

    for day, count in ((report.contact_by - timedelta(days=1), 0), (report.contact_by, 1)):
        with time_machine.travel(f"{day} 09:00+01:00", tick=False):
            sweep_deadlines.apply(throw=True)
            sweep_deadlines.apply(throw=True)
        assert mails("contact_vandaag") == count


def test_who_was_called_is_not_called_again():
    report, office = reported(), user("bureau")
    with acting_as(office.pk):
        operations.note_contact(report, by=office)
        assert not Deadline.objects.filter(subject_id=report.pk, done_at=None).exists()
        with pytest.raises(Refused, match="belde al"):
            operations.note_contact(report, by=office)


def test_the_candidates_page_lists_whom_to_call_the_most_pressing_first(browse):
    later, first = reported(), reported()
    office = browse("bureau")

    page = office.get(reverse("cases:candidates"))
    shown = [call.report.pk for call in page.context["to_call"]]
    assert shown == [later.pk, first.pk]

    done = office.post(reverse("cases:contacted", args=[later.pk]), follow=True)
    assert [call.report.pk for call in done.context["to_call"]] == [first.pk]
    assert office.post(reverse("cases:contacted", args=[uuid.uuid4()])).status_code == 404


def test_who_is_barred_is_not_on_the_list_to_call(browse):
    report, manager = reported(), user("manager")
    with acting_as(manager.pk):
        operations.bar(report.case, user("bureau"), reason="Familie.", by=manager)

    page = browse("bureau").get(reverse("cases:candidates"))
    assert page.context["to_call"] == []
    gone = browse("bureau").post(reverse("cases:contacted", args=[report.pk]))
    assert gone.status_code == 404


def test_a_long_form_is_kept_on_the_server_and_is_there_again(browse):
    partner = browse("mondriaan")

    partner.post(NOMINATE, {"last_name": "Halverwege", "reason": "Nog niet af.", "bewaren": "ja"})

    page = partner.get(NOMINATE)
    assert "Halverwege" in page.text
    assert "Nog niet af." in page.text
    assert "Halverwege" not in browse("ggd").get(NOMINATE).text
    with acting_as(user("bureau").pk):
        assert not Case.objects.exists()
    kept = page.context["kept"]
    partner.post(NOMINATE, NOMINATION | {"concept": str(kept.id)})
    assert partner.get(NOMINATE).context["kept"] is None


def test_no_number_tells_a_reporter_whether_somebody_is_known():
    """Numbers of known persons exist only for who knows all cases, bars excepted."""
    known, partner = situations.put_forward_case(), user("mondriaan")
    with acting_as(partner.pk):
        assert not Case.objects.filter(pk=known.pk).exists()
        for asked in ("have_other_bsn", "join_case"):
            with (
                pytest.raises(ProgrammingError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"SELECT vh.{asked}(%s, %s)", [known.pk, uuid.uuid4()])


FORBIDDEN = ("etnici", "afkomst", "nationalit", "geloof", "religie", "broer", "zus", "score")


def test_nothing_asks_for_origin_religion_siblings_or_a_score():
    """X: eisen.md 0.9, 0.24; WGS 2.29, BGS 1.9. No field, no column and no form has room for it."""
    form = NominateForm(formulier=Meldformulier(asks=Onderdeel.values), regimes=["wgs"])
    words = [f"{name} {field.label} {field.help_text}" for name, field in form.fields.items()]
    words += [
        field.name for model in (Aanmelding, Case, Meldformulier) for field in model._meta.fields
    ]

    assert len(words) > 30
    assert [w for w in words if any(bad in w.lower() for bad in FORBIDDEN)] == []


def test_five_working_days_is_the_term_of_the_house():
    assert number("contact_working_days") == 5
    assert workdays.after(date(2027, 5, 4), 5) == date(2027, 5, 13)  # 5 and 6 May are days off
