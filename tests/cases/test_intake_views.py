"""Pages on which candidates come in: who finds them, what they say, and what they do once."""

import uuid

import pytest
from django.urls import reverse

from cases.forms.report import NominateForm
from cases.models import Case, Meldformulier, Regime
from tests import situations

pytestmark = pytest.mark.django_db
OFFICE_PAGES = [reverse("cases:candidates"), reverse("cases:import")]
NOMINATE = reverse("cases:nominate")
NOMINATION = {
    "first_name": "Kevin",
    "name_prefix": "",
    "last_name": "Smeets",
    "birth_date": "7-12-1990",
    "municipality": "Heerlen",
    "doelgroep": "veelpleger",
    "reason": "Veel aanhoudingen in korte tijd.",
    "geprobeerd": "Reclasseringstoezicht, twee keer.",
    "result": "Een dak boven het hoofd.",
    "urgency": "gewoon",
    **dict.fromkeys("abcd", "Zo blijkt dat."),
    "discussed": "ja",
    "regime": "wgs",
    "why_not": "",
    "ask_again_on": "",
    "correct": "on",
}


@pytest.fixture
def office(browse):
    return browse("bureau")


def logged(owner, route: str) -> list[list[str]]:
    rows = owner.execute(
        "SELECT subjects FROM veiligheidshuis_accesslogentry WHERE route = %s ORDER BY id", [route]
    )
    return [subjects for (subjects,) in rows]


@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_these_pages_are_there_for_the_bedrijfsbureau_alone(browse, address):
    assert browse("bureau").get(address).status_code == 200
    for username in ("manager", "politie", "samira", "stuurgroep", "bewoner"):
        assert browse(username).get(address).status_code == 404
    assert browse().get(address).status_code == 302


def test_the_candidates_page_shows_who_waits_and_writes_all_of_them_down(office, owner):
    """AUD-03: a list of people is one line that names each of them."""
    cases = [situations.put_forward_case(first_name=name) for name in ("Nora", "Mats")]
    before = len(logged(owner, "cases:candidates"))

    page = office.get(reverse("cases:candidates"))

    assert "Nora" in page.text
    assert "Mats" in page.text
    (line,) = logged(owner, "cases:candidates")[before:]
    assert {case.number for case in cases} <= set(line)


def test_an_empty_page_says_what_to_do_and_shows_nobody(office, owner):
    before = len(logged(owner, "cases:candidates"))

    assert "Er zijn geen kandidaten." in office.get(reverse("cases:candidates")).text
    assert len(logged(owner, "cases:candidates")) == before


def test_the_office_sees_who_may_be_the_same_person(office):
    kevin = {"first_name": "Kevin", "last_name": "Smeets", "name_prefix": ""}
    born = situations.a_person().birth_date
    one = situations.put_forward_case(by="politie", **kevin, birth_date=born)
    two = situations.put_forward_case(by="ggd", **kevin | {"last_name": "Smets"}, birth_date=born)
    situations.put_forward_case(by="ggd", first_name="Wilma", last_name="Adams", birth_date=born)

    shown = {
        c.case.number: [other.number for other in c.lookalikes]
        for c in office.get(reverse("cases:candidates")).context["candidates"]
    }

    assert shown[one.number] == [two.number]
    assert shown[two.number] == [one.number]
    assert sum(map(len, shown.values())) == 2


def test_the_candidates_page_asks_as_little_for_many_as_for_few(
    office, django_assert_max_num_queries
):
    for _ in range(12):
        situations.put_forward_case()

    with django_assert_max_num_queries(16):
        office.get(reverse("cases:candidates"))


def test_a_partner_puts_somebody_forward_and_finds_him_among_his_own(browse, acting):
    partner = browse("mondriaan")

    assert partner.post(NOMINATE, NOMINATION).url == NOMINATE

    assert "Dank u wel." in (page := partner.get(NOMINATE).text)
    assert "Kevin Smeets" in page
    with acting("bureau"):
        assert Case.objects.get().source.slug == "mondriaan"
    for each in ("mondriaan", "politie"):  # who told it handed it in
        with acting(each):
            assert not Case.objects.exists()


def test_the_answer_is_the_same_when_the_person_is_known_already(browse):
    known = {"first_name": "Kevin", "last_name": "Smeets", "name_prefix": ""}
    situations.put_forward_case(by="politie", **known)
    fresh, twice = browse("mondriaan"), browse("ggd")

    one = fresh.post(NOMINATE, NOMINATION | {"last_name": "Onbekend"}, follow=True)
    other = twice.post(NOMINATE, NOMINATION, follow=True)

    assert [str(m) for m in one.context["messages"]] == [str(m) for m in other.context["messages"]]


def test_what_is_wrong_with_the_reason_for_silence_is_said_once():
    general = Meldformulier.objects.get(code="algemeen")
    told = NOMINATION | {"discussed": "nee", "why_not": "x\x00"}
    form = NominateForm(told, formulier=general, regimes=list(Regime))

    assert len(form.errors["why_not"]) == 1


def test_a_nomination_sent_twice_is_one_case(browse, acting):
    form = NOMINATION | {"eenmalig": str(uuid.uuid4())}
    partner = browse("mondriaan")

    assert [partner.post(NOMINATE, form).status_code for _ in range(2)] == [302, 302]
    with acting("bureau"):
        assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first_name": ""}, "Vul dit in."),
        ({"first_name": "Ke\x00vin"}, "onzichtbaar teken"),
        ({"reason": "a" * 10_000}, "10000 tekens lang"),
        ({"birth_date": "31-2-1990"}, "bestaat niet"),
        ({"birth_date": "1-1-2099"}, "toekomst"),
        ({"doelgroep": "xx"}, "Kies een doelgroep uit de lijst."),
        ({"discussed": ""}, "Kies ja of nee."),
        ({"regime": ""}, "Kies het regime."),
        ({"regime": "lokale_pga"}, "Schrijf op waarom de lokale aanpak hier past."),
        ({"discussed": "nee"}, "waarom u er niet met de persoon over sprak"),
        ({"discussed": "nee"}, "wanneer u bekijkt of het nu wel besproken kan worden"),
        ({"c": ""}, "Vul dit in."),
        ({"urgency": "erg"}, "Kies uit de lijst."),
        ({"correct": ""}, "Kruis dit aan"),
    ],
)
def test_a_form_that_lacks_something_says_what_and_keeps_what_was_typed(
    browse, acting, change, said
):
    answer = browse("mondriaan").post(NOMINATE, NOMINATION | change)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Smeets"' in answer.text
    with acting("bureau"):
        assert not Case.objects.exists()


def test_who_does_not_work_with_persons_finds_no_form(browse):
    for username in ("stuurgroep", "bewoner", "buurtregisseur"):
        assert browse(username).get(NOMINATE).status_code == 404
    assert browse().get(NOMINATE).status_code == 302
