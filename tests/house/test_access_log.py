"""Every look is written before it is shown, in nobody else's name. toegang.md decision 8.

The chains, their anchors and what tampering leaves behind: test_log_chain.py.
"""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import include, path
from django.utils import timezone

from cases import access
from tests import situations
from tests.entering import enter
from veiligheidshuis import accesslog
from veiligheidshuis.models import Submission
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

KEY = uuid.UUID("c0ffee00-0000-4000-8000-000000000001")
LOOK = accesslog.Look("inzien", ["VH-2026-0001"])


def show(request: HttpRequest, number: str) -> HttpResponse:
    """A page of one case, as the pages of the house do it."""
    case = access.get_case(request.user, number)
    accesslog.look(request, "inzien", [case.number], scope="know_case", ground="zijn taak")
    return HttpResponse(f"Dossier van {case.client.display_name}")


def change(request: HttpRequest, number: str) -> HttpResponse:
    accesslog.look(request, "wijzigen", [number])
    Submission.objects.bulk_create([Submission(key=KEY, user_id=0, at=timezone.now())])
    return HttpResponse("Gewijzigd")


def refuse(request: HttpRequest, number: str) -> HttpResponse:
    return HttpResponse("Dat mag nu niet.", status=409)


def strike(request: HttpRequest, number: str) -> HttpResponse:
    """As a page would that forgot to ask its rule."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.add_user('x', 'x', 'x', 'x', 1)")
    return HttpResponse("Gedaan")


def break_open(request: HttpRequest, number: str) -> HttpResponse:
    more = {"emergency": True, "on_behalf_of": "samira"}
    accesslog.look(request, "inzien", [number], **more)
    accesslog.look(request, "exporteren", [number], **more)
    return HttpResponse("Open")


def crash(request: HttpRequest, number: str) -> HttpResponse:
    change(request, number)
    raise RuntimeError("na het kijken")


urlpatterns = [
    path("dossier/<str:number>/", show, name="show"),
    path("wijzig/<str:number>/", change, name="change"),
    path("crash/<str:number>/", crash, name="crash"),
    path("dossier/<str:number>/regel/", refuse, name="refuse"),
    path("dossier/<str:number>/muur/", strike, name="strike"),
    path("dossier/<str:number>/noodgeval/", break_open, name="break_open"),
    path("", include("veiligheidshuis.urls")),
]
own_pages = override_settings(ROOT_URLCONF=__name__)
READ = """
    SELECT username, organisation, roles, action, route, subjects, scope, ground, outcome
    FROM veiligheidshuis_accesslogentry ORDER BY id
"""


def logged_in(username: str) -> Browser:
    browser = Browser(raise_request_exception=False)
    return enter(browser, situations.user(username))


def lines(owner: psycopg.Connection) -> list[tuple[object, ...]]:
    return owner.execute(READ).fetchall()


# --- written before it is shown --------------------------------------------------------------


@own_pages
def test_a_look_is_one_line_with_who_where_what_and_why(own_house, owner):
    case = situations.put_forward_case(by="politie")

    answer = logged_in("politie").get(f"/dossier/{case.number}/")

    assert case.client.display_name in answer.content.decode()
    assert lines(owner) == [
        (
            "politie",
            "Politie regio Limburg Zuid",
            "ketenpartner",
            "inzien",
            "show",
            [case.number],
            "know_case",
            "zijn taak",
            "getoond",
        )
    ]


@own_pages
def test_when_the_log_cannot_be_written_nothing_is_shown_and_nothing_is_done(own_house, owner):
    """AUD-06."""
    case = situations.put_forward_case(by="politie")
    browser = logged_in("politie")
    owner.execute("REVOKE INSERT ON veiligheidshuis_accesslogentry FROM vh_app")

    seen = browser.get(f"/dossier/{case.number}/")
    done = browser.post(f"/wijzig/{case.number}/")

    assert [seen.status_code, done.status_code] == [503, 503]
    for text in (case.number, case.client.last_name, "Gewijzigd"):
        assert text not in seen.content.decode() + done.content.decode()
    assert owner.execute("SELECT count(*) FROM veiligheidshuis_submission").fetchone() == (0,)


@own_pages
def test_a_log_that_does_not_answer_is_a_503_within_three_seconds(own_house, owner):
    """AUD-07: somebody holds the chain; nothing is shown, and the next page simply comes."""
    case = situations.put_forward_case(by="politie")
    browser = logged_in("politie")

    with owner.transaction():
        owner.execute("SELECT FROM vh.log_head FOR UPDATE")
        begin = time.monotonic()
        held = browser.get(f"/dossier/{case.number}/")
        waited = time.monotonic() - begin
    freed = browser.get(f"/dossier/{case.number}/")

    assert (held.status_code, freed.status_code) == (503, 200)
    assert waited < 3
    assert case.client.last_name not in held.content.decode()


@own_pages
def test_a_slow_log_makes_a_slow_page_and_never_an_unwritten_one(own_house, owner):
    """AUD-10."""
    case = situations.put_forward_case(by="politie")
    browser = logged_in("politie")

    with ThreadPoolExecutor(1) as pool, owner.transaction():
        owner.execute("SELECT FROM vh.log_head FOR UPDATE")
        answer = pool.submit(look_and_let_go, browser, f"/dossier/{case.number}/")
        time.sleep(1)
        owner.execute("SELECT 1")
        before = owner.execute("SELECT count(*) FROM veiligheidshuis_accesslogentry").fetchone()
    assert answer.result().status_code == 200

    assert before == (0,)
    assert len(lines(owner)) == 1


def look_and_let_go(browser: Browser, path: str) -> HttpResponse:
    """Look, in a thread of its own, and close what that thread opened."""
    try:
        return browser.get(path)
    finally:
        accesslog.close()
        connections.close_all()


@own_pages
def test_a_connection_that_was_cut_is_made_anew(own_house, owner):
    case = situations.put_forward_case(by="politie")
    browser = logged_in("politie")
    browser.get(f"/dossier/{case.number}/")
    pid = accesslog._connection().info.backend_pid

    with connection.cursor() as cursor:  # a role may cut its own connections
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    again = browser.get(f"/dossier/{case.number}/")

    assert again.status_code == 200
    assert len(lines(owner)) == 2


@own_pages
def test_a_look_stays_written_when_the_deed_is_undone(own_house, owner):
    answer = logged_in("politie").post("/crash/VH-2026-0001/")

    assert answer.status_code == 500
    assert [line[3] for line in lines(owner)] == ["wijzigen"]
    assert owner.execute("SELECT count(*) FROM veiligheidshuis_submission").fetchone() == (0,)


@own_pages
def test_a_refusal_is_the_same_single_line_whether_it_exists_or_not(own_house, owner):
    hidden = situations.put_forward_case(by="politie").number
    absent = hidden[:-1] + "9"
    browser = logged_in("ggd")

    answers = [browser.get(f"/dossier/{number}/") for number in (hidden, absent)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    first, second = lines(owner)
    assert first[5] == [f"number={hidden}"]
    assert second[5] == [f"number={absent}"]
    assert first[:5] + first[6:] == second[:5] + second[6:]
    assert first[-1] == "niet gevonden"


@own_pages
def test_what_a_rule_or_the_wall_refuses_is_a_line_as_well(own_house, owner):
    """AUD-02: also when the transaction of the request is undone."""
    browser = logged_in("politie")

    answers = [browser.post("/dossier/VH-2026-0001/regel/"), browser.post("/dossier/x/muur/")]

    assert [answer.status_code for answer in answers] == [409, 500]
    assert [(line[3], line[5], line[8]) for line in lines(owner)] == [
        ("wijzigen", ["number=VH-2026-0001"], "geweigerd"),
        ("opvragen", ["number=x"], "geweigerd"),
    ]


@own_pages
def test_a_line_says_everything_but_what_stood_on_the_page(own_house, owner):
    """AUD-04: one request, one mark; for whom, by which emergency; time without a time zone."""
    logged_in("politie").get("/dossier/VH-2026-0001/noodgeval/")

    kept = owner.execute(
        "SELECT count(*), count(DISTINCT request_id), bool_and(emergency), min(on_behalf_of),"
        " bool_and(at BETWEEN now() - interval '1 minute' AND now())"
        " FROM veiligheidshuis_accesslogentry"
    ).fetchone()
    columns = owner.execute("SELECT * FROM veiligheidshuis_accesslogentry LIMIT 0").description
    assert kept == (2, 1, True, "samira", True)
    assert {column.name for column in columns} == {
        *("id", "at", "request_id", "user_id", "username", "organisation", "roles"),
        *("on_behalf_of", "emergency", "action", "route", "subjects", "scope", "ground"),
        *("purpose", "outcome", "shard", "place", "previous_hash", "hash"),
    }


# --- in nobody else's name -------------------------------------------------------------------


def test_nobody_writes_a_line_in_the_name_of_another(db, acting):
    other = situations.user("manager").pk

    for written_as in (other, 0):
        with acting("samira"), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError) as error, transaction.atomic():
                cursor.execute(accesslog.INSERT, accesslog._row(KEY, written_as, "", LOOK))
            assert error.value.__cause__.sqlstate == "42501"


def test_a_stranger_writes_as_nobody_only(db):
    with acting_as(ANONYMOUS), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(
                accesslog.INSERT, accesslog._row(KEY, situations.user("samira").pk, "", LOOK)
            )
        cursor.execute(accesslog.INSERT, accesslog._row(KEY, ANONYMOUS, "", LOOK))


def test_name_organisation_and_roles_come_from_the_house_and_not_from_the_writer(own_house, owner):
    samira = situations.user("samira").pk
    with acting_as(samira), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO veiligheidshuis_accesslogentry (request_id, user_id, username,"
            " organisation, roles, on_behalf_of, emergency, action, route, subjects, scope, ground,"
            " purpose, outcome) VALUES (gen_random_uuid(), %s, 'manager', 'Politie', 'manager', '',"
            " false, '', '', '{}', '', '', '', '')",
            [samira],
        )

    assert lines(owner)[0][:3] == (
        "samira",
        "Stichting Reclassering Nederland regio Limburg",
        "interventiemanager",
    )


@pytest.mark.parametrize(("action", "purpose"), [("logboek lezen", ""), ("inzien", "nieuwsgierig")])
def test_the_log_is_read_for_one_of_four_purposes_and_no_other(db, acting, action, purpose):
    """WGS 1.8 lid 4; SEC-05."""
    samira = situations.user("samira").pk
    unlawful = accesslog.Look(action, purpose=purpose)

    with acting("samira"), pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(accesslog.INSERT, accesslog._row(KEY, samira, "", unlawful))


# --- not to be read or undone ----------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM veiligheidshuis_accesslogentry",
        "UPDATE veiligheidshuis_accesslogentry SET username = 'een ander'",
        "DELETE FROM veiligheidshuis_accesslogentry",
        "TRUNCATE veiligheidshuis_accesslogentry",
        "ALTER TABLE veiligheidshuis_accesslogentry DISABLE TRIGGER chain",
        "UPDATE vh.log_head SET place = 0",
        "SELECT * FROM vh.check_log(NULL, NULL, NULL)",
        "SELECT * FROM vh.log_heads()",
        "SELECT * FROM vh.log_differs('{}', '{}', '{}')",
        "SET session_replication_role = replica",
    ],
)
@pytest.mark.parametrize("username", ["manager", "bureau", "samira"])
def test_the_application_reads_changes_and_removes_no_line(db, acting, username, statement):
    """AUD-05, AUD-12."""
    with acting(username), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as error, transaction.atomic():
            cursor.execute(statement)
        assert error.value.__cause__.sqlstate == "42501"


@pytest.mark.parametrize("column", ["id", "at", "shard", "place", "previous_hash", "hash"])
def test_who_writes_a_line_does_not_choose_its_time_or_its_place(own_house, column):
    """Else the newest look could stand last, or keep everybody after it out."""
    line = accesslog.INSERT.replace("(request_id", f"({column}, request_id")
    with acting_as(ANONYMOUS), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as error, transaction.atomic():
            cursor.execute(
                line.replace("VALUES (", "VALUES (DEFAULT, "),
                accesslog._row(KEY, ANONYMOUS, "", LOOK),
            )
        assert error.value.__cause__.sqlstate == accesslog.WALL
