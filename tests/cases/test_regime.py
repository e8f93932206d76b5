"""Two regimes next to each other, and no silent way between them. PRV-20; eisen.md 0.17.

Under the WGS its closed list takes part (2.27); in the local approach the partners that signed the
covenant, so that all of S2 work as they did in 2006.
"""

from datetime import time, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from agenda import operations as agenda
from cases import access, operations
from cases.models import (
    Basis,
    Case,
    Choice,
    Participation,
    Prioriteitenlijst,
    Regime,
    Regimekeuze,
    Scope,
    TimelineItem,
    known,
)
from cases.operations.import_rows import Entry, ReadRow
from cases.presenters.intake import candidates
from cases.presenters.lists import gone_since
from cases.presenters.sources import askable, sources
from partners.models import User
from tests import situations
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db


def give(case: Case, who: User, by: str = "samira") -> None:
    """Access by hand to the whole plan, for a month."""
    leader = user(by)
    with acting_as(leader.pk):
        operations.grant_by_hand(
            case,
            who,
            scopes=[Scope.VIEW_PLAN],
            end_date=timezone.localdate() + timedelta(days=30),
            reason="Werkt mee aan het plan",
            by=leader,
        )


def step(case: Case, name: str, by: str = "samira", decided_by: str = "politie") -> None:
    """To the other regime, on a decision of today."""
    leader = user(by)
    with acting_as(leader.pk):
        getattr(operations, name)(
            case,
            reason="De problemen blijken zwaarder.",
            ground="WGS 2.26",
            decided_by=organisation(decided_by),
            decided_on=timezone.localdate(),
            by=leader,
        )


def knows(who: User, case: Case) -> bool:
    """As the wall says it, and as the plan of a page says it: they are the same."""
    who = User.objects.with_standing().get(pk=who.pk)
    with acting_as(who.pk):
        wall = Case.objects.filter(pk=case.pk).exists()
        assert Case.objects.visible_to(who).filter(pk=case.pk).exists() == wall
        assert (case.pk in known.newest(0, 1000)) == wall
    return wall


# --- who takes part -----------------------------------------------------------------------------


def test_a_partner_of_2006_without_a_place_in_the_law_works_in_the_local_approach():
    """S2, Partners en rollen: "Slachtofferhulp, HALT, …"."""
    case, partner = situations.local_assigned_case(), situations.covenant_partner()

    give(case, partner)

    assert knows(partner, case)


def test_he_is_let_into_no_dossier_under_the_law_whoever_asks():
    case, partner = situations.assigned_case(), situations.covenant_partner()

    with pytest.raises(Refused) as refused:
        give(case, partner)
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.grant(case, partner.personal_group, Basis.HAND, scopes=[Scope.KNOW_CASE])

    assert refused.value.codes == {"not_in_regime"}
    assert not knows(partner, case)


def test_whoever_runs_the_house_must_be_known_to_the_law():
    with pytest.raises(Refused) as refused:
        situations.covenant_partner(role="manager")

    assert refused.value.codes == {"no_participant"}


# --- coming in ----------------------------------------------------------------------------------


def test_a_partner_of_the_covenant_puts_forward_for_the_local_approach_alone(browse):
    situations.covenant_partner()

    page = browse("convenantpartner").get(reverse("cases:nominate")).content.decode()

    assert 'value="lokale_pga"' in page
    assert 'value="wgs"' not in page


def test_who_chooses_the_local_approach_says_why(browse):
    typed = {
        "first_name": "Kim",
        "last_name": "Bakker",
        "birth_date": "01-02-1990",
        "doelgroep": "overlastgever",
        "reason": "Overlast in de straat.",
        "geprobeerd": "Nog niets.",
        "result": "Rust in de straat.",
        "urgency": "gewoon",
        **dict.fromkeys("abcd", "Zo blijkt dat."),
        "discussed": "ja",
        "correct": "on",
        "regime": "lokale_pga",
        "eenmalig": new_key(),
    }
    browser = browse("politie")

    unsaid = browser.post(reverse("cases:nominate"), typed)
    said = browser.post(
        reverse("cases:nominate"),
        typed | {"regime_reason": "Geen strafzaak.", "eenmalig": new_key()},
    )

    assert (unsaid.status_code, said.status_code) == (422, 302)
    assert "Schrijf op waarom de lokale aanpak hier past." in unsaid.content.decode()
    with acting_as(user("bureau").pk):
        choice = Regimekeuze.objects.get(case__client__last_name="Bakker")
    assert (choice.regime, choice.reason) == ("lokale_pga", "Geen strafzaak.")
    assert "Convenant" in choice.ground


# --- from the one to the other ------------------------------------------------------------------


def test_the_step_to_the_law_ends_at_once_what_the_law_does_not_allow():
    case, partner, police = (
        situations.local_assigned_case(),
        situations.covenant_partner(),
        user("politie"),
    )
    give(case, partner)
    give(case, police)

    step(case, "to_wgs")

    assert not knows(partner, case)
    assert knows(police, case)
    assert knows(user("samira"), case)
    with acting_as(user("bureau").pk):
        assert Case.objects.get(pk=case.pk).regime == Regime.WGS
        kept = Participation.objects.current().filter(content_object=case)
        assert set(kept.values_list("regime", flat=True)) == {"wgs"}


def test_the_step_stands_in_the_timeline_the_choices_and_the_history():
    case = situations.local_assigned_case()

    step(case, "to_wgs")

    with acting_as(user("samira").pk):
        titles = set(TimelineItem.objects.filter(case=case).values_list("title", flat=True))
        newest = Regimekeuze.objects.filter(case=case).newest_first().first()
        was = set(Case.history.filter(id=case.pk).values_list("regime", flat=True))
    assert {"Van regime veranderd: nu WGS", "Waarom het regime veranderde"} <= titles
    assert (newest.regime, newest.decided_by.short_name) == ("wgs", "Politie")
    assert was == {"lokale_pga", "wgs"}


def test_and_back_to_the_local_approach_somebody_decides_as_well():
    case = situations.assigned_case()

    step(case, "to_lokale_aanpak", decided_by="slachtofferhulp")

    with acting_as(user("samira").pk):
        assert Case.objects.get(pk=case.pk).regime == Regime.LOKALE_PGA
    with pytest.raises(Refused) as again:
        step(case, "to_lokale_aanpak", decided_by="slachtofferhulp")
    assert again.value.codes == {"regime_already"}


def test_by_law_a_core_participant_lets_somebody_in():
    case = situations.local_assigned_case()

    with pytest.raises(Refused) as refused:
        step(case, "to_wgs", decided_by="reclassering-nederland")

    assert refused.value.codes == {"no_core_participant"}


def test_nobody_keeps_leading_where_his_organisation_may_not_take_part():
    situations.covenant_partner("bureau-halt", "interventiemanager", "leider")
    case = situations.local_assigned_case(to="leider")

    with pytest.raises(Refused) as refused:
        step(case, "to_wgs", by="leider")

    assert refused.value.codes == {"leader_not_in_regime"}


def test_the_wall_refuses_the_step_of_who_knows_the_case_and_does_not_lead_it():
    case, police = situations.local_assigned_case(), user("politie")
    give(case, police)

    with acting_as(police.pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.change_regime(case, Choice("wgs", "Omdat", "WGS"), police.organisation, None)


def test_the_page_warns_makes_the_step_and_is_there_for_who_leads_or_administers(browse):
    case, partner = situations.local_assigned_case(), situations.covenant_partner()
    give(case, partner)
    address = reverse("cases:regime", args=[case.number])

    assert browse("convenantpartner").get(address).status_code == 404
    page = browse("samira").get(address).content.decode()
    sent = browse("samira").post(
        address,
        {
            "to": Regime.WGS,
            "reason": "Zwaarder dan gedacht",
            "ground": "WGS 2.26",
            "decided_by": organisation("politie").pk,
            "decided_on": situations.typed_day(0),
            "eenmalig": new_key(),
        },
    )

    assert "zien het dossier vanaf dat moment niet meer" in page
    assert sent.status_code == 302
    dossier = browse("samira").get(reverse("cases:detail", args=[case.number])).content.decode()
    assert "Zwaarder dan gedacht" in dossier
    assert not knows(partner, case)


def test_who_sends_the_same_step_second_does_not_bring_it_back(browse):
    """Two people at once: the page of the second said ‘naar de WGS’."""
    case, address = situations.local_assigned_case(), "cases:regime"
    said = {"to": Regime.WGS, "reason": "Zwaarder", "ground": "WGS 2.26"}
    said |= {"decided_by": organisation("politie").pk, "decided_on": situations.typed_day(0)}
    step(case, "to_wgs")

    sent = browse("samira").post(
        reverse(address, args=[case.number]), said | {"eenmalig": new_key()}
    )

    assert sent.status_code == 409
    assert "Dit dossier valt al onder dit regime." in sent.content.decode()
    with acting_as(user("samira").pk):
        assert Case.objects.get(pk=case.pk).regime == Regime.WGS


# --- nothing flows by itself --------------------------------------------------------------------


def test_the_same_person_under_two_regimes_is_compared_and_joined_with_nobody():
    about = {"first_name": "Jan", "last_name": "Smeets"}
    under_law, local = situations.put_forward_case(**about), situations.local_case(**about)
    office = user("bureau")
    with acting_as(office.pk):
        Case.objects.get(pk=local.pk).client.save()
        shown = candidates(list(Case.objects.with_people()), office)
        with pytest.raises(Refused) as refused:
            operations.join(local, under_law, reason="Zelfde mens", by=office)
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.join_case(local, under_law)

    assert [each.lookalikes for each in shown] == [[], []]
    assert "not_alike" in refused.value.codes


def test_a_list_of_the_police_goes_to_nobody_of_the_local_approach():
    local, office = situations.local_case(), user("bureau")
    with acting_as(office.pk):
        client = Case.objects.select_related("client").get(pk=local.pk).client
        person = operations.Person(
            client.first_name, client.name_prefix, client.last_name, client.birth_date
        )
        row = ReadRow(2, Entry(person, "veelpleger", 3))
        batch = operations.receive_import("lijst.csv", [row], by=office)

        assert operations.tally_import(batch).nieuw == 1


def test_a_list_and_an_agenda_are_each_of_one_regime():
    local, lawful, office = situations.local_case(), situations.put_forward_case(), user("bureau")
    situations.admit(lawful)
    situations.admit(local)
    ranked = situations.open_list(lawful)
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=timezone.localdate(),
            starts=time(9),
            ends=time(10),
            place="Kamer 1",
            note_taker=office,
            by=office,
        )
        agenda.put_on_agenda(meeting, local, question="Hoe verder?", people=[], by=office)
        under_law = situations.fresh(ranked.plaatsen.get().case, office)
        with pytest.raises(Refused) as listed:
            operations.add_candidates(ranked, [local], by=office)
        with pytest.raises(Refused) as planned:
            agenda.put_on_agenda(meeting, under_law, question="En hier?", people=[], by=office)

    assert listed.value.codes == {"other_regime"}
    assert planned.value.codes == {"other_regime"}


def test_a_dossier_changes_no_regime_while_a_meeting_about_it_is_to_come():
    case, office = situations.local_assigned_case(), user("bureau")
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=timezone.localdate(),
            starts=time(9),
            ends=time(10),
            place="Kamer 1",
            note_taker=office,
            by=office,
        )
        agenda.put_on_agenda(meeting, case, question="Hoe verder?", people=[], by=office)

    with pytest.raises(Refused) as refused:
        step(case, "to_wgs")

    assert refused.value.codes == {"on_agenda"}


def test_who_goes_to_the_other_regime_leaves_the_list_of_the_one():
    """WGS 2.32 lid 4: at once. In nobody's hands he is a candidate again, under the other."""
    case, office = situations.listed_case(), user("bureau")

    step(case, "to_lokale_aanpak", by="bureau")

    with acting_as(office.pk):
        now = Case.objects.get(pk=case.pk)
        assert (now.status, now.priority, now.lijstplaatsen.count()) == ("aangemeld", None, 0)


def test_the_list_before_is_one_of_the_same_regime():
    under_law, office = situations.listed_case(), user("bureau")
    case = situations.local_case()
    situations.admit(case)
    local = situations.local_list(case)
    with acting_as(office.pk):
        ranked = Prioriteitenlijst.objects.get(status="vastgesteld", regime="wgs")
        local.refresh_from_db()

    following = situations.open_list(regime=Regime.LOKALE_PGA)

    with acting_as(office.pk):
        assert (local.former(), ranked.former()) == (None, None)
        assert following.former() == local
        assert gone_since(following, office) == [(case, 1)]
        assert under_law.priority == 1


def test_of_each_regime_it_is_asked_who_has_candidates_for_it():
    """S2, Werkprocessen: "aangevuld met input vanuit organisaties". Counted under that regime."""
    office = user("bureau")
    local, ranked = situations.open_list(regime=Regime.LOKALE_PGA), situations.open_list()
    halt, police = organisation("bureau-halt"), organisation("politie")
    situations.local_case()
    with acting_as(office.pk):
        assert (halt in askable(local), halt in askable(ranked)) == (True, False)
        operations.ask_sources(local, [halt, police], by=office)
        operations.ask_sources(ranked, [police], by=office)
        with pytest.raises(Refused) as refused:
            operations.ask_sources(ranked, [halt], by=office)
        shown = {
            str(of): [each.put_forward for each in sources(of, office)] for of in (local, ranked)
        }

    assert refused.value.codes == {"may_not_report"}
    assert shown == {str(local): [1, 0], str(ranked): [0]}


def test_on_a_page_of_candidates_for_a_list_stand_those_of_its_regime(browse):
    local, under_law = situations.local_case(), situations.put_forward_case()
    ranked = situations.open_list(regime=Regime.LOKALE_PGA)

    page = browse("bureau").get(reverse("cases:list_add", args=[ranked.code])).content.decode()

    assert local.number in page
    assert under_law.number not in page


def test_the_office_sees_of_who_may_see_what_under_which_regime(browse):
    case, partner = situations.local_assigned_case(), situations.covenant_partner()
    give(case, partner)

    page = browse("bureau").get(reverse("cases:who_may"), {"wie": "Willems"}).content.decode()

    assert "lokale aanpak" in page
    assert "ziet dit" in page


def test_adopting_a_list_of_the_one_regime_leaves_that_of_the_other_as_it_is():
    under_law = situations.listed_case()
    local = situations.local_case()
    situations.admit(local)
    situations.local_list(local)

    with acting_as(user("manager").pk):
        under_law.refresh_from_db()
        assert (under_law.status, under_law.priority) == ("geprioriteerd", 1)
