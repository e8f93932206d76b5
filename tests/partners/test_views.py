"""The table of partners and its people in a browser: who finds it, and what may be changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from demo.people import choose_password
from partners import operations
from partners.models import Absence, Appointment, ContactPoint, Role, User
from tests import situations
from tests.entering import first_time, log_in
from tests.situations import organisation, typed_day, user, with_papers
from veiligheidshuis import once
from veiligheidshuis.formats import plain_date
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db

NEW = {
    "role": Role.KETENPARTNER,
    "first_name": "Joke",
    "last_name": "Vaessen",
    "email": "joke@tracee.example",
    "username": "joke",
    "start_date": "1-1-2026",
    "end_date": "",
}


def about(name: str, username: str, *more: object) -> str:
    return reverse(f"partners:{name}", args=[user(username).pk, *more])


def test_the_register_shows_every_partner_with_its_place_in_the_law(browse):
    shown = browse("samira").get("/partners/").content.decode()

    assert shown.count("nummer ") >= 20
    assert "Arrondissementsparket Openbaar Ministerie Maastricht" in shown
    assert "incidentele derde" in shown.lower()
    assert "045 560 00 10" in shown  # the desk of a partner without an account


@pytest.mark.parametrize("path", ["/partners/", "/partners/politie/"])
@pytest.mark.parametrize(
    ("username", "status"),
    [("politie", 200), ("bureau", 200), ("stuurgroep", 200), ("bewoner", 404), ("", 302)],
)
def test_the_register_is_for_who_works_at_the_table(browse, path, username, status):
    assert browse(username).get(path).status_code == status


@pytest.mark.parametrize("username", ["samira", "manager", "politie", "stuurgroep", "bewoner"])
@pytest.mark.parametrize("name", ["user", "user_off", "appoint", "user_on", "absence"])
def test_accounts_are_there_for_the_office_only(browse, username, name):
    stranger = browse(username)

    assert stranger.get("/beheer/gebruikers/").status_code == 404
    assert stranger.get("/beheer/gebruikers/nieuw/").status_code == 404
    for answer in (stranger.get(about(name, "ggd")), stranger.post(about(name, "ggd"))):
        assert answer.status_code in (404, 405)
    assert user("ggd").is_active


def test_hidden_and_absent_accounts_are_the_same_page(browse):
    stranger = browse("samira")

    hidden = stranger.get(about("user", "ggd"))
    absent = stranger.get(reverse("partners:user", args=[10**15]))

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


@pytest.mark.parametrize(
    "path",
    [
        "/partners/bestaat-niet/",
        "/partners/politie/contactpunten/derde/",
        "/beheer/gebruikers/999999/",
        "/beheer/gebruikers/99999999999999999999999999/",
        "/beheer/gebruikers/1/rol/999999/beeindigen/",
    ],
)
def test_what_is_not_there_is_not_found(browse, path):
    assert browse("bureau").get(path).status_code == 404


def test_the_office_gives_somebody_an_account_and_he_comes_in_once(browse):
    typed = NEW | {"organisation": organisation("tracee").pk, once.FIELD: once.new_key()}
    office = browse("bureau")

    for _ in range(2):
        assert office.post("/beheer/gebruikers/nieuw/", typed).url == "/beheer/gebruikers/"

    assert User.objects.filter(username="joke").count() == 1
    assert user("joke").active_roles == frozenset()
    assert with_papers(user("joke")).active_roles == {Role.KETENPARTNER}
    visitor = browse()
    choose_password(user("joke"), "een-lang-wachtwoord")
    first_time(visitor, "joke", "een-lang-wachtwoord")
    assert visitor.get("/dossiers/").status_code == 200


def test_an_organisation_without_the_right_gets_no_account_and_hears_why(browse):
    typed = NEW | {"organisation": organisation("slachtofferhulp").pk, "role": "bedrijfsbureau"}

    answer = browse("bureau").post("/beheer/gebruikers/nieuw/", typed)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "geen deelnemer in de zin van de WGS" in shown
    assert 'value="Vaessen"' in shown
    assert not User.objects.filter(username="joke").exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("username", "Joke met spaties"),
        ("username", "a\x00b"),
        ("first_name", "x" * 10_000),
        ("email", "geen adres"),
        ("role", "directeur"),
        ("organisation", "99999999999999999999"),
        ("start_date", "31-2-2026"),
    ],
)
def test_an_account_that_is_filled_in_wrongly_comes_back_with_everything_typed(
    browse, field, typed
):
    data = NEW | {"organisation": organisation("tracee").pk, field: typed}

    answer = browse("bureau").post("/beheer/gebruikers/nieuw/", data)

    assert answer.status_code == 422
    assert 'value="Vaessen"' in answer.content.decode()
    assert not User.objects.filter(last_name="Vaessen").exists()


def test_a_role_is_given_and_ended_and_the_partner_sees_nothing_the_day_after(browse):
    office = browse("bureau")
    typed = {"role": Role.INTERVENTIEMANAGER, "start_date": "1-1-2026", "end_date": ""}
    assert office.post(about("appoint", "ggd"), typed).status_code == 302
    assert office.post(about("appoint", "ggd"), typed).status_code == 409

    given = Appointment.objects.get(user=user("ggd"), role=Role.INTERVENTIEMANAGER)
    assert given.granted_by == user("bureau")
    page = about("appointment_end", "ggd", given.pk)
    assert office.get(page).status_code == 200
    assert office.post(page, {"end_date": "2-1-2025"}).status_code == 409
    assert office.post(page, {"end_date": "2-1-2026"}).status_code == 302
    assert Role.INTERVENTIEMANAGER not in user("ggd").active_roles
    assert office.post(page, {"end_date": "3-1-2026"}).status_code == 409


def test_the_role_of_one_person_is_not_ended_by_the_address_of_another(browse):
    other = user("mondriaan").appointments.get()

    answer = browse("bureau").post(
        about("appointment_end", "ggd", other.pk), {"end_date": "1-1-2027"}
    )

    assert answer.status_code == 404


def test_who_is_switched_off_is_out_at_once_and_can_come_back(browse):
    partner, office = browse("ggd"), browse("bureau")
    assert partner.get("/dossiers/").status_code == 200

    assert "ziet vanaf nu niets meer" in office.get(about("user_off", "ggd")).content.decode()
    assert office.post(about("user_off", "ggd")).status_code == 302
    assert partner.get("/dossiers/").status_code == 302
    assert office.post(about("user_off", "ggd")).status_code == 409

    assert office.post(about("user_on", "ggd")).status_code == 302
    visitor = browse()
    log_in(visitor, "ggd")
    assert visitor.get("/dossiers/").status_code == 200


def test_the_office_does_not_lock_itself_out(browse):
    office = browse("bureau")

    answer = office.post(about("user_off", "bureau"))

    assert answer.status_code == 409
    assert "de laatste van het bedrijfsbureau" in answer.content.decode()
    assert office.get("/beheer/gebruikers/").status_code == 200


def test_a_new_contact_point_takes_the_questions_over_from_the_former(browse):
    case = situations.put_forward_case()
    page = reverse("partners:contact_point", args=["politie", ContactPoint.Kind.EERSTE])
    former, heir = user("politie"), user("politie2")
    group = organisation("politie").group_id

    answer = browse("bureau").post(
        page, {"user": heir.pk, "label": "", "phone": "045 1234567", "email": ""}
    )

    assert answer.status_code == 302
    point = ContactPoint.objects.get(organisation=organisation("politie"), kind="eerste")
    assert (point.user, point.label, point.phone) == (heir, str(heir), "045 1234567")
    assert group not in former.groups.values_list("pk", flat=True)
    assert group in heir.groups.values_list("pk", flat=True)
    with acting_as(former.pk):  # what he put forward himself he still knows
        assert case.client.display_name


@pytest.mark.parametrize(
    "typed",
    [
        {"user": "", "label": "", "phone": "", "email": ""},
        {"user": "", "label": "Balie", "phone": "bel maar", "email": ""},
        {"user": "", "label": "Balie", "phone": "", "email": "geen adres"},
        {"user": "", "label": "a\x00b", "phone": "", "email": ""},
        {"user": "andere organisatie", "label": "Balie", "phone": "", "email": ""},
    ],
)
def test_a_contact_point_that_is_filled_in_wrongly_changes_nothing(browse, typed):
    page = reverse("partners:contact_point", args=["politie", "eerste"])
    if typed["user"]:
        typed = typed | {"user": user("ggd").pk}

    assert browse("bureau").post(page, typed).status_code == 422
    point = ContactPoint.objects.get(organisation=organisation("politie"), kind="eerste")
    assert point.user == user("politie")


def test_absence_is_noted_with_who_stands_in(browse):
    today = timezone.localdate()
    typed = {
        "start_date": f"{today.day}-{today.month}-{today.year}",
        "end_date": typed_day(40),
        "stand_in": user("tom").pk,
    }
    office = browse("bureau")

    assert office.post(about("absence", "samira"), typed).status_code == 302
    wrong = office.post(about("absence", "samira"), typed | {"stand_in": user("samira").pk})

    assert wrong.status_code == 422
    with acting_as(user("bureau").pk):
        assert Absence.objects.on(today).get().stand_in == user("tom")
    with acting_as(user("ggd").pk):
        assert not Absence.objects.exists()


def test_somebody_notes_his_own_absence_and_not_that_of_another(browse):
    samira = browse("samira")
    typed = {"start_date": typed_day(30), "end_date": typed_day(50), "stand_in": ""}

    assert samira.post("/account/afwezigheid/", typed).status_code == 302
    last = plain_date(timezone.localdate() + timedelta(days=50))
    assert last in samira.get("/account/afwezigheid/").content.decode()
    backwards = samira.post("/account/afwezigheid/", typed | {"end_date": typed_day(20)})
    assert backwards.status_code == 409
    with acting_as(user("samira").pk), pytest.raises(PermissionDenied):
        operations.record_absence(
            user("tom"), by=user("samira"), start_date=date.max, end_date=date.max
        )


def test_what_was_sent_twice_is_said_once(browse):
    samira = browse("samira")
    typed = {"start_date": typed_day(30), "end_date": typed_day(50), "eenmalig": new_key()}
    for _ in range(2):
        assert samira.post("/account/afwezigheid/", typed).status_code == 302

    assert samira.get("/account/afwezigheid/").text.count("Uw afwezigheid staat genoteerd.") == 1


@pytest.mark.parametrize(
    ("username", "offered"),
    [("samira", {"tom"}), ("politie", {"politie2", "beheerder", "privacy"}), ("bewoner", set())],
)
def test_who_is_away_is_offered_whoever_could_stand_in_and_no_other_name(browse, username, offered):
    """Nobody learns from a choice who else has an account here."""
    page = browse(username).get("/account/afwezigheid/")

    choices = page.context["form"].fields["stand_in"].queryset
    assert {person.username for person in choices} == offered


@pytest.mark.parametrize("query", ["vermeulen", "reclassering", "niemand", "\x00", "x" * 5000, "%"])
def test_accounts_are_searched_by_name_or_organisation(browse, query):
    answer = browse("bureau").get("/beheer/gebruikers/", {"q": query, "pagina": "x", "uit": "on"})

    assert answer.status_code == 200
    assert ("Samira Haddou" in answer.content.decode()) == (query in ("reclassering", "\x00"))


def test_every_change_of_an_account_is_a_line_in_the_log(browse, owner):
    def lines():
        return owner.execute(
            "SELECT outcome FROM veiligheidshuis_accesslogentry"
            " WHERE subjects = '{account ggd}' ORDER BY id"
        ).fetchall()

    before = len(lines())
    office = browse("bureau")
    typed = {"role": Role.KETENPARTNER, "start_date": "1-1-2026", "end_date": ""}
    office.post(about("appoint", "ggd"), typed)
    office.post(about("user_off", "ggd"))

    assert [outcome for (outcome,) in lines()[before:]] == ["geweigerd", "gedaan"]


def test_the_pages_cost_as_many_queries_for_one_account_as_for_many(
    browse, django_assert_max_num_queries
):
    office = browse("bureau")
    office.get("/partners/")
    with django_assert_max_num_queries(14):
        office.get("/partners/")
    with django_assert_max_num_queries(14):
        office.get("/beheer/gebruikers/")
    with django_assert_max_num_queries(15):
        office.get("/partners/politie/")
