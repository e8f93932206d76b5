"""Each partner's own administrator keeps the accounts of his own organisation, and no others."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from partners import operations, rules
from partners.models import GIVES, PERSON_ROLES, Appointment, Role, User
from tests.situations import organisation, typed_day, user, with_papers
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
TYPED = {
    "role": Role.KETENPARTNER,
    "first_name": "Joke",
    "last_name": "Vaessen",
    "email": "joke@politie.example",
    "username": "joke",
    "start_date": "1-1-2026",
}


def add(where="politie", role=Role.KETENPARTNER, by="beheerder", username="joke") -> User:
    keeper = user(by)
    with acting_as(keeper.pk):
        return operations.add_user(
            organisation(where),
            username=username,
            first_name="Joke",
            last_name="Vaessen",
            email="joke@politie.example",
            role=role,
            by=keeper,
        )


def the_database_refuses(who: str, statement: str, *given: object) -> None:
    with acting_as(user(who).pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement, given)


def test_he_gives_a_colleague_an_account_that_works_once_the_house_saw_the_papers():
    joke = add()
    assert joke.active_roles == frozenset()

    assert with_papers(joke).active_roles == {Role.KETENPARTNER}


def test_he_does_not_see_papers_himself():
    joke, keeper, today = add(), user("beheerder"), timezone.localdate()

    with acting_as(keeper.pk), pytest.raises(PermissionDenied):
        operations.record_clearance(joke, "vog", seen_on=today, valid_until=today, by=keeper)
    the_database_refuses(
        "beheerder", "SELECT vh.record_clearance(%s, 'vog', %s, %s)", joke.pk, today, today
    )


def test_who_must_see_the_papers_hears_it():
    add()

    with acting_in_role("post"):
        kind = OutboxMail.objects.filter(kind="papieren_bekijken")
        told = set(kind.values_list("recipient_id", flat=True))
    assert {user("bureau").pk, user("manager").pk} <= told
    assert user("beheerder").pk not in told


def test_nothing_of_another_organisation_is_his():
    with pytest.raises(PermissionDenied):
        add(where="ggd-zuid-limburg")
    keeper, stranger = user("beheerder"), user("ggd")
    with acting_as(keeper.pk):
        for deed in (
            lambda: operations.appoint(stranger, Role.KETENPARTNER, by=keeper),
            lambda: operations.set_active(stranger, False, by=keeper),
            lambda: operations.block(stranger, by=keeper),
            lambda: operations.invite(stranger, by=keeper),
        ):
            with pytest.raises(PermissionDenied):
                deed()
    held = Appointment.objects.get(user=stranger)
    for statement, given in (
        ("SELECT vh.add_user('x', 'x', 'x', 'x@x.example', %s)", stranger.organisation_id),
        ("SELECT vh.appoint(%s, 'ketenpartner', vh.today(), NULL)", stranger.pk),
        ("SELECT vh.set_active(%s, false)", stranger.pk),
        ("SELECT vh.end_appointment(%s, vh.today())", held.pk),
        ("SELECT vh.invite(gen_random_uuid(), %s)", stranger.pk),
    ):
        the_database_refuses("beheerder", statement, given)


@pytest.mark.parametrize("role", Role)
def test_he_gives_no_role_higher_than_his_own(role):
    """The table of who gives what, in the code and in the database alike."""
    colleague, keeper = user("politie2"), user("beheerder")
    may = role in {Role.KETENPARTNER, Role.PARTNERBEHEERDER}

    assert (role in rules.roles_given_by(keeper)) is may
    if not may:
        with acting_as(keeper.pk), pytest.raises(Refused) as refused:
            operations.appoint(colleague, role, by=keeper)
        assert "role_of_the_house" in refused.value.codes
        the_database_refuses(
            "beheerder", "SELECT vh.appoint(%s, %s, vh.today(), NULL)", colleague.pk, role
        )
        return
    with acting_as(keeper.pk), connection.cursor() as cursor:
        cursor.execute("SELECT vh.appoint(%s, %s, vh.today(), NULL)", [colleague.pk, role])


def test_the_table_of_roles_is_the_same_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.roles_of_partners()")
        assert set(cursor.fetchone()[0]) == GIVES[Role.PARTNERBEHEERDER]


def test_he_works_with_no_dossier_himself():
    assert Role.PARTNERBEHEERDER not in PERSON_ROLES
    assert user("beheerder").principal_ids == []


def test_who_has_a_role_of_the_house_is_kept_by_the_house():
    """The privacyfunctionaris of the police watches the police; her account is not theirs."""
    keeper, watcher = user("beheerder"), user("privacy")
    with acting_as(keeper.pk):
        for deed in (
            lambda: operations.set_active(watcher, False, by=keeper),
            lambda: operations.appoint(watcher, Role.PARTNERBEHEERDER, by=keeper),
            lambda: operations.block(watcher, by=keeper),
            lambda: operations.end_appointment(
                watcher.appointments.get(), by=keeper, end_date=timezone.localdate()
            ),
            lambda: operations.invite(watcher, by=keeper),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.codes == {"role_of_the_house"}


def test_nobody_keeps_his_own_account():
    keeper = user("beheerder")
    with acting_as(keeper.pk), pytest.raises(Refused) as refused:
        operations.set_active(keeper, False, by=keeper)
    assert refused.value.codes == {"own_account"}
    the_database_refuses("beheerder", "SELECT vh.set_active(%s, false)", keeper.pk)
    the_database_refuses(
        "beheerder", "SELECT vh.appoint(%s, 'ketenpartner', vh.today(), NULL)", keeper.pk
    )


def test_he_puts_a_colleague_out_and_the_house_lets_him_in_again():
    keeper, colleague = user("beheerder"), user("politie2")
    with acting_as(keeper.pk):
        operations.set_active(colleague, False, by=keeper)
        with pytest.raises(Refused) as refused:
            operations.set_active(user("politie2"), True, by=keeper)
    assert refused.value.codes == {"on_by_the_house"}
    the_database_refuses("beheerder", "SELECT vh.set_active(%s, true)", colleague.pk)
    assert not user("politie2").is_active


def test_he_ends_a_role_and_renews_it():
    keeper, colleague = user("beheerder"), user("politie2")
    held, today = colleague.appointments.get(), timezone.localdate()
    with acting_as(keeper.pk):
        operations.end_appointment(held, by=keeper, end_date=today)
        operations.appoint(
            colleague,
            Role.KETENPARTNER,
            by=keeper,
            start_date=today + timedelta(days=1),
        )
    assert colleague.appointments.count() == 2


# --- in a browser --------------------------------------------------------------------------------


def main(browser, route, *args):
    page = browser.get(reverse(f"partners:{route}", args=args))
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser").main


def test_his_list_is_his_own_organisation(browse):
    shown = main(browse("beheerder"), "users").text

    assert "Marieke Loos" in shown
    assert "Petra Offermans" not in shown


def test_the_form_offers_his_own_organisation_and_the_roles_that_he_gives(browse):
    page = main(browse("beheerder"), "user_add")

    offered = {o["value"] for o in page.select("[name=role] option") if o["value"]}
    assert offered == GIVES[Role.PARTNERBEHEERDER]
    homes = {o["value"] for o in page.select("[name=organisation] option") if o["value"]}
    assert homes == {str(organisation("politie").pk)}
    assert not page.select("[name=password]")


@pytest.mark.parametrize(
    ("field", "typed"), [("organisation", "ggd-zuid-limburg"), ("role", Role.MANAGER)]
)
def test_what_he_was_not_offered_he_cannot_send(browse, field, typed):
    data = TYPED | {"organisation": organisation("politie").pk}
    data[field] = organisation(typed).pk if field == "organisation" else typed

    answer = browse("beheerder").post(reverse("partners:user_add"), data)

    assert answer.status_code == 422
    assert not User.objects.filter(username="joke").exists()


def test_he_makes_an_account_on_the_page(browse):
    data = TYPED | {"organisation": organisation("politie").pk}

    assert browse("beheerder").post(reverse("partners:user_add"), data).status_code == 302

    assert user("joke").organisation.slug == "politie"
    shown = main(browse("beheerder"), "user", user("joke").pk).text
    assert "onderweg" in shown


def test_a_colleague_with_a_role_of_the_house_offers_him_no_button(browse):
    page = main(browse("beheerder"), "user", user("privacy").pk)

    assert page.select("[data-code=role_of_the_house]")
    assert not page.select("form")
    assert not page.select("a[href$='/uit/'], a[href$='/blokkeren/'], a[href$='/beeindigen/']")


def test_he_ends_a_role_on_the_page(browse):
    colleague = user("politie2")
    held = colleague.appointments.get()
    page = reverse("partners:appointment_end", args=[colleague.pk, held.pk])

    assert browse("beheerder").post(page, {"end_date": typed_day(0)}).status_code == 302

    held.refresh_from_db()
    assert held.end_date == timezone.localdate()
