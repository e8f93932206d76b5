"""Every demand that the wall makes by regime, each by itself: the rules before it are left out, so
that who drops one of them from the database finds it here. PRV-20.
"""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from agenda import operations as agenda
from agenda.models import AgendaItem, Casusoverleg
from cases import access, operations
from cases.models import Basis, Case, Lijstplaats, Participation, Regime, Scope
from partners import operations as staff
from partners.models import Role, User
from tests import situations
from tests.cases.test_regime import give, knows, step
from tests.situations import organisation, user
from veiligheidshuis import cipher
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.werkafspraken import version

pytestmark = pytest.mark.django_db
BSN = "123456782"
HALT = "bureau-halt"  # signed the covenant, and has no place in the law
ON_GROUND = "Omdat het zwaarder is", "WGS 2.26"


def asked(statement: str, *given: object) -> list[tuple[object, ...]]:
    """What a function of the wall says to who is acting."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def refused(who: str, statement: str, *given: object) -> None:
    with acting_as(user(who).pk), pytest.raises(ProgrammingError), transaction.atomic():
        asked(statement, *given)


# --- the step to the other regime ---------------------------------------------------------------

STEP = "SELECT vh.change_regime(%s, %s, %s, %s, %s, vh.today())"


@pytest.mark.parametrize(
    ("regime", "reason", "ground", "decided_by"),
    [
        ("lokale_pga", *ON_GROUND, "politie"),
        ("elders", *ON_GROUND, "politie"),
        ("wgs", " ", "WGS 2.26", "politie"),
        ("wgs", "Omdat het zwaarder is", " ", "politie"),
        ("wgs", *ON_GROUND, HALT),
    ],
    ids=["it is there", "there is no such", "no reason", "no ground", "may not decide"],
)
def test_the_step_is_to_the_other_with_reason_and_ground_by_who_takes_part_there(
    regime, reason, ground, decided_by
):
    case = situations.local_assigned_case()

    refused("samira", STEP, case.pk, regime, reason, ground, organisation(decided_by).pk)


def test_a_neighbour_decides_on_no_step_to_the_local_approach():
    case = situations.assigned_case()

    refused("samira", STEP, case.pk, "lokale_pga", *ON_GROUND, organisation("bewoners").pk)


def test_nobody_brings_a_dossier_where_his_own_organisation_has_no_part():
    leader = situations.covenant_partner(HALT, Role.INTERVENTIEMANAGER, "leider")
    case = situations.local_assigned_case()
    give_lead_by_absence(leader)
    assert knows(leader, case)

    refused("leider", STEP, case.pk, "wgs", *ON_GROUND, organisation("politie").pk)


def test_who_leads_it_must_be_able_to_lead_it_there():
    situations.covenant_partner(HALT, Role.INTERVENTIEMANAGER, "leider")
    case = situations.local_assigned_case(to="leider")

    refused("bureau", STEP, case.pk, "wgs", *ON_GROUND, organisation("politie").pk)


def test_everybody_keeps_exactly_what_he_had_until_his_own_day():
    case, police = situations.local_assigned_case(), user("politie")
    give(case, police)
    before = held(case)

    step(case, "to_wgs")

    assert {regime for *_, regime in before} == {"lokale_pga"}
    assert held(case) == {(*row, "wgs") for *row, _ in before}


def held(case: Case) -> set[tuple[object, ...]]:
    """Who holds which part until when, by what, and under which regime."""
    with acting_as(user("bureau").pk):
        rows = Participation.objects.current().filter(content_object=case)
        return set(
            rows.values_list("group", "permission", "basis", "end_date", "because_of", "regime")
        )


def give_lead_by_absence(stand_in: User) -> None:
    """Samira is away from today on, and he leads her clients."""
    samira, today = user("samira"), timezone.localdate()
    with acting_as(samira.pk):
        staff.record_absence(
            samira,
            by=samira,
            start_date=today,
            end_date=today + timedelta(days=9),
            stand_in=stand_in,
        )


# --- who leads, stands in and takes notes -------------------------------------------------------


def test_who_stands_in_leads_only_what_his_organisation_may_take_part_in():
    leader = situations.covenant_partner(HALT, Role.INTERVENTIEMANAGER, "leider")
    local, under_law = situations.local_assigned_case(), situations.assigned_case()

    give_lead_by_absence(leader)

    with acting_as(user("bureau").pk):
        stands_in = Participation.objects.filter(basis=Basis.WAARNEMING)
        assert set(stands_in.values_list("content_object", flat=True)) == {local.pk}
    assert (knows(leader, local), knows(leader, under_law)) == (True, False)


@pytest.mark.parametrize(
    ("basis", "scopes"),
    [(Basis.TOEWIJZING, [Scope.LEAD_CASE]), (Basis.LEVERINGSVRAAG, [Scope.KNOW_CASE])],
)
def test_the_law_knows_no_leader_and_no_deliverer_outside_it(basis, scopes):
    leader = situations.covenant_partner(HALT, Role.INTERVENTIEMANAGER, "leider")
    case = situations.assigned_case()
    by, group = ("manager", leader.personal_group)
    if basis == Basis.LEVERINGSVRAAG:
        by, group = ("samira", organisation(HALT).group)

    with acting_as(user(by).pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.grant(case, group, basis, scopes=scopes)


def planned(note_taker: User) -> Casusoverleg:
    office = user("bureau")
    with acting_as(office.pk):
        return agenda.plan_overleg(
            on=timezone.localdate() + timedelta(days=3),
            starts=time(9),
            ends=time(10),
            place="Kamer 1",
            note_taker=note_taker,
            by=office,
        )


def a_point(meeting: Casusoverleg, case: Case) -> AgendaItem:
    """A point straight in the table."""
    place = AgendaItem.objects.filter(overleg=meeting).count() + 1
    item = AgendaItem(overleg=meeting, case=case, position=place, question="Hoe verder?")
    item.save(force_insert=True)
    return item


def test_nobody_outside_the_law_takes_notes_of_who_is_under_it():
    partner = situations.covenant_partner(HALT)
    meeting, case = planned(partner), situations.assigned_case()

    with acting_as(user("bureau").pk):
        item = a_point(meeting, case)
        with pytest.raises(ProgrammingError), transaction.atomic():
            asked("SELECT vh.let_note(%s)", item.pk)


def test_the_table_takes_no_point_of_another_regime():
    meeting, local = planned(user("bureau")), situations.local_case()
    under_law = situations.put_forward_case()

    with acting_as(user("bureau").pk):
        a_point(meeting, local)
        assert asked("SELECT vh.fits_overleg(%s, %s)", meeting.pk, under_law.pk) == [(False,)]
        with pytest.raises(ProgrammingError), transaction.atomic():
            a_point(meeting, under_law)


@pytest.mark.parametrize("who", ["samira", "politie", "stuurgroep", "bewoner"])
def test_only_the_office_hears_whether_a_dossier_fits(who):
    meeting, case = planned(user("bureau")), situations.assigned_case()

    with acting_as(user(who).pk):
        assert asked("SELECT vh.fits_overleg(%s, %s)", meeting.pk, case.pk) == [(False,)]


# --- the lists ----------------------------------------------------------------------------------


def test_the_table_takes_no_candidate_of_another_regime():
    ranked, local = situations.open_list(situations.put_forward_case()), situations.local_case()

    with acting_as(user("bureau").pk), pytest.raises(ProgrammingError), transaction.atomic():
        Lijstplaats(
            prioriteitenlijst=ranked, case=local, position=1, criteria=version("criteria")
        ).save(force_insert=True)


def test_who_adopts_unseen_leaves_the_other_regime_as_it_is():
    """He is barred from a local client: a new list under the law takes no place from that one."""
    manager, office, local = user("manager"), user("bureau"), situations.local_case()
    situations.admit(local)
    situations.local_list(local)
    with acting_as(office.pk):
        operations.bar(situations.fresh(local, office), manager, reason="Familie.", by=office)

    situations.listed_case()

    with acting_as(office.pk):
        now = Case.objects.get(pk=local.pk)
        assert (now.status, now.priority) == ("geprioriteerd", 1)


def test_a_number_leads_to_nobody_of_the_other_regime():
    situations.local_case(bsn=BSN)

    with acting_as(user("bureau").pk):
        digests = [cipher.digest(BSN)]
        assert access.clients_with_bsn(digests, Regime.WGS) == {}
        assert len(access.clients_with_bsn(digests, Regime.LOKALE_PGA)) == 1


# --- coming in and being told -------------------------------------------------------------------


def test_nobody_puts_forward_where_he_may_not_take_part():
    partner, police = situations.covenant_partner(), organisation("politie")
    opened = "SELECT vh.open_case(%s, %s, 'veelpleger', %s, '', %s, 'Waarom', 'Grond')"

    refused(partner.username, opened, uuid4(), uuid4(), police.pk, "wgs")
    with acting_as(partner.pk):
        assert asked(opened, uuid4(), uuid4(), police.pk, "lokale_pga")
        transaction.set_rollback(True)


def test_who_reported_somebody_hears_nothing_of_him_under_the_law():
    partner = situations.covenant_partner()
    case = situations.local_case(by=partner.username)

    with acting_as(user("bureau").pk):
        operations.tell(case, "aanmelding_gewogen", to=partner.pk)
    step(case, "to_wgs", by="bureau")
    with acting_as(user("bureau").pk):
        operations.tell(case, "aanmelding_gewogen", to=partner.pk)
        operations.tell(case, "aanmelding_gewogen", to=user("manager").pk)

    expected = sorted([partner.pk, user("manager").pk])
    with acting_in_role("post"):
        mails = OutboxMail.objects.filter(kind="aanmelding_gewogen")
        assert sorted(mails.values_list("recipient_id", flat=True)) == expected


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BEDRIJFSBUREAU])
def test_the_house_is_run_by_who_the_law_knows(role):
    partner = situations.covenant_partner(HALT)

    refused("bureau", "SELECT vh.appoint(%s, %s, vh.today(), NULL)", partner.pk, role)


def test_who_neither_the_law_nor_the_covenant_knows_gets_no_role_with_persons():
    neighbour = user("bewoner")

    refused("bureau", "SELECT vh.appoint(%s, 'ketenpartner', vh.today(), NULL)", neighbour.pk)
