"""The same house with and without a dossier under the other regime: who has no part there sees no
difference at all. PRV-20; LEAK-01.

The person is the same in both: a name, a birth date and a BSN that he knows already.
"""

import psycopg
import pytest

from cases import operations as casework
from cases.models import Case, Regime
from tests import situations
from tests.cases.test_regime import give, step
from tests.house.test_two_worlds import told_by
from tests.house.walk import browser
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.whole  # twice the same pages, in two worlds

PARTNER = "convenantpartner"
CLINIC = "mondriaan"  # the login name and the partner
SAME = {"first_name": "Jan", "name_prefix": "", "last_name": "Smeets", "bsn": "123456782"}
ADDRESSES = (
    "/",
    "/dossiers/",
    "/dossiers/?q=smeets",
    "/dossiers/?q=smets",
    "/dossiers/?q=VH-",
    "/leveringsvragen/",
    "/kandidaten/aandragen/",
    "/prioriteitenlijst/",
    "/agenda/",
    "/wegingen/",
)


def seen(viewer: str, *more: str) -> dict[str, object]:
    """What he finds at each address."""
    someone, found = browser(viewer), {}
    for address in (*ADDRESSES, *more):
        answer = someone.get(address)
        found[address] = (answer.status_code, told_by(answer.content))
    someone.post("/uitloggen/")
    return found


def of_the_same_person(case: Case) -> dict[str, object]:
    """Somebody with the name and the birth date of this client."""
    with acting_as(user("bureau").pk):
        client = Case.objects.select_related("client").get(pk=case.pk).client
        return SAME | {"birth_date": client.birth_date}


def did_not_sign(owner: psycopg.Connection, slug: str) -> None:
    """This participant is not bound by the covenant."""
    for change in (
        "DELETE FROM partners_ondertekening",
        "UPDATE partners_toetreding SET active_from = '2000-01-01'",
    ):
        owner.execute(
            f"{change} WHERE organisation_id = ("  # noqa: S608 - our own words
            "SELECT id FROM partners_organisation WHERE slug = %s)",
            [slug],
        )


def test_a_partner_outside_the_law_sees_no_difference_when_his_client_comes_under_it(own_house):
    """Also when that dossier goes all the way, and the office calls a list of it."""
    local, partner = situations.local_assigned_case(**SAME), situations.covenant_partner()
    give(local, partner)
    browser(PARTNER).post("/uitloggen/")
    before = seen(PARTNER, f"/dossiers/{local.number}/")

    home = ("huisvesting", "Begeleid wonen", "leger-des-heils")
    hidden = situations.signed_plan(home, **of_the_same_person(local)).case
    after = seen(PARTNER, f"/dossiers/{local.number}/")

    assert before["/dossiers/?q=smeets"] != before["/dossiers/?q=VH-"], "he finds his own client"
    assert after == before
    nowhere = seen(PARTNER, f"/dossiers/{hidden.number}/", "/dossiers/VH-1999-0001/")
    assert nowhere[f"/dossiers/{hidden.number}/"] == nowhere["/dossiers/VH-1999-0001/"]


def test_a_participant_that_did_not_sign_sees_no_difference_when_his_client_is_helped_locally(
    own_house, owner
):
    under_law = situations.assigned_case(**SAME)
    give(under_law, user(CLINIC))
    did_not_sign(owner, CLINIC)
    browser(CLINIC).post("/uitloggen/")
    before = seen(CLINIC, f"/dossiers/{under_law.number}/")

    local = situations.local_assigned_case(**of_the_same_person(under_law))
    after = seen(CLINIC, f"/dossiers/{under_law.number}/")

    assert local.regime == Regime.LOKALE_PGA
    assert after == before


def test_after_the_step_to_the_law_it_is_as_if_there_never_was_a_dossier(own_house):
    """The same page, byte for byte, as that of a number that nobody has."""
    local, partner = situations.local_assigned_case(**SAME), situations.covenant_partner()
    never = seen(PARTNER)
    give(local, partner)

    step(local, "to_wgs")

    after = seen(PARTNER, f"/dossiers/{local.number}/", "/dossiers/VH-1999-0001/")
    assert after[f"/dossiers/{local.number}/"] == after["/dossiers/VH-1999-0001/"]
    assert {address: after[address] for address in never} == never


def test_a_list_says_of_nobody_that_he_is_known_under_the_other_regime(own_house):
    """By name, by birth date and by BSN the local client is new on a list of the police."""
    local, office = situations.local_case(**SAME), user("bureau")
    person = casework.Person(**of_the_same_person(local))
    with acting_as(office.pk):
        row = casework.ReadRow(2, casework.Entry(person, "veelpleger", 3))
        batch = casework.receive_import("lijst.csv", [row], by=office)

        assert casework.tally_import(batch).nieuw == 1
