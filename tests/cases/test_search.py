"""Search finds what you may see, forgives how it is typed, and says nothing of the rest."""

import pytest

from tests import situations

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    return situations.assigned_case(
        first_name="Désirée", name_prefix="van der", last_name="Crombach-Ĳssel"
    )


@pytest.mark.parametrize(
    "typed",
    ["crombach", "Desiree", "van der crombach", "CROMBACH ijssel", "{number}", "{bare}", "{born}"],
)
def test_a_client_is_found_however_he_is_typed(browse, case, typed):
    born = case.client.birth_date
    query = typed.format(
        number=case.number.lower(),
        bare=case.number.removeprefix("VH-"),
        born=f"{born.day}-{born.month}-{born.year}",
    )

    found = browse("samira").get("/dossiers/", {"q": query}).content.decode()

    assert case.number in found


@pytest.mark.parametrize("typed", ["crombach", "{number}", "", "x", "\x00", "y" * 10_000, "%", "_"])
def test_who_may_not_know_him_finds_the_same_as_in_a_house_without_him(browse, case, typed):
    query = typed.format(number=case.number)

    answer = browse("tom").get("/dossiers/", {"q": query, "pagina": "geen getal"})

    assert answer.status_code == 200
    assert case.client.last_name not in answer.content.decode()
    assert f'href="/dossiers/{case.number}' not in answer.content.decode()


def test_the_list_costs_as_many_queries_for_one_case_as_for_ten(
    browse, case, django_assert_num_queries
):
    samira = browse("samira")
    samira.get("/dossiers/")
    with django_assert_num_queries(13) as one:
        samira.get("/dossiers/")
    for _ in range(3):
        situations.assigned_case()
    with django_assert_num_queries(len(one)):
        samira.get("/dossiers/")
