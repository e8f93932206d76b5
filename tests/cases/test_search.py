"""Search finds what you may see, forgives how it is typed, and says nothing of the rest."""

import re
from datetime import date

import pytest
from django.urls import reverse

from cases.models.client import search_key
from cases.presenters import search
from cases.presenters.search import MOST, Sought, find
from tests import situations
from veiligheidshuis.needtoknow import acting_as

ADDRESS = "/dossiers/"
TOKEN = re.compile(r"csrfmiddlewaretoken[^>]*|X-CSRFToken[^>]*")
with_a_house = pytest.mark.django_db


@pytest.fixture
def case(db):
    return situations.assigned_case(
        first_name="Désirée", name_prefix="van der", last_name="Crombach-Ĳssel"
    )


@pytest.fixture
def page(browse):
    """What somebody gets who types this."""
    return lambda who, query, **more: browse(who).get(ADDRESS, {"q": query, **more})


# --- what somebody means ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["VH-2026-0012", "vh-2026-12", "2026-12", "2026 0012", "VH 2026-0012", "vh2026–12"],
)
def test_a_dossier_number_is_understood(typed):
    assert Sought.of(typed) == Sought(number="VH-2026-0012")


@pytest.mark.parametrize(
    "typed",
    [
        "1-2-1990", "01-02-1990", "1/2/90", "1.2.1990", "1 februari 1990", "1 feb. 90",
        "1990-02-01", "01021990", "geb. 1-2-1990",
    ],
)  # fmt: skip
def test_a_birth_date_is_understood(typed):
    assert Sought.of(typed) == Sought(born=date(1990, 2, 1))


@pytest.mark.parametrize(
    ("typed", "words", "born"),
    [
        ("van der Berg", ["berg"], None),
        ("V.d. Berg, Jan", ["berg", "jan"], None),
        ("'t Hart", ["hart"], None),
        ("van der", ["van", "der"], None),
        ("Jansen 1-2-1990", ["jansen"], date(1990, 2, 1)),
        ("31-2-1990", ["31", "2", "1990"], None),
        ("100% _Jansen\\", ["100", "jansen"], None),
        ("%", [], None),
    ],
)
def test_the_words_that_count_are_left(typed, words, born):
    assert Sought.of(typed) == Sought(words=words, born=born)


def test_a_surname_is_kept_in_pieces_and_in_one_piece():
    assert search_key("Jan", "van den", "Bérg") == " jan van den berg vandenberg"
    assert search_key("Ann", "", "Smeets") == " ann smeets"


# --- what is found ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "crombach", "Desiree", "van der crombach", "CROMBACH ijssel", "ijssel d", "rombac",
        "vandercrombach", "crombach, désirée", "{number}", "{bare}", "{born}", "crombach {born}",
    ],
)  # fmt: skip
def test_a_client_is_found_however_he_is_typed(page, case, typed):
    born = case.client.birth_date
    query = typed.format(
        number=case.number.lower(),
        bare=case.number.removeprefix("VH-"),
        born=f"{born.day}-{born.month}-{born.year}",
    )

    found = page("samira", query).content.decode()

    assert case.number in found
    assert "Lijkt op" not in found


@pytest.mark.parametrize(
    "typed", ["krombach", "crombagh", "cromabch", "desire crombch", "krombach {born}"]
)
def test_a_slip_of_the_pen_is_forgiven_and_the_page_says_so(page, case, typed):
    born = case.client.birth_date
    found = page("samira", typed.format(born=f"{born:%d-%m-%Y}")).content.decode()

    assert case.number in found
    assert "Lijkt op" in found


@pytest.mark.parametrize("typed", ["smeets", "crombach 2-2-1922", "desiree smeets", "xcrxombxach"])
def test_what_is_another_name_is_not_found(page, case, typed):
    assert case.number not in page("samira", typed).content.decode()


@with_a_house
def test_other_spellings_are_shown_beside_the_exact_one_when_asked(page):
    written = situations.assigned_case(last_name="Janssen")
    other = situations.assigned_case(last_name="Jansen")

    exact = page("samira", "janssen").content.decode()
    wide = page("samira", "janssen", spelling="ruim").content.decode()

    assert written.number in exact
    assert other.number not in exact
    assert "spelling=ruim" in exact
    assert wide.index(written.number) < wide.index(other.number)
    assert "spelling=ruim" not in wide


@with_a_house
def test_the_whole_word_comes_before_its_beginning_and_its_middle(person):
    inside = situations.assigned_case(last_name="Ooberg")
    start = situations.assigned_case(last_name="Bergman")
    whole = situations.assigned_case(last_name="Berg")

    with acting_as(person("samira").pk):
        found = find(person("samira"), "berg")

    assert [line.pk for line in found.lines] == [whole.pk, start.pk, inside.pk]


@with_a_house
def test_who_finds_too_much_is_told_to_type_more(page, person):
    for _ in range(MOST + 1):
        situations.put_forward_case(last_name="Veelvoorkomend")

    answer = page("bureau", "veelvoorkomend").content.decode()

    assert answer.count("vh-rowlink") == MOST
    assert "Typ meer letters" in answer


@with_a_house
def test_who_leafs_far_back_is_told_to_search(page, monkeypatch):
    monkeypatch.setattr(search, "A_PAGE", 2)
    monkeypatch.setattr(search, "MOST_PAGES", 2)
    cases = [situations.put_forward_case() for _ in range(5)]
    told = "Verder terug kunt u niet bladeren"

    first, last = (page("bureau", "", pagina=n).content.decode() for n in (1, 3))

    assert (told in first, told in last) == (False, True)
    assert "Pagina 2 van 2" in last
    shown = [{case.number for case in cases if case.number in text} for text in (first, last)]
    assert [len(each) for each in shown] == [2, 2]
    assert shown[0].isdisjoint(shown[1])


@with_a_house
def test_who_can_see_the_last_of_his_list_is_told_nothing(page, monkeypatch):
    monkeypatch.setattr(search, "A_PAGE", 2)
    monkeypatch.setattr(search, "MOST_PAGES", 2)
    for _ in range(4):
        situations.put_forward_case()

    assert "Verder terug" not in page("bureau", "", pagina=2).content.decode()


# --- what is not ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["crombach", "{number}", "", "x", "\x00", "y" * 10_000, "%", "_"])
def test_who_may_not_know_him_finds_the_same_as_in_a_house_without_him(page, case, typed):
    query = typed.format(number=case.number)

    answer = page("tom", query, pagina="geen getal")

    assert answer.status_code == 200
    assert case.client.last_name not in answer.content.decode()
    assert f'href="/dossiers/{case.number}' not in answer.content.decode()


def test_a_hidden_name_and_no_name_at_all_cost_the_same_questions_and_give_the_same_page(
    browse, case, django_assert_num_queries, django_assert_max_num_queries
):
    tom = browse("tom")
    tom.get(ADDRESS)
    with django_assert_max_num_queries(11) as asked:
        hidden = tom.get(ADDRESS, {"q": "crombach"}).content.decode()
    with django_assert_num_queries(len(asked)):
        absent = tom.get(ADDRESS, {"q": "qrombaqh"}).content.decode()

    assert TOKEN.sub("", absent.replace("qrombaqh", "crombach")) == TOKEN.sub("", hidden)


def test_the_list_costs_as_many_queries_for_one_case_as_for_ten(
    browse, case, django_assert_num_queries, django_assert_max_num_queries
):
    samira = browse("samira")
    samira.get(ADDRESS)
    with django_assert_max_num_queries(11) as one:
        samira.get(ADDRESS)
    for _ in range(3):
        situations.assigned_case()
    with django_assert_num_queries(len(one)):
        samira.get(ADDRESS)


def test_only_who_leads_or_administers_reads_why_somebody_is_here(browse):
    case = situations.asked_plan().case
    label = case.get_doelgroep_display().capitalize()
    page = reverse("cases:search")

    for name in ("samira", "bureau", "manager"):
        assert label in browse(name).get(page).text
    partner = browse("legerdesheils").get(page).text
    assert (case.number in partner, label in partner) == (True, False)
