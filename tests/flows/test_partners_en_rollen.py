"""The chapter "Partners en rollen" and what the covenant of 2006 agrees, told by its sentences. S2.

Each test quotes the sentence that it tells. Who may take part under the law of today is a table in
tests/partners/test_law.py; here it is told what the partners agreed with each other.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import access
from cases.models import Doelgroep, Scope
from maatwerkplan import operations as planning
from maatwerkplan import rules
from maatwerkplan.models import CallStage, DeliveryQuestion, PartnerAction, ProgressKind
from partners import operations
from partners.models import Attachment, Organisation, Regeling, Regie, Role, Toetreding
from tests import situations
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle, Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CARE = ("gezondheid", "Behandeling", "mondriaan")


def codes(obstacles: list[Obstacle]) -> set[str]:
    return {each.code for each in obstacles}


# --- who sits at the table ----------------------------------------------------------------------


def test_justice_municipalities_welfare_and_care_sit_at_one_table():
    """S2: "Naast politie en justitiële partners (…) zijn dat ook gemeenten, welzijnswerk en
    zorgpartners."
    """
    with acting_as(user("bureau").pk):
        partners = Organisation.objects.partners()
        chains = set(partners.values_list("chain", flat=True))
        numbers = set(partners.values_list("number", flat=True))

    assert {"straf", "zorg", "bestuur", "jeugd"} <= chains
    assert numbers == set(range(1, 21))


def test_a_partner_takes_part_without_sitting_in_the_house():
    """S2: "Deelnemen aan het veiligheidshuis betekent niet dat alle partners ook daadwerkelijk
    fysiek in het veiligheidshuis hoeven te zitten."
    """
    office, clinic = user("bureau"), organisation("mondriaan")
    with acting_as(office.pk):
        operations.describe_partner(
            clinic,
            legal_form=clinic.legal_form,
            representative=clinic.representative,
            representative_function=clinic.representative_function,
            regie=clinic.regie,
            attachment=Attachment.OP_AFSTAND,
            promised_hours=None,
            presence="",
            doelgroepen=[],
            by=office,
        )
    plan = situations.asked_plan(CARE)
    situations.answer_all(plan)

    with acting_as(user("samira").pk):
        (action,) = rules.actions_of(plan)
        assert action.organisation.attachment == Attachment.OP_AFSTAND
        assert rules.obstacles_to_counting_on(action) == []


def test_everybody_keeps_his_own_responsibility():
    """S2: "Deelnemende partners behouden hun eigen (wettelijke en/of maatschappelijke)
    verantwoordelijkheid." Nobody answers or reports for another.
    """
    plan, police, samira = situations.asked_plan(CARE), user("politie"), user("samira")
    with acting_as(samira.pk):
        question = DeliveryQuestion.objects.select_related("organisation", "case").get(plan=plan)
        theirs = codes(rules.obstacles_to_recording_for(plan.case, question.organisation))
    with acting_as(police.pk):
        assert not DeliveryQuestion.objects.exists()
    signed = situations.signed_plan()
    with acting_as(samira.pk):
        action = PartnerAction.objects.select_related("plan", "case").get(plan=signed)
        with pytest.raises(PartnerAction.DoesNotExist):
            planning.report(action, kind=ProgressKind.START, happened_on=TODAY, by=police)

    assert theirs == {"has_account"}


# --- who directs --------------------------------------------------------------------------------


def test_om_raad_and_municipality_each_direct_their_own_chain():
    """S2: "behoudt en voert het Openbaar Ministerie haar primaire regieverantwoordelijkheid
    betreffende de strafrechtketen. De Raad voor de Kinderbescherming behoudt en voert zijn
    regiefunctie in de jeugdstrafrechtketen (…). De gemeente zal de regie voeren over (…) de
    (na)zorgketen".
    """
    with acting_as(user("bureau").pk):
        directs = Organisation.objects.seated().exclude(regie="")
        by_chain = {each.regie: each.slug for each in directs.in_covenant_order().reverse()}

    assert by_chain == {
        Regie.STRAFRECHT: "openbaar-ministerie",
        Regie.JEUGDSTRAFRECHT: "raad-voor-de-kinderbescherming",
        Regie.ALGEMEEN: "gemeente-heerlen",
    }


def test_the_doorzettingskracht_of_municipality_and_om_is_asked_when_needed():
    """S2: "Gemeenten en Openbaar Ministerie hechten - indien nodig - hun doorzettingskracht aan
    het daadwerkelijk implementeren van de in gezamenlijkheid tot stand gekomen maatwerkplannen.
    Ketenpartners spreken af dat de interventie managers deze doorzettingsmacht in de uitvoering
    belichamen".
    """
    plan, samira, manager = situations.signed_plan(), user("samira"), user("manager")
    soon = TODAY + timedelta(days=3)
    with acting_as(samira.pk):
        action = PartnerAction.objects.select_related("case", "organisation", "plan").get(plan=plan)
        called = planning.call_on(
            action, stage=CallStage.MANAGER, text="Begin.", answer_by=soon, by=samira
        )
    with acting_as(manager.pk):
        of = organisation("openbaar-ministerie")
        power = planning.ask_power(called, asked_of=of, text="Bel.", answer_by=soon, by=manager)
        planning.call_helped(power, outcome="Het bed is er maandag.", by=manager)

    with acting_as(samira.pk):
        last, first = rules.calls_of(action)
        assert (first.stage, last.asked_of, last.status) == (CallStage.MANAGER, of, "gelukt")


def test_every_partner_points_out_whom_to_ask():
    """S2: "Ketenpartners (…) dragen zorg voor het aanwijzen van contactpunten in de eigen
    organisatie".
    """
    plan = situations.asked_plan(CARE)
    with acting_as(user("samira").pk):
        clinic = organisation("mondriaan")
        asked = rules.contacts_in(plan.case, clinic)

    assert [each.username for each in asked] == ["mondriaan"]


# --- what the covenant agrees -------------------------------------------------------------------


def test_whom_the_approach_is_for_is_what_the_covenant_says():
    """S2: "de primaire doelgroepen (…) bestaan uit meer- en minderjarige veelplegers, notoire
    overlastveroorzakers, Harde Kernjongeren, probleemjongeren en daders van huiselijk geweld".
    """
    with acting_as(user("bureau").pk):
        covenant = Regeling.objects.in_force().get(kind="convenant")

    assert set(covenant.covers) == set(Doelgroep.values)


def test_the_kaderdocument_is_a_model_that_is_adjusted_together():
    """S2: "Op basis van praktijkervaring zal dit model - samen met de convenantpartners - verder
    ontwikkeld en bijgesteld worden." Until all signed the next version, this one holds.
    """
    office = user("bureau")
    with acting_as(office.pk):
        former = Regeling.objects.in_force().get(kind="kaderdocument")
        following = operations.draft_regeling(
            kind="kaderdocument",
            title=former.title,
            dated_on=TODAY - timedelta(days=10),
            valid_from=TODAY,
            valid_until=None,
            covers=list(former.covers),
            changes="De evaluatie van de eerste twee jaar.",
            by=office,
        )
        following = operations.approve_regeling(
            following, decided_on=TODAY, decision="Besluit 1: akkoord", by=office
        )
        with pytest.raises(Refused) as unsigned:
            operations.bring_into_force(following, by=office)
        holds = Regeling.objects.in_force().get(kind="kaderdocument")

    assert unsigned.value.codes == {"unsigned"}
    assert (holds, following.version) == (former, former.version + 1)


def test_a_new_partner_is_agreed_to_by_the_stuurgroep_and_signs_a_declaration():
    """S2: "Het toevoegen van convenantpartners (…) wordt, na accorderen door de Districtelijke
    Stuurgroep Veiligheidshuis, vastgelegd door een aan dit convenant toe te voegen ondertekende
    verklaring."
    """
    office, proposed = user("bureau"), situations.proposed_partner()
    with acting_as(office.pk):
        with pytest.raises(Refused):
            operations.activate_partner(proposed, by=office)
        operations.test_partner(
            proposed,
            wgs_class="lid_2",
            wgs_members=["2e"],
            test="WGS 2.27 lid 2 e; getoetst door de FG",
            tested_on=TODAY,
            by=office,
        )
        with pytest.raises(Refused):
            operations.append_verklaring(
                _fresh(proposed), signed_on=TODAY, function="directeur", by=office
            )
        operations.approve_partner(
            _fresh(proposed), decided_on=TODAY, decision="Besluit 3: akkoord", by=office
        )
        with pytest.raises(Refused):
            operations.activate_partner(_fresh(proposed), by=office)
        operations.append_verklaring(
            _fresh(proposed), signed_on=TODAY, function="directeur", by=office
        )
        operations.activate_partner(_fresh(proposed), by=office)
        joined = _fresh(proposed).organisation

        assert joined in Organisation.objects.partners()
        assert joined.number == 21


def _fresh(toetreding: Toetreding) -> Toetreding:
    return Toetreding.objects.select_related("organisation").get(pk=toetreding.pk)


def test_who_is_no_partner_yet_has_no_account():
    """S2: "verklaren zich in principe akkoord met uitbreidingen van het aantal ketenpartners":
    in principle, and so nobody comes in before it was done.
    """
    office, proposed = user("bureau"), situations.proposed_partner()
    with acting_as(office.pk), pytest.raises(Refused) as refused:
        operations.add_user(
            proposed.organisation,
            username="straathoek",
            first_name="Noor",
            last_name="Willems",
            email="straathoek@huis.example",
            role=Role.KETENPARTNER,
            by=office,
        )

    assert refused.value.codes


def test_only_who_needs_it_reads_along():
    """S2, voetnoot 12: "Enkel de informatie waarbij er een need-to-know is – namelijk om de
    gestelde doelen te kunnen verwezenlijken -, zal in Viadesk ingebracht worden."
    """
    plan = situations.signed_plan()
    with acting_as(user("legerdesheils").pk):
        assert access.may(user("legerdesheils"), Scope.KNOW_CASE, plan.case)
    for outsider in ("mondriaan", "om", "ggd", "tom"):
        with acting_as(user(outsider).pk):
            assert not access.may(user(outsider), Scope.KNOW_CASE, plan.case)
