"""The front door: who gets in, what a stranger learns, and what is written down."""

import re

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.utils import timezone

from demo.people import PASSWORD, choose_password
from partners.operations import add_user
from tests.entering import SECRETS, first_step, first_time, log_in, second_step
from veiligheidshuis import brake, door, factors, proof, stepup
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
SECOND = "/inloggen/tweede-stap/"


def says(answer, text):
    return text in answer.content.decode()


def test_somebody_logs_in_to_his_own_first_page_and_out_again(browse):
    visitor = browse()

    assert log_in(visitor, "samira").url == "/"
    assert visitor.get("/dossiers/").status_code == 200
    out = visitor.post("/uitloggen/")
    assert out.headers["Clear-Site-Data"]
    assert visitor.get("/dossiers/").status_code == 302


def test_a_password_alone_opens_nothing_but_the_second_step(browse):
    """AUTH-01; for every route: tests/house/test_login.py."""
    visitor = browse()

    assert first_step(visitor, "samira").url == SECOND
    assert visitor.get("/dossiers/").url == "/inloggen/?next=/dossiers/"
    assert SESSION_KEY not in visitor.session


def test_a_session_without_a_second_factor_is_nobodys(browse, person):
    """AUTH-01: also when some code would log somebody in past the door."""
    visitor = browse("samira")
    session = visitor.session
    del session[stepup.PROVED_AT]
    session.save()

    assert visitor.get("/dossiers/").url == "/inloggen/?next=/dossiers/"


def test_the_second_step_without_the_first_leads_back_to_the_first(browse):
    assert browse().get(SECOND).url == "/"
    assert second_step(browse(), "samira").url == "/"
    assert browse().get("/").url == "/inloggen/?next=/"


def test_between_the_steps_lie_ten_minutes_at_most(browse):
    visitor = browse()
    first_step(visitor, "samira")

    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=601)):
        assert visitor.get(SECOND).url == "/"


def test_a_new_password_ends_what_was_begun_with_the_old_one(browse, person):
    visitor = browse()
    first_step(visitor, "samira")
    samira = person("samira")
    with acting_as(samira.pk):
        samira.change_password("een-heel-ander-wachtwoord")

    assert visitor.get(SECOND).url == "/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(browse):
    """AUTH-05."""
    wrong_password = first_step(browse(), "samira", "verkeerd-wachtwoord")
    wrong_name = first_step(browse(), "samirb", "verkeerd-wachtwoord")

    assert wrong_password.status_code == wrong_name.status_code == 422
    assert says(wrong_password, door.WRONG)
    assert without_chance(wrong_password, b"samira") == without_chance(wrong_name, b"samirb")
    assert wrong_password.headers.keys() == wrong_name.headers.keys()


def without_chance(answer, name):
    """The page without its token and without the name that was typed."""
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', answer.content)[1]
    return answer.content.replace(token, b"").replace(name, b"")


def test_the_way_on_leads_to_a_page_of_this_house_only(browse):
    assert log_in(browse(), "samira", next="/dossiers/").url == "/dossiers/"
    assert log_in(browse(), "tom", next="https://elders.example/").url == "/"
    assert log_in(browse(), "ggd", next="//elders.example/").url == "/"


@pytest.mark.parametrize("typed", ["", "a\x00b", "x" * 10_000])
def test_bad_input_gets_a_sentence(browse, typed):
    assert first_step(browse(), typed).status_code == 422


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"code": ""},
        {"code": "a\x00b"},
        {"code": "x" * 10_000},
        {"code": "٣٣٣٣٣٣"},
        {"passkey": "geen json"},
        {"passkey": "[]"},
        {"passkey": '{"id": 1}'},
    ],
)
def test_a_bad_second_step_gets_a_sentence(browse, typed):
    visitor = browse()
    first_step(visitor, "samira")

    assert visitor.post(SECOND, typed).status_code == 422


def test_a_code_counts_once(browse):
    """AUTH-02: the same code in the same half minute, by somebody who looked over his shoulder."""
    code = factors.code_now(SECRETS["samira"])
    log_in(browse(), "samira")

    looking = browse()
    first_step(looking, "samira")
    assert says(second_step(looking, "samira", code), proof.WRONG)


@pytest.mark.parametrize(
    ("seconds", "status"), [(-30, 302), (0, 302), (30, 302), (-90, 422), (90, 422)]
)
def test_a_telephone_may_be_half_a_minute_off(browse, seconds, status):
    """AUTH-02: by the clock of the house."""
    moment = timezone.now()
    with time_machine.travel(moment + timezone.timedelta(seconds=seconds), tick=False):
        code = factors.code_now(SECRETS["samira"])
    with time_machine.travel(moment, tick=False):
        visitor = browse()
        first_step(visitor, "samira")
        assert second_step(visitor, "samira", code).status_code == status


def test_an_older_code_does_not_count_after_a_newer_one(browse):
    """AUTH-02."""
    moment = timezone.now()
    with time_machine.travel(moment - timezone.timedelta(seconds=30), tick=False):
        older = factors.code_now(SECRETS["samira"])
    with time_machine.travel(moment, tick=False):
        log_in(browse(), "samira")
        visitor = browse()
        first_step(visitor, "samira")
        assert second_step(visitor, "samira", older).status_code == 422


def test_who_comes_for_the_first_time_links_an_app_and_gets_recovery_codes(browse, own_account):
    visitor = browse()
    first_step(visitor, *own_account)

    assert visitor.get(SECOND).url == f"{SECOND}instellen/"
    assert visitor.post(f"{SECOND}instellen/", {"code": "000000"}).status_code == 422
    assert visitor.get("/account/").status_code == 302
    codes = first_time(visitor, *own_account)

    assert len(set(codes)) == factors.RECOVERY_CODES
    assert visitor.get("/account/").status_code == 200
    again = visitor.get("/account/inloggen/herstelcodes/")
    assert not any(says(again, code) for code in codes)


def test_who_has_an_app_does_not_get_to_set_up_another_with_a_password_alone(browse):
    """AUTH-01."""
    visitor = browse()
    first_step(visitor, "samira")

    assert visitor.get(f"{SECOND}instellen/").url == SECOND
    assert visitor.post(f"{SECOND}instellen/", {"code": "000000"}).url == SECOND


def test_a_recovery_code_works_once(browse, own_account):
    """AUTH-04."""
    code, other, *_ = first_time(browse(), *own_account)
    for status in (302, 422):
        visitor = browse()
        first_step(visitor, *own_account)
        assert second_step(visitor, "", code.lower()).status_code == status
    visitor = browse()
    first_step(visitor, *own_account)
    assert second_step(visitor, "", other).status_code == 302


@pytest.fixture
def own_account(person):
    """Name and password of somebody who was given an account and never came."""
    office, password = person("bureau"), "vier-woorden-op-een-rij"
    with acting_as(office.pk):
        joke = add_user(
            person("legerdesheils").organisation,
            username="joke",
            first_name="Joke",
            last_name="Peters",
            email="joke@heils.example",
            role="ketenpartner",
            by=office,
        )
    choose_password(joke, password)
    return "joke", password


def test_every_try_is_written_down(browse, owner):
    def tail(n):
        query = (
            "SELECT username, subjects, ground, outcome FROM veiligheidshuis_accesslogentry"
            " WHERE action = 'inloggen' ORDER BY id DESC LIMIT %s"
        )
        return owner.execute(query, [n]).fetchall()[::-1]

    first_step(browse(), "samira", "verkeerd-wachtwoord")
    visitor = browse()
    first_step(visitor, "samira")
    second_step(visitor, "samira", "000000")
    second_step(visitor, "samira")

    samira = ["account samira"]
    assert tail(4) == [
        ("", [], "", "mislukt"),
        ("", samira, "", "wachtwoord klopt"),
        ("", samira, "", "tweede stap mislukt"),
        ("samira", samira, "totp", "gelukt"),
    ]
    assert PASSWORD not in str(tail(4))


def test_the_session_gets_a_new_name_at_every_step(browse):
    """AUTH-07: what somebody put in the browser beforehand is worth nothing afterwards."""
    visitor = browse()
    names = []
    visitor.get("/inloggen/")
    first_step(visitor, "samira")
    names.append(visitor.session.session_key)
    second_step(visitor, "samira")
    names.append(visitor.session.session_key)
    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=60)):
        visitor.post("/bevestigen/", {"code": factors.code_now(SECRETS["samira"])})
        names.append(visitor.session.session_key)

    assert len(set(names)) == 3
    thief = browse()
    for name in names[:2]:
        thief.cookies["sessie"] = name
        assert thief.get("/dossiers/").status_code == 302


def guess(visitor, username="samira", times=1, **more):
    for _ in range(times):
        answer = first_step(visitor, username, "verkeerd-wachtwoord", **more)
    return answer


def test_guessing_is_slowed_down_for_one_name_and_not_for_the_office(browse):
    """AUTH-06: twenty people behind one address."""
    guess(browse(), times=brake.FREE)

    assert says(first_step(browse(), "samira"), "te vaak")
    assert first_step(browse(), "tom").status_code == 302


def test_who_logged_in_with_this_browser_before_is_not_locked_out_by_a_stranger(browse):
    """AUTH-06: one name from very many addresses, and from his own as well."""
    own = browse()
    log_in(own, "samira")
    own.post("/uitloggen/")
    for n in range(brake.FREE_EVERYWHERE + 1):
        stranger = browse()
        stranger.defaults["REMOTE_ADDR"] = f"10.0.{n}.1"
        guess(stranger)

    stranger.defaults["REMOTE_ADDR"] = "10.1.1.1"
    assert says(first_step(stranger, "samira"), "te vaak")
    assert first_step(own, "samira").status_code == 302


def test_another_address_in_a_header_is_no_other_address(browse):
    """AUTH-06: X-Forwarded-For is what the guesser makes of it."""
    for n in range(brake.FREE):
        forger = browse()
        forger.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.{n}.1"
        guess(forger)

    assert says(first_step(forger, "samira"), "te vaak")


def test_the_wait_grows_and_ends_by_itself(browse):
    moment = timezone.now()
    guess(browse(), times=brake.FREE)
    with time_machine.travel(moment + timezone.timedelta(seconds=30)):
        guess(browse(), times=brake.FREE * 2)
        assert says(first_step(browse(), "samira"), "te vaak")
    with time_machine.travel(moment + timezone.timedelta(minutes=20)):
        assert first_step(browse(), "samira").status_code == 302


def test_codes_are_guessed_with_the_same_brake(browse):
    """AUTH-02: five tries, then a wait."""
    visitor = browse()
    first_step(visitor, "samira")
    for _ in range(brake.FREE):
        assert says(second_step(visitor, "samira", "000000"), proof.WRONG)

    assert says(second_step(visitor, "samira"), "te vaak")


def test_who_guesses_at_a_password_keeps_nobody_from_his_second_step(browse):
    """AUTH-06: he knows his password; what a stranger does in the meantime is not his affair."""
    visitor = browse()
    first_step(visitor, "samira")
    guess(browse(), times=brake.FREE)

    assert says(first_step(browse(), "samira"), "te vaak")
    assert second_step(visitor, "samira").url == "/"


def test_a_known_browser_of_one_is_a_stranger_to_another(browse):
    """AUTH-06: the mark of a colleague's browser is no free pass for guessing at your name."""
    colleague = browse()
    log_in(colleague, "tom")
    colleague.post("/uitloggen/")
    guess(browse(), times=brake.FREE)

    assert says(first_step(colleague, "samira"), "te vaak")
