"""By a link in a mail somebody chooses his own password; nobody knows that of another. SEC-01."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from demo.people import PASSWORD
from partners import operations
from partners.models import AccountInvitation, Role, User
from tests.entering import first_step, log_in
from tests.situations import organisation, user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.tasks import send_outbox

pytestmark = pytest.mark.django_db
CHOSEN = "vier-woorden-op-een-rij"
LINK = re.compile(r"https?://\S+/uitnodiging/\w+/")


@pytest.fixture
def post(settings):
    """What the post delivers, to whom it is for."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def delivered():
        while send_outbox():
            pass
        sent, mail.outbox[:] = mail.outbox[:], []
        return sent

    delivered()
    return delivered


def links(sent, to):
    """The links in what came for this address, without the house in front."""
    bodies = [each.body for each in sent if each.to == [to]]
    found = [link for body in bodies for link in LINK.findall(body)]
    return [link.removeprefix(settings.BASE_URL) for link in found]


def new_colleague(by="beheerder", username="joke") -> User:
    """A new colleague at the police, as its administrator makes her account."""
    giver = user(by)
    with acting_as(giver.pk):
        return operations.add_user(
            organisation("politie"),
            username=username,
            first_name="Joke",
            last_name="Vaessen",
            email="joke@politie.example",
            role=Role.KETENPARTNER,
            by=giver,
        )


def ask_link(for_whom="politie2", by="bureau") -> AccountInvitation:
    asker = user(by)
    with acting_as(asker.pk):
        return operations.invite(user(for_whom), by=asker)


def decide(deed, invitation, by):
    decider = user(by)
    with acting_as(decider.pk):
        deed(invitation, by=decider)


def choose(browser, link, password=CHOSEN):
    return browser.post(link, {"new": password, "again": password})


def test_a_new_colleague_chooses_a_password_that_nobody_else_ever_saw(browse, post):
    joke = new_colleague()
    assert not joke.has_usable_password()

    (link,) = links(post(), joke.email)
    visitor = browse()
    shown = visitor.get(link)
    assert "joke" in shown.content.decode()
    assert choose(visitor, link).url == reverse("second_step")

    assert visitor.get(reverse("second_step")).url == reverse("set_up")
    assert user("joke").check_password(CHOSEN)


def test_the_mail_says_nothing_of_anybody_and_the_link_stands_nowhere(post):
    joke = new_colleague()
    (link,) = links(post(), joke.email)
    token = link.split("/")[-2]

    kept = AccountInvitation.objects.filter(user=joke).values
    with acting_as(user("bureau").pk):
        (row,) = kept("token_hash")
    assert token not in str(row)
    assert row["token_hash"] == operations.fingerprint(token)


def test_a_link_works_once(browse, post):
    joke = new_colleague()
    (link,) = links(post(), joke.email)
    choose(browse(), link)

    late = browse()
    assert late.get(link).status_code == 404
    assert choose(late, link, "heel-iets-anders-dan-dat").status_code == 404
    assert user("joke").check_password(CHOSEN)


def test_a_link_works_for_a_week():
    joke = new_colleague()

    with acting_as(user("bureau").pk):
        made = AccountInvitation.objects.get(user=joke)
    assert made.expires_at - made.approved_at == timedelta(days=settings.INVITATION_DAYS)


def test_a_newer_link_kills_the_older(browse, post):
    joke = new_colleague()
    (older,) = links(post(), joke.email)
    ask_link("joke", by="beheerder")
    (newer,) = links(post(), joke.email)

    assert older != newer
    assert browse().get(older).status_code == 404
    assert browse().get(newer).status_code == 200


def test_a_mail_that_is_delivered_twice_is_the_same_link(post):
    joke = new_colleague()
    with acting_in_role("post"):
        first, again = (operations.address_for(joke.pk) for _ in range(2))

    assert first == again
    assert links(post(), joke.email) == [first]


def test_a_link_of_an_account_that_was_switched_off_is_dead(browse, post):
    joke = new_colleague()
    (link,) = links(post(), joke.email)
    keeper = user("beheerder")
    with acting_as(keeper.pk):
        operations.set_active(joke, False, by=keeper)

    assert browse().get(link).status_code == 404


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kort", "minstens 12 tekens"),
        ("joke-vaessen", "lijkt te veel op de naam"),
        ("1qaz2wsx3edc", "gebruiken te veel mensen"),
        ("x" * 10_000, "Maak hem korter"),
        ("a\x00bcdefghijklmnop", "onzichtbaar teken"),
    ],
)
def test_a_password_that_is_not_good_enough_says_what_to_do(browse, post, password, sentence):
    joke = new_colleague()
    (link,) = links(post(), joke.email)

    answer = choose(browse(), link, password)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not user("joke").has_usable_password()


def test_a_typing_mistake_is_caught_before_it_counts(browse, post):
    joke = new_colleague()
    (link,) = links(post(), joke.email)

    answer = browse().post(link, {"new": CHOSEN, "again": CHOSEN + "!"})

    assert answer.status_code == 422
    assert choose(browse(), link).status_code == 302


def test_who_lost_his_password_gets_a_link_after_a_second_person_looked(browse, post):
    """One asks, another calls and agrees; and the second step stays what it was."""
    lost = ask_link("politie2", by="beheerder")
    assert links(post(), user("politie2").email) == []

    decide(operations.approve_invitation, lost, by="bureau")

    (link,) = links(post(), user("politie2").email)
    visitor = browse()
    assert choose(visitor, link).url == reverse("second_step")
    assert visitor.get(reverse("second_step")).status_code == 200  # not to set up: to prove
    assert first_step(browse(), "politie2", PASSWORD).status_code == 422


@pytest.mark.parametrize("by", ["beheerder", "politie2"])
def test_nobody_looks_along_with_himself(by):
    lost = ask_link("politie2", by="beheerder")

    with pytest.raises((Refused, PermissionDenied)):
        decide(operations.approve_invitation, lost, by=by)

    with acting_as(user(by).pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT vh.approve_invitation(%s)", [lost.pk])


def test_the_second_person_hears_that_he_is_needed(post):
    ask_link("politie2", by="beheerder")

    with acting_in_role("post"):
        kind = OutboxMail.objects.filter(kind="accountuitnodiging_gevraagd")
        told = set(kind.values_list("recipient_id", flat=True))
    assert told == {user("bureau").pk, user("manager").pk}


def test_what_the_second_person_turns_down_leads_nowhere(browse, post):
    lost = ask_link("politie2", by="beheerder")

    decide(operations.withdraw_invitation, lost, by="manager")

    with pytest.raises(Refused) as refused:
        decide(operations.approve_invitation, lost, by="bureau")
    assert refused.value.codes & {"decided_already", "meanwhile"}
    assert links(post(), user("politie2").email) == []
    assert log_in(browse(), "politie2").status_code == 302


def test_nobody_invites_himself():
    for who in ("bureau", "beheerder"):
        with pytest.raises(Refused) as refused:
            ask_link(who, by=who)
        assert refused.value.codes == {"own_account"}


def test_on_the_pages_one_asks_and_another_lets_it_leave(browse, post):
    asked = browse("beheerder").post(reverse("partners:invite", args=[user("politie2").pk]))
    assert asked.status_code == 302
    with acting_as(user("bureau").pk):
        lost = AccountInvitation.objects.waiting().get()
    step = reverse("partners:invitation_step", args=[lost.pk, "goedkeuren"])
    page = reverse("partners:invitations")

    assert step not in browse("beheerder").get(page).content.decode()
    assert "Bart Nouwen" in browse("bureau").get("/beheer/gebruikers/").content.decode()
    assert step in browse("manager").get(page).content.decode()
    assert browse("manager").post(step).status_code == 302
    assert len(links(post(), user("politie2").email)) == 1


def test_the_database_makes_no_link_for_the_application_itself():
    """Not by the functions of the post, and not by writing the table."""
    joke = new_colleague()
    attempts = (
        ("SELECT vh.invitation_of(%s)", [joke.pk]),
        ("SELECT vh.seal_invitation(gen_random_uuid(), %s)", ["0" * 64]),
        ("UPDATE partners_accountinvitation SET token_hash = %s", ["0" * 64]),
        ("SELECT vh.add_user('x', 'md5$a$b', 'x', 'x', 'x@x.example', %s)", [1]),
    )
    for statement, given in attempts:
        with (
            acting_as(user("bureau").pk),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
        ):
            connection.cursor().execute(statement, given)


def test_the_days_of_a_link_are_the_same_in_the_code_and_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.invitation_days()")
        assert cursor.fetchone() == (settings.INVITATION_DAYS,)
