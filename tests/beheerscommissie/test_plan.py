"""The plan of S4 stands in the house as it was agreed, without anybody's name."""

import pytest

from beheerscommissie.models import (
    Beheersplan,
    CameraChange,
    Maatregel,
    NuisanceKind,
    Party,
    PhoneNumber,
    Place,
    Route,
)
from tests.situations import user
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

pytestmark = pytest.mark.django_db
# The person whom S4 names, and the mobile number that is that person's own.
PERSONAL = ("maria", "leunissen", "0625765035")


@pytest.fixture
def plan():
    with acting_as(ANONYMOUS):
        yield Beheersplan.objects.get(year=2021)


def test_it_is_the_plan_of_the_gasthuis_with_its_meeting_rhythm(plan):
    assert plan.title == "Beheers- en Veiligheidsplan Gasthuis en omgeving 2021"
    assert (plan.meets_every_months, plan.meets_every_months_at_start) == (3, 1)
    assert plan.shelter_cameras == 32


def test_it_names_the_nine_places_of_paragraph_1_2(plan):
    names = list(Place.objects.filter(area=plan.area).values_list("name", flat=True))

    assert names == [
        "Gasthuis",
        "Gasthuisstraat",
        "Klompstraat",
        "Voskuilenweg",
        "Aambos",
        "Broeder Aloysiusstraat",
        "Hertzdahlstraat",
        "Deken Bemelmansstraat",
        "Aanloopstraten richting het centrum",
    ]


def test_every_party_of_the_schema_has_its_measures(plan):
    parties = {party.name: party.maatregelen.count() for party in plan.parties.all()}

    assert len(parties) == 12
    assert min(parties.values()) >= 1
    assert "Dagbesteding" in Maatregel.objects.filter(
        party__name="Leger des Heils", source="5"
    ).values_list("text", flat=True)


def test_the_cameras_change_as_paragraph_4_4_says(plan):
    kinds = list(CameraChange.objects.filter(plan=plan).values_list("kind", flat=True))

    assert sorted(kinds) == ["fysiek", "nieuw", "nieuw", "nieuw", "preset"]


def test_every_kind_of_nuisance_has_a_route():
    with acting_as(user("buurtregisseur").pk):
        routes = dict(Route.objects.values_list("kind", "party__name"))

    assert set(routes) == set(NuisanceKind.values)
    assert routes["crimineel"] == "Politie"


def test_the_numbers_are_of_functions_and_nobody_is_named(plan):
    numbers = {number.dial for number in PhoneNumber.objects.filter(plan=plan)}
    text = " ".join(
        [
            *Maatregel.objects.values_list("text", flat=True),
            *Party.objects.values_list("responsibility", flat=True),
            *PhoneNumber.objects.values_list("label", flat=True),
            *numbers,
        ]
    ).lower()

    assert numbers == {"112", "09008844", "0455605900", "0455605927", "14045"}
    assert [word for word in PERSONAL if word in text] == []
