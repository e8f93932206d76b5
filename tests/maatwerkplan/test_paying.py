"""Who pays for an action, who directs its chain, and what asks its partner again."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from maatwerkplan import operations, rules
from maatwerkplan.models import DeliveryQuestion, Financing, Maatwerkplan, PartnerAction
from maatwerkplan.presenters.plan import director_of
from maatwerkplan.presenters.versions import FIELDS
from partners.models import Chain, Organisation
from partners.models.organisation import DIRECTED_AS
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
KEPT_BESIDE = {"id", "plan_id", "case_id", "revision", "version", "first_processed_on"}


def change(plan: Maatwerkplan, **words: object) -> PartnerAction:
    samira = user("samira")
    with acting_as(samira.pk):
        return operations.change_action(plan.partner_actions.get(), by=samira, **words)


def address(plan: Maatwerkplan, name: str, *more: object) -> str:
    with acting_as(user("samira").pk):
        return reverse(f"maatwerkplan:{name}", args=[plan.case.number, *more])


def test_of_every_field_of_an_action_it_is_decided_whether_it_asks_its_partner_again():
    fields = {field.attname for field in PartnerAction._meta.concrete_fields} - KEPT_BESIDE

    assert set(rules.ASKED_ABOUT) | set(rules.NOT_ASKED_ABOUT) == fields
    assert not set(rules.ASKED_ABOUT) & set(rules.NOT_ASKED_ABOUT)


def test_whoever_said_yes_is_asked_again_when_another_pays():
    plan = situations.asked_plan()
    situations.answer_all(plan)

    change(plan, financing=Financing.PARTNER)

    with acting_as(user("samira").pk):
        assert [each.code for each in rules.obstacles_to_offer(plan)] == ["outdated"]


def test_a_partner_reads_who_pays_before_he_answers_and_when_he_carries_it_out(browse):
    plan = situations.plan_of(situations.planned_case())
    change(plan, financing=Financing.GEMEENTE, municipality="Brunssum")
    with acting_as(user("samira").pk):
        operations.ask_all(plan, by=user("samira"))
    with acting_as(user("legerdesheils").pk):
        asked = DeliveryQuestion.objects.open().get()
    page = browse("legerdesheils").get(reverse("maatwerkplan:question", args=[asked.pk]))

    assert "gemeente Brunssum (Wmo of Jeugdwet)" in page.text


@pytest.mark.parametrize(
    ("financing", "municipality", "code"),
    [
        (Financing.RESERVE, " ", "municipality_missing"),
        (Financing.WLZ, "Heerlen", "municipality_not_charged"),
        (Financing.RESERVE, "Heerlen", None),
        (Financing.ONBEKEND, "", None),
    ],
)
def test_a_municipality_that_pays_is_named_and_no_other(financing, municipality, code):
    plan = situations.plan_of(situations.planned_case())

    try:
        change(plan, financing=financing, municipality=municipality)
        refused = None
    except Refused as no:
        (refused,) = no.codes

    assert refused == code


def test_that_nobody_knows_who_pays_is_said_and_holds_no_offer_back(browse):
    plan, samira = situations.asked_plan(), user("samira")
    situations.answer_all(plan)

    page = BeautifulSoup(browse("samira").get(address(plan, "plan")).content, "html.parser")

    link = page.select_one('[data-code="unpaid"] a')
    assert link["href"].endswith("#id_financing")
    assert browse("samira").get(link["href"].partition("#")[0]).status_code == 200
    with acting_as(samira.pk):
        assert rules.obstacles_to_offer(plan) == []


def test_who_pays_is_typed_kept_and_shown_and_nothing_typed_is_lost(browse):
    plan, samira = situations.plan_of(situations.planned_case()), browse("samira")
    with acting_as(user("samira").pk):
        action = plan.partner_actions.select_related("organisation").get()
    page = address(plan, "action_edit", action.pk)
    form = BeautifulSoup(samira.get(page).content, "html.parser").select_one("main form")
    sent = {
        "leefgebied": action.leefgebied,
        "description": action.description,
        "organisation": action.organisation_id,
        "start_date": action.start_date.strftime("%d-%m-%Y"),
        "end_date": action.end_date.strftime("%d-%m-%Y"),
        "framework": action.framework,
        "financing": "reserve",
        "version": form.select_one("[name=version]")["value"],
    }

    refused = samira.post(page, sent | {"municipality": "", "eenmalig": new_key()})
    kept = samira.post(page, sent | {"municipality": "Landgraaf", "eenmalig": new_key()})

    assert refused.status_code == 409
    assert "Vul in welke gemeente betaalt." in refused.text
    chosen = BeautifulSoup(refused.content, "html.parser").select_one("#id_financing [selected]")
    assert chosen["value"] == "reserve"
    assert kept.status_code == 302
    assert "gemeente Landgraaf (eigen reserve)" in samira.get(address(plan, "plan")).text


def test_the_client_reads_what_he_pays_himself_and_not_who_else_pays():
    plan = situations.asked_plan()
    situations.answer_all(plan)
    said = {}
    for financing in (Financing.CLIENT, Financing.WLZ):
        change(plan, financing=financing)
        with acting_as(user("samira").pk):
            words = operations.wording(plan, rules.actions_of(plan), offered_on=situations.START)
        said[financing] = words["onderdelen"][0]["betaalt"]

    assert said == {Financing.CLIENT: "U betaalt dit zelf.", Financing.WLZ: ""}


def test_the_next_version_keeps_who_pays_and_two_versions_are_compared_on_it():
    plan, samira = situations.asked_plan(), user("samira")
    change(plan, financing=Financing.RESERVE, municipality="Nuth")
    with acting_as(samira.pk):
        operations.ask_all(plan, by=samira)
    situations.answer_all(plan)
    with acting_as(samira.pk):
        operations.offer(plan, by=samira)
        operations.withdraw(plan, reason="Moet anders.", by=samira)
        copied = operations.draw_up(plan.case, by=samira).partner_actions.get()

    assert FIELDS["Betaalt"](copied) == "gemeente Nuth (eigen reserve)"


def test_each_action_names_who_directs_the_chain_of_its_partner(browse):
    """S2: OM "de strafrechtketen", Raad "de jeugdstrafrechtketen", gemeente "(na)zorgketen"."""
    plan = situations.plan_of(
        situations.planned_case(),
        ("huisvesting", "Begeleid wonen", "leger-des-heils"),
        ("zelfredzaamheid", "Toezicht", "reclassering-nederland"),
        ("educatie", "Leerstraf", "jji-het-keerpunt"),
    )
    page = BeautifulSoup(browse("samira").get(address(plan, "plan")).content, "html.parser")

    named = {
        row.th.text: row.select_one('[data-kop="Partner"]').text.partition("Ketenregie: ")[2]
        for row in page.select(".vh-plan tr[id^=actie-]")
    }

    assert {name: who.strip() for name, who in named.items()} == {
        "Begeleid wonen": "Gemeente Heerlen",
        "Toezicht": "Openbaar Ministerie",
        "Leerstraf": "Raad voor de Kinderbescherming",
    }


def test_every_chain_has_a_direction_and_a_chain_that_nobody_directs_says_so():
    action = PartnerAction(organisation=situations.organisation("politie"))
    with acting_as(user("samira").pk):
        named = Organisation.objects.directors()

    assert set(DIRECTED_AS) == set(Chain)
    assert set(named) == set(DIRECTED_AS.values())
    assert director_of(action, {}) == "niemand (strafrechtketen)"
