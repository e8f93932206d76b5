"""What somebody sees of a plan at first sight: what to answer, and how far each action is."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from maatwerkplan import operations
from maatwerkplan.forms.delivery import AnswerForm
from maatwerkplan.models import DeliveryAnswer, DeliveryQuestion, Maatwerkplan, PartnerAction
from partners.models import Mandaat
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TWO = (
    ("huisvesting", "Begeleid wonen", "leger-des-heils"),
    ("gezondheid", "Behandeling", "mondriaan"),
)


def open_question(username: str) -> str:
    with acting_as(user(username).pk):
        return reverse("maatwerkplan:question", args=[DeliveryQuestion.objects.open().get().pk])


def waits(page: BeautifulSoup) -> dict[str, str]:
    """The fields that are out of sight until an answer is chosen, with the answers."""
    boxes = page.select("[data-bij]")
    return {box.find(["input", "select"])["name"]: box["data-bij"] for box in boxes}


def read(plan: Maatwerkplan, browse) -> BeautifulSoup:
    with acting_as(user("samira").pk):
        address = reverse("maatwerkplan:plan", args=[plan.case.number])
    return BeautifulSoup(browse("samira").get(address).content, "html.parser")


def test_of_what_nobody_asked_yet_no_origin_is_shown_not_even_an_empty_one(browse):
    plan = situations.plan_of(situations.planned_case())
    with acting_as(user("samira").pk):
        check = reverse("maatwerkplan:delivery", args=[plan.case.number])

    page = BeautifulSoup(browse("samira").get(check).content, "html.parser")

    (origin,) = page.select("[data-kop=Herkomst]")
    assert origin.decode_contents() == "", "op een telefoon verdwijnt wat helemaal leeg is"


def test_a_field_that_only_another_answer_asks_waits_out_of_sight_and_never_when_it_is_filled_in(
    browse,
):
    situations.asked_plan()
    situations.mandate("leger-des-heils")
    address, partner = open_question("legerdesheils"), browse("legerdesheils")

    first = BeautifulSoup(partner.get(address).content, "html.parser")
    both = partner.post(
        address, {"answer": "ja", "condition": "Pas na een intake", "eenmalig": new_key()}
    )

    assert waits(first) == {
        "other_start": "ja_met_wijziging",
        "condition": "ja_met_wijziging",
        "why_not": "nee",
        "reason": "nee",
        "mandaat": "ja ja_met_wijziging",
    }
    assert both.status_code == 422
    assert "condition" not in waits(BeautifulSoup(both.content, "html.parser"))


def test_a_yes_is_one_choice_and_one_button_and_a_no_rests_on_no_mandate(browse):
    mandaat = situations.mandate("leger-des-heils")
    for answer, words in (("ja", {}), ("nee", {"why_not": "vol", "reason": "Geen plek."})):
        situations.asked_plan()
        address, partner = open_question("legerdesheils"), browse("legerdesheils")
        page = BeautifulSoup(partner.get(address).content, "html.parser")
        stands = page.select_one("#id_mandaat option[selected]")["value"]

        sent = {"answer": answer, "mandaat": stands, "eenmalig": new_key()} | words
        assert partner.post(address, sent).status_code == 302

    with acting_as(user("samira").pk):
        given = dict(DeliveryAnswer.objects.values_list("answer", "mandaat"))
    assert given == {"ja": mandaat.pk, "nee": None}


def test_who_says_no_is_not_asked_the_same_in_two_ways():
    form = AnswerForm(mandaten=Mandaat.objects.none())

    assert [form[name].label for name in ("why_not", "reason")] == [
        "Waarom kan het niet?",
        "Licht dit kort toe",
    ]


@pytest.mark.parametrize(
    ("description", "said"), [("Trajectbegeleiding", False), ("Een vaste begeleider", True)]
)
def test_that_it_is_trajectbegeleiding_is_said_once(description, said):
    assert PartnerAction(description=description, is_guidance=True).says_guidance is said
    assert not PartnerAction(description=description).says_guidance


def test_what_stands_in_the_way_is_read_before_the_actions_on_a_telephone(browse):
    page = read(situations.plan_of(situations.planned_case()), browse)

    assert "vh-eerst" in page.select_one("aside.vh-stack")["class"]
    assert page.select_one('aside [data-code="not_asked"]')


def test_a_signed_plan_says_of_each_action_how_far_it_is(browse):
    plan, partner = situations.signed_plan(*TWO), user("legerdesheils")
    with acting_as(partner.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(partner).get(plan=plan)
        operations.report(own, kind="start", happened_on=timezone.localdate(), text="", by=partner)

    page = read(plan, browse)

    states = {
        row.th.text.strip(): row.select_one('[data-kop="Uitvoering"]').text.strip()
        for row in page.select(".vh-plan tbody tr:not(.vh-groep__kop)")
    }
    assert states["Begeleid wonen"].startswith("Gestart op")
    assert states["Behandeling"].startswith("Start uiterlijk")
