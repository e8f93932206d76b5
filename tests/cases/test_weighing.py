"""The core participants weigh: who may, what opens after it, and who hears of it.

S2, Werkprocessen: "In het veiligheidshuis wordt door de deelnemende organisaties tezamen (of een
selectie daarvan) bepaald wie in aanmerking komt voor een intensieve persoonsgerichte aanpak."
"""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, operations, rules
from cases.models import Aanmelding, Basis, Case, Criterium, Oordeel, Scope, Vervolg, Weging
from cases.operations import ROUTED
from cases.states import CaseStatus, WegingStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
ALL_MET = dict.fromkeys(Criterium.values, (True, "Zo zien wij het."))


def reported(doelgroep: str = "overlastgever") -> Case:
    partner = user("mondriaan")
    with acting_as(partner.pk):
        return operations.nominate(
            situations.a_person(last_name="Zeldzaamnaam"),
            doelgroep=doelgroep,
            report=situations.a_report(reason="Slaapt in het park."),
            by=partner,
        )


@pytest.fixture
def weging() -> Weging:
    """A report that the police and the GGD were asked to weigh."""
    return situations.asked_to_weigh(reported())


def codes(obstacles) -> list[str]:
    return [o.code for o in obstacles]


def decide(weging: Weging, by: str = "politie", **more: str) -> None:
    person = user(by)
    with acting_as(person.pk):
        if more:
            operations.decline(weging, by=person, **more)
        else:
            operations.admit(weging, by=person)


def test_who_is_asked_reads_the_report_until_it_is_decided(weging):
    case, police = weging.case, user("politie")
    with acting_as(police.pk):
        assert access.may(police, Scope.VIEW_REPORT, case)
        assert case.timeline.filter(text="Slaapt in het park.").exists()

    situations.judge_all(weging)
    decide(weging)

    with acting_as(police.pk):
        assert not Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("somebody", ["rimo", "reclassering", "samira", "legerdesheils"])
def test_only_core_participants_weigh(somebody):
    """WGS 2.31 lid 2: de deelnemers, bedoeld in artikel 2.27, eerste lid, beoordelen."""
    case, office = reported(), user("bureau")
    with acting_as(office.pk):
        with pytest.raises(Refused) as refused:
            operations.ask_weighing(case, [user(somebody)], by=office)
        assert codes(refused.value.obstacles) == ["no_core_participant"]
        weging = operations.ask_weighing(case, [user("politie")], by=office)
        group = user(somebody).personal_group
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.grant(case, group, Basis.WEGING, because_of=weging.pk)


def test_a_partner_asks_nobody_and_the_office_judges_nothing(weging):
    partner, office = user("mondriaan"), user("bureau")
    with acting_as(partner.pk), pytest.raises(PermissionDenied):
        operations.ask_weighing(weging.case, [user("politie")], by=partner)
    with acting_as(office.pk):
        with pytest.raises(PermissionDenied):
            operations.weigh(weging, ALL_MET, by=office)
        assert not weging.case.timeline.filter(text="Slaapt in het park.").exists()


def test_every_judgement_says_who_when_and_why(weging):
    """BGS 2.20 lid 3: de deelnemers registreren in het systeem of aan de criteria is voldaan."""
    police = user("politie")
    with acting_as(police.pk):
        for verdicts, code in (
            ({"a": (True, "Ja.")}, "not_all_four"),
            (ALL_MET | {"b": (True, " ")}, "reason_missing"),
        ):
            with pytest.raises(Refused) as refused:
                operations.weigh(weging, verdicts, by=police)
            assert codes(refused.value.obstacles) == [code]
        operations.weigh(weging, ALL_MET, by=police)
        operations.weigh(weging, ALL_MET | {"d": (False, "Eén is genoeg.")}, by=police)

        kept = {o.criterium: o for o in Oordeel.objects.filter(weging=weging)}
        assert sorted(kept) == Criterium.values
        assert not kept["d"].met
        assert kept["d"].reason == "Eén is genoeg."
        assert kept["d"].organisation.slug == "politie"
        assert timezone.localdate(kept["d"].at) == timezone.localdate()


def test_a_colleague_does_not_judge_over_somebody(weging):
    office, colleague = user("bureau"), user("politie2")
    with acting_as(office.pk):
        operations.ask_weighing(weging.case, [colleague], by=office)
    situations.judge_all(weging, people=("politie",))

    with acting_as(colleague.pk), pytest.raises(Refused) as refused:
        operations.weigh(weging, ALL_MET, by=colleague)
    assert codes(refused.value.obstacles) == ["colleague_judged"]


def settle(weging: Weging, admitted: bool) -> None:
    """Straight to the wall, round the rule."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.settle_weighing(%s, %s, 'advies', '')", [weging.pk, admitted])


@pytest.mark.parametrize("by", ["politie", "bureau", "mondriaan", "samira"])
def test_one_chain_does_not_decide_and_nobody_goes_round_that(weging, by):
    situations.judge_all(weging, people=("politie",))
    with acting_as(user("politie").pk):
        assert codes(rules.obstacles_to_admit(weging)) == ["too_few_heard"]
        assert codes(rules.obstacles_to_decline(weging)) == ["too_few_heard"]

    with acting_as(user(by).pk):
        for admitted in (True, False):
            with pytest.raises(ProgrammingError), transaction.atomic():
                settle(weging, admitted)


def test_who_does_not_meet_a_criterion_is_not_admitted(weging):
    situations.judge_all(weging, people=("politie",))
    situations.judge_all(weging, met=False, people=("ggd",))
    with acting_as(user("politie").pk):
        assert set(codes(rules.obstacles_to_admit(weging))) == {"not_met"}
        assert rules.obstacles_to_decline(weging) == []
        with pytest.raises(ProgrammingError), transaction.atomic():
            settle(weging, admitted=True)


def test_who_meets_all_is_not_declined(weging):
    situations.judge_all(weging)
    with acting_as(user("politie").pk):
        assert codes(rules.obstacles_to_decline(weging)) == ["all_met"]
        with pytest.raises(ProgrammingError), transaction.atomic():
            settle(weging, admitted=False)


def test_who_decides_hears_how_many_did_not_judge_yet_and_not_who(weging, browse):
    """BGS 2.20 lid 3: who was asked is heard, or it is said that he was not."""
    office, reporter = user("bureau"), user("mondriaan")
    where = reverse("cases:weigh", args=[weging.case.number])
    with acting_as(office.pk):
        assert weging.count_unheard() == 0
    assert "Er zijn 2 organisaties die zijn gevraagd en nog niet oordeelden." in (
        browse("politie").get(where).text
    )
    situations.judge_all(weging, people=("politie",))
    with acting_as(reporter.pk):
        assert weging.count_unheard() == 0

    page = browse("politie").get(where).text

    assert "Er is 1 organisatie die is gevraagd en nog niet oordeelde." in page
    assert "GGD" not in page
    situations.judge_all(weging, people=("ggd",))
    assert "die is gevraagd" not in browse("politie").get(where).text


def test_nobody_is_treated_before_he_is_admitted():
    """WGS 2.31 lid 3: pas daarna worden verdere gegevens verzameld."""
    case = situations.put_forward_case()
    ranked, manager, samira = situations.open_list(case), user("manager"), user("samira")
    with acting_as(manager.pk):
        with pytest.raises(Refused) as refused:
            operations.adopt_list(ranked, by=manager)
        assert codes(refused.value.obstacles) == ["not_admitted"]
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.number_places(ranked)
        with pytest.raises(Refused) as refused:
            operations.assign(case, samira, by=manager)
        assert refused.value.codes == {"wrong_status"}
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.grant(case, samira.personal_group, Basis.TOEWIJZING, because_of=case.pk)

    situations.admit(case)

    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        operations.assign(situations.fresh(case, manager), samira, by=manager)
    assert situations.fresh(case, samira).status == CaseStatus.TOEGEDEELD


def test_the_interventiemanager_reads_what_was_reported_and_judged(weging):
    situations.judge_all(weging)
    decide(weging)
    case, manager, samira = weging.case, user("manager"), user("samira")
    ranked = situations.open_list(case)
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        operations.assign(case, samira, by=manager)

    with acting_as(samira.pk):
        assert case.timeline.filter(text="Slaapt in het park.").exists()
        assert Oordeel.objects.filter(case=case).count() == 8
        said = case.timeline.get(title=f"Oordeel van {user('politie')} (Politie)")
        assert said.text.count("voldoet. Zo zien wij het.") == 4


def test_who_admitted_does_not_read_later_what_the_others_found():
    """He wrote their words down; they are not his own, and he read them until it was decided."""
    case, police, leader = situations.assigned_case(), user("politie"), user("samira")
    soon = timezone.localdate() + timedelta(days=9)
    with acting_as(leader.pk):
        assert case.timeline.filter(title__startswith="Oordeel van ", author=police).count() == 2
        operations.grant_by_hand(
            case,
            police,
            scopes=[Scope.VIEW_EDUCATIE],
            end_date=soon,
            reason="Samen op pad.",
            by=leader,
        )

    with acting_as(police.pk):
        assert access.may(police, Scope.KNOW_CASE, case)
        assert case.timeline.filter(author=police).exists()
        assert not case.timeline.filter(scope=Scope.VIEW_REPORT).exists()


@pytest.fixture
def declined(weging) -> Weging:
    situations.judge_all(weging, met=False)
    decide(weging, route=Vervolg.LOKAAL, advice="Bel het wijkteam.")
    return weging


def test_who_reported_hears_the_outcome_and_reads_the_advice(declined, browse):
    reporter = user("mondriaan").pk
    with acting_in_role("post"):
        told = OutboxMail.objects.filter(kind="aanmelding_gewogen")
        assert list(told.values_list("recipient_id", flat=True)) == [reporter]

    page = browse("mondriaan").get(reverse("cases:nominate")).text

    assert "Naar de lokale persoonsgerichte aanpak" in page
    assert "Bel het wijkteam." in page


def test_who_goes_elsewhere_can_be_taken_up_there(weging):
    seen = []
    situations.judge_all(weging, met=False)
    ROUTED.append(lambda case, route: seen.append((case.pk, route)))
    try:
        decide(weging, route=Vervolg.LOKAAL, advice="Bel het wijkteam.")
    finally:
        ROUTED.pop()
    assert seen == [(weging.case.pk, Vervolg.LOKAAL)]


def test_who_is_not_admitted_is_no_candidate_and_leaves_every_list(weging, browse):
    ranked = situations.open_list(weging.case)
    situations.judge_all(weging, met=False)
    decide(weging, route=Vervolg.ADVIES, advice="Bel het wijkteam.")

    with acting_as(user("bureau").pk):
        case = Case.objects.get(pk=weging.case.pk)
        assert case.status == CaseStatus.NIET_TOEGELATEN
        assert not ranked.plaatsen.exists()
        assert codes(rules.obstacles_to_ask_weighing(case, [])) == ["not_waiting"]
    assert case.number not in browse("bureau").get(reverse("cases:candidates")).text


def test_what_was_decided_stays_decided(declined):
    police = user("politie")
    with acting_as(user("bureau").pk):
        stands = Weging.objects.get(pk=declined.pk)
        assert stands.status == WegingStatus.NIET_TOEGELATEN
        assert codes(rules.obstacles_to_admit(stands)) == ["wrong_status"]
    with acting_as(police.pk), pytest.raises(PermissionDenied):
        operations.admit(declined, by=police)


def test_an_open_weighing_stands_in_the_way_of_joining(weging):
    name = {"first_name": "Kevin", "last_name": "Zeldzaamnaam", "name_prefix": ""}
    known = situations.put_forward_case(**name)
    with acting_as(user("bureau").pk):
        assert "being_weighed" in codes(rules.obstacles_to_join(weging.case, known))


def test_reports_move_along_when_two_turn_out_to_be_one():
    name = {
        "first_name": "Kevin",
        "last_name": "Tweemaal",
        "birth_date": timezone.datetime(1990, 5, 1).date(),
    }
    known, office, partner = situations.put_forward_case(**name), user("bureau"), user("mondriaan")
    with acting_as(partner.pk):
        case = operations.nominate(
            situations.a_person(**name),
            doelgroep="overlastgever",
            report=situations.a_report(),
            by=partner,
        )
    with acting_as(office.pk):
        operations.join(case, known, reason="Zelfde adres.", by=office)
        assert Aanmelding.objects.get().case == known


# --- pages --------------------------------------------------------------------------------------


def typed(met: str = "ja") -> dict[str, str]:
    return {f"met_{c}": met for c in "abcd"} | {f"reason_{c}": "Zo." for c in "abcd"}


def test_a_weigher_judges_and_decides_on_one_page(weging, browse):
    number = weging.case.number
    here = reverse("cases:weigh", args=[number])
    for each in ("politie", "ggd"):
        visitor = browse(each)
        assert number in visitor.get(reverse("cases:weighings")).text
        assert "Slaapt in het park." in visitor.get(here).text
        assert visitor.post(here, typed()).status_code == 302

    done = visitor.post(reverse("cases:admit", args=[number]), follow=True)

    assert "toegelaten" in done.text
    assert visitor.get(here).status_code == 404


def test_what_lacks_is_said_and_everything_typed_is_still_there(weging, browse):
    here = reverse("cases:weigh", args=[weging.case.number])
    answer = browse("politie").post(here, typed() | {"met_b": "", "reason_c": "Wel degelijk."})

    assert answer.status_code == 422
    assert "Kies een van de antwoorden." in answer.text
    assert "Wel degelijk." in answer.text


def test_deciding_too_early_is_refused_in_words(weging, browse):
    visitor, number = browse("politie"), weging.case.number

    early = visitor.post(reverse("cases:admit", args=[number]))
    page = visitor.get(reverse("cases:decline", args=[number]))

    assert early.status_code == 409
    assert "uit minstens twee ketens" in early.text
    assert "uit minstens twee ketens" in page.text
    assert 'name="advice"' not in page.text


def test_declining_by_page_tells_where_to(weging, browse):
    situations.judge_all(weging, met=False)
    visitor, here = browse("ggd"), reverse("cases:decline", args=[weging.case.number])

    assert visitor.post(here, {"route": "", "advice": "x"}).status_code == 422
    assert visitor.post(here, {"route": "lokaal", "advice": "Bel."}).status_code == 302


def test_the_office_chooses_who_weighs_and_sees_whom_it_asked(browse):
    case, office = reported(), browse("bureau")
    here = reverse("cases:ask_weighing", args=[case.number])

    assert office.post(here, {}).status_code == 422
    page = office.post(here, {"people": [str(user("politie").pk)]}, follow=True)

    assert [person.username for person in page.context["asked"]] == ["politie"]
    assert "Slaapt in het park." not in page.text


@pytest.mark.parametrize("who", ["bureau", "manager"])
def test_the_way_back_of_who_keeps_the_weighings_is_a_page_of_his(browse, who):
    case, visitor = situations.put_forward_case(), browse(who)

    for name, about in (("ask_weighing", [case.number]), ("screenings", [])):
        page = BeautifulSoup(
            visitor.get(reverse(f"cases:{name}", args=about)).content, "html.parser"
        )
        back = page.select_one(".vh-crumbs a")
        assert visitor.get(back["href"]).status_code == 200
