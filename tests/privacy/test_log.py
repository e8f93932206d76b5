"""The log is read by whom it may be read, and every reading is a line of it. SEC-05, SEC-07."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from privacy import access
from privacy.access import Period, Wanted
from tests import situations
from tests.maatwerkplan.reading import words_of
from veiligheidshuis import accesslog
from veiligheidshuis.models import READING_THE_LOG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("anew")]
READ = "/toezicht/logboek/?doel=rechtmatigheid"


@pytest.fixture
def scripted_day(browse):
    """A day of one dossier: who truly saw it, in order; and who tried and did not."""
    case = situations.assigned_case()
    dossier = f"/dossiers/{case.number}/"
    truth = []
    for who in ("bureau", "samira", "manager", "bureau"):
        assert browse(who).get(dossier).status_code == 200
        truth.append(who)
    for who in ("tom", "rimo", "bewoner", "stuurgroep"):
        assert browse(who).get(dossier).status_code == 404
    return case, truth


def shown(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ")


# --- who may read what -----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["samira", "politie", "bureau", "manager", "stuurgroep", "bewoner"])
def test_only_the_fg_reads_the_whole_log(browse, acting, who):
    assert browse(who).get(READ).status_code == 404
    with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
        access.read_log(Wanted(), None)


@pytest.mark.parametrize("who", ["tom", "politie", "bureau", "manager", "bewoner"])
def test_who_does_not_lead_a_case_is_not_told_who_looked(browse, acting, scripted_day, who):
    case, _ = scripted_day

    assert browse(who).get(f"/dossiers/{case.number}/wie-keek/").status_code == 404
    with acting(who):
        assert access.looks_at(case.number, None) == []
        assert access.onlookers(case.number) == []


def test_who_leads_reads_of_a_line_about_many_only_his_own_client(browse, acting, scripted_day):
    """A list shows more people at once; the others are none of his business."""
    case, _ = scripted_day
    other = situations.put_forward_case(by="politie")
    browse("bureau").get("/dossiers/")

    page = browse("samira").get(f"/dossiers/{case.number}/wie-keek/").content.decode()

    assert "Zoeken" in page
    assert other.number not in page
    with acting("samira"):
        lines = access.looks_at(case.number, None)
    assert {"zoeken", "inzien"} <= {line.action for line in lines}
    assert all(line.subjects == [] for line in lines)


def test_a_period_that_ends_before_it_begins_is_no_empty_log(browse):
    days = {"vanaf": "2-2-2026", "tot_en_met": "1-2-2026"}

    answer = browse("fg").get(READ, {"doel": "rechtmatigheid", **days})

    assert answer.status_code == 422
    assert "Deze dag ligt vóór de dag bij" in shown(answer)
    assert "Geen regels gevonden" not in shown(answer)


def test_a_refusal_names_the_dossier_that_was_asked_for_and_stays_as_it_was_written(
    browse, acting, scripted_day
):
    case, _ = scripted_day

    page = shown(browse("fg").get(READ))

    assert (f"dossier {case.number}" in page, f"number={case.number}" in page) == (True, False)
    with acting("fg"):
        lines = access.read_log(Wanted(outcomes=("niet gevonden",)), None)
    assert [f"number={case.number}"] in [line.subjects for line in lines]


# --- what they read equals what happened (AUD-14) --------------------------------------------


def test_the_list_at_the_dossier_equals_what_happened_the_last_look_first(acting, scripted_day):
    """AUD-14."""
    case, truth = scripted_day

    with acting("samira"):
        told = [line.username for line in access.looks_at(case.number, None)]
    assert told == truth[::-1]


def test_the_fg_reads_the_looks_and_the_refusals_and_nothing_of_the_case(browse, scripted_day):
    """AUD-14: nobody's name but of those who looked."""
    case, truth = scripted_day

    page = browse("fg").get(f"{READ}&dossier={case.number}")

    names = [" ".join(row.th.find(string=True).split()) for row in rows(page)]
    people = {who: str(situations.user(who)) for who in (*truth, *REFUSED)}
    assert names == [people[who] for who in (*truth, *REFUSED)[::-1]]
    assert case.client.last_name not in page.content.decode()


REFUSED = ("tom", "rimo", "bewoner", "stuurgroep")


def rows(answer) -> list:
    return BeautifulSoup(answer.content, "html.parser").select("tbody tr")


def test_the_client_hears_which_organisations_looked_and_no_name(browse, scripted_day):
    """AUD-14, SEC-07: complete, and on paper as well."""
    case, truth = scripted_day
    organisations = {str(situations.user(who).organisation) for who in truth}
    address = f"/dossiers/{case.number}/wie-keek/organisaties"

    for who in ("samira", "fg"):
        page = browse(who).get(f"{address}/")
        assert {row.th.get_text() for row in rows(page)} == organisations
    paper = words_of(browse("samira").get(f"{address}.pdf").content)

    for organisation in organisations:
        assert organisation.split()[0] in paper
    for who in (*truth, *REFUSED):
        assert situations.user(who).last_name not in paper
    assert case.number in paper


# --- reading is logged -----------------------------------------------------------------------


def test_the_log_is_not_shown_before_somebody_says_why_he_reads_it(browse):
    """WGS 1.8 lid 4."""
    fg = browse("fg")

    assert rows(fg.get("/toezicht/logboek/")) == []
    without = fg.get("/toezicht/logboek/?dossier=VH-2026-0001")
    assert (without.status_code, rows(without)) == (422, [])
    assert "De wet noemt er vier" in shown(without)


def test_reading_the_log_is_a_line_of_it(browse, acting, scripted_day):
    """AUD-14."""
    case, _ = scripted_day
    browse("fg").get(f"/toezicht/logboek/?doel=beveiliging&dossier={case.number}&wat=inzien")
    browse("samira").get(f"/dossiers/{case.number}/wie-keek/")

    with acting("fg"):
        told = access.read_log(Wanted(number=case.number, action=READING_THE_LOG), None)
    assert [(line.username, line.purpose, line.ground) for line in told] == [
        ("samira", "rechtmatigheid", "wie keek"),
        ("fg", "beveiliging", f"doel=beveiliging dossier={case.number} wat=inzien"),
    ]


def test_whoever_reads_the_log_has_not_looked_into_the_case(acting, browse, scripted_day):
    case, truth = scripted_day
    browse("fg").get(f"{READ}&dossier={case.number}")

    with acting("samira"):
        assert len(access.looks_at(case.number, None)) == len(truth)


# --- filters and pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("wie={bureau}", ["bureau", "bureau"]),
        ("organisatie={gemeente}", ["tom", "bureau", "manager", "bureau"]),
        ("uitkomst=afgewezen", list(REFUSED[::-1])),
        ("uitkomst=gezien&wat=zoeken", []),
        ("vanaf={today}", [*REFUSED[::-1], "bureau", "manager", "samira", "bureau"]),
        ("tot_en_met={yesterday}", []),
    ],
)
def test_the_fg_asks_by_person_organisation_period_action_and_outcome(
    browse, scripted_day, asked, found
):
    case, _ = scripted_day
    today = timezone.localdate()
    asked = asked.format(
        bureau=situations.user("bureau").pk,
        gemeente=situations.user("manager").organisation_id,
        today=f"{today:%d-%m-%Y}",
        yesterday=f"{today - timedelta(days=1):%d-%m-%Y}",
    )

    page = browse("fg").get(f"{READ}&dossier={case.number}&{asked}")

    names = [" ".join(row.th.find(string=True).split()) for row in rows(page)]
    assert names == [str(situations.user(who)) for who in found]


def test_older_lines_are_on_the_next_page_and_none_is_missed(browse, acting):
    number = situations.put_forward_case().number
    politie = situations.user("politie").pk
    accesslog.write(politie, [accesslog.Look("inzien", [number])] * (access.A_PAGE + 3))
    fg = browse("fg")

    first = fg.get(f"{READ}&dossier={number}")
    older = BeautifulSoup(first.content, "html.parser").select_one("a[rel=next]")["href"]
    second = fg.get(f"/toezicht/logboek/{older}")

    # The reading of the first page is itself a line, newer than all of these.
    assert (len(rows(first)), len(rows(second))) == (access.A_PAGE, 3)


def test_a_place_in_the_log_that_is_no_number_is_the_newest_line(browse):
    assert browse("fg").get(f"{READ}&voor=x").status_code == 200


def test_a_number_that_nobody_looked_at_is_not_there_for_the_fg(browse):
    """Hidden is absent, here as well."""
    for number in ("VH-2099-9999", situations.put_forward_case().number):
        assert browse("fg").get(f"/dossiers/{number}/wie-keek/").status_code == 404


def test_days_that_lie_close_together_are_one_period():
    first = date(2026, 1, 1)
    days = [first, first + timedelta(days=31), first + timedelta(days=63)]

    assert access.periods(days) == [Period(days[0], days[1]), Period(days[2], days[2])]


def test_the_database_gives_the_log_to_nobody_who_did_not_say_who_he_is(db):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.read_log(NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1)")
