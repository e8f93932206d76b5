"""Whom does nobody hold? The manager sees it, in numbers and names. S0, component 1; S2; REG-08.

"Vastpakken en niet meer loslaten."
"""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agenda import operations as conferring
from cases import access
from cases import operations as cases
from cases.models import Case, Vervolg
from maatwerkplan import operations
from maatwerkplan.models import Maatwerkplan, PartnerAction, ProgressKind
from maatwerkplan.presenters import loose_ends as presenters
from tests import situations
from veiligheidshuis.mails import MAILS
from veiligheidshuis.needtoknow import acting_as

PAGE = reverse("maatwerkplan:loose_ends")


def found(username: str = "manager") -> dict[str, set]:
    with acting_as(situations.user(username).pk):
        return {kind: set(cases) for kind, cases in presenters._found().items()}


def spoken_of(case: Case) -> None:
    """A casusoverleg in a week, with this case on it."""
    office = situations.user("bureau")
    with acting_as(office.pk):
        meeting = conferring.plan_overleg(
            on=timezone.localdate() + timedelta(days=7),
            starts=time(9),
            ends=time(10),
            place="Kamer 1",
            note_taker=office,
            by=office,
        )
        conferring.put_on_agenda(
            meeting, case, question="Hoe verder?", people=[situations.user("samira")], by=office
        )


def test_who_waits_on_the_list_has_no_interventiemanager_and_a_candidate_is_not_held_yet(db):
    waiting = situations.listed_case()
    situations.put_forward_case()

    assert found() == {"leider": {waiting.pk}, "actie": set(), "start": set(), "overleg": set()}


def test_who_is_led_by_somebody_without_the_role_has_no_interventiemanager(own_house, owner):
    case = situations.assigned_case(to="samira")
    assert found()["leider"] == set()

    owner.execute(
        "UPDATE partners_appointment SET end_date = vh.today() - 1, start_date = '2020-1-1'"
        " WHERE role = 'interventiemanager'"
    )

    assert found()["leider"] == {case.pk}


def test_who_is_spoken_of_soon_has_a_day_for_it(db):
    case = situations.assigned_case()
    assert found()["overleg"] == {case.pk}

    spoken_of(case)

    assert found()["overleg"] == set()


def test_a_meeting_that_is_past_is_no_day_to_come(own_house, owner):
    case = situations.assigned_case()
    spoken_of(case)

    owner.execute('UPDATE agenda_casusoverleg SET "on" = vh.today() - 1')

    assert found()["overleg"] == {case.pk}


def test_who_signed_has_a_next_action_until_the_last_one_has_ended(acting):
    case = situations.signed_plan(("huisvesting", "Begeleid wonen", "leger-des-heils")).case
    assert found()["actie"] == set()

    shelter, today = situations.user("legerdesheils"), timezone.localdate()
    with acting("legerdesheils"):
        action = PartnerAction.objects.get(organisation=shelter.organisation)
        for kind in (ProgressKind.START, ProgressKind.AFGEROND):
            operations.report(action, kind=kind, happened_on=today, by=shelter)

    assert found()["actie"] == {case.pk}


@pytest.mark.parametrize(("days", "loose"), [(-1, True), (0, False), (5, False)])
def test_after_a_refusal_the_step_that_was_agreed_is_the_next_action(own_house, owner, days, loose):
    plan = situations.offered_plan(("huisvesting", "Begeleid wonen", "leger-des-heils"))
    samira = situations.user("samira")
    with acting_as(samira.pk):
        operations.refuse(
            plan,
            reason="Nee.",
            message_given=True,
            next_step="Gesprek met het OM",
            next_step_on=timezone.localdate(),
            by=samira,
        )
    owner.execute('UPDATE maatwerkplan_drangstap SET "on" = vh.today() + %s', [days])

    assert (plan.case_id in found()["actie"]) is loose


@pytest.mark.parametrize(("days", "loose"), [(-1, True), (0, False)])
def test_who_stepped_out_has_a_next_action_until_the_day_of_the_step(own_house, owner, days, loose):
    """S2, Werkprocessen: "cliënten die op enig moment uit een traject stappen"."""
    plan = situations.signed_plan(("huisvesting", "Begeleid wonen", "leger-des-heils"))
    samira = situations.user("samira")
    with acting_as(samira.pk):
        operations.drop_out(
            plan,
            reason="Ik wil niet meer.",
            message_given=True,
            next_step="Gesprek met het OM",
            next_step_on=timezone.localdate(),
            by=samira,
        )
    owner.execute('UPDATE maatwerkplan_drangstap SET "on" = vh.today() + %s', [days])

    assert (plan.case_id in found()["actie"]) is loose


@pytest.mark.parametrize(("days", "loose"), [(0, False), (1, True)])
def test_an_offer_that_nobody_answered_in_the_week_is_no_next_action(db, days, loose):
    """S2, voetnoot 11: "nu aanbieden en binnen een week beginnen"."""
    plan = situations.offered_plan()
    late_by(plan, days)

    assert (plan.case_id in found()["actie"]) is loose


@pytest.mark.parametrize(("days", "loose"), [(56, False), (57, True)])
def test_who_was_given_to_somebody_is_offered_something_in_time(own_house, owner, days, loose):
    """S2: "worden niet meer losgelaten"; also when he was handed over meanwhile."""
    case = situations.assigned_case(to="tom")
    owner.execute(
        "UPDATE cases_participation SET start_date = vh.today() - %s WHERE basis = 'toewijzing'",
        [days],
    )
    with acting_as(situations.user("manager").pk):
        cases.hand_over(case, to=situations.user("samira"), note="", by=situations.user("manager"))

    assert found()["actie"] == ({case.pk} if loose else set())


def test_who_was_offered_something_once_does_not_wait_for_a_first_offer(own_house, owner):
    plan = situations.offered_plan()
    owner.execute(
        "UPDATE cases_participation SET start_date = vh.today() - 99 WHERE basis = 'toewijzing'"
    )

    assert plan.case_id not in found()["actie"]


@pytest.mark.parametrize("username", ["bureau", "samira", "politie", "stuurgroep"])
def test_nobody_but_the_manager_is_told(browse, username):
    situations.assigned_case()

    assert not any(found(username).values())
    assert browse(username).get(PAGE).status_code == 404


def test_the_manager_hears_nothing_of_somebody_from_whom_he_is_barred(acting):
    case = situations.assigned_case()
    with acting("bureau"):
        access.bar(case, situations.user("manager"), "neef")

    assert not any(found().values())


def test_the_page_names_as_many_as_its_tile_counts_and_says_what_to_do(browse, owner, monkeypatch):
    monkeypatch.setattr(presenters, "PER_PAGE", 2)
    situations.listed_case()
    for _ in range(3):
        situations.assigned_case()
    manager = browse("manager")

    page = manager.get(PAGE, {"soort": "overleg"})
    loose = page.context["loose"]
    assert [tile.number for tile in loose.tiles] == [1, 0, 0, 3]
    assert (len(loose.cases), loose.page.paginator.count) == (2, 3)
    rest = manager.get(PAGE, {"soort": "overleg", "pagina": "2"}).context["loose"]
    assert len({case.pk for case in [*loose.cases, *rest.cases]}) == 3
    first = manager.get(PAGE, {"soort": "\x00"})
    assert first.context["loose"].kind == "leider"
    assert "Toewijzen" in first.text
    (line,) = owner.execute(
        "SELECT subjects FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'maatwerkplan:loose_ends' ORDER BY id DESC LIMIT 1"
    ).fetchall()
    assert list(line[0]) == [case.number for case in first.context["loose"].cases]


def test_who_was_not_admitted_is_nobody_to_hold(db):
    weging = situations.asked_to_weigh(situations.put_forward_case())
    situations.judge_all(weging, met=False)
    police = situations.user("politie")
    with acting_as(police.pk):
        cases.decline(weging, route=Vervolg.LOKAAL, advice="Bel het wijkteam.", by=police)

    assert not any(found().values())


def late_by(plan: Maatwerkplan, days: int) -> None:
    """The plan was offered a week and so many days ago."""
    with acting_as(situations.user("samira").pk):
        then = timezone.now() - timedelta(days=7 + days)
        Maatwerkplan.objects.filter(pk=plan.pk).update(offered_at=then)


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_who_did_not_start_within_the_week_is_found_by_the_manager(db, days, late):
    plan = situations.signed_plan()
    late_by(plan, days)

    assert (plan.case_id in found()["start"]) is late


@pytest.mark.parametrize("kind", [ProgressKind.START, ProgressKind.GESTOPT])
def test_what_started_or_will_never_start_is_not_late(acting, kind):
    plan, shelter = situations.signed_plan(), situations.user("legerdesheils")
    late_by(plan, 3)
    with acting("legerdesheils"):
        operations.report(
            PartnerAction.objects.select_related("plan", "case", "organisation").get(),
            kind=kind,
            happened_on=timezone.localdate(),
            text="Gebeld.",
            by=shelter,
        )

    assert found()["start"] == set()


def test_the_days_are_those_that_were_agreed_on_the_day_of_the_offer(own_house, owner):
    plan = situations.signed_plan()
    late_by(plan, 1)
    assert found()["start"] == {plan.case_id}

    owner.execute(
        "UPDATE veiligheidshuis_werkafspraak SET content = '8' WHERE subject = 'start_within_days'"
    )

    assert found()["start"] == set()


def test_the_mail_of_a_missed_start_and_the_first_page_lead_to_who_it_is(browse):
    plan = situations.signed_plan()
    late_by(plan, 1)
    manager = browse("manager")

    overview = manager.get("/overzicht/")
    led = manager.get(MAILS["start_gemist"].path)

    (*_, tile) = overview.context["bottlenecks"]
    assert (tile.number, tile.colour) == (1, "fout")
    assert f'href="{tile.url}"' in overview.text
    for page in (led, manager.get(tile.url)):
        assert page.context["loose"].kind == "start"
        assert plan.case.number in page.text
