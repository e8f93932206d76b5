"""Two people of the office link a colleague before he ever logged in. AUTH-13."""

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from partners import operations
from partners.models import Role, SignOnLink, SignOnProposal
from tests.entering import enter
from tests.partners.signing_on import is_refused, link, sign_on, tail
from tests.situations import organisation, user, with_papers
from veiligheidshuis import factors
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def add(username, where, role, *, sign_on_only=False):
    """A new account, as the office makes it."""
    with acting_as(user("bureau").pk):
        return operations.add_user(
            organisation(where),
            username=username,
            first_name=username.title(),
            last_name="van den Berg",
            email=f"{username}@politie.example",
            role=role,
            sign_on_only=sign_on_only,
            by=user("bureau"),
        )


@pytest.fixture
def petra(db):
    """A second person of the bedrijfsbureau."""
    return with_papers(add("petra", "gemeente-heerlen", Role.BEDRIJFSBUREAU))


@pytest.fixture
def provider(service, agree):
    """The second factor of the police counts."""
    service.claims = {"amr": ["mfa"]}
    return agree(service, amr=["mfa"])


@pytest.fixture
def jolanda(provider):
    """A new colleague at the police, who never had a password here."""
    return with_papers(add("jolanda", "politie", Role.KETENPARTNER, sign_on_only=True))


def propose(person, provider, subject="subject-1", by="bureau"):
    with acting_as(user(by).pk):
        operations.propose_sign_on(person, provider, subject, by=user(by))
        return SignOnProposal.objects.waiting().get(user=person)


def decide(proposal, *, by, approve=True):
    with acting_as(user(by).pk):
        operations.decide_sign_on(proposal, approve=approve, by=user(by))


def links_of(person):
    with acting_as(person.pk):
        return list(SignOnLink.objects.filter(ended_at=None).values_list("subject", flat=True))


def test_two_people_link_somebody_who_never_had_a_password(
    browse, service, provider, jolanda, petra
):
    proposal = propose(jolanda, provider)
    assert is_refused(sign_on(browse(), service))

    decide(proposal, by="petra")

    assert sign_on(browse(), service).url == "/"
    assert links_of(jolanda) == ["subject-1"]
    with acting_as(jolanda.pk):
        assert SignOnLink.objects.get().linked_by == petra
        assert not factors.has_any(jolanda)
    with acting_in_role("post"):
        assert OutboxMail.objects.get(recipient_id=jolanda.pk).kind == "eigen_organisatie"


def test_no_password_opens_an_account_without_one(browse, jolanda):
    for password in ("", "!", jolanda.password, "een-lang-begin-woord"):
        answer = browse().post("/inloggen/", {"username": "jolanda", "password": password})
        assert answer.status_code == 422


def test_an_account_without_a_password_needs_a_login_service(db):
    with pytest.raises(Refused) as refused:
        add("jolanda", "ggd-zuid-limburg", Role.KETENPARTNER, sign_on_only=True)

    assert refused.value.codes == {"no_way_in"}


def test_nobody_approves_what_he_proposed_or_for_himself(provider, jolanda, petra, owner):
    proposal = propose(jolanda, provider)

    with pytest.raises(Refused) as refused:
        decide(proposal, by="bureau")
    assert refused.value.codes == {"same_eyes"}
    with pytest.raises(ProgrammingError, match="second pair of eyes"):
        ask("bureau", "decide_sign_on(%s, true)", proposal.pk)
    assert links_of(jolanda) == []

    with pytest.raises(Refused) as refused:
        propose(user("petra"), provider, by="petra")
    assert refused.value.codes == {"own_link"}


def test_not_even_the_owner_of_the_database_writes_down_one_pair_of_eyes(owner):
    """The table guards it as well: approved means by another."""
    with pytest.raises(psycopg.errors.CheckViolation, match="proposal_approved_by_another"):
        owner.execute(
            "INSERT INTO partners_signonproposal (user_id, issuer, subject, proposed_by_id,"
            " decided_by_id, decided_at, approved) SELECT %s, 'x', 'y', id, id, now(), true"
            " FROM partners_user WHERE username = 'bureau'",
            [user("politie").pk],
        )


def ask(name, question, *arguments):
    with acting_as(user(name).pk), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT vh.{question}", arguments)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("name", ["manager", "samira", "politie", "fg"])
def test_only_the_office_proposes_and_decides(provider, jolanda, name):
    proposal = propose(jolanda, provider)

    with acting_as(user(name).pk):
        assert not SignOnProposal.objects.exists()
    with pytest.raises(PermissionDenied):
        decide(proposal, by=name)
    with pytest.raises(ProgrammingError, match="needs the role"):
        ask(name, "decide_sign_on(%s, true)", proposal.pk)
    with pytest.raises(ProgrammingError, match="needs the role"):
        ask(name, "propose_sign_on(%s, 'subject-9')", jolanda.pk)


def test_a_proposal_that_does_not_fit_is_turned_down_by_anybody_of_the_office(
    browse, service, provider, jolanda
):
    decide(propose(jolanda, provider, "subject-9"), by="bureau", approve=False)
    assert is_refused(sign_on(browse(), service))
    assert propose(jolanda, provider).subject == "subject-1"


def test_a_proposal_is_decided_once(provider, jolanda, petra):
    proposal = propose(jolanda, provider)
    decide(proposal, by="petra", approve=False)

    for approve in (True, False):
        with pytest.raises(Refused) as refused:
            decide(proposal, by="petra", approve=approve)
        assert refused.value.codes == {"decided_already"}
    assert links_of(jolanda) == []


@pytest.mark.parametrize(
    ("code", "subject"),
    [("email", "jolanda@politie.example"), ("email", "Jolanda@Politie.Example")],
)
def test_an_email_address_is_no_subject(provider, jolanda, code, subject):
    """AUTH-13: never by e-mail."""
    with pytest.raises(Refused) as refused:
        propose(jolanda, provider, subject)

    assert refused.value.codes == {code}


def test_one_proposal_at_a_time(provider, jolanda):
    propose(jolanda, provider)
    with pytest.raises(Refused) as refused:
        propose(jolanda, provider, "subject-2")
    assert refused.value.codes == {"proposed_already"}


def test_who_linked_himself_already_is_not_linked_again(provider, jolanda, petra):
    proposal = propose(user("politie"), provider)
    link(provider, "politie", "subject-2")

    with pytest.raises(Refused) as refused:
        decide(proposal, by="petra")
    assert refused.value.codes == {"subject_taken"}
    decide(proposal, by="petra", approve=False)
    with pytest.raises(Refused) as refused:
        propose(user("politie"), provider)
    assert refused.value.codes == {"linked_already"}


def test_the_subject_of_somebody_else_is_not_given_away(provider, jolanda, petra):
    link(provider, "politie")

    with pytest.raises(Refused) as refused:
        decide(propose(jolanda, provider), by="petra")
    assert refused.value.codes == {"subject_taken"}
    assert links_of(user("politie")) == ["subject-1"]


def test_nobody_is_linked_with_the_login_service_of_another_partner(provider, petra):
    with pytest.raises(Refused) as refused:
        propose(user("ggd"), provider)
    assert refused.value.codes == {"other_organisation"}
    with pytest.raises(ProgrammingError, match="no login service"):
        ask("bureau", "propose_sign_on(%s, 'subject-1')", user("ggd").pk)


def test_a_proposal_counts_for_the_login_service_it_was_made_for(provider, jolanda, petra, owner):
    """Who points the organisation at another issuer gets no accounts with it."""
    proposal = propose(jolanda, provider)
    owner.execute("UPDATE partners_identityprovider SET issuer = 'https://elders.example'")

    with pytest.raises(ProgrammingError, match="no login service"):
        decide(proposal, by="petra")
    assert links_of(jolanda) == []


def test_an_account_that_is_off_is_not_linked(provider, jolanda, petra):
    proposal = propose(jolanda, provider)
    with acting_as(user("bureau").pk):
        operations.set_active(jolanda, False, by=user("bureau"))

    with pytest.raises(Refused) as refused:
        propose(user("jolanda"), provider)
    assert refused.value.codes == {"off"}
    with pytest.raises(ProgrammingError, match="no login service"):
        decide(proposal, by="petra")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partners_signonproposal SET approved = true",
        "INSERT INTO partners_signonproposal SELECT * FROM partners_signonproposal",
        "DELETE FROM partners_signonproposal",
    ],
)
def test_the_table_is_closed_for_writing(provider, jolanda, statement):
    propose(jolanda, provider)
    with acting_as(user("bureau").pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)


# --- the pages -------------------------------------------------------------------------------


@pytest.fixture
def page(jolanda):
    return reverse("partners:link_of", args=[jolanda.pk])


def test_the_office_links_on_a_page_with_two_people(browse, jolanda, petra, page, owner):
    office, second = browse("bureau"), browse("petra")
    shown = office.get(reverse("partners:user", args=[jolanda.pk])).content.decode()
    assert page in shown

    assert office.post(page, {"subject": "subject-1"}).url == page
    mine = office.get(page).content.decode()
    assert "subject-1" in mine
    assert "Het klopt: koppelen" not in mine
    assert page in second.get("/beheer/gebruikers/").content.decode()
    assert "Het klopt: koppelen" in second.get(page).content.decode()

    with acting_as(petra.pk):
        proposal = SignOnProposal.objects.get()
    there = reverse("partners:link_decide", args=[jolanda.pk, proposal.pk])
    assert office.post(there, {"oordeel": "goed"}).status_code == 409
    assert second.post(there, {"oordeel": "goed"}).url == page
    assert links_of(jolanda) == ["subject-1"]
    assert tail(owner)[0][1:] == (["account jolanda"], "koppeling goedgekeurd", "gedaan")
    assert "goedgekeurd" in second.get(page).content.decode()
    assert page not in second.get("/beheer/gebruikers/").content.decode()


def test_what_was_typed_stays_when_it_is_refused(browse, page):
    office = browse("bureau")

    refused = office.post(page, {"subject": "jolanda@politie.example"})
    assert refused.status_code == 409
    assert 'value="jolanda@politie.example"' in refused.content.decode()
    for wrong in ("", "x" * 256, "a\x00b"):
        assert office.post(page, {"subject": wrong}).status_code == 422


def test_linking_asks_a_fresh_proof(browse, page):
    """AUTH-11."""
    stale = enter(browse(), user("bureau"), proved_at=0)

    assert stale.post(page, {"subject": "subject-1"}).url.startswith("/bevestigen/")


@pytest.mark.parametrize("name", ["manager", "samira", "politie", "fg"])
def test_for_others_there_is_no_such_page(browse, page, name):
    assert browse(name).get(page).status_code == 404


def test_an_account_without_a_password_is_made_on_the_page(browse, provider):
    typed = {
        "organisation": organisation("politie").pk,
        "role": "ketenpartner",
        "first_name": "Jolanda",
        "last_name": "Berg",
        "email": "j@politie.example",
        "username": "jolanda",
        "sign_on_only": "on",
        "start_date": "1-11-2026",
    }
    office = browse("bureau")

    assert office.post("/beheer/gebruikers/nieuw/", typed).url == "/beheer/gebruikers/"
    assert not user("jolanda").has_usable_password()
    elsewhere = typed | {"username": "jo", "organisation": organisation("gemeente-heerlen").pk}
    assert office.post("/beheer/gebruikers/nieuw/", elsewhere).status_code == 409
