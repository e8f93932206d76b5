"""Who takes part in a case: the page that says so, and access that is given by hand."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Basis, Case, LeefgebiedScore, Scope
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db

LATER = timezone.localdate() + timedelta(days=90)


def give(case: Case, to: str, *scopes: str, by: str = "samira", end_date: date = LATER) -> None:
    giver = user(by)
    with acting_as(giver.pk):
        operations.grant_by_hand(
            case,
            user(to),
            scopes=scopes,
            end_date=end_date,
            reason="Nodig voor het advies",
            by=giver,
        )


def page(case: Case, name: str = "access", *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.number, *more])


def test_the_page_says_who_takes_part_with_what_and_why(browse):
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_GEZONDHEID)

    shown = browse("samira").get(page(case)).content.decode()

    assert "Petra Offermans (GGD Zuid Limburg)" in shown
    assert "leefgebied gezondheid" in shown
    assert "Nodig voor het advies" in shown
    assert "Is de interventiemanager" in shown


def split_page(shown: str) -> tuple[str, str]:
    """Who takes part now, and who did before."""
    now, before = shown.split("Wie deed eerder mee?")
    return now, before.split("</details>")[0]


def test_the_page_says_who_gave_it_and_who_took_part_before(browse):
    """Before this one the case was weighed: who did that took part, and does not any more."""
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_GEZONDHEID)
    now, before = split_page(browse("samira").get(page(case)).content.decode())
    assert f'<td data-kop="Van wie">{user("manager")}</td>' in now  # who assigned
    assert f'<td data-kop="Van wie">{user("samira")}</td>' in now
    assert "Nodig voor het advies" in now
    assert "Nodig voor het advies" not in before
    assert "Weegt de aanmelding" in before

    with acting_as(user("samira").pk):
        operations.withdraw_by_hand(case, user("ggd").personal_group, by=user("samira"))
        (former,) = [g for g in access.who_took_part(case) if g.basis == Basis.HAND]

    assert former.group == user("ggd").personal_group
    assert (former.end_date, former.by) == (timezone.localdate(), user("samira"))
    now, before = split_page(browse("samira").get(page(case)).content.decode())
    assert "Nodig voor het advies" not in now
    assert "Nodig voor het advies" in before
    with acting_as(user("ggd").pk):
        assert access.who_took_part(case) == []


@pytest.mark.parametrize(
    ("username", "status"),
    [("samira", 200), ("manager", 200), ("bureau", 200), ("ggd", 404), ("tom", 404), ("", 302)],
)
def test_the_page_is_for_who_leads_or_administers(browse, username, status):
    case = situations.assigned_case()
    give(case, "ggd", Scope.VIEW_GEZONDHEID)

    assert browse(username).get(page(case)).status_code == status


def test_the_office_reads_the_page_and_gives_nothing(browse):
    case = situations.assigned_case()
    typed = {
        "person": user("ggd").pk,
        "scopes": [Scope.KNOW_CASE],
        "end_date": situations.typed_day(90),
        "reason": "Omdat het kan",
    }

    office = browse("manager")

    assert "Toegang geven" not in office.get(page(case)).content.decode()
    assert office.post(page(case), typed).status_code in (403, 404)
    with acting_as(user("ggd").pk):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_what_is_given_by_hand_is_exactly_what_is_seen_and_no_more():
    case = situations.planned_case()
    give(case, "ggd", Scope.VIEW_GEZONDHEID)
    partner = user("ggd")

    with acting_as(partner.pk):
        seen = {scope for scope in Scope if access.may(partner, scope, case)}
        rows = list(LeefgebiedScore.objects.values_list("leefgebied", flat=True))
    assert seen == {Scope.KNOW_CASE, Scope.VIEW_GEZONDHEID}
    assert rows == ["gezondheid"]


def test_nobody_gives_what_he_does_not_hold():
    case = situations.assigned_case()

    with pytest.raises(PermissionDenied):
        give(case, "ggd", Scope.MINUTES)


def test_health_is_for_people_by_name_and_never_for_an_organisation():
    case, leader = situations.assigned_case(), user("samira")
    group = user("ggd").organisation.group

    with acting_as(leader.pk):
        access.grant(case, group, Basis.HAND, scopes=[Scope.VIEW_HUISVESTING], end_date=LATER)
        with pytest.raises(ProgrammingError, match="people by name"), transaction.atomic():
            access.grant(case, group, Basis.HAND, scopes=[Scope.VIEW_GEZONDHEID], end_date=LATER)
    give(case, "ggd", Scope.VIEW_GEZONDHEID)


def test_the_lead_is_not_given_by_hand_also_not_past_the_operation():
    case, giver = situations.assigned_case(), user("samira")

    refused = pytest.raises(ProgrammingError, match="may not grant")
    with acting_as(giver.pk), refused, transaction.atomic():
        access.grant(
            case, user("tom").personal_group, Basis.HAND, scopes=[Scope.LEAD_CASE], end_date=LATER
        )


def test_access_by_hand_ends_on_its_day_and_is_for_people_of_participants():
    case, yesterday = situations.assigned_case(), timezone.localdate() - timedelta(days=1)

    with pytest.raises(Refused) as past:
        give(case, "ggd", Scope.KNOW_CASE, end_date=yesterday)
    with pytest.raises(Refused) as resident:
        give(case, "bewoner", Scope.KNOW_CASE)

    assert past.value.codes == {"in_past"}
    assert resident.value.codes == {"no_participant"}


def test_a_second_grant_to_the_same_person_waits_for_the_first_to_be_withdrawn(browse):
    case, partner = situations.assigned_case(), user("ggd")
    give(case, "ggd", Scope.VIEW_GEZONDHEID)

    with pytest.raises(Refused) as again:
        give(case, "ggd", Scope.VIEW_HUISVESTING)
    assert again.value.codes == {"granted_already"}

    withdraw = page(case, "access_withdraw", partner.personal_group_id)
    assert browse("samira").post(withdraw).status_code == 302
    give(case, "ggd", Scope.VIEW_HUISVESTING)
    with acting_as(partner.pk):
        assert access.may(partner, Scope.VIEW_HUISVESTING, case)
        assert not access.may(partner, Scope.VIEW_GEZONDHEID, case)


def test_withdrawing_leaves_what_somebody_has_on_another_ground():
    case, partner, leader = situations.assigned_case(), user("ggd"), user("samira")
    give(case, "ggd", Scope.VIEW_JUSTICE)
    with acting_as(leader.pk):
        access.grant(case, partner.organisation.group, Basis.UITVOERING)
        operations.withdraw_by_hand(case, partner.personal_group, by=leader)

    with acting_as(partner.pk):
        assert access.may(partner, Scope.KNOW_CASE, case)
        assert not access.may(partner, Scope.VIEW_JUSTICE, case)


@pytest.mark.parametrize("group", [999_999, 10**12])
def test_there_is_nothing_to_withdraw_from_who_got_nothing(browse, group):
    case = situations.assigned_case()

    assert browse("samira").get(page(case, "access_withdraw", group)).status_code == 404


def test_the_access_of_one_case_is_not_withdrawn_by_the_address_of_another(browse):
    mine, other = situations.assigned_case(), situations.assigned_case(to="tom")
    give(other, "ggd", Scope.VIEW_GEZONDHEID, by="tom")
    group = user("ggd").personal_group_id

    assert browse("samira").post(page(mine, "access_withdraw", group)).status_code == 404
    assert browse("samira").post(page(other, "access_withdraw", group)).status_code == 404
    with acting_as(user("ggd").pk):
        assert access.may(user("ggd"), Scope.VIEW_GEZONDHEID, other)
