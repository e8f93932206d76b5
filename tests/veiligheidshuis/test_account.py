"""Your own account: your roles, and a password that only you know."""

import pytest
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.db import ProgrammingError, transaction

from demo.people import PASSWORD
from partners.models import User
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

pytestmark = pytest.mark.django_db

NEW = "vier-woorden-op-een-rij"
TYPED = {"current": PASSWORD, "new": NEW, "again": NEW}


def test_a_new_password_counts_at_once_and_ends_the_other_sessions(browse):
    here, elsewhere = browse("samira"), browse("samira")

    assert here.post("/account/", TYPED).status_code == 302

    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    for password, status in ((PASSWORD, 422), (NEW, 302)):
        tried = browse().post("/inloggen/", {"username": "samira", "password": password})
        assert tried.status_code == status


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("current", "verkeerd-wachtwoord", "niet uw huidige wachtwoord"),
        ("again", "iets-heel-anders-dan-dit", "anders dan het nieuwe wachtwoord"),
        ("new", "kort", "minstens 12 tekens"),
        ("new", "samira@reclassering.example", "lijkt te veel op de naam"),
        ("new", "password1234", "te veel mensen"),
        ("new", "Wachtwoord1234!", "te veel mensen"),
        ("new", "Welkom-Heerlen-2026", "te veel mensen"),
        ("new", "842917364512", "van alleen cijfers"),
        ("new", "a\x00bbbbbbbbbbbbb", "onzichtbaar teken"),
        ("new", "x" * 10_000, "Maak hem korter"),
        ("new", "", "Vul dit in"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(browse, field, typed, said):
    answer = browse("samira").post("/account/", TYPED | {field: typed})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert NEW not in answer.content.decode()
    login = browse().post("/inloggen/", {"username": "samira", "password": PASSWORD})
    assert login.status_code == 302


def test_nobody_changes_the_password_of_another(acting, person):
    """Who gets in by injected SQL, as anybody, makes himself no way in as somebody else."""
    samira = person("samira")
    with acting("bureau"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            User.objects.filter(pk=samira.pk).update(password=make_password(NEW))
        person("bureau").change_password(NEW)
        samira.refresh_from_db()
        bureau = person("bureau")

    assert samira.check_password(PASSWORD)
    assert bureau.check_password(NEW)


def test_nobody_at_the_door_changes_a_password(db, person):
    with acting_as(ANONYMOUS), pytest.raises(ProgrammingError), transaction.atomic():
        person("samira").change_password(NEW)


def test_a_password_that_is_kept_in_an_older_way_is_kept_anew_at_the_door(browse, person, settings):
    """With each release of Django the way becomes stronger; nobody has to type anything new."""
    stronger = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [stronger, *settings.PASSWORD_HASHERS]
    assert identify_hasher(person("samira").password).algorithm != get_hasher().algorithm

    answer = browse().post("/inloggen/", {"username": "samira", "password": PASSWORD})

    assert answer.status_code == 302
    assert identify_hasher(person("samira").password).algorithm == get_hasher().algorithm
    assert person("samira").check_password(PASSWORD)


def test_the_page_says_what_you_are_for_the_house_and_asks_who_you_are(browse):
    shown = browse("stuurgroep").get("/account/").content.decode()

    assert "Lid stuurgroep" in shown
    assert browse().get("/account/").status_code == 302


def test_a_change_of_password_is_written_down_without_the_password(browse, owner):
    browse("samira").post("/account/", TYPED)

    line = owner.execute(
        "SELECT action, outcome, subjects FROM veiligheidshuis_accesslogentry"
        " WHERE route = 'account' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert line == ("wijzigen", "gedaan", ["eigen wachtwoord"])
