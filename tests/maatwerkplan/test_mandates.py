"""Who may promise this? A yes rests on a mandate, when its partner has any. GOV-22.

S0, succesfactoren: "mandaat voor de frontliners".
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from maatwerkplan import operations
from maatwerkplan.models import Answer, DeliveryAnswer, DeliveryQuestion
from partners.models import Mandaat
from tests import situations
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db


def asked() -> DeliveryQuestion:
    """The Leger des Heils is asked for a place to live."""
    plan = situations.asked_plan()
    with acting_as(user("legerdesheils").pk):
        return DeliveryQuestion.objects.select_related(
            "action", "case", "plan", "organisation__group"
        ).get(plan=plan)


def say(question: DeliveryQuestion, answer: str, **words: object) -> DeliveryAnswer:
    partner = user("legerdesheils")
    with acting_as(partner.pk):
        return operations.answer_question(question, answer=answer, by=partner, **words)


def ended(mandaat: Mandaat) -> Mandaat:
    """A mandate of which the last day was yesterday."""
    office = user("bureau")
    with acting_as(office.pk):
        Mandaat.objects.filter(pk=mandaat.pk).update(
            valid_from=timezone.localdate() - timedelta(days=9),
            valid_until=timezone.localdate() - timedelta(days=1),
        )
    return mandaat


def test_of_a_partner_without_mandates_nobody_asks_it():
    assert say(asked(), Answer.JA).mandaat is None


def test_a_yes_names_its_mandate_and_a_no_needs_none():
    mandaat, question = situations.mandate("leger-des-heils"), asked()

    with pytest.raises(Refused) as refused:
        say(question, Answer.JA)
    said = say(question, Answer.JA, mandaat=mandaat)

    assert refused.value.codes == {"mandate_missing"}
    assert said.mandaat == mandaat
    assert say(asked(), Answer.NEE, reason="Vol.").mandaat is None


def test_a_mandate_that_is_over_or_of_another_partner_carries_nothing():
    other, over = situations.mandate("mondriaan"), ended(situations.mandate("leger-des-heils"))
    question = asked()

    for wrong in (other, over):
        with pytest.raises(Refused) as refused:
            say(question, Answer.JA, mandaat=wrong)
        assert refused.value.codes == {"mandate_over"}


def test_the_page_asks_it_and_the_timeline_tells_it(browse):
    mandaat, question = situations.mandate("leger-des-heils"), asked()
    address, browser = reverse("maatwerkplan:question", args=[question.pk]), browse("legerdesheils")

    page = browser.get(address).content.decode()
    unsaid = browser.post(address, {"answer": "ja", "eenmalig": new_key()})
    said = browser.post(address, {"answer": "ja", "mandaat": mandaat.pk, "eenmalig": new_key()})

    assert "Op welk mandaat rust dit?" in page
    assert (unsaid.status_code, said.status_code) == (422, 302)
    number = question.case.number
    dossier = browse("samira").get(reverse("cases:detail", args=[number])).content.decode()
    assert "Mandaat: Teamchef." in dossier


def test_on_the_telephone_it_is_asked_as_well():
    desk = organisation("tracee")
    mandaat = situations.mandate("tracee")
    plan = situations.asked_plan(("huisvesting", "Plaats in de opvang", desk.slug))
    leader = user("samira")
    heard = {
        "answer": Answer.JA,
        "channel": "telefoon",
        "received_from": "Aanmeldpunt",
        "received_on": timezone.localdate(),
        "disclosed": "Naam",
        "ground": "WGS",
        "by": leader,
    }
    with acting_as(leader.pk):
        known = DeliveryQuestion.objects.select_related("action", "case", "plan", "organisation")
        question = known.get(plan=plan)
        with pytest.raises(Refused) as refused:
            operations.record_answer(question, **heard)
        said = operations.record_answer(question, mandaat=mandaat, **heard)

    assert refused.value.codes == {"mandate_missing"}
    assert said.mandaat == mandaat
