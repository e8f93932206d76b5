"""The chapter "Werkprocessen" of the covenant of 2006, told sentence by sentence. S2.

Each test quotes the sentence that it tells. What stands in the way is asked of the rules that the
pages ask as well; how a page says it is tested beside that page.
"""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agenda import operations as meetings
from cases import access, operations
from cases import rules as case_rules
from cases.documents import read_list
from cases.models import (
    Case,
    Criterium,
    Leefgebied,
    Scope,
    SelfReliance,
    TimelineItem,
)
from cases.states import CASE_FLOW, CaseStatus
from maatwerkplan import operations as planning
from maatwerkplan import rules
from maatwerkplan.models import Answer, Framework, Instrument, Maatwerkplan, Signature
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.cases.lists_of_police import csv_of
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle, Refused
from veiligheidshuis.werkafspraken import number

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HOME = ("huisvesting", "Begeleid wonen", "leger-des-heils")
CARE = ("gezondheid", "Behandeling", "mondriaan")


def codes(obstacles: list[Obstacle]) -> list[str]:
    return [each.code for each in obstacles]


def read(plan: Maatwerkplan) -> Maatwerkplan:
    """The plan as it stands now, as who leads reads it; call it as him."""
    return Maatwerkplan.objects.select_related("case", "text").get(pk=plan.pk)


# --- who comes in, and who comes first ----------------------------------------------------------


def test_no_single_organisation_decides_who_comes_in():
    """S2: "In het veiligheidshuis wordt door de deelnemende organisaties tezamen (of een selectie
    daarvan) bepaald wie in aanmerking komt voor een intensieve persoonsgerichte aanpak."
    """
    weging, police = situations.asked_to_weigh(situations.put_forward_case()), user("politie")

    with acting_as(police.pk):
        verdicts = {each.value: (True, "Zo zien wij het.") for each in Criterium}
        operations.weigh(weging, verdicts, by=police)
        alone = codes(case_rules.obstacles_to_admit(weging))
    situations.judge_all(weging)
    with acting_as(police.pk):
        together = codes(case_rules.obstacles_to_admit(weging))

    assert (bool(alone), together) == (True, [])


def test_the_list_of_the_police_is_completed_by_those_who_know_the_client():
    """S2: "Input voor die selectie is de veelplegerlijst van de politie, aangevuld met input
    vanuit organisaties die beschikken over cliëntkennis."
    """
    office, partner = user("bureau"), user("mondriaan")
    rows = read_list(csv_of("Smeets;;Kevin;7-12-1990;;Heerlen;veelpleger;12;Politie"))
    with acting_as(office.pk):
        batch = operations.receive_import("veelplegers.csv", rows, by=office)
        operations.confirm_import(batch, by=office)
    with acting_as(partner.pk):
        operations.nominate(
            situations.a_person(),
            doelgroep="overlastgever",
            report=situations.a_report(),
            by=partner,
        )

    with acting_as(office.pk):
        sources = Case.objects.filter(status=CaseStatus.AANGEMELD).values_list("source__slug")
        assert sorted(slug for (slug,) in sources) == ["mondriaan", "politie"]


def test_what_comes_out_is_a_ranked_list():
    """S2: "De output is een lijst met geprioriteerde – en dus gerangschikte – cliënten." """
    cases = [situations.admitted_case() for _ in range(3)]
    ranked, manager = situations.open_list(*cases), user("manager")

    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        listed = Case.objects.filter(pk__in=[case.pk for case in cases])
        assert sorted(case.priority for case in listed) == [1, 2, 3]
        assert {case.status for case in listed} == {CaseStatus.GEPRIORITEERD}


def test_a_list_holds_for_half_a_year_at_most():
    """S2: "Minimaal twee maal per jaar wordt deze lijst vernieuwd." """
    assert 2 * number("list_lasts_days") <= 366
    assert number("list_renewal_days") > 0, "before it ends somebody is told"


def test_a_ranked_client_gets_exactly_one_interventiemanager():
    """S2: "De gerangschikte cliënten worden vervolgens aan zogenaamde interventiemangers
    toebedeeld."
    """
    case, manager = situations.listed_case(), user("manager")

    with acting_as(manager.pk):
        operations.assign(case, user("samira"), by=manager)
        with pytest.raises(Refused):
            operations.assign(case, user("tom"), by=manager)
        assert Case.objects.get(pk=case.pk).manager == user("samira")


def test_diagnosis_plan_check_and_execution_come_in_that_order():
    """S2: "Zij dienen conform het stramien diagnose-maatwerkplan-check-uitvoering hun cliënten …
    tot gedragsverandering te bewegen."
    """
    assigned, samira = situations.assigned_case(), user("samira")
    with acting_as(samira.pk):
        assert codes(rules.obstacles_to_drawing_up(assigned, None)) == ["wrong_status"]

    plan = situations.plan_of(situations.planned_case(), HOME)
    with acting_as(samira.pk):
        assert codes(rules.obstacles_to_offer(plan)) == ["not_asked"]  # the check
        action = plan.partner_actions.with_state().select_related("plan", "case").get()
        assert rules.obstacles_to_any_report(action, {"start"})  # the execution


# --- the diagnosis ------------------------------------------------------------------------------


def test_the_deficits_become_visible_in_every_leefgebied():
    """S2: "Op basis van een diagnose-instrument worden de criminogene tekorten – of de tekorten op
    de zogenaamde leefgebieden – inzichtelijk gemaakt." Voetnoot 7: "identiteitspapieren,
    huisvesting, werk & inkomen, educatie, gezondheid, zelfredzaamheid, en schuldsanering".
    """
    case, samira = situations.diagnosis_case(), user("samira")
    assert len(Leefgebied) == 7

    with acting_as(samira.pk):
        for leefgebied in Leefgebied.values[1:]:
            about = {"deficit": 2, "explanation": "Gezien.", "criminogenic": True}
            operations.judge(case, leefgebied, **about, by=samira)
        with pytest.raises(Refused) as refused:
            operations.complete_diagnosis(case, by=samira)

    said = " ".join(each.message for each in refused.value.obstacles)
    assert Leefgebied.choices[0][1] in said


def test_a_diagnosis_rests_on_a_conversation_with_the_client_or_on_his_refusal():
    """S2: "Input hiervoor is de informatie die bij partners over de cliënt beschikbaar is,
    aangevuld met een persoonlijk interview."
    """
    case, samira = situations.diagnosis_case(), user("samira")

    with acting_as(samira.pk):
        operations.judge_self_reliance(case, self_reliance=SelfReliance.ZELF, by=samira)
        with pytest.raises(Refused) as silent:
            operations.complete_diagnosis(case, by=samira)
        refusal = {"interview": "geweigerd", "interview_on": TODAY}
        with pytest.raises(Refused) as unexplained:
            operations.judge_self_reliance(
                case, self_reliance=SelfReliance.ZELF, **refusal, by=samira
            )

    assert "interview_unknown" in silent.value.codes
    assert len(unexplained.value.codes) == 1


def test_who_cannot_carry_out_his_plan_gets_somebody_beside_him():
    """Voetnoot 8: "Indien dit niet het geval is zal invulling van trajectbegeleiding een onderdeel
    van het maatwerkplan behoren te zijn."
    """
    case = situations.planned_case(self_reliance=SelfReliance.NIET)

    plan = situations.plan_of(case, HOME)

    with acting_as(user("samira").pk):
        assert "guidance_missing" in codes(rules.obstacles_to_offer(plan))


# --- the plan and the check ---------------------------------------------------------------------


def test_a_plan_is_made_with_partners_and_leaves_no_deficit_out():
    """S2: "Op basis van de diagnose wordt samen met de relevante ketenpartners een maatwerkplan
    opgesteld. Dit maatwerkplan is gericht op het over de volle breedte wegwerken van de
    geconstateerde tekorten."
    """
    case = situations.planned_case(deficits={"huisvesting": 4, "gezondheid": 2})

    half, samira = situations.plan_of(case, HOME), user("samira")

    with acting_as(samira.pk):
        (uncovered,) = [o for o in rules.obstacles_to_offer(half) if o.code == "uncovered"]
        assert "gezondheid" in uncovered.message
        planning.add_action(
            half,
            leefgebied="gezondheid",
            description="Behandeling",
            organisation=situations.organisation("mondriaan"),
            start_date=situations.START,
            end_date=situations.END,
            framework=Framework.VRIJWILLIG,
            by=samira,
        )
        assert codes(rules.obstacles_to_offer(half)) == ["not_asked", "not_asked"]


def test_the_plan_says_what_is_needed_of_whom_and_when():
    """S2: "In het maatwerkplan staat beschreven welke interventies nodig zijn, wat er geregeld
    moet worden, en welke partners op welk moment iets moeten doen."
    """
    plan = situations.offered_plan(HOME)

    with acting_as(user("samira").pk):
        shown = str(read(plan).text.content)
    for said in ("Begeleid wonen", "Leger des Heils", str(situations.START.year)):
        assert said in shown


def test_pressure_and_force_may_be_part_of_a_plan():
    """S2: "Drang en dwang kunnen onderdeel uitmaken van het primair op curatie gerichte
    maatwerkplan."
    """
    plan, samira = situations.plan_of(situations.planned_case(), HOME), user("samira")

    with acting_as(samira.pk):
        for framework in (Framework.DRANG, Framework.DWANG):
            planning.add_action(
                plan,
                leefgebied="gezondheid",
                description=f"Behandeling, {framework.label}",
                organisation=situations.organisation("mondriaan"),
                start_date=situations.START,
                end_date=situations.END,
                framework=framework,
                by=samira,
            )
        used = set(plan.partner_actions.values_list("framework", flat=True))
    assert used == {Framework.VRIJWILLIG, Framework.DRANG, Framework.DWANG}


@pytest.mark.parametrize(
    ("answer", "words", "stands"),
    [
        (None, {}, ["unanswered"]),
        (Answer.NEE, {}, ["refused"]),
        (Answer.JA, {}, []),
    ],
)
def test_nothing_is_offered_before_every_partner_said_that_it_can(answer, words, stands):
    """S2: "Voordat het plan aan de cliënt wordt voorgelegd dient er bij de partners die volgens
    het maatwerkplan iets moeten doen gecontroleerd te worden of zij ook daadwerkelijk (op de in
    het maatwerkplan genoemde momenten) kunnen leveren."
    """
    plan, samira = situations.asked_plan(HOME), user("samira")
    if answer:
        situations.answer_all(plan, answer, **words)

    with acting_as(samira.pk):
        assert codes(rules.obstacles_to_offer(read(plan))) == stands
        if stands:
            with pytest.raises(Refused):
                planning.offer(plan, by=samira)


# --- the offer ----------------------------------------------------------------------------------


def test_offer_now_and_begin_within_a_week():
    """Voetnoot 11: "Nu aanbieden en binnen een week beginnen." """
    plan = situations.signed_plan(HOME)

    assert plan.start_by == TODAY + timedelta(days=7)


def test_client_and_interventiemanager_both_sign_one_text():
    """S2: "Bij het aanbieden van het maatwerkplan kan de cliënt dit accepteren of weigeren. In het
    eerste geval ondertekenen zowel cliënt als interventiemanager … het maatwerkplan als ware het
    een wederzijds contract."
    """
    plan, samira = situations.offered_plan(HOME), user("samira")
    with acting_as(samira.pk):
        names = {"client_name": read(plan).case.client.display_name, "manager_name": str(samira)}
        with pytest.raises(Refused):
            planning.sign(plan, **names, shown_sha256="0" * 64, by=samira)
        planning.sign(plan, **names, shown_sha256=read(plan).text.sha256, by=samira)

        signed = Signature.objects.filter(plan=plan)
        assert {each.text_sha256 for each in signed} == {read(plan).text.sha256}
        assert signed.count() == 2
        assert read(plan).status == PlanStatus.ONDERTEKEND


def refusing() -> dict[str, object]:
    return {
        "reason": "Ik wil dit niet.",
        "next_step": "Gesprek met de reclassering",
        "next_step_on": TODAY + timedelta(days=5),
        "by": user("samira"),
    }


def test_who_refuses_hears_that_it_is_not_accepted_and_nobody_lets_go():
    """S2: "Weigert de cliënt zijn medewerking aan de uitvoering van het maatwerkplan dan zal
    duidelijk gemaakt worden dat dit niet geaccepteerd wordt, dat de ketenpartners niet los zullen
    laten, en dat niet nagelaten zal worden om repressieve maatregelen in te zetten."
    """
    plan, samira = situations.offered_plan(HOME), user("samira")
    with acting_as(samira.pk):
        with pytest.raises(Refused) as untold:
            planning.refuse(plan, message_given=False, **refusing())
        planning.refuse(plan, message_given=True, **refusing())
        police = situations.organisation("politie")
        planning.press(
            read(plan),
            organisation=police,
            framework=Framework.DWANG,
            on=TODAY + timedelta(days=3),
            care_seen=True,
            instrument=Instrument.ANDERS,
            description="Aanhouding voor openstaande straffen",
            by=samira,
        )
        case = read(plan).case

    assert untold.value.codes == {"message_not_given"}
    assert (case.status, case.manager_id) == (CaseStatus.DRANG_DWANG, samira.pk)
    with acting_as(user("politie").pk):
        assert access.may(user("politie"), Scope.KNOW_CASE, case)


@pytest.mark.parametrize("how", ["refused", "stepped_out"])
def test_who_will_not_or_steps_out_is_brought_back_to_a_plan(how):
    """S2: "Partners in het veiligheidshuis zullen er samen voor zorgen dat weigerachtige cliënten
    of cliënten die op enig moment uit een traject stappen er – eventueel middels drang of dwang –
    alsnog aan mee zullen werken."
    """
    samira = user("samira")
    plan = situations.offered_plan(HOME) if how == "refused" else situations.signed_plan(HOME)
    leave = planning.refuse if how == "refused" else planning.drop_out
    with acting_as(samira.pk):
        leave(plan, message_given=True, **refusing())
        again = planning.draw_up(read(plan).case, by=samira)
        planning.ask_all(again, by=samira)
    situations.answer_all(again)

    with acting_as(samira.pk):
        planning.offer(again, by=samira)
        assert (read(again).number, read(again).status) == (2, PlanStatus.AANGEBODEN)
        assert read(again).case.status == CaseStatus.PLANVORMING


# --- the dossier and the house ------------------------------------------------------------------


def test_every_client_has_one_dossier():
    """S2: "Bij de persoonsgerichte aanpak in veiligheidshuizen wordt van iedere cliënt een
    persoonsdossier aangelegd."
    """
    twice = {"first_name": "Kevin", "last_name": "Smeets", "birth_date": date(1990, 5, 1)}
    known, again = situations.put_forward_case(**twice), situations.put_forward_case(**twice)
    office = user("bureau")

    with acting_as(office.pk):
        operations.join(again, known, reason="Zelfde BSN.", by=office)
        assert Case.objects.get(pk=again.pk).joined_to_id == known.pk
        assert CASE_FLOW.obstacles("prioritise", CaseStatus.SAMENGEVOEGD)


def test_only_what_somebody_needs_to_know_is_his_to_read():
    """Voetnoot 12: "Enkel de informatie waarbij er een need-to-know is – namelijk om de gestelde
    doelen te kunnen verwezenlijken -, zal in Viadesk ingebracht worden."
    """
    plan = situations.asked_plan(HOME, CARE, deficits={"huisvesting": 3, "gezondheid": 2})
    readers = {}
    for who in ("samira", "legerdesheils", "mondriaan", "politie", "tom"):
        with acting_as(user(who).pk):
            readers[who] = (
                plan.partner_actions.count(),
                TimelineItem.objects.filter(case=plan.case, scope=Scope.VIEW_GEZONDHEID).count(),
            )

    assert readers["samira"][0] == 2
    assert [readers[each][0] for each in ("legerdesheils", "mondriaan", "politie", "tom")] == [
        1, 1, 0, 0,
    ]  # fmt: skip
    assert {readers[each][1] for each in ("legerdesheils", "politie", "tom")} == {0}


def test_only_who_has_a_role_sits_at_a_case():
    """Voetnoot 14: "een vorm waarbij het niet nodig is dat iedereen aldoor overal bij zit: …
    alleen degenen die daar een rol in hebben".
    """
    plan, office = situations.asked_plan(HOME), user("bureau")
    with acting_as(office.pk):
        case = Case.objects.get(pk=plan.case_id)
        meeting = meetings.plan_overleg(
            on=TODAY + timedelta(days=1),
            starts=time(9, 30),
            ends=time(11),
            place="Kamer 1",
            note_taker=office,
            by=office,
        )
        about = {"question": "Hoe verder?", "by": office}
        with pytest.raises(Refused):
            meetings.put_on_agenda(meeting, case, people=[user("ggd")], **about)
        item = meetings.put_on_agenda(meeting, case, people=[user("legerdesheils")], **about)

        assert [each.user for each in item.invitations.all()] == [user("legerdesheils")]


def test_the_office_keeps_the_house_and_reads_a_dossier_only_when_its_leader_cannot_be_reached():
    """Voetnoot 15: "Het op cliëntniveau vullen en bijhouden van dossiers is een taak voor de
    interventie managers, niet voor het bedrijfsbureau. … het toegang hebben tot cliëntdossiers
    wanneer de respectievelijke interventie manager onbereikbaar is, hoort hier wel thuis."
    """
    case, office = situations.diagnosis_case(), user("bureau")
    about = {"deficit": 1, "explanation": "Gezien.", "criminogenic": False}
    with acting_as(office.pk):
        with pytest.raises(PermissionDenied):
            operations.judge(case, "huisvesting", **about, by=office)
        assert not access.may(office, Scope.VIEW_PLAN, case)

        operations.break_glass(case, reason="Samira is onbereikbaar.", hours=2, by=office)

        assert access.may(office, Scope.VIEW_PLAN, case)
        with pytest.raises(PermissionDenied):
            operations.judge(case, "huisvesting", **about, by=office)
