"""Logging in by way of your own organisation, and linking your account to it. SEC-01, AUTH-13."""

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.contrib.auth import SESSION_KEY
from django.db import ProgrammingError, connection, transaction
from joserfc import jwk

from partners import operations
from partners.models import IdentityProvider, SignOnLink
from tests.entering import enter, second_step
from tests.login_service import (
    EC_KEY,
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
from tests.situations import user
from veiligheidshuis import stepup
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db

# --- in --------------------------------------------------------------------------------------


def test_who_is_linked_comes_in_with_our_second_step(browse, service, linked):
    visitor = browse()

    assert sign_on(visitor, service, on="/leveringsvragen/").url == "/inloggen/tweede-stap/"
    assert SESSION_KEY not in visitor.session
    assert visitor.get("/leveringsvragen/").status_code == 302
    assert second_step(visitor, "politie").url == "/leveringsvragen/"
    assert visitor.get("/leveringsvragen/").status_code == 200


@pytest.mark.parametrize(
    ("agreed", "says", "where"),
    [
        ({"amr": ["mfa"]}, {"amr": ["pwd", "mfa"]}, "/"),
        ({"acr": ["substantial"]}, {"acr": "substantial"}, "/"),
        ({"amr": ["mfa"]}, {"amr": ["pwd"]}, "/inloggen/tweede-stap/"),
        ({"amr": ["mfa"]}, {"amr": "mfa"}, "/inloggen/tweede-stap/"),
        ({"amr": ["mfa"]}, {}, "/inloggen/tweede-stap/"),
        ({"acr": ["substantial"]}, {"acr": "low"}, "/inloggen/tweede-stap/"),
        ({}, {"amr": ["mfa"], "acr": "substantial"}, "/inloggen/tweede-stap/"),
    ],
)
def test_a_second_factor_elsewhere_counts_only_as_was_agreed(
    browse, service, agree, agreed, says, where
):
    link(agree(service, **agreed), "politie")
    service.claims = says

    assert sign_on(browse(), service).url == where


@pytest.mark.parametrize(("minutes_ago", "fresh"), [(1, True), (30, False), (None, False)])
def test_what_was_proved_there_long_ago_is_no_fresh_proof_here(
    browse, service, agree, minutes_ago, fresh
):
    """AUTH-11: who sat in at his organisation since this morning proves himself again."""
    link(agree(service, amr=["mfa"]), "politie")
    at = minutes_ago and time.time() - minutes_ago * 60
    service.claims = {"amr": ["mfa"], "auth_time": at}
    visitor = browse()

    assert sign_on(visitor, service).url == "/"
    assert visitor.get("/account/").status_code == 200
    proved_at = visitor.session[stepup.PROVED_AT]
    assert (time.time() - proved_at < stepup.FRESH_FOR.total_seconds()) is fresh


# --- proving anew ----------------------------------------------------------------------------


def prove(visitor, service, on="/account/inloggen/organisatie/"):
    """To the login service for a fresh proof, and back; the last answer."""
    there = visitor.get("/bevestigen/organisatie/", {"next": on}).url
    return come_back(visitor, service.visit(there))


@pytest.fixture
def stale(browse, service, agree):
    """Somebody of the police, whose second factor counts; he proved himself ten minutes ago."""
    link(agree(service, amr=["mfa"]), "politie")
    service.claims = {"amr": ["mfa"]}
    return enter(browse(), user("politie"), proved_at=time.time() - 600)


def proves_nothing(visitor):
    answer = visitor.post("/account/inloggen/organisatie/weg/")
    return answer.status_code == 302 and answer.url.startswith("/bevestigen/")


def test_a_fresh_proof_there_is_a_fresh_proof_here(stale, service, owner):
    """AUTH-11."""
    asked_for = stale.get("/bevestigen/?next=/account/inloggen/organisatie/").content.decode()
    assert "/bevestigen/organisatie/?next=/account/inloggen/organisatie/" in asked_for
    before = stale.session.session_key

    assert prove(stale, service).url == "/account/inloggen/organisatie/"
    assert tail(owner)[0][2:] == ("eigen organisatie: politie", "gelukt")
    assert stale.session.session_key != before
    assert not proves_nothing(stale)


def test_a_fresh_proof_is_asked_of_him_there_now(stale):
    there = stale.get("/bevestigen/organisatie/").url

    asked = dict(parse_qsl(urlsplit(there).query))
    assert {"prompt": "login", "max_age": "0"}.items() <= asked.items()


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("geen tweede stap", {"amr": ["pwd"]}),
        ("geen tweede stap", {"amr": None}),
        ("auth_time", {"auth_time": 1_700_000_000}),
        ("auth_time", {"auth_time": None}),
        ("iemand anders", {"sub": "subject-2"}),
        ("iemand anders", {"sub": "nooit gekoppeld"}),
    ],
)
def test_what_is_no_fresh_proof_of_him_proves_nothing(agree, stale, service, owner, word, says):
    """AUTH-11: one factor, logged in there since this morning, or a colleague."""
    link(IdentityProvider.objects.get(), "politie2", "subject-2")
    service.claims = {"amr": ["mfa"]} | says

    assert is_refused(prove(stale, service))
    assert reason(owner) == word
    assert proves_nothing(stale)


def test_a_level_that_was_agreed_counts_as_well(browse, service, agree):
    link(agree(service, acr=["substantial"]), "politie")
    service.claims = {"acr": "substantial"}
    stale = enter(browse(), user("politie"), proved_at=time.time() - 600)

    assert prove(stale, service).status_code == 302
    assert not proves_nothing(stale)


def test_where_its_second_factor_does_not_count_ours_is_asked(browse, service, linked):
    visitor = enter(browse(), user("politie"), proved_at=time.time() - 600)

    assert visitor.get("/bevestigen/organisatie/").status_code == 404
    assert "/bevestigen/organisatie/" not in visitor.get("/bevestigen/").content.decode()


def test_who_is_not_linked_has_no_such_way(browse, service, agree):
    agree(service, amr=["mfa"])

    assert browse("politie").get("/bevestigen/organisatie/").status_code == 404
    assert browse("ggd").get("/bevestigen/organisatie/").status_code == 404


def test_a_fresh_proof_is_no_way_in(stale, service):
    """AUTH-13: the answer serves what was asked; who was put out meanwhile logs in anew."""
    there = stale.get("/bevestigen/organisatie/").url
    session = stale.session
    del session[SESSION_KEY]
    session.save()

    assert is_refused(come_back(stale, service.visit(there)))
    assert SESSION_KEY not in stale.session


def test_a_page_of_a_stranger_sends_nobody_for_a_proof(stale):
    stale.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"

    assert stale.get("/bevestigen/organisatie/").url == "/bevestigen/"


# --- how we make ourselves known -------------------------------------------------------------


def own_key(kind):
    made = (
        rsa.generate_private_key(65537, 2048)
        if kind == "RSA"
        else ec.generate_private_key(ec.SECP256R1())
    )
    private = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private, jwk.import_key(public, kind)


@pytest.mark.parametrize("kind", ["RSA", "EC"])
def test_the_house_makes_itself_known_by_its_own_key(browse, service, agree, kind):
    """OIDC NL GOV: private_key_jwt."""
    private, service.our_key = own_key(kind)
    link(agree(service, way="private_key_jwt", key=private), "politie")

    assert sign_on(browse(), service).url == "/inloggen/tweede-stap/"


@pytest.mark.parametrize(
    ("way", "key"),
    [("client_secret_basic", "een ander geheim"), ("private_key_jwt", own_key("RSA")[0])],
)
def test_a_login_service_that_does_not_know_us_lets_nobody_in(browse, service, agree, way, key):
    service.our_key = None if way == "client_secret_basic" else own_key("RSA")[1]
    link(agree(service, way=way, key=key), "politie")

    assert is_refused(sign_on(browse(), service))


@pytest.mark.parametrize("key", ["", "geen sleutel"])
def test_a_broken_key_of_ours_lets_nobody_in(browse, service, agree, key):
    service.our_key = own_key("RSA")[1]
    link(agree(service, way="private_key_jwt", key=key), "politie")

    assert is_refused(sign_on(browse(), service))


def test_keys_on_a_curve_count_as_well(browse, service, linked):
    service.key = EC_KEY

    assert sign_on(browse(), service).url == "/inloggen/tweede-stap/"


def test_every_try_is_written_down(browse, service, linked, owner):
    sign_on(browse(), service)
    service.claims = {"nonce": "een ander"}
    sign_on(browse(), service)

    right, wrong = tail(owner, 2)
    assert right == ("", ["account politie"], "eigen organisatie: politie", "eerste stap klopt")
    assert wrong == ("", [], "eigen organisatie: politie (nonce)", "mislukt")


# --- the way there ---------------------------------------------------------------------------


def test_the_door_shows_the_other_way_only_when_there_is_one(browse, service, agree):
    assert "eigen organisatie" not in browse().get("/inloggen/").content.decode()
    assert browse().get("/inloggen/organisatie/").status_code == 404

    agree(service)
    assert "/inloggen/organisatie/?next=/dossiers/" in (
        browse().get("/inloggen/?next=/dossiers/").content.decode()
    )
    page = browse().get("/inloggen/organisatie/?next=/dossiers/").content.decode()
    assert "/inloggen/organisatie/politie/?next=/dossiers/" in page


@pytest.mark.parametrize("on", ["https://elders.example/", "//elders.example/", "javascript:x"])
def test_the_way_on_leads_to_a_page_of_this_house_only(browse, service, linked, on):
    """AUTH-13: no open redirect."""
    visitor = browse()
    sign_on(visitor, service, on=on)

    assert second_step(visitor, "politie").url == "/"


def test_the_way_back_is_that_of_the_house_whatever_the_request_says(browse, service, linked):
    """AUTH-13: a Host header of the attacker does not bring the code to him."""
    asked = dict(parse_qsl(urlsplit(leave(browse())).query))

    assert asked["redirect_uri"] == "http://127.0.0.1:8000/inloggen/organisatie/politie/terug/"
    assert asked["scope"] == "openid"


def test_a_page_of_a_stranger_sends_nobody_to_his_login_service(browse, service, linked):
    visitor = browse()
    visitor.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"

    assert leave(visitor) == "/inloggen/organisatie/"


def test_the_session_gets_a_new_name_on_the_way_in(browse, service, linked):
    """AUTH-07."""
    visitor = browse()
    address = leave(visitor)
    before = visitor.session.session_key
    come_back(visitor, service.visit(address))

    assert visitor.session.session_key != before


# --- linking ---------------------------------------------------------------------------------


def links():
    return list(SignOnLink.objects.filter(ended_at=None).values_list("subject", flat=True))


def to_link(visitor):
    """The page that leads on to the login service; the address on it."""
    page = visitor.post("/account/inloggen/organisatie/koppelen/")
    return page.context["address"]


def test_somebody_links_his_own_account_by_proving_himself_on_both_sides(browse, service, agree):
    agree(service)
    visitor = browse("politie")
    address = to_link(visitor)

    assert {"prompt": "login", "max_age": "0"}.items() <= dict(
        parse_qsl(urlsplit(address).query)
    ).items()
    assert come_back(visitor, service.visit(address)).url == "/account/inloggen/organisatie/"
    assert "gekoppeld sinds" in visitor.get("/account/inloggen/organisatie/").content.decode()
    assert sign_on(browse(), service).url == "/inloggen/tweede-stap/"


@pytest.mark.parametrize("at", [None, 0, 1_700_000_000])
def test_who_was_logged_in_there_already_does_not_prove_who_he_is(browse, service, agree, at):
    """AUTH-13: a colleague who left his own login behind in your browser is not linked to you."""
    agree(service)
    service.claims = {"auth_time": at}
    visitor = browse("politie")

    assert is_refused(come_back(visitor, service.visit(to_link(visitor))))
    with acting_as(user("politie").pk):
        assert links() == []


def test_linking_asks_a_fresh_proof(browse, service, agree):
    """AUTH-11."""
    agree(service)
    visitor = enter(browse(), user("politie"), proved_at=time.time() - 600)

    answer = visitor.post("/account/inloggen/organisatie/koppelen/")
    assert answer.url.startswith("/bevestigen/")


def test_a_login_is_no_link_and_a_link_no_login(browse, service, agree):
    """AUTH-13: an attempt to log in does not link whoever happens to be logged in."""
    agree(service)
    visitor = browse()
    back = service.visit(leave(visitor))
    enter(visitor, user("politie"))

    assert is_refused(come_back(visitor, back))
    with acting_as(user("politie").pk):
        assert links() == []


def test_a_subject_is_one_person_and_a_person_one_subject(service, linked):
    with pytest.raises(Refused) as taken:
        link(linked, "politie2")
    with pytest.raises(Refused) as again:
        link(linked, "politie", "subject-2")

    assert taken.value.codes == {"subject_taken"}
    assert again.value.codes == {"linked_already"}


def test_nobody_links_with_the_login_service_of_another_partner(service, linked):
    with pytest.raises(Refused) as refused:
        link(linked, "ggd", "subject-2")

    assert refused.value.codes == {"other_organisation"}


def test_nobody_sees_the_link_of_another(linked):
    for name in ("politie2", "bureau", "manager", "fg"):
        with acting_as(user(name).pk):
            assert links() == []
    with acting_as(user("politie").pk):
        assert links() == ["subject-1"]


def test_a_link_ends_by_hand_and_stays_known(browse, service, linked, owner):
    visitor = browse("politie")

    assert visitor.post("/account/inloggen/organisatie/weg/").status_code == 302
    with acting_as(user("politie").pk):
        assert links() == []
        assert SignOnLink.objects.count() == 1
    assert tail(owner)[0][3] == "gedaan"


def test_only_the_office_ends_the_link_of_another(linked):
    politie = user("politie")
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT vh.unlink_sign_on(%s)", [politie.pk])
    with acting_as(user("bureau").pk):
        operations.unlink_sign_on(politie, by=user("bureau"))
    with acting_as(politie.pk):
        assert links() == []


@pytest.mark.parametrize("name", ["bureau", "manager", "samira", "politie"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partners_identityprovider SET issuer = 'https://elders.example'",
        "INSERT INTO partners_identityprovider SELECT * FROM partners_identityprovider",
        "UPDATE partners_signonlink SET subject = 'een ander'",
        "INSERT INTO partners_signonlink SELECT * FROM partners_signonlink",
        "DELETE FROM partners_signonlink",
    ],
)
def test_the_tables_are_closed_for_writing(linked, name, statement):
    """AUTH-13: who could point a login service elsewhere could come in as anybody."""
    with acting_as(user(name).pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)
