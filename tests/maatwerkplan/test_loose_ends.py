"""Whom does nobody hold? The manager sees it, in numbers and names. S0, component 1; S2; REG-08.

"Vastpakken en niet meer loslaten."
"""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agenda import operations as conferring
from cases import access
from cases.models import Case
from maatwerkplan import operations
from maatwerkplan.models import PartnerAction, ProgressKind
from maatwerkplan.presenters import loose_ends as presenters
from tests import situations
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

    assert found() == {"leider": {waiting.pk}, "actie": set(), "overleg": set()}


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
    owner.execute("UPDATE maatwerkplan_refusal SET next_step_on = vh.today() + %s", [days])

    assert (plan.case_id in found()["actie"]) is loose


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
    assert [tile.number for tile in loose.tiles] == [1, 0, 3]
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
