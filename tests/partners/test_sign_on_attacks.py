"""Every way to be somebody else by way of an organisation, refused for its own reason. AUTH-13.

The words in the access log tell which check held: a token that is refused for another reason than
the lie in it would prove nothing.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from joserfc import jwk

from partners import access, operations
from tests.login_service import (
    CLIENT,
    OTHER_KEY,
    RSA_KEY,
    LoginService,
    signed_by_hand,
    unsigned,
    with_public_key_as_secret,
)
from tests.partners.signing_on import (
    come_back,
    is_refused,
    leave,
    link,
    reason,
    sign_on,
    tail,
)
from tests.situations import organisation, user, with_papers
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db

MINUTE = 60


@dataclass(frozen=True)
class Later:
    """A moment so many seconds after now."""

    seconds: float


# What the token says, and the word for it in the access log. `Later` counts from the moment it is
# said: the tests may run long after they were collected.
LIES = {
    "another issuer": ("iss", {"iss": "http://127.0.0.1:1"}),
    "no issuer": ("iss", {"iss": None}),
    "for another": ("aud", {"aud": "een ander"}),
    "for us and another": ("aud", {"aud": [CLIENT, "een ander"]}),
    "for nobody": ("aud", {"aud": None}),
    "asked by another": ("azp", {"azp": "een ander"}),
    "expired": ("exp", {"exp": Later(-MINUTE)}),
    "for ever": ("exp", {"exp": None}),
    "until tomorrow": ("exp", {"exp": "morgen"}),
    "until true": ("exp", {"exp": True}),
    "old": ("iat", {"iat": 1_700_000_000}),
    "from the future": ("iat", {"iat": Later(10 * MINUTE)}),
    "from no moment": ("iat", {"iat": None}),
    "not yet": ("nbf", {"nbf": Later(10 * MINUTE)}),
    "another nonce": ("nonce", {"nonce": "een ander"}),
    "no nonce": ("nonce", {"nonce": None}),
    "a list for a nonce": ("nonce", {"nonce": []}),
    "nobody": ("sub", {"sub": None}),
    "an empty name": ("sub", {"sub": ""}),
    "a number": ("sub", {"sub": 1}),
    "a name of a thousand": ("sub", {"sub": "x" * 1000}),
    "an empty session": ("sid", {"sid": ""}),
    "a list of sessions": ("sid", {"sid": ["a"]}),
    "a name with a null": ("sub", {"sub": "subject-1\x00"}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_about_this_login_is_refused(browse, service, linked, owner, lie):
    """AUTH-13: wrong iss, aud, azp, expired, nonce."""
    word, claims = LIES[lie]
    service.claims = {
        name: time.time() + said.seconds if isinstance(said, Later) else said
        for name, said in claims.items()
    }
    visitor = browse()

    assert is_refused(sign_on(visitor, service))
    assert reason(owner) == word
    assert visitor.get("/inloggen/tweede-stap/").url == "/"


def swapped(service):
    service.keys = [{**OTHER_KEY.as_dict(private=False), "kid": "k1", "use": "sig"}]


def of_another_key(service):
    service.key, service.keys = OTHER_KEY, service.key_set()["keys"]


def own_key_in_the_header(service):
    of_another_key(service)
    service.header = {"jwk": OTHER_KEY.as_dict(private=False)}


def own_keys_address_in_the_header(service):
    of_another_key(service)
    service.header = {"jku": "http://127.0.0.1:1/keys"}


def secret_in_the_key_set(service):
    shared = jwk.OctKey.import_key("een-gedeeld-geheim-van-lengte-32")
    service.keys = [{**shared.as_dict(), "kid": "k1", "use": "sig", "alg": "HS256"}]
    service.sign = with_public_key_as_secret


def none(service):
    service.sign = unsigned


def hs256(service):
    service.sign = with_public_key_as_secret


def unknown_key_name(service):
    service.header = {"kid": "k2"}


def for_encryption(service):
    service.keys = [{**RSA_KEY.as_dict(private=False), "kid": "k1", "use": "enc"}]


def no_keys(service):
    service.keys = []


def garbage_keys(service):
    service.keys = [{"kty": "RSA", "kid": "k1"}, "geen sleutel"]


def garbage(service):
    service.sign = lambda header, claims: "a.b.c"


def no_text(service):
    service.sign = lambda header, claims: ["a"]


def critical(service):
    service.header = {"crit": ["onbekend"], "onbekend": 1}
    service.sign = signed_by_hand


FORGERIES = [
    none,
    hs256,
    swapped,
    of_another_key,
    own_key_in_the_header,
    own_keys_address_in_the_header,
    secret_in_the_key_set,
    unknown_key_name,
    for_encryption,
    no_keys,
    garbage_keys,
    garbage,
    no_text,
    critical,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_token_that_this_issuer_did_not_sign_is_refused(browse, service, linked, owner, forge):
    """AUTH-13: alg=none, HS256 with the public key, unsigned, JWKS swap."""
    forge(service)

    assert is_refused(sign_on(browse(), service))
    assert reason(owner) == ("geen id_token" if forge is no_text else "handtekening")


ANSWERS = [
    ("state", {"state": "een ander"}),
    ("state", {"state": None}),
    ("iss van het antwoord", {"iss": "https://elders.example"}),
    ("iss van het antwoord", {"iss": None}),
    ("geen code", {"code": None}),
    ("geen code", {"error": "access_denied"}),
    ("geen antwoord", {"code": "verzonnen"}),
]


@pytest.mark.parametrize(("word", "answer"), ANSWERS)
def test_an_answer_to_another_question_is_refused(browse, service, linked, owner, word, answer):
    """AUTH-13: state missing or wrong; RFC 9207."""
    service.answer = answer

    assert is_refused(sign_on(browse(), service))
    assert reason(owner) == word


def test_a_parameter_that_comes_twice_is_refused(browse, service, linked):
    """AUTH-13."""
    visitor = browse()
    back = service.visit(leave(visitor))

    assert is_refused(come_back(visitor, f"{back}&code=verzonnen"))


def test_an_answer_that_comes_again_is_refused(browse, service, linked):
    """AUTH-13: a replayed code or state, also at a login service that lets a code count twice."""
    service.forgetful = True
    visitor = browse()
    back = service.visit(leave(visitor))
    kept = visitor.session["naar_inlogdienst"]

    assert come_back(visitor, back).status_code == 302
    assert is_refused(come_back(visitor, back))
    again = browse()
    session = again.session
    session["naar_inlogdienst"] = kept
    session.save()
    again.cookies["sessie"] = session.session_key
    assert is_refused(come_back(again, back))


def test_the_answer_of_one_browser_is_worth_nothing_in_another(browse, service, linked):
    """AUTH-13: a stolen code, and a login that somebody is tricked into."""
    thief, victim = browse(), browse()
    back = service.visit(leave(victim))

    leave(thief)
    assert is_refused(come_back(thief, back))
    assert is_refused(come_back(browse(), back))


def test_a_code_of_another_login_is_refused_by_pkce(browse, service, linked):
    """AUTH-13: the code of a victim, put into the attacker's own answer."""
    thief, victim = browse(), browse()
    of_victim = dict(parse_qsl(urlsplit(service.visit(leave(victim))).query))
    service.answer = {"code": of_victim["code"]}
    service.claims = {"nonce": dict(parse_qsl(urlsplit(leave(thief)).query))["nonce"]}

    assert is_refused(sign_on(thief, service))


def test_after_ten_minutes_an_answer_comes_too_late(browse, service, linked):
    visitor = browse()
    back = service.visit(leave(visitor))

    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=601)):
        assert is_refused(come_back(visitor, back))


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elders.example"},
        {"code_challenge_methods_supported": ["plain"]},
        {"token_endpoint": "http://elders.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_login_service_that_is_not_what_was_agreed_is_not_used(browse, service, linked, metadata):
    """AUTH-13: mix-up, PKCE missing, an address without https."""
    service.metadata = metadata

    assert is_refused(browse().get("/inloggen/organisatie/politie/"))


def test_a_login_service_that_sends_us_elsewhere_is_not_followed(browse, service, linked):
    with LoginService() as elsewhere:
        service.redirects_to = elsewhere.issuer
        assert is_refused(browse().get("/inloggen/organisatie/politie/"))
        assert elsewhere.asked == []


def test_a_login_service_that_is_down_lets_nobody_in(browse, agree):
    with LoginService() as gone:
        agree(gone)

    assert is_refused(browse().get("/inloggen/organisatie/politie/"))


# --- whose account ---------------------------------------------------------------------------


@pytest.fixture
def two(service, agree):
    """The police and the GGD each have a login service; in each somebody is `subject-1`."""
    with LoginService() as other:
        link(agree(service), "politie")
        link(agree(other, "ggd-zuid-limburg"), "ggd")
        yield service, other


def test_the_same_subject_elsewhere_is_somebody_else(browse, two, owner):
    """AUTH-13: a subject means nothing without its issuer."""
    _, other = two

    sign_on(browse(), other, "ggd-zuid-limburg")

    assert tail(owner)[0][1] == ["account ggd"]


def test_an_answer_of_one_login_service_does_not_open_the_door_of_another(browse, two):
    """AUTH-13: mix-up between the login services of two partners."""
    service, other = two
    visitor = browse()
    back = service.visit(leave(visitor))
    assert is_refused(come_back(visitor, back.replace("politie", "ggd-zuid-limburg")))

    other.answer = {"state": dict(parse_qsl(urlsplit(leave(visitor)).query))["state"]}
    elsewhere = other.visit(leave(browse(), "ggd-zuid-limburg"))
    assert is_refused(come_back(visitor, elsewhere))
    leave(visitor)
    assert is_refused(come_back(visitor, elsewhere.replace("ggd-zuid-limburg", "politie")))


def test_a_login_service_never_signs_for_the_issuer_of_another(browse, two):
    """AUTH-13: the login service of the GGD says that it is the police."""
    service, other = two
    other.claims = {"iss": service.issuer}

    assert is_refused(sign_on(browse(), other, "ggd-zuid-limburg"))


@pytest.mark.parametrize("name", ["email", "preferred_username", "upn"])
def test_an_address_or_a_name_says_nothing(browse, two, name):
    """AUTH-13: the e-mail claim of another partner; only issuer and subject count."""
    _, other = two
    politie = user("politie")
    told = politie.email if name == "email" else politie.username
    other.claims = {"sub": "niet gekoppeld", name: told, "email_verified": True}

    assert is_refused(sign_on(browse(), other, "ggd-zuid-limburg"))


def test_the_database_lets_no_login_service_in_for_another_partner(service, agree, owner):
    """AUTH-13: also when a link would say so: the organisation of the account decides."""
    provider = agree(service)
    ggd = user("ggd")
    with acting_as(ggd.pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT vh.link_sign_on(%s, 'subject-2')", [provider.pk])
    with planted(owner, provider.issuer, "subject-3", ggd.pk):
        assert access.who_signs_on(provider, "subject-3") is None
    with planted(owner, provider.issuer, "subject-3", user("politie2").pk):
        assert access.who_signs_on(provider, "subject-3") == user("politie2")


@contextmanager
def planted(owner, issuer, subject, user_id):
    """A link that somebody put in the table past all functions."""
    insert = (
        "INSERT INTO partners_signonlink (issuer, subject, user_id, linked_by_id)"
        " VALUES (%s, %s, %s, %s) RETURNING id"
    )
    (pk,) = owner.execute(insert, [issuer, subject, user_id, user_id]).fetchone()
    yield
    owner.execute("DELETE FROM partners_signonlink WHERE id = %s", [pk])


def off(person):
    with acting_as(user("bureau").pk):
        operations.set_active(person, False, by=user("bureau"))


def unlinked(person):
    with acting_as(person.pk):
        operations.unlink_sign_on(person, by=person)


@pytest.mark.parametrize("how", [off, unlinked])
def test_an_account_that_may_not_come_in_gets_the_same_answer_as_nobody(
    browse, service, linked, how
):
    """AUTH-05, AUTH-13: off, without a link, or never known."""
    service.subject = "nooit gekoppeld"
    unknown = sign_on(browse(), service)
    service.subject = "subject-1"
    how(user("politie"))

    refused = sign_on(browse(), service)
    assert is_refused(refused)
    assert refused.content == unknown.content
    assert refused.headers.keys() == unknown.headers.keys()


def test_an_account_without_papers_or_a_role_today_does_not_come_in(browse, service, agree):
    """AUTH-13: papers that nobody saw, and a role that ended yesterday."""
    provider, office, today = agree(service), user("bureau"), timezone.localdate()
    with acting_as(office.pk):
        jolanda = operations.add_user(
            organisation("politie"),
            username="jolanda",
            first_name="Jolanda",
            last_name="van den Berg",
            email="jolanda@politie.example",
            role="ketenpartner",
            start_date=today - timezone.timedelta(days=30),
            by=office,
        )
    link(provider, "jolanda")
    assert is_refused(sign_on(browse(), service))

    with_papers(jolanda)
    assert access.who_signs_on(provider, "subject-1") == jolanda

    with acting_as(office.pk):
        held = jolanda.appointments.get()
        operations.end_appointment(held, by=office, end_date=today - timezone.timedelta(days=1))
    assert is_refused(sign_on(browse(), service))


def test_a_login_service_that_was_switched_off_is_not_there(browse, service, linked, owner):
    visitor = browse()
    back = service.visit(leave(visitor))
    owner.execute("UPDATE partners_identityprovider SET is_on = false")

    assert come_back(visitor, back).status_code == 404
    assert browse().get("/inloggen/organisatie/politie/").status_code == 404
    assert access.who_signs_on(linked, "subject-1") is None


def test_another_issuer_for_the_same_partner_knows_nobody_yet(browse, service, linked, owner):
    """AUTH-13: links belong to the issuer; who takes over the address gets no accounts with it."""
    with LoginService() as other:
        owner.execute("UPDATE partners_identityprovider SET issuer = %s", [other.issuer])
        assert is_refused(sign_on(browse(), other))
