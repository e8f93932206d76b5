""" "Wie ziet dit en waarom" at every block: names for who leads, grounds for the others."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases import access, operations
from cases.models import Basis, Case, Scope
from cases.presenters.seen_by import SeenBy, grounds_of
from tests import situations
from tests.cases.test_dry_run import let_in
from tests.cases.test_handing_over import away
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """samira leads; petra of the ggd sees one leefgebied, the police carry out a part."""
    case = situations.planned_case(to="samira")
    with acting_as(user("samira").pk):
        let_in(case, "ggd", Scope.VIEW_HUISVESTING)
        access.grant(case, user("politie").organisation.group, Basis.UITVOERING)
    return case


def block(page: str, about: str) -> str:
    section = BeautifulSoup(page, "html.parser").find("section", {"aria-labelledby": about})
    return section.find("details").get_text(" ", strip=True)


def test_who_leads_reads_the_names_and_why(browse, case):
    page = browse("samira").get(f"/dossiers/{case.number}/").content.decode()

    fields = block(page, "leefgebieden")
    assert "Samira Haddou (Reclassering Nederland) is de interventiemanager" in fields
    assert "Petra Offermans (GGD Zuid Limburg)" in fields
    assert "kreeg toegang van de interventiemanager: huisvesting" in fields
    assert "Politie" not in fields
    process = block(page, "stand")
    assert "Politie voert een deel van het plan uit" in process
    assert "Bedrijfsbureau en manager" in process


@pytest.mark.parametrize("username", ["politie", "ggd", "manager"])
def test_others_read_the_grounds_and_no_names(browse, case, username):
    page = browse(username).get(f"/dossiers/{case.number}/").content.decode()

    process = block(page, "stand")
    assert "Wie is gevraagd om te leveren" in process
    assert "Petra" not in process
    assert "Samira" not in process


def test_what_a_page_says_about_a_block_is_who_really_sees_it(case):
    """The names under a block are those to whom the wall shows it."""
    people = {name: user(name) for name in ("samira", "ggd", "politie", "tom")}
    with acting_as(people["samira"].pk):
        seen_by = SeenBy(case, with_names=True)
        told = {
            scope: {one.who for one in seen_by.of([scope])}
            for scope in (Scope.VIEW_HUISVESTING, Scope.VIEW_JUSTICE, Scope.KNOW_CASE)
        }
    for scope, names in told.items():
        for person in people.values():
            with acting_as(person.pk):
                may = access.may(person, scope, case)
            mine = {f"{person} ({person.organisation.short_name})", person.organisation.short_name}
            assert bool(mine & names) == may, (scope, person)


def test_the_grounds_are_those_of_the_access_table():
    justice = grounds_of([Scope.VIEW_JUSTICE])

    assert "Wie zit in het selectieoverleg" in justice
    assert "Wie kreeg toegang van de interventiemanager" in justice
    assert "Wie droeg de cliënt aan" not in justice
    assert "Wie droeg de cliënt aan" in grounds_of([Scope.KNOW_CASE])


# --- every page of a dossier says the same as the wall -------------------------------------------

PLAN, FIELDS = Scope.VIEW_PLAN, Scope.VIEW_HUISVESTING
EVERYBODY = ("samira", "tom", "ggd", "politie", "legerdesheils", "bureau", "manager", "rimo")


def lines_under(page: str, about: str) -> list[str]:
    """What stands under one sentence of "wie ziet dit", line by line."""
    for found in BeautifulSoup(page, "html.parser").find_all("details", "vh-need-more"):
        if about in found.summary.text:
            return [" ".join(line.text.split()) for line in found.find_all("li")]
    raise AssertionError(f"nergens staat: {about}")


@pytest.mark.parametrize(
    ("route", "about", "scope"),
    [
        ("maatwerkplan:plan", "Wie het hele plan mag zien", PLAN),
        ("maatwerkplan:delivery", "Wie het hele plan mag zien", PLAN),
        ("maatwerkplan:offer", "wie het hele plan mag zien", PLAN),
        ("cases:diagnosis", "Per leefgebied", FIELDS),
        ("cases:diagnosis", "het leefgebied zelfredzaamheid", Scope.VIEW_ZELFREDZAAMHEID),
    ],
)
def test_the_names_under_a_block_are_those_to_whom_the_wall_shows_it(
    browse, case, route, about, scope
):
    """With who stands in, who was given it by hand, and who opened the dossier in nood."""
    with acting_as(user("samira").pk):
        let_in(case, "legerdesheils", PLAN, scope)
    situations.plan_of(case)
    away()
    with acting_as(user("bureau").pk):
        operations.break_glass(case, reason="Staat aan de balie", hours=1, by=user("bureau"))

    page = browse("samira").get(reverse(route, args=[case.number])).text
    told = lines_under(page, about)

    may = set()
    for name in EVERYBODY:
        with acting_as(user(name).pk):
            may |= {name} if access.may(user(name), scope, case) else set()
    assert {name for name in EVERYBODY if any(str(user(name)) in line for line in told)} == may
    assert {"samira", "tom", "bureau"} <= may < set(EVERYBODY)


def test_others_read_under_a_plan_on_what_grounds_it_is_seen(browse, case):
    with acting_as(user("samira").pk):
        let_in(case, "legerdesheils", PLAN)
    situations.plan_of(case)

    page = browse("legerdesheils").get(reverse("maatwerkplan:plan", args=[case.number])).text

    told = lines_under(page, "Wie het hele plan mag zien")
    assert "Wie neemt waar voor de interventiemanager" in told
    assert "Wie opende het dossier in nood" in told
    assert "Wie kreeg toegang van de interventiemanager" in told
    assert "Samira" not in " ".join(told)


def test_a_leefgebied_names_who_sees_that_one(browse):
    case = situations.diagnosis_case(to="samira")
    with acting_as(user("samira").pk):
        let_in(case, "ggd", FIELDS)
    samira, told = browse("samira"), {}
    for leefgebied in ("huisvesting", "gezondheid"):
        page = samira.get(reverse("cases:score", args=[case.number, leefgebied])).text
        told[leefgebied] = " ".join(lines_under(page, "Wie dit leefgebied mag zien"))

    assert "Petra Offermans" in told["huisvesting"]
    assert "Petra Offermans" not in told["gezondheid"]
    assert "Samira Haddou" in told["gezondheid"]
