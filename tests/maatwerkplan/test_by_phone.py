"""A partner without an account: called, and written down with what was told to him. GOV-09."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, TimelineItem
from maatwerkplan import operations
from maatwerkplan.models import DeliveryAnswer, DeliveryQuestion
from partners.models import ContactPoint
from tests import situations
from tests.situations import told_by_phone, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
SHELTER = ("huisvesting", "Opvang", "tracee")  # a participant without an account
SUPPORT = ("huisvesting", "Steun na delict", "slachtofferhulp")  # a third party: never has one
TODAY = timezone.localdate()


def asked(*action: str) -> DeliveryQuestion:
    """The one question of a plan with this action."""
    situations.asked_plan(action or SHELTER)
    with acting_as(user("samira").pk):
        return DeliveryQuestion.objects.select_related("case", "action", "organisation").get()


def address(name: str, question: DeliveryQuestion, *more: object) -> str:
    return reverse(f"maatwerkplan:{name}", args=[question.case.number, *more])


def typed(**changes: str) -> dict[str, str]:
    """The form as the interventiemanager fills it in after the call."""
    day = f"{TODAY:%d-%m-%Y}"
    told: dict[str, Any] = told_by_phone(received_on=day)
    del told["by"]
    return told | changes


def test_asking_tells_nothing_to_who_has_no_account():
    question = asked(*SHELTER)

    assert (question.disclosed, question.ground) == ("", "")
    with acting_as(user("samira").pk):
        line = TimelineItem.objects.get(title="Tracee gevraagd")
    assert line.text == "Opvang. Geen account: er is nog niets verstrekt."


def test_who_has_an_account_reads_what_is_disclosed_with_the_question():
    question = asked("gezondheid", "Behandeling", "mondriaan")

    assert question.disclosed == operations.DISCLOSED
    assert question.ground == operations.GROUND


def test_what_was_told_is_written_down_with_the_answer_and_shown_as_such(browse):
    question, samira = asked(*SHELTER), browse("samira")
    record, check = address("answer_record", question, question.pk), address("delivery", question)

    assert "Verstrekt" not in samira.get(check).content.decode()
    assert samira.post(record, typed(disclosed="")).status_code == 422
    assert samira.post(record, typed(received_from="")).status_code == 422
    assert samira.post(record, typed()).status_code == 302
    shown = " ".join(samira.get(check).content.decode().split())

    assert "Per telefoon, van Aanmeldpunt, vastgelegd door Samira Haddou" in shown
    assert "Verstrekt: Naam en geboortedatum, en deze ene actie. Grond: WGS 1.5." in shown
    with acting_as(user("samira").pk):
        line = TimelineItem.objects.get(title="Tracee: ja, dat kan")
    assert "Verstrekt: Naam en geboortedatum, en deze ene actie. Grond: WGS 1.5." in line.text


@pytest.mark.parametrize(
    ("signed_on", "code"), [(None, "no_secrecy"), (TODAY + timedelta(days=1), "secrecy_too_late")]
)
def test_a_third_party_is_told_nothing_before_it_signed_for_secrecy(signed_on, code):
    question = asked(*SUPPORT)

    with acting_as(user("samira").pk):
        with pytest.raises(Refused) as refused:
            operations.record_answer(question, **told_by_phone(secrecy_signed_on=signed_on))
        assert refused.value.codes == {code}
        assert not DeliveryAnswer.objects.exists()


def test_only_a_third_party_is_asked_for_its_declaration_and_it_is_shown(browse):
    samira, question = browse("samira"), asked(*SUPPORT)
    record = address("answer_record", question, question.pk)

    without = samira.post(record, typed(secrecy_signed_on=f"{TODAY:%d-%m-%Y}"))
    with_it = samira.post(record, typed(secrecy="on", secrecy_signed_on=f"{TODAY:%d-%m-%Y}"))
    shown = samira.get(address("delivery", question)).content.decode()

    assert without.status_code == 422
    assert "Laat eerst de geheimhoudingsverklaring tekenen." in without.content.decode()
    assert 'value="Aanmeldpunt"' in without.content.decode()
    assert with_it.status_code == 302
    assert "Geheimhouding getekend op" in shown


def test_a_participant_is_not_asked_for_a_declaration(browse):
    question = asked(*SHELTER)
    page = browse("samira").get(address("answer_record", question, question.pk))

    asked_for = BeautifulSoup(page.content, "html.parser")(["input", "textarea"])
    names = {field.get("name") for field in asked_for}
    assert "ground" in names
    assert "secrecy" not in names


def test_the_database_too_keeps_no_answer_from_outside_without_its_account():
    question, samira = asked(*SHELTER), user("samira")
    unaccounted = told_by_phone(disclosed="")
    del unaccounted["by"]

    with (
        acting_as(samira.pk),
        pytest.raises(IntegrityError, match="answer_from_outside_names_who_and_why"),
        transaction.atomic(),
    ):
        DeliveryAnswer(question=question, recorded_by=samira, **unaccounted).save(force_insert=True)


def test_asking_says_who_is_called_still_and_on_what_number(browse):
    plan = situations.plan_of(situations.planned_case(), SHELTER)
    desk = ContactPoint.objects.filter(organisation__slug="tracee").exclude(phone="").first()
    with acting_as(user("samira").pk):
        check = reverse("maatwerkplan:delivery", args=[plan.case.number])

    shown = browse("samira").post(check, follow=True).content.decode()

    assert "De vragen zijn verstuurd" not in shown, "er is niets verstuurd"
    assert "Bel of schrijf zelf nog: Tracee." in shown
    assert "Nog te bellen" in shown
    assert "Wacht op antwoord" not in shown
    assert (desk.phone if desk else "Geen telefoonnummer bekend") in shown


def test_asking_two_says_what_was_sent_and_whom_to_call(browse):
    treats = ("gezondheid", "Behandeling", "mondriaan")
    plan = situations.plan_of(situations.planned_case(), SHELTER, treats)
    check = reverse("maatwerkplan:delivery", args=[plan.case.number])

    shown = browse("samira").post(check, follow=True).content.decode()

    assert "De vragen zijn verstuurd" in shown
    assert "Bel of schrijf zelf nog: Tracee." in shown
    assert "Wacht op antwoord" in shown


def local_planned_case() -> Case:
    return situations.judged(situations.local_assigned_case())


@pytest.mark.parametrize(
    ("case", "told", "not_told"),
    [
        (situations.planned_case, "WGS 1.5 en 2.31 lid 5", "Het convenant"),
        (local_planned_case, "Het convenant dat deze partner bindt", "WGS 1.5"),
    ],
)
def test_the_check_names_the_ground_of_the_regime_of_the_dossier(browse, case, told, not_told):
    plan = situations.plan_of(case(), ("huisvesting", "Toezicht", "politie"))

    page = browse("samira").get(reverse("maatwerkplan:delivery", args=[plan.case.number])).text

    assert f"Grond: {told}" in page
    assert f"Grond: {not_told}" not in page


def test_an_answer_from_an_old_tab_meets_the_answer_that_was_given_and_no_form(browse):
    situations.asked_plan(("huisvesting", "Toezicht", "politie"))
    with acting_as(user("politie").pk):
        question = DeliveryQuestion.objects.get()
    here, partner = reverse("maatwerkplan:question", args=[question.pk]), browse("politie")
    partner.post(here, {"answer": "ja"})
    no = {"answer": "nee", "why_not": "vol", "reason": "Geen plek vrij."}

    answer = partner.post(here, no)

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert page.find("form", action=here) is None, "dit formulier kan niet meer slagen"
    given = page.find(attrs={"aria-labelledby": "gegeven"}).get_text(" ")
    assert "Ja" in given
    assert str(user("politie")) in given
    typed = page.find(attrs={"aria-labelledby": "getypt"}).get_text(" ")
    assert "Geen plek vrij." in typed
    assert "Nee, dit kan niet" in typed
    assert f"Bel {user('samira')}" in typed
    assert "Wijzigt de interventiemanager de actie, dan krijgt u een nieuwe vraag" in typed
