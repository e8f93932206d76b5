"""The privacyfunctionaris of a partner reads what his own people did, and no dossier. AUD-14."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import ProgrammingError
from django.test import Client as Browser

from privacy import access
from privacy.access import Wanted
from tests import situations
from tests.entering import enter
from tests.situations import user
from veiligheidshuis import accesslog
from veiligheidshuis.models import READING_THE_LOG
from veiligheidshuis.needtoknow import acting_as

PAGE = "/toezicht/eigen-mensen/"
READ = f"{PAGE}?doel=interne_controle"
NUMBER = re.compile(r"VH-\d{4}-\d+", re.IGNORECASE)


@pytest.fixture
def come(own_house):
    """Somebody comes into a house of his own, of which the log is empty."""
    return lambda who: enter(Browser(), user(who))


@pytest.fixture
def scripted_day(come):
    """The police put somebody forward; one of them looks twice, another tries in between."""
    case = situations.put_forward_case(by="politie")
    dossier = f"/dossiers/{case.number}/"
    for who in ("politie", "bureau", "politie2", "politie", "ggd"):
        come(who).get(dossier)
    return case


def words_of(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ")


def rows_of(answer):
    """The lines of the page, the newest first: who, what and what came of it."""
    page = BeautifulSoup(answer.content, "html.parser")
    found = []
    for line in page.select("tbody tr"):
        cells = [cell.get_text(" ", strip=True) for cell in line.find_all(["td", "th"])]
        found.append((line.th.contents[0].strip(), cells[2], cells[3], cells[5]))
    return found


def test_the_list_of_own_people_equals_what_happened_and_names_no_dossier(come, scripted_day):
    """AUD-14."""
    answer = come("privacy").get(READ)

    seen = [row for row in rows_of(answer) if row[1].startswith("Inzien")]
    assert [(who, *rest) for who, _, *rest in seen] == [("Marieke Loos", "1", "getoond")] * 2
    refused = [row for row in rows_of(answer) if row[1] == "Opvragen"]
    assert refused == [("Bart Nouwen", "Opvragen", "", "niet gevonden")]
    assert NUMBER.findall(words_of(answer)) == []
    for other in ("Petra Offermans", user("bureau").get_full_name()):
        assert other not in words_of(answer)


def test_what_was_refused_them_is_there_without_what_they_asked_for(come):
    come("politie").get("/dossiers/VH-2026-4711/")

    answer = come("privacy").get(f"{READ}&uitkomst=afgewezen")
    assert rows_of(answer)[0][1:] == ("Opvragen", "", "niet gevonden")
    assert "4711" not in words_of(answer)


def test_reading_is_a_line_itself_with_its_purpose(come, scripted_day):
    come("privacy").get(f"{READ}&wie={user('politie').pk}")

    with acting_as(user("fg").pk):
        newest = access.read_log(Wanted(), None)[0]
    assert (newest.username, newest.action) == ("privacy", READING_THE_LOG)
    assert newest.purpose == "interne_controle"
    assert newest.ground == f"doel=interne_controle wie={user('politie').pk}"


def test_without_a_purpose_nothing_is_read(come, scripted_day):
    officer = come("privacy")

    assert rows_of(officer.get(PAGE)) == []
    wrong = officer.get(f"{PAGE}?doel=nieuwsgierig")
    assert (wrong.status_code, rows_of(wrong)) == (422, [])


def test_he_asks_about_his_own_people_only(come, scripted_day):
    officer = come("privacy")
    ggd = officer.get(f"{READ}&wie={user('ggd').pk}")

    assert (ggd.status_code, rows_of(ggd)) == (422, [])
    assert "Petra Offermans" not in words_of(officer.get(PAGE))
    one = officer.get(f"{READ}&wie={user('politie2').pk}")
    assert {who for who, *_ in rows_of(one)} == {"Bart Nouwen"}


def test_the_database_tells_of_his_own_people_only_whoever_he_asks_about(scripted_day):
    with acting_as(user("privacy").pk):
        assert access.read_own_people(Wanted(user=user("ggd")), None) == []
        lines = access.read_own_people(Wanted(), None)

    assert {line.organisation for line in lines} == {user("politie").organisation.name}
    assert all(line.subjects == [] for line in lines)
    assert not any(NUMBER.search(line.ground) for line in lines)


def test_who_reads_the_log_does_not_betray_a_dossier_by_what_he_asked(scripted_day):
    """The filter that somebody typed stands in his own line; here it does not."""
    reading = accesslog.Look(
        READING_THE_LOG, purpose="rechtszaak", ground=f"dossier={scripted_day.number}"
    )
    accesslog.write(user("politie2").pk, [reading])

    with acting_as(user("privacy").pk):
        newest = access.read_own_people(Wanted(), None)[0]
    assert (newest.action, newest.ground) == (READING_THE_LOG, "")


def test_a_line_belongs_to_the_organisation_of_that_moment(scripted_day, owner):
    """Somebody who moved on takes nothing with him and brings nothing along."""
    ggd = user("ggd").organisation_id
    owner.execute(
        "UPDATE partners_user SET organisation_id = %s WHERE username = 'politie2'", [ggd]
    )

    with acting_as(user("privacy").pk):
        people = {line.username for line in access.read_own_people(Wanted(), None)}
    assert {"politie", "politie2"} <= people


@pytest.mark.parametrize("who", ["politie", "fg", "bureau", "manager", "samira", "bewoner"])
def test_for_everybody_else_there_is_no_such_page(come, who):
    assert come(who).get(READ).status_code == 404
    with pytest.raises(ProgrammingError), acting_as(user(who).pk):
        access.read_own_people(Wanted(), None)


@pytest.mark.parametrize(
    "page", ["/toezicht/", "/toezicht/logboek/?doel=rechtmatigheid", "/dossiers/", "/partners/"]
)
def test_he_finds_no_other_page_of_supervision_and_no_dossier(come, page):
    assert come("privacy").get(page).status_code == 404


def test_he_lands_on_his_own_page(come):
    assert come("privacy").get("/", follow=True).redirect_chain[-1][0] == PAGE
