"""A lost second factor takes two people and a day, and he himself can stop it. AUTH-12."""

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from partners import operations, rules
from partners.models import FactorReset, Role
from partners.states import ResetStatus
from privacy.models import Signal, SignalKind
from privacy.tasks import watch_log
from tests.entering import enter, first_step, log_in, second_step
from tests.situations import user, with_papers
from veiligheidshuis import factors
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

LOST = {"reason": "Telefoon gestolen in de trein.", "identity": "Kwam langs met zijn pas."}
OWN = "/account/inloggen/"


def asked(about="rimo", by="bureau"):
    office = user(by)
    with acting_as(office.pk):
        return operations.ask_reset(user(about), by=office, **LOST)


def approve(reset, by="manager"):
    second = user(by)
    with acting_as(second.pk):
        operations.approve_reset(reset, by=second)


def status_of(reset):
    with acting_as(user("manager").pk):
        return FactorReset.objects.get(pk=reset.pk).status


def mails(kind):
    with acting_in_role("post"):
        found = OutboxMail.objects.filter(kind=kind).values_list("recipient_id", flat=True)
        return set(found)


def refused_by_the_database(who, function, *args):
    with acting_as(user(who).pk), pytest.raises(ProgrammingError), transaction.atomic():
        operations.call(function, *args)
    return True


# --- the whole way -----------------------------------------------------------------------------


def in_(username):
    with acting_as(ANONYMOUS):
        return enter(Browser(), user(username))


def step(reset, name):
    return reverse("partners:reset_step", args=[reset.pk, name])


def kept_factors(owner, username):
    return owner.execute(
        "SELECT count(*) FROM mfa_authenticator WHERE user_id = "
        "(SELECT id FROM partners_user WHERE username = %s)",
        [username],
    ).fetchone()[0]


def test_two_people_and_a_day_and_then_he_sets_up_another(own_house, owner):
    office, manager, partner = in_("bureau"), in_("manager"), in_("rimo")
    with acting_as(ANONYMOUS):
        page = reverse("partners:reset_ask", args=[user("rimo").pk])
    assert office.post(page, {"reason": "", "identity": "Zo maar"}).status_code == 422
    assert office.post(page, LOST).status_code == 302
    (pk,) = owner.execute("SELECT id FROM partners_factorreset").fetchone()
    reset = FactorReset(pk=pk)
    assert str(pk) in manager.get(reverse("partners:resets")).content.decode()
    shown = manager.get(reverse("partners:reset", args=[pk])).content.decode()
    assert LOST["identity"] in shown

    assert office.post(step(reset, "goedkeuren")).status_code == 409
    assert manager.post(step(reset, "goedkeuren")).status_code == 302
    assert manager.post(step(reset, "uitvoeren")).status_code == 404
    early = office.post(step(reset, "uitvoeren"))
    assert (early.status_code, kept_factors(owner, "rimo")) == (409, 1)
    assert "kan dit nog tegenhouden" in early.content.decode()

    owner.execute("UPDATE partners_factorreset SET not_before = now() - interval '1 second'")
    assert str(pk) in office.get("/vandaag/").content.decode()
    assert str(pk) not in manager.get("/overzicht/").content.decode()
    assert office.post(step(reset, "uitvoeren")).status_code == 302
    assert kept_factors(owner, "rimo") == 0
    assert partner.get("/").url.startswith("/inloggen/")
    first_step(partner, "rimo")
    assert partner.get("/inloggen/tweede-stap/").url == "/inloggen/tweede-stap/instellen/"
    assert office.post(step(reset, "uitvoeren")).status_code == 409
    assert lines(owner) == [
        ("bureau", "vragen", "gedaan"),
        ("bureau", "goedkeuren", "geweigerd"),
        ("manager", "goedkeuren", "gedaan"),
        ("bureau", "uitvoeren", "geweigerd"),
        ("bureau", "uitvoeren", "gedaan"),
        ("bureau", "uitvoeren", "geweigerd"),
    ]


def lines(owner):
    """Who did what, as the access log has it."""
    return owner.execute(
        "SELECT username, split_part(ground, ': ', 2), outcome FROM veiligheidshuis_accesslogentry"
        " WHERE subjects = ARRAY['account rimo'] AND action = 'wijzigen' ORDER BY id"
    ).fetchall()


# --- who, and who not --------------------------------------------------------------------------


def test_everybody_who_may_look_along_hears_it_but_who_asked(db):
    asked()
    assert mails("tweede_stap_gevraagd") == {user("manager").pk}


def test_it_waits_on_the_first_page_of_who_can_do_something_about_it(browse):
    waiting = "Een collega is zijn tweede stap kwijt"
    manager, office = browse("manager"), browse("bureau")
    reset = asked()
    assert waiting in manager.get("/overzicht/").text
    assert waiting not in office.get("/vandaag/").text  # he asked it himself
    approve(reset)
    assert waiting not in manager.get("/overzicht/").text


def test_he_hears_it_when_the_second_person_agreed(db):
    reset = asked()
    assert mails("tweede_stap_terug") == set()
    approve(reset)
    assert mails("tweede_stap_terug") == {user("rimo").pk}


@pytest.fixture
def second_office(db):
    """A colleague at the bedrijfsbureau: tom."""
    office = user("bureau")
    with acting_as(office.pk):
        operations.appoint(user("tom"), Role.BEDRIJFSBUREAU, by=office)
    return with_papers(user("tom"))


def test_the_second_person_is_another_one_of_the_office_or_the_manager(second_office):
    reset = asked()
    approve(reset, by="tom")
    assert status_of(reset) == ResetStatus.GOEDGEKEURD


def test_nobody_is_his_own_second_person_or_decides_about_himself(second_office):
    reset, about_tom = asked(), asked("tom")
    for who, which in (("bureau", reset), ("tom", about_tom)):
        with acting_as(user(who).pk), pytest.raises(Refused) as refused:
            operations.approve_reset(which, by=user(who))
        assert refused.value.codes == {"second_person"}
        assert refused_by_the_database(who, "approve_reset", which.pk)
    assert {status_of(reset), status_of(about_tom)} == {ResetStatus.GEVRAAGD}


def test_nobody_asks_it_for_himself_or_twice_or_for_who_is_off(db):
    office = user("bureau")
    asked()
    with acting_as(office.pk):
        assert codes(rules.obstacles_to_asking_reset(office, office)) == {"own_factor"}
        assert codes(rules.obstacles_to_asking_reset(user("rimo"), office)) == {"under_way"}
        operations.set_active(user("ggd"), False, by=office)
        assert codes(rules.obstacles_to_asking_reset(user("ggd"), office)) == {"off_already"}
        with pytest.raises(Refused):
            operations.ask_reset(user("rimo"), by=office, **LOST)
    fresh = "00000000-0000-4000-8000-000000000001"
    assert refused_by_the_database("bureau", "ask_reset", fresh, office.pk, "x", "x")


def codes(obstacles):
    return {obstacle.code for obstacle in obstacles}


def test_the_database_waits_the_day_out_and_says_so_itself(db):
    reset = asked()
    approve(reset)
    with acting_as(user("bureau").pk):
        assert operations.call("carry_out_reset", reset.pk) is False
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.reset_hours()")
            assert cursor.fetchone() == (settings.RESET_HOURS,)
    with acting_as(user("rimo").pk):
        assert factors.has_any(user("rimo"))


def test_what_was_asked_can_be_called_off_and_then_it_is_over(db):
    reset, manager = asked(), user("manager")
    with acting_as(manager.pk):
        operations.refuse_reset(reset, by=manager)
    with acting_as(manager.pk), pytest.raises(Refused) as refused:
        operations.approve_reset(reset, by=manager)
    assert refused.value.codes == {"wrong_status"}
    assert status_of(asked()) == ResetStatus.GEVRAAGD


# --- he stops it -------------------------------------------------------------------------------


def test_who_comes_in_with_his_old_factor_sees_it_first_and_stops_it_with_one_click(browse):
    reset = asked()
    approve(reset)
    partner = browse()
    first_step(partner, "rimo")
    assert second_step(partner, "rimo").url == OWN
    assert "Bent u uw tweede stap kwijt?" in partner.get(OWN).content.decode()

    assert partner.post(reverse("partners:reset_stop", args=[reset.pk])).url == OWN

    assert status_of(reset) == ResetStatus.TEGENGEHOUDEN
    assert "Bent u uw tweede stap kwijt?" not in partner.get(OWN).content.decode()
    assert mails("tweede_stap_tegengehouden") == {user("bureau").pk, user("manager").pk}
    late = browse("bureau").post(step(reset, "uitvoeren"))
    assert late.status_code == 409


def test_nobody_else_stops_it_and_who_lost_nothing_goes_to_his_own_page(browse):
    reset = asked()
    answer = browse("ggd").post(reverse("partners:reset_stop", args=[reset.pk]))
    assert answer.status_code == 404
    assert refused_by_the_database("ggd", "stop_reset", reset.pk)
    assert status_of(reset) == ResetStatus.GEVRAAGD
    assert log_in(browse(), "ggd").url == "/"


# --- supervision -------------------------------------------------------------------------------


def test_the_supervisor_gets_a_signal_of_each_that_was_agreed_and_one_only(browse):
    reset = asked()
    watch_log()
    with acting_as(user("fg").pk):
        assert not Signal.objects.filter(kind=SignalKind.TWEEDE_STAP).exists()
    approve(reset)
    watch_log()
    watch_log()
    with acting_as(user("fg").pk):
        (signal,) = Signal.objects.filter(kind=SignalKind.TWEEDE_STAP)
        assert signal.user == user("rimo")
    page = reverse("privacy:signal", args=[signal.pk])
    assert f"Vraag {signal.user} of hij dit zelf wilde" in browse("fg").get(page).content.decode()
