"""The table of 2006 as the law of today sees it, and what follows from that. WGS 2.27, 2.31.

S2: "1. Gemeente Heerlen … 17. Tracee", "Op enig moment aangevuld met: 18 … 20". Each place is that
of the table of eisen.md 1.1.
"""

import psycopg
import pytest

from cases.forms.closing import ClosingForm
from partners import rules
from partners.models import (
    NEIGHBOUR_ROLES,
    OFFICE_ROLES,
    Organisation,
    Regime,
    Role,
    WgsClass,
    WgsMember,
    class_by_law,
)
from tests.situations import organisation

pytestmark = pytest.mark.django_db

# By number in the covenant: as which organs it takes part today. None at all: a third party.
TODAY = {
    1: "1e 1f",  # gemeente: the burgemeester is not the college
    2: "1d",
    3: "1c",
    4: "",  # Provincie
    5: "2c",
    6: "1b",
    7: "1b",
    8: "1a",
    9: "2a",
    10: "2a",
    11: "2e",
    12: "",  # Slachtofferhulp
    13: "2d",
    14: "",  # Bureau Halt
    15: "1g",
    16: "2b",
    17: "2e",
    18: "1e 1f",
    19: "2e",
    20: "",  # Stichting Zwerfjongeren: until the FG says otherwise
}
OUTSIDE = ("bewoners", "ondernemers", "straatcoaches", "wonen-limburg")
# What a class may do: report a case, decide on admission and closing, have an account.
MAY = {
    "lid_1": ["melden", "toelaten", "account"],
    "lid_2": ["melden", "account"],
    "incidentele_derde": [],
    "geen": [],
}


def codes(organisation, role):
    return {o.code for o in rules.obstacles_to_an_account(organisation, role)}


@pytest.mark.parametrize(("number", "letters"), TODAY.items())
def test_every_partner_of_2006_has_its_place_in_the_law_of_today(number, letters):
    partner = Organisation.objects.get(number=number)

    assert partner.wgs_members == letters.split()
    core, other = "1" in letters[:1], "2" in letters[:1]
    expected = "lid_1" if core else "lid_2" if other else "incidentele_derde"
    assert partner.wgs_class == expected
    assert partner.rights == MAY[expected]
    assert partner.signed_in_2006 == (number <= 17)
    assert partner.is_seated
    assert partner.wgs_ground


@pytest.mark.parametrize("slug", OUTSIDE)
def test_who_sits_in_the_neighbourhood_alone_is_no_partner(slug):
    outside = organisation(slug)

    assert (outside.wgs_class, outside.rights, outside.is_seated) == ("geen", [], False)
    assert {role for role in Role if not codes(outside, role)} == set(NEIGHBOUR_ROLES)


@pytest.mark.parametrize("number", TODAY)
def test_under_the_law_takes_part_who_it_names_and_under_the_covenant_who_signed(number, owner):
    """PRV-20. "Aldus overeengekomen" on 7 September 2006: there all twenty work as they did."""
    partner = Organisation.objects.get(number=number)

    expected = (["wgs"] if TODAY[number] else []) + ["lokale_pga"]
    assert [regime for regime in Regime if partner.may_take_part(regime)] == expected
    assert partner in Organisation.objects.under(Regime.LOKALE_PGA)
    assert (partner in Organisation.objects.under(Regime.WGS)) == bool(TODAY[number])
    asked = owner.execute("SELECT vh.regimes_of(%s, statement_timestamp())", [partner.pk])
    assert asked.fetchone()[0] == expected


@pytest.mark.parametrize("slug", OUTSIDE)
def test_who_signed_nothing_takes_part_under_no_regime(slug, owner):
    outside = organisation(slug)

    assert [regime for regime in Regime if outside.may_take_part(regime)] == []
    asked = owner.execute("SELECT vh.regimes_of(%s, statement_timestamp())", [outside.pk])
    assert asked.fetchone()[0] == []


@pytest.mark.parametrize("number", TODAY)
def test_an_account_is_for_who_takes_part_and_the_house_is_run_by_who_the_law_names(number):
    partner = Organisation.objects.get(number=number)

    expected = set() if TODAY[number] else {"no_participant"}
    assert {frozenset(codes(partner, role)) for role in OFFICE_ROLES} == {frozenset(expected)}
    assert {frozenset(codes(partner, role)) for role in set(Role) - OFFICE_ROLES} == {frozenset()}


def test_only_a_core_participant_decides():
    """WGS 2.31 lid 2-4 and 8."""
    offered = set(ClosingForm().fields["decided_by"].queryset.values_list("number", flat=True))

    assert offered == {n for n, letters in TODAY.items() if letters.startswith("1")}


@pytest.mark.parametrize("member", WgsMember)
def test_every_organ_has_its_task_and_its_class(member):
    assert member.task
    assert class_by_law([member]) == (WgsClass.LID_1 if member[0] == "1" else WgsClass.LID_2)


@pytest.mark.parametrize(
    ("wgs_class", "letters"),
    [("lid_2", "1e"), ("lid_1", "2e"), ("lid_2", ""), ("geen", "2a"), ("incidentele_derde", "1d")],
)
def test_the_database_knows_no_class_without_its_organ(owner, wgs_class, letters):
    """Nobody becomes a participant by one word."""
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute(
            "UPDATE partners_organisation SET wgs_class = %s, wgs_members = %s WHERE number = 2",
            [wgs_class, letters.split()],
        )
