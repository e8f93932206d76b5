"""Every look is written before it is shown, by nobody to be unwritten. toegang.md decision 8."""

import uuid
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import include, path
from django.utils import timezone

from cases import access
from tests import situations
from tests.entering import enter
from veiligheidshuis import accesslog, logchain
from veiligheidshuis.models import Submission
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as
from veiligheidshuis.tasks import anchor_log_heads

KEY = uuid.UUID("c0ffee00-0000-4000-8000-000000000001")


def show(request: HttpRequest, number: str) -> HttpResponse:
    """A page of one case, as the pages of the house do it."""
    case = access.get_case(request.user, number)
    accesslog.look(request, "inzien", [case.number], scope="know_case", ground="zijn taak")
    return HttpResponse(f"Dossier van {case.client.display_name}")


def change(request: HttpRequest, number: str) -> HttpResponse:
    accesslog.look(request, "wijzigen", [number])
    Submission.objects.bulk_create([Submission(key=KEY, user_id=0, at=timezone.now())])
    return HttpResponse("Gewijzigd")


def crash(request: HttpRequest, number: str) -> HttpResponse:
    change(request, number)
    raise RuntimeError("na het kijken")


urlpatterns = [
    path("dossier/<str:number>/", show, name="show"),
    path("wijzig/<str:number>/", change, name="change"),
    path("crash/<str:number>/", crash, name="crash"),
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
    ],
)
@pytest.mark.parametrize("username", ["manager", "bureau", "samira"])
def test_the_application_reads_changes_and_removes_no_line(db, acting, username, statement):
    with acting(username), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as error, transaction.atomic():
            cursor.execute(statement)
        assert error.value.__cause__.sqlstate == "42501"


def test_who_writes_a_line_does_not_choose_its_time_or_its_place(own_house, owner):
    with acting_as(ANONYMOUS), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO veiligheidshuis_accesslogentry (at, user_id, username, organisation,"
            " roles, action, route, subjects, scope, ground, outcome, shard, place, previous_hash,"
            " hash)"
            " VALUES ('2006-09-07', 3, '', '', '', '', '', '{}', '', '', '', 9, 99, '', '')"
        )

    (year, shard, place) = owner.execute(
        "SELECT extract(year FROM at), shard, place FROM veiligheidshuis_accesslogentry"
    ).fetchone()
    assert (year, shard, place) == (timezone.now().year, 3, 1)
    assert verify() == "1 regels gecontroleerd, 0 ankers. Het logboek is heel.\n"


# --- the chain and its anchors ---------------------------------------------------------------


def verify() -> str:
    """What the command says."""
    said = StringIO()
    call_command("verify_access_log", stdout=said)
    return said.getvalue()


@pytest.fixture
def log(own_house: str, owner: psycopg.Connection, settings, tmp_path) -> psycopg.Connection:
    """A log of forty lines by four people, anchored half way."""
    settings.VAR = tmp_path
    for n in range(40):
        who = accesslog.Onlooker(user_id=1 + n % 4, username=f"kijker{n % 4}")
        accesslog.write(who, [accesslog.Look("inzien", [f"VH-2026-{n:04}"])])
        if n == 20:
            anchor_log_heads.apply(throw=True)
    return owner


def test_a_log_that_nobody_touched_is_whole(log):
    assert verify() == "40 regels gecontroleerd, 4 ankers. Het logboek is heel.\n"


def test_an_empty_log_is_whole(own_house, settings, tmp_path):
    settings.VAR = tmp_path
    assert verify() == "0 regels gecontroleerd, 0 ankers. Het logboek is heel.\n"


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE {log} SET subjects = '{{}}' WHERE shard = 2 AND place = 4", "regel 4: deze regel"),
        ("UPDATE {log} SET username = 'x' WHERE shard = 2 AND place = 1", "regel 1: deze regel"),
        ("UPDATE {log} SET at = at - interval '1 hour' WHERE shard = 3 AND place = 9", "regel 9"),
        ("DELETE FROM {log} WHERE shard = 2 AND place = 4", "regel 5: hiervoor ontbreekt"),
        ("DELETE FROM {log} WHERE shard = 2 AND place = 10", "regel 10: het einde"),
        ("DELETE FROM {log} WHERE shard = 2", "keten 2, regel 1: het einde"),
        ("UPDATE vh.log_head SET hash = 'x' WHERE shard = 2", "regel 11: de kop"),
        (
            (
                "UPDATE {log} SET place = place - 1 WHERE shard = 2 AND place > 4;"
                "DELETE FROM {log} WHERE shard = 2 AND place = 3"
            ),
            "keten 2",
        ),
    ],
)
def test_tampering_by_the_owner_of_the_database_is_found(log, tampering, found, capsys):
    log.execute("ALTER TABLE veiligheidshuis_accesslogentry DROP CONSTRAINT log_place_in_chain")
    log.execute(tampering.format(log="veiligheidshuis_accesslogentry"))

    with pytest.raises(CommandError, match="niet heel"):
        call_command("verify_access_log")

    assert found in capsys.readouterr().out


def test_a_whole_chain_forged_anew_differs_from_its_anchor(log, capsys):
    log.execute("UPDATE veiligheidshuis_accesslogentry SET username = 'x' WHERE shard = 2")
    log.execute(
        """DO $$ DECLARE line veiligheidshuis_accesslogentry%ROWTYPE; before bytea := '\\x00';
           BEGIN
             FOR line IN SELECT * FROM veiligheidshuis_accesslogentry
                         WHERE shard = 2 ORDER BY place LOOP
               UPDATE veiligheidshuis_accesslogentry SET previous_hash = before,
                 hash = sha256(before || vh.log_line(line)) WHERE id = line.id
                 RETURNING hash INTO before;
             END LOOP;
             UPDATE vh.log_head SET hash = before WHERE shard = 2;
           END $$"""
    )
    with acting_as(ANONYMOUS):
        assert logchain.verify() == (40, [])  # by itself it looks whole

    with pytest.raises(CommandError, match="niet heel"):
        call_command("verify_access_log")

    assert "keten 2, regel 5: anders dan het anker van toen" in capsys.readouterr().out
