"""Who logs out at his organisation is out here at once, and nobody else is. AUTH-10, AUTH-13."""

import time

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client as Browser

from tests.entering import log_in, second_step
from tests.login_service import CLIENT, LOGOUT, OTHER_KEY, LoginService
from tests.partners.signing_on import link, reason, sign_on, tail
from tests.partners.test_sign_on_attacks import (
    FORGERIES,
    MINUTE,
    Later,
    garbage_keys,
    no_text,
)
from veiligheidshuis import brake, openid
from veiligheidshuis.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(service, agree):
    """The second factor of the police counts, and two of its people are linked."""
    provider = agree(service, amr=["mfa"])
    link(provider, "politie")
    link(provider, "politie2", "subject-2")
    return provider


def come_in(browse, service, subject="subject-1", session=None, amr=("mfa",)):
    """Somebody comes in by way of his organisation, with this session there."""
    service.subject = subject
    service.claims = {"amr": list(amr), "sid": session}
    visitor = browse()
    sign_on(visitor, service)
    return visitor


def is_in(visitor):
    return visitor.get("/account/").status_code == 200


def tell(token, slug="politie", **more):
    """The login service tells us, from server to server: without a cookie and without our form."""
    return Browser(enforce_csrf_checks=True).post(
        f"/inloggen/organisatie/{slug}/uitgelogd/", {"logout_token": token}, **more
    )


def told(service, **says):
    """It tells that something ended; whether it was believed."""
    service.farewell = says
    return tell(service.goodbye()).status_code == 200


def test_who_logs_out_there_is_out_here_on_every_device(browse, service, agreed, owner):
    computer, telephone = come_in(browse, service), come_in(browse, service, session="s2")
    colleague = come_in(browse, service, "subject-2")

    assert told(service, sub="subject-1")

    assert tail(owner)[0] == ("", ["account politie"], "eigen organisatie: politie", "gelukt")
    assert [is_in(each) for each in (computer, telephone, colleague)] == [False, False, True]


def test_one_session_that_ended_there_ends_one_session_here(browse, service, agreed):
    computer = come_in(browse, service, session="s1")
    telephone = come_in(browse, service, session="s2")

    assert told(service, sub=None, sid="s1")
    assert [is_in(computer), is_in(telephone)] == [False, True]
    assert told(service, sub="subject-1", sid="s2")
    assert not is_in(telephone)


def test_a_session_of_somebody_else_is_not_ended_by_a_name_that_does_not_fit(
    browse, service, agreed
):
    visitor = come_in(browse, service, session="s1")

    assert told(service, sub="subject-2", sid="s1")
    assert is_in(visitor)


def test_a_session_of_which_was_never_said_which_it_is_ends_with_its_person(
    browse, service, agreed
):
    """Better out once too often than in once too long."""
    visitor = come_in(browse, service)

    assert told(service, sub=None, sid="s1")
    assert is_in(visitor)
    assert told(service, sub="subject-1", sid="s1")
    assert not is_in(visitor)


def test_who_came_in_with_his_password_stays_in(browse, service, agreed):
    by_password = browse()
    log_in(by_password, "politie")

    assert told(service)
    assert is_in(by_password)


def test_who_stands_between_the_two_steps_is_sent_back_as_well(browse, service, agreed):
    visitor = come_in(browse, service, amr=("pwd",))

    assert told(service)
    assert second_step(visitor, "politie").url == "/"
    assert SESSION_KEY not in visitor.session


def test_the_session_leans_on_the_one_there_after_our_own_second_step_too(browse, service, agreed):
    visitor = come_in(browse, service, amr=("pwd",))
    second_step(visitor, "politie")
    assert is_in(visitor)

    assert told(service)
    assert not is_in(visitor)


def test_what_is_kept_of_a_session_there_says_nothing(browse, service, agreed):
    kept = come_in(browse, service, session="session-1")

    (row,) = Session.objects.values_list("subject_there", "session_there", "session_data")
    assert [len(each) for each in row[:2]] == [64, 64]
    assert not any(
        "session-1" in each or "subject-1" in each for each in (*row, str(kept.session.items()))
    )


# --- attacks ---------------------------------------------------------------------------------

# What the token says otherwise, and the word for it in the access log.
LIES = {
    "another issuer": ("iss", {"iss": "http://127.0.0.1:1"}),
    "no issuer": ("iss", {"iss": None}),
    "for another": ("aud", {"aud": "een ander"}),
    "for us and another": ("aud", {"aud": [CLIENT, "een ander"]}),
    "for nobody": ("aud", {"aud": None}),
    "expired": ("exp", {"exp": Later(-MINUTE)}),
    "for ever": ("exp", {"exp": None}),
    "old": ("iat", {"iat": 1_700_000_000}),
    "from the future": ("iat", {"iat": Later(10 * MINUTE)}),
    "from no moment": ("iat", {"iat": None}),
    "not yet": ("nbf", {"nbf": Later(10 * MINUTE)}),
    "about nothing": ("events", {"events": None}),
    "about something else": ("events", {"events": {"https://elders.example": {}}}),
    "about it in a list": ("events", {"events": [LOGOUT]}),
    "about it in a word": ("events", {"events": {LOGOUT: "ja"}}),
    "with a nonce": ("nonce", {"nonce": "x"}),
    "with an empty nonce": ("nonce", {"nonce": ""}),
    "without a number": ("jti", {"jti": None}),
    "with an empty number": ("jti", {"jti": ""}),
    "with a list for a number": ("jti", {"jti": ["a"]}),
    "about nobody": ("sub of sid", {"sub": None}),
    "about an empty name": ("sub of sid", {"sub": ""}),
    "about a number": ("sub of sid", {"sub": 1}),
    "about a name with a null": ("sub of sid", {"sub": "subject-1\x00"}),
    "about an empty session": ("sub of sid", {"sid": ""}),
    "about a list of sessions": ("sub of sid", {"sid": ["s1"]}),
}


def at(says):
    return {k: time.time() + v.seconds if isinstance(v, Later) else v for k, v in says.items()}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_no_goodbye_ends_nothing(browse, service, agreed, owner, lie):
    """AUTH-13: wrong iss, aud, iat, events, sub, sid, jti, or with a nonce."""
    word, says = LIES[lie]
    visitor = come_in(browse, service)

    assert not told(service, **at(says))
    assert reason(owner) == word
    assert is_in(visitor)


@pytest.mark.parametrize("forge", [each for each in FORGERIES if each is not no_text])
def test_a_goodbye_that_this_issuer_did_not_sign_ends_nothing(
    browse, service, agreed, owner, forge
):
    """AUTH-13: alg=none, HS256 with the public key, another key, a key in the header."""
    visitor = come_in(browse, service)
    forge(service)

    assert not told(service)
    assert reason(owner) == "handtekening"
    assert is_in(visitor)


def test_the_keys_are_asked_of_the_issuer_itself_and_never_of_the_token(service, agreed):
    with LoginService() as elsewhere:
        service.header = {"jku": f"{elsewhere.issuer}/keys"}
        assert told(service)
        assert elsewhere.asked == []


@pytest.mark.parametrize("kind", ["at+jwt", "JOSE", ""])
def test_a_token_of_another_kind_is_refused(service, agreed, owner, kind):
    service.header = {"typ": kind}

    assert not told(service)
    assert reason(owner) == "typ"


@pytest.mark.parametrize("kind", ["JWT", "logout+JWT", "application/logout+jwt"])
def test_a_goodbye_of_this_kind_counts(service, agreed, kind):
    """A library may leave the kind at JWT; events says what it is."""
    service.header = {"typ": kind}

    assert told(service)


def test_a_goodbye_counts_once(browse, service, agreed, owner):
    """AUTH-13: who kept one does not put somebody out again and again."""
    service.farewell = {}
    token = service.goodbye()
    assert tell(token).status_code == 200
    visitor = come_in(browse, service)

    assert tell(token).status_code == 400
    assert reason(owner) == "nog een keer"
    assert is_in(visitor)


def test_a_goodbye_that_was_refused_may_come_again(service, agreed):
    """The login service was not believed, because its keys were not there for a moment."""
    token = service.goodbye()
    garbage_keys(service)
    assert tell(token).status_code == 400
    service.keys = None

    assert tell(token).status_code == 200


def test_a_goodbye_that_was_kept_for_later_is_too_old(browse, service, agreed, owner):
    service.farewell = at({"exp": Later(60 * MINUTE)})
    token = service.goodbye()
    visitor = come_in(browse, service)

    with time_machine.travel(time.time() + 6 * MINUTE):
        assert tell(token).status_code == 400
        assert reason(owner) == "iat"
        assert is_in(visitor)


def test_the_login_service_of_one_partner_ends_nothing_of_another(browse, service, agreed, agree):
    """AUTH-13: the same subject, the same session, another issuer."""
    visitor = come_in(browse, service, session="s1")
    with LoginService(key=OTHER_KEY) as other:
        agree(other, "ggd-zuid-limburg")
        other.farewell = {"sid": "s1"}
        assert tell(other.goodbye(), "ggd-zuid-limburg").status_code == 200
        assert is_in(visitor)

        other.farewell = {"iss": service.issuer}
        assert tell(other.goodbye()).status_code == 400
        assert tell(other.goodbye(), "ggd-zuid-limburg").status_code == 400
        assert is_in(visitor)


def test_a_proof_of_login_is_no_goodbye_and_a_goodbye_no_proof_of_login(
    browse, service, agreed, owner
):
    """AUTH-13: one kind of token does not do for the other."""
    assert tell(service.proof({"nonce": "x"})).status_code == 400
    assert reason(owner) == "events"

    service.claims = {"events": {LOGOUT: {}}, "nonce": None}
    assert sign_on(browse(), service).status_code == 422
    assert reason(owner) == "nonce"


def test_who_sends_rubbish_does_not_make_the_house_ask_the_issuer_each_time(service, agreed):
    assert told(service)
    service.asked.clear()

    for _ in range(3):
        assert tell("a.b.c").status_code == 400
    assert told(service)
    assert service.asked == []


def test_an_issuer_that_changed_its_keys_is_believed_by_the_new_ones(service, agreed):
    assert told(service)
    service.key = OTHER_KEY

    assert not told(service)
    with time_machine.travel(time.time() + openid.ASK_AGAIN_SECONDS + 1):
        assert told(service)


def test_keys_that_the_issuer_took_back_are_believed_no_longer_than_they_are_kept(service, agreed):
    assert told(service)
    former, service.keys = service.key, [OTHER_KEY.as_dict(private=False)]

    with time_machine.travel(time.time() + openid.KEPT_SECONDS + 1):
        assert service.key is former
        assert not told(service)


def test_who_keeps_sending_rubbish_is_not_heard_any_more_and_the_login_service_is(service, agreed):
    """AUTH-06: an address without a name; that of the login service is another one."""
    for _ in range(brake.FREE_CALLS):
        assert tell("x").status_code == 400

    assert tell(service.goodbye()).status_code == 429
    assert tell(service.goodbye(), REMOTE_ADDR="10.1.1.1").status_code == 200


def test_a_login_service_that_is_believed_starts_anew(service, agreed):
    for _ in range(2):
        for _ in range(brake.FREE_CALLS - 1):
            tell("x")
        assert told(service)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "x" * 20_000, "\x00", "é.é.é"])
def test_nonsense_is_refused_with_one_answer(service, agreed, token):
    answer = tell(token)

    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request"}
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_a_partner_without_a_login_service_has_no_such_address(db):
    assert tell("x").status_code == 404


def test_nobody_looks_at_this_address(browse, service, agreed):
    assert browse().get("/inloggen/organisatie/politie/uitgelogd/").status_code == 405
