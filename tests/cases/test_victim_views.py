"""The pages of victims: first why, then only whom this reader may know; each look is known."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Scope, Slachtoffer
from partners.models import Organisation
from tests import situations
from tests.cases.test_access import give
from tests.cases.test_victims import support, victim_of
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def page(name: str, case: Case, *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *more])


def opened(browser: Browser, case: Case, why: str = "veiligheid") -> str:
    return browser.get(page("victims", case) + f"?reden={quote(why)}").content.decode()


def typed(**other: object) -> dict[str, object]:
    with acting_as(user("bureau").pk):
        police = Organisation.objects.get(slug="politie")
    known = {
        "name": "mevrouw K.",
        "relation": "partner",
        "supplier": police.pk,
        "wish": "horen",
        "wish_about": "Wanneer hij vrijkomt.",
        "contact": "",
        "safety": "Woont dichtbij.",
        "version": 0,
    }
    return known | other


def kept(case: Case) -> list[Slachtoffer]:
    with acting_as(user("samira").pk):
        return list(Slachtoffer.objects.filter(case=case))


@pytest.fixture
def case(db: None) -> Case:
    """samira leads; petra of the ggd has work in it."""
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_HUISVESTING)
    return case


def test_the_dossier_leads_there_and_says_who_sees_it(browse, case):
    victim = victim_of(case)
    assert page("victims", case) not in browse("ggd").get(page("detail", case)).content.decode()
    support(victim, "ggd")

    for username in ("samira", "ggd"):
        shown = browse(username).get(page("detail", case)).content.decode()
        assert page("victims", case) in shown
        assert "mevrouw K." not in shown
    assert "staat een slachtoffer bij" in shown  # the grounds, to who does not lead
    assert "Petra Offermans (GGD" not in shown


def test_first_it_is_asked_why_and_the_answer_is_in_the_log(browse, case, owner):
    victim_of(case)
    samira = browse("samira")

    asked = samira.get(page("victims", case))
    nonsense = samira.get(page("victims", case) + "?reden=nieuwsgierig")
    shown = opened(samira, case, "informeren")

    assert asked.status_code == 200
    assert nonsense.status_code == 422
    for closed in (asked, nonsense):
        assert "Waarvoor zijn de gegevens nodig?" in closed.content.decode()
        assert "mevrouw K." not in closed.content.decode()
    assert "mevrouw K." in shown
    grounds = owner.execute(
        "SELECT ground FROM veiligheidshuis_accesslogentry WHERE subjects = %s"
        " AND scope = 'view_victim' ORDER BY id DESC LIMIT 2",
        [[case.number]],
    ).fetchall()
    assert grounds == [("slachtoffer: informeren",), ("slachtoffer: nog niet geopend",)]


def test_who_supports_one_victim_reads_that_one_and_changes_nothing(browse, case):
    one, other = victim_of(case), victim_of(case, "de buurman")
    support(one, "ggd")
    partner = browse("ggd")

    shown = opened(partner, case)

    assert "mevrouw K." in shown
    assert "de buurman" not in shown
    assert str(other.pk) not in shown
    assert "Bijwerken" not in shown
    for name, *more in (
        ("victim_add",),
        ("victim_edit", one.pk),
        ("victim_end", one.pk),
        ("victim_support", one.pk),
        ("victim_support", other.pk),
    ):
        assert partner.get(page(name, case, *more)).status_code == 404
        assert partner.post(page(name, case, *more), typed()).status_code == 404
    assert len(kept(case)) == 2


@pytest.mark.parametrize("username", ["tom", "ggd", "bureau", "manager", "fg"])
def test_for_all_others_there_are_no_such_pages(browse, case, username):
    victim, other = victim_of(case), browse(username)
    other.get("/")

    for name, *more in (("victims",), ("victim_add",), ("victim_edit", victim.pk)):
        hidden = other.get(page(name, case, *more))
        absent = other.get(reverse(f"cases:{name}", args=["VH-2026-9999", *more]))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_a_victim_is_written_down_corrected_and_ended(browse, case):
    samira = browse("samira")
    assert samira.post(page("victim_add", case), typed()).status_code == 302
    (victim,) = kept(case)
    edit = page("victim_edit", case, victim.pk)
    assert "Woont dichtbij." in samira.get(edit).content.decode()

    assert samira.post(edit, typed(safety="Verhuisd.", version=1)).status_code == 302
    assert "Verhuisd." in opened(samira, case)
    stale = samira.post(edit, typed(safety="Iets anders.", version=1))
    assert stale.status_code == 409
    assert "Iets anders." in stale.content.decode()
    assert "Verhuisd." in stale.content.decode()

    end = page("victim_end", case, victim.pk)
    assert samira.post(end, {"because": ""}).status_code == 422
    assert samira.post(end, {"because": "Niet meer nodig."}).status_code == 302
    assert "mevrouw K." not in opened(samira, case)
    assert samira.get(edit).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "K\x00"}, "name"),
        ({"relation": "onzin"}, "relation"),
        ({"supplier": "999999"}, "supplier"),
        ({"wish_about": ""}, "wish_about"),
        ({"wish": "niets"}, "wish"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_still_there(browse, case, wrong, field):
    answer = browse("samira").post(page("victim_add", case), typed(**wrong))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Woont dichtbij." in answer.content.decode()
    assert kept(case) == []


def test_somebody_is_let_in_on_one_victim_and_taken_back(browse, case):
    victim, samira = victim_of(case), browse("samira")
    here = page("victim_support", case, victim.pk)
    until = timezone.localdate() + timedelta(days=9)
    given = {
        "person": user("ggd").pk,
        "end_date": f"{until.day}-{until.month}-{until.year}",
        "reason": "Doet het contact",
    }
    assert samira.post(here, given | {"person": user("tom").pk}).status_code == 422

    assert samira.post(here, given).status_code == 302
    assert "Petra Offermans" in samira.get(here).content.decode()
    assert "mevrouw K." in opened(browse("ggd"), case)
    again = samira.post(here, given)
    assert again.status_code == 409
    assert "Doet het contact" in again.content.decode()

    group = user("ggd").personal_group_id
    assert samira.post(page("victim_support_end", case, victim.pk, group)).status_code == 302
    assert browse("ggd").get(page("victims", case)).status_code == 404
    assert samira.post(page("victim_support_end", case, victim.pk, group)).status_code == 404


def test_the_victim_of_one_case_is_not_found_by_the_address_of_another(browse, case):
    other = situations.assigned_case()
    victim = victim_of(other)

    assert browse("samira").get(page("victim_edit", case, victim.pk)).status_code == 404
    assert "mevrouw K." not in opened(browse("samira"), case)


def test_the_office_reads_that_somebody_supports_a_victim_and_not_whom(browse, case):
    support(victim_of(case), "ggd")

    shown = browse("bureau").get(page("access", case)).content.decode()

    assert "Staat een slachtoffer bij" in shown
    assert "mevrouw K." not in shown


def test_victims_are_not_among_what_is_given_by_hand(browse, case):
    shown = browse("samira").get(page("access", case)).content.decode()

    assert 'value="view_gezondheid"' in shown
    assert 'value="view_victim"' not in shown
