"""Versions side by side: what came, went and changed, and who signed each. PLN-13."""

from datetime import timedelta

import pytest
from django.urls import reverse

from maatwerkplan import operations
from maatwerkplan.models import Framework, Maatwerkplan
from maatwerkplan.presenters.versions import Versions, versions_of
from tests import situations
from tests.maatwerkplan.test_dropping_out import HOUSING, action_on, signed
from tests.maatwerkplan.test_living_plan import change, read, revise, sign
from tests.situations import organisation, user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def seen(plan: Maatwerkplan, asked: str = "") -> Versions:
    with acting_as(user("samira").pk):
        return versions_of(read(plan).case, asked)


def words(page: Versions) -> dict[str, str]:
    return {str(line.action): line.badge[1] for line in page.lines}


def revised() -> Maatwerkplan:
    """The housing takes longer, the treatment went, and work came."""
    plan, samira = signed(), user("samira")
    revision = revise(plan)
    home = action_on(revision, "huisvesting")
    change(home, end_date=home.end_date + timedelta(days=28), description="Begeleid wonen, langer")
    with acting_as(samira.pk):
        operations.remove_action(action_on(revision, "gezondheid"), by=samira)
        operations.add_action(
            revision,
            leefgebied="werk_inkomen",
            description="Werk",
            organisation=organisation("rimo-parkstad"),
            start_date=situations.START,
            end_date=situations.END,
            framework=Framework.VRIJWILLIG,
            by=samira,
        )
    return revision


def test_what_came_went_and_changed_is_told_of_each_action():
    page = seen(revised())

    assert words(page) == {
        "Begeleid wonen, langer": "Gewijzigd",
        "Werk": "Nieuw",
        "Behandeling": "Weg",
    }
    (home,) = [line for line in page.lines if line.differences]
    assert [each.label for each in home.differences] == ["Wat", "Tot en met"]
    assert home.differences[0].before == "Begeleid wonen"


def test_what_stayed_the_same_is_told_as_well():
    assert words(seen(revise(signed()))) == {"Begeleid wonen": "Gelijk", "Behandeling": "Gelijk"}


def test_a_plan_after_a_refusal_is_compared_by_its_words():
    plan, samira = situations.offered_plan(HOUSING), user("samira")
    with acting_as(samira.pk):
        operations.withdraw(plan, reason="Anders.", by=samira)
        operations.draw_up(read(plan).case, by=samira)

    assert words(seen(plan)) == {"Begeleid wonen": "Gelijk"}


def test_of_three_versions_two_are_chosen():
    first = signed()
    second = sign(revise(first))
    revise(second)

    assert (seen(first).older.number, seen(first).newer.number) == (2, 3)
    assert (seen(first, "2").older.number, seen(first, "2").newer.number) == (1, 2)
    for nonsense in ("1", "99", "x", "\x00"):
        assert seen(first, nonsense).newer.number == 3


def test_one_version_has_nothing_beside_it(browse):
    plan = signed()
    page = reverse("maatwerkplan:versions", args=[read(plan).case.number])

    assert seen(plan).newer is None
    assert "nog niets om naast te leggen" in browse("samira").get(page).content.decode()


def test_who_signed_each_and_when_stands_on_the_page(browse):
    plan = sign(revise(signed()))
    number, samira = read(plan).case.number, browse("samira")

    shown = samira.get(reverse("maatwerkplan:versions", args=[number])).content.decode()

    assert shown.count("Getekend door") == 4
    assert "Plan 1 naast plan 2" in shown
    there = reverse("maatwerkplan:versions", args=[number])
    assert there in samira.get(reverse("maatwerkplan:plan", args=[number])).content.decode()
    assert browse("legerdesheils").get(there).status_code == 404
