"""What somebody proves himself by: codes that count once, passkeys that cannot be copied."""

import copy
import json
import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from bs4 import BeautifulSoup
from django.db import ProgrammingError, connection, transaction

from demo.people import app_shows
from tests.authenticator import Passkey
from tests.entering import first_step, log_in
from veiligheidshuis import brake, factors, proof
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_in_role

pytestmark = pytest.mark.django_db
OWN, MAKE, SECOND = "/account/inloggen/", "/account/inloggen/passkey/", "/inloggen/tweede-stap/"


@pytest.fixture(autouse=True)
def house_with_a_certificate(settings):
    settings.BASE_URL = "https://huis.example"


@pytest.fixture
def samira(browse):
    return browse("samira")


def question_of(answer):
    """What the page has the browser ask a passkey."""
    form = BeautifulSoup(answer.content, "html.parser").find("form", {"data-passkey": True})
    return json.loads(form["data-question"]) if form else None


def make(visitor, passkey, name="laptop"):
    typed = passkey.create(question_of(visitor.get(MAKE)))
    return visitor.post(MAKE, {"name": name, "passkey": json.dumps(typed)})


def arrive(browse, username="samira"):
    """Somebody after the first step, and what his passkey is asked."""
    visitor = browse()
    first_step(visitor, username)
    return visitor, question_of(visitor.get(SECOND))


def answer(visitor, typed):
    return visitor.post(SECOND, {"passkey": json.dumps(typed)}).status_code


@pytest.fixture
def laptop(samira):
    passkey = Passkey()
    assert make(samira, passkey).url == OWN
    return passkey


def test_somebody_makes_a_passkey_and_logs_in_with_it(browse, samira, laptop):
    assert "Laptop" in samira.get(OWN).content.decode()
    visitor, question = arrive(browse)

    assert answer(visitor, laptop.get(question)) == 302
    assert visitor.get("/dossiers/").status_code == 200


def test_without_a_passkey_none_is_asked(browse):
    assert arrive(browse, "tom")[1] is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda passkey: setattr(passkey, "origin", "https://huis.example.kwaad.example"),
        lambda passkey: setattr(passkey, "origin", "http://huis.example"),
        lambda passkey: setattr(passkey, "rp_id", "kwaad.example"),
        lambda passkey: setattr(passkey, "verifies", False),
        lambda passkey: setattr(passkey, "key", Passkey().key),
        lambda passkey: setattr(passkey, "id", b"0" * 16),
    ],
    ids=["another site", "no https", "another house", "nobody verified", "another key", "unknown"],
)
def test_a_passkey_that_does_not_fit_is_refused(browse, laptop, spoil):
    """AUTH-03."""
    spoil(laptop)
    visitor, question = arrive(browse)

    assert answer(visitor, laptop.get(question)) == 422


def test_an_answer_counts_for_one_question_once(browse, laptop):
    """AUTH-03: replayed."""
    visitor, question = arrive(browse)
    heard = laptop.get(question)
    assert answer(visitor, heard) == 302

    replayer, another_question = arrive(browse)
    assert another_question["publicKey"]["challenge"] != question["publicKey"]["challenge"]
    assert answer(replayer, heard) == 422


def test_a_question_is_asked_once_also_when_the_answer_was_wrong(browse, laptop):
    """AUTH-03."""
    visitor, question = arrive(browse)
    wrong = copy.deepcopy(laptop.get(question))
    wrong["response"]["signature"] = wrong["response"]["signature"][:-8] + "AAAAAAAA"
    right = laptop.get(question)

    page = visitor.post(SECOND, {"passkey": json.dumps(wrong)})
    assert page.status_code == 422
    assert answer(visitor, right) == 422


def test_a_copied_passkey_is_refused(browse, laptop):
    """AUTH-03: its count did not go on from where the real one is."""
    copied = copy.copy(laptop)
    visitor, question = arrive(browse)
    assert answer(visitor, laptop.get(question)) == 302

    thief, question = arrive(browse)
    assert answer(thief, copied.get(question)) == 422


def test_a_passkey_does_not_wait_for_who_guesses_codes(browse, laptop):
    """AUTH-06: nobody guesses a passkey, so there is nothing to slow down."""
    visitor, question = arrive(browse)
    for _ in range(brake.FREE + 1):
        slowed = visitor.post(SECOND, {"code": "000000"})
        question = question_of(slowed)

    assert "te vaak" in slowed.text
    assert answer(visitor, laptop.get(question)) == 302


def test_the_passkey_of_another_proves_nothing(browse, laptop):
    """AUTH-03."""
    toms = Passkey()
    make(browse("tom"), toms)
    visitor, question = arrive(browse, "tom")

    assert answer(visitor, laptop.get(question)) == 422


def test_a_new_passkey_answers_the_question_of_this_session(browse, samira):
    """AUTH-03."""
    heard = Passkey().create(question_of(browse("samira").get(MAKE)))
    samira.get(MAKE)

    typed = {"name": "laptop", "passkey": json.dumps(heard)}
    assert samira.post(MAKE, typed).status_code == 422


@pytest.mark.parametrize("typed", ["", "geen json", "[]", "{}", '"x"', '{"id": {}}', "1"])
def test_rubbish_is_no_passkey(samira, typed):
    samira.get(MAKE)
    assert samira.post(MAKE, {"name": "laptop", "passkey": typed}).status_code == 422


def test_a_passkey_goes_away_and_the_last_proof_stays(browse, samira, laptop, person, acting):
    with acting("samira"):
        app, passkey = factors.of(person("samira"))
    assert samira.post(f"{MAKE}{passkey.pk}/weg/").status_code == 302
    assert samira.post(f"{MAKE}{app.pk}/weg/").status_code == 404
    assert browse("tom").post(f"{MAKE}{app.pk}/weg/").status_code == 404

    _, question = arrive(browse)
    assert question is None


def test_another_app_takes_the_place_of_the_old_one(browse, samira):
    page = BeautifulSoup(samira.get(f"{OWN}app/").content, "html.parser")
    secret = page.find("code").text.replace(" ", "")
    samira.post(f"{OWN}app/", {"code": factors.code_now(secret)})

    assert log_in(browse(), "samira").status_code == 422


def test_new_recovery_codes_make_the_old_ones_worthless(browse, samira):
    """AUTH-04."""

    def codes():
        shown = samira.get(samira.post(f"{OWN}herstelcodes/nieuw/").url).content
        return [c.text for c in BeautifulSoup(shown, "html.parser").select("[data-codes] code")]

    (old, *_), (new, *_) = codes(), codes()
    for code, status in ((old, 422), (new, 302)):
        visitor, _ = arrive(browse)
        assert visitor.post(SECOND, {"code": code}).status_code == status


def test_a_change_is_told_by_mail_and_written_down(samira, person, owner, laptop, kept_mail):
    assert kept_mail() == ["tweede_stap"]
    line = owner.execute(
        "SELECT username, action, subjects, ground FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'new_passkey' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert line == ("samira", "wijzigen", ["eigen tweede stap"], "nieuwe passkey")


def test_a_used_recovery_code_is_told_by_mail(browse, samira, kept_mail):
    """AUTH-04."""
    shown = samira.get(samira.post(f"{OWN}herstelcodes/nieuw/").url).content
    code = BeautifulSoup(shown, "html.parser").select_one("[data-codes] code").text
    visitor, _ = arrive(browse)
    visitor.post(SECOND, {"code": code})

    assert kept_mail() == ["tweede_stap", "herstelcode"]


@pytest.fixture
def kept_mail(db):
    """The kinds of mail in the outbox, read as the post reads them."""

    def kinds():
        with acting_in_role("post"):
            return list(OutboxMail.objects.order_by("created_at").values_list("kind", flat=True))

    return kinds


def test_a_factor_is_readable_for_its_own_user_alone(acting, person):
    samira = person("samira")
    with acting("samira"):
        assert len(factors.of(samira)) == 1
    with acting("bureau"):
        assert factors.of(samira) == []
    with pytest.raises(ProgrammingError, match="row-level security"), acting("bureau"):
        factors.give_app(samira, factors.new_secret())


def test_no_secret_stands_in_the_table_as_it_is(acting, person, samira):
    shown = samira.get(samira.post(f"{OWN}herstelcodes/nieuw/").url).content
    codes = [c.text for c in BeautifulSoup(shown, "html.parser").select("[data-codes] code")]
    with acting("samira"), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, '') FROM mfa_authenticator")
        kept = cursor.fetchone()[0]

    assert len(codes) == factors.RECOVERY_CODES
    assert not any(code.replace("-", "") in kept for code in codes)


@pytest.mark.parametrize("model", [EmailAddress, EmailConfirmation])
def test_the_tables_of_allauth_that_are_not_used_are_shut(acting, model):
    with acting("bureau"), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        model.objects.count()


def test_the_demo_house_tells_the_code_of_now_on_the_page_and_no_other_house_does(
    browse, monkeypatch
):
    visitor = browse()
    first_step(visitor, "samira")
    assert "In dit demohuis is de code nu" not in visitor.get(SECOND).text

    monkeypatch.setattr(proof, "APP_SHOWS", [app_shows])
    told = re.search(r"In dit demohuis is de code nu (\d{6})", visitor.get(SECOND).text)

    assert visitor.post(SECOND, {"code": told[1]}).status_code == 302
    assert app_shows("vreemde") == ""
