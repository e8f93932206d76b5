"""Every address of the house, tried by everybody: who has no business there finds nothing.

Derived from the URLconf: a new route without a row in matrix.py is red. toegang.md decision 10.
"""

import pytest
from django.urls import Resolver404, resolve, reverse

from cases.models import FactKind
from tests.house.doors import ABSENT
from tests.house.matrix import INVITED, MATRIX
from tests.house.walk import Visit, Walk, routes
from tests.house.world import EVERYBODY, OFFICE, VISITOR
from veiligheidshuis.mails import MAILS
from veiligheidshuis.menu import MENU

ROUTES = sorted(routes())


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_a_row(route):
    assert route in MATRIX, "zet in tests/house/matrix.py wie deze pagina mag zien"


def test_every_row_is_a_route():
    assert MATRIX.keys() - set(ROUTES) == set()


@pytest.mark.whole
@pytest.mark.parametrize("route", [r for r in ROUTES if r in MATRIX])
def test_the_doors_open_for_whom_they_should_and_for_nobody_else(walked: Walk, route: str):
    wrong = []
    for visit in walked.visits:
        if visit.door.route != route:
            continue
        should_open = visit.viewer in visit.door.opens_for
        if visit.door.public or visit.viewer != VISITOR:
            right = visit.opened if should_open else visit.status == 404
        else:
            right = visit.status == 302 and visit.location.startswith("/inloggen/")
        if visit.door.public and not visit.door.opens_for:
            right = visit.status == 404
        if not right:
            wrong.append(str(visit))

    assert wrong == []


@pytest.mark.whole
def test_everybody_tried_every_door_with_what_is_his_hidden_and_absent(walked):
    """With the attempts of attempts/test_pages.py more than twenty thousand a run. Issue 3, Proof;
    test_canary.py searches every byte of these answers."""
    tried = {(visit.viewer, visit.door.route) for visit in walked.visits}
    all_there_is = {(viewer, door.route) for door in walked.doors for viewer in EVERYBODY}
    left_shut = {(v, d.route) for d in walked.doors if d.method == "POST" for v in d.opens_for}

    assert len(walked.visits) >= 10_000
    assert all_there_is - tried <= left_shut  # what he may change; the tests of each page do
    assert {door.route for door in walked.doors} == MATRIX.keys()


@pytest.mark.whole
def test_hidden_and_absent_are_byte_for_byte_alike(walked):
    """Once for each door: what exists and is hidden, and what does not exist."""
    found: dict[tuple[str, str], dict[str, set[bytes]]] = {}
    for visit in refusals(walked):
        kind = "absent" if is_absent(visit) else "hidden"
        found.setdefault((visit.viewer, visit.door.route), {}).setdefault(kind, set()).add(
            visit.content
        )

    both = {key: seen for key, seen in found.items() if len(seen) == 2}
    assert len(both) > 100
    assert [key for key, seen in both.items() if seen["absent"] != seen["hidden"]] == []


@pytest.mark.whole
def test_hidden_and_absent_take_equally_many_questions(walked):
    found: dict[tuple[str, str], dict[str, set[int]]] = {}
    for visit in refusals(walked):
        if not knows(walked, visit):
            kind = "absent" if is_absent(visit) else "hidden"
            found.setdefault((visit.viewer, visit.door.route), {}).setdefault(kind, set()).add(
                visit.queries
            )

    uneven = {k: s for k, s in found.items() if len(s) == 2 and s["absent"] != s["hidden"]}
    assert uneven == {}


def refusals(walked: Walk) -> list[Visit]:
    return [v for v in walked.visits if v.status == 404 and v.door.arguments and v.viewer]


def knows(walked: Walk, visit: Visit) -> bool:
    """Whether this viewer knows the case or the meeting, and only this page of it is not his."""
    about = {str(value) for _, value in visit.door.arguments}
    known = {c.case.number for c in walked.world.circles.values() if visit.viewer in c.know}
    if visit.viewer in OFFICE | INVITED:
        known |= {str(meeting.pk) for meeting in walked.world.meetings.values()}
    return not about.isdisjoint(known)


def is_absent(visit: Visit) -> bool:
    return all(str(v) == str(ABSENT.get(k, v)) for k, v in visit.door.arguments) and (
        not visit.door.opens_for
    )


@pytest.mark.whole
def test_a_page_that_is_not_there_holds_no_token_and_no_address(walked):
    for visit in refusals(walked):
        assert b"csrf" not in visit.content.lower()
        said = [str(value) for _, value in visit.door.arguments if value != FactKind.ADRES]
        named = [value.encode() for value in said if len(value) > 4]
        assert not any(value in visit.content for value in named)


@pytest.mark.whole
def test_nothing_breaks(walked):
    assert [str(visit) for visit in walked.visits if visit.status >= 500] == []


@pytest.mark.whole
def test_everybody_was_there(walked):
    assert {visit.viewer for visit in walked.visits} == set(EVERYBODY)


@pytest.mark.whole
@pytest.mark.parametrize("role", MENU)
def test_the_menu_of_a_role_leads_to_pages_that_open_for_it(walked, role):
    own = {"interventiemanager": "samira", "ketenpartner": "ggd", "bedrijfsbureau": "bureau"}
    own |= {"commissielid": "bewoner", "privacyfunctionaris": "privacy"}
    own |= {"partnerbeheerder": "beheerder"}
    viewer = own.get(role, role)

    found = {visit.door.route: visit.opened for visit in walked.by(viewer)}
    assert [item.label for item in MENU[role] if not found.get(item.url_name)] == []


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_leads_to_a_page_that_exists(kind):
    try:
        resolve(MAILS[kind].path.partition("?")[0])
    except Resolver404:
        pytest.fail(f"{kind} wijst naar {MAILS[kind].path}; die pagina is er niet")


def test_the_front_door_is_where_the_walk_thinks_it_is():
    assert reverse("login") == "/inloggen/"
