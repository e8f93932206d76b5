"""Somebody who may not know a case: a relative, a neighbour. The bar beats every grant. AC-09."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Bar, Case, Scope, TimelineItem
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def bar(case: Case, who: str, by: str = "bureau", reason: str = "zwager") -> None:
    office = user(by)
    with acting_as(office.pk):
        operations.bar(case, user(who), reason=reason, by=office)


def lift(case: Case, who: str, by: str = "bureau", reason: str = "gescheiden") -> None:
    office = user(by)
    with acting_as(office.pk):
        operations.lift_bar(case, user(who), reason=reason, by=office)


def knows(who: str, case: Case) -> bool:
    person = user(who)
    with acting_as(person.pk):
        wall = Case.objects.filter(pk=case.pk).exists()
        plan = Case.objects.visible_to(person).filter(pk=case.pk).exists()
    assert wall == plan
    return wall


def page(case: Case, name: str, *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *more])


def test_who_is_barred_does_not_know_the_case_whatever_he_was_or_will_be_granted():
    case, leader = situations.assigned_case(), user("samira")
    end = timezone.localdate() + timedelta(days=90)
    give = {"scopes": [Scope.VIEW_GEZONDHEID], "end_date": end, "reason": "Advies"}
    with acting_as(leader.pk):
        operations.grant_by_hand(case, user("ggd"), **give, by=leader)
    assert knows("ggd", case)

    bar(case, "ggd")
    bar(case, "tom")
    with acting_as(leader.pk):
        operations.grant_by_hand(case, user("tom"), **give, by=leader)

    assert not knows("ggd", case)
    assert not knows("tom", case)


def test_a_bar_that_is_lifted_stays_as_a_closed_line_and_can_be_set_again():
    case = situations.put_forward_case(by="ggd")
    bar(case, "ggd")
    lift(case, "ggd")
    assert knows("ggd", case)
    bar(case, "ggd", reason="toch familie")

    assert not knows("ggd", case)
    with acting_as(user("manager").pk):
        lines = access.who_is_barred(case)
    assert [(line.reason, line.lift_reason) for line in lines] == [
        ("zwager", "gescheiden"),
        ("toch familie", ""),
    ]
    assert [line.lifted_by for line in lines] == [user("bureau"), None]


def test_nobody_but_the_office_bars_lifts_or_reads_who_is_barred():
    case = situations.assigned_case()
    bar(case, "tom")
    for who in ("samira", "politie", "tom", "stuurgroep"):
        person = user(who)
        with acting_as(person.pk):
            assert access.who_is_barred(case) == []
            with pytest.raises(PermissionDenied):
                operations.bar(case, user("ggd"), reason="x", by=person)
            with pytest.raises(PermissionDenied):
                operations.lift_bar(case, user("tom"), reason="x", by=person)


def test_who_leads_is_not_barred_before_somebody_else_takes_hold():
    case = situations.assigned_case()
    with pytest.raises(Refused) as refused:
        bar(case, "samira")
    assert refused.value.codes == {"leads"}
    bar(case, "tom")
    with pytest.raises(Refused) as again:
        bar(case, "tom")
    assert again.value.codes == {"barred_already"}
    lift(case, "tom")
    with pytest.raises(Refused) as lifted:
        lift(case, "tom")
    assert lifted.value.codes == {"lifted_already"}


def test_the_office_bars_on_a_page_and_reads_there_who_and_why(browse):
    case, office = situations.assigned_case(), browse("bureau")
    person = user("ggd")

    asked = office.post(page(case, "bar"), {"person": person.pk, "reason": ""})
    assert asked.status_code == 422
    office.post(page(case, "bar"), {"person": person.pk, "reason": "buurvrouw"})
    shown = office.get(page(case, "access")).content.decode()
    assert "buurvrouw" in shown
    chosen = office.get(page(case, "bar")).content.decode()
    assert f'value="{person.pk}"' not in chosen

    office.post(page(case, "bar_lift", person.pk), {"reason": "verhuisd"})
    assert "verhuisd" in office.get(page(case, "access")).content.decode()
    assert office.get(page(case, "bar_lift", person.pk)).status_code == 404


def test_who_bars_himself_is_led_away_and_finds_the_case_no_more(browse):
    case, office = situations.assigned_case(), browse("bureau")

    done = office.post(page(case, "bar"), {"person": user("bureau").pk, "reason": "mijn neef"})

    assert done.url == "/"
    for name in ("detail", "access", "bar"):
        assert office.get(page(case, name)).status_code == 404
    assert office.get(page(case, "bar_lift", user("bureau").pk)).status_code == 404


@pytest.mark.parametrize("who", ["samira", "politie", "ggd", "tom"])
def test_the_pages_of_a_bar_are_not_there_for_who_leads_or_takes_part(browse, who):
    case = situations.assigned_case()
    bar(case, "tom")
    assert browse(who).get(page(case, "bar")).status_code == 404
    assert browse(who).get(page(case, "bar_lift", user("tom").pk)).status_code == 404


def test_picking_somebody_barred_says_the_same_as_picking_anybody(browse):
    """Who leads need not know of a bar: no other words, no empty place, no emptier dry run."""
    leader = browse("samira")
    shown = []
    for barred in (False, True):
        case = situations.assigned_case()
        if barred:
            bar(case, "ggd")
        typed = {
            "person": user("ggd").pk,
            "scopes": [Scope.VIEW_GEZONDHEID],
            "end_date": situations.typed_day(90),
            "reason": "Advies",
        }
        before = leader.get(page(case, "access")).content.decode()
        tried = leader.post(page(case, "access"), typed | {"voorproef": "ja"}).content.decode()
        given = leader.post(page(case, "access"), typed, follow=True).content.decode()
        assert "1 leefgebied (gezondheid)" in tried
        shown.append([plain(text, case) for text in (before, tried, given)])
    for one, other in zip(*shown, strict=True):
        assert one.split("\n") == other.split("\n")


def plain(text: str, case: Case) -> str:
    """A page without what differs between any two: whose case it is, and the keys of its forms."""
    person = case.client
    named = (case.number, person.display_name, person.first_name, person.last_name)
    for word in sorted(named, key=len, reverse=True):
        text = text.replace(word, "")
    text = re.sub(r"\b[A-Za-z0-9]{64}\b|[0-9a-f-]{36}", "", text)
    return re.sub(r"\d+-?(januari|jaar|\d)*|\(\d+ jaar\)", "", text)


def test_who_leads_reads_no_bar_in_the_database_either():
    case = situations.assigned_case()
    bar(case, "ggd")
    with acting_as(user("samira").pk):
        assert not Bar.objects.filter(case=case).exists()
        assert not TimelineItem.objects.filter(case=case, text__contains="zwager").exists()
