"""A partner of the straf chain counts offences, over days that he names. PRI-02; WGS 2.30."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import Case, OffenceRecord, Scope
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def count(case: Case, by: str = "politie", **named: object) -> None:
    about = {
        "count": 14,
        "counted_from": days(-365 * 4),
        "counted_until": days(-3),
        "last_offence_on": days(-3),
        "source_note": "veelplegerlijst",
    }
    person = user(by)
    with acting_as(person.pk):
        operations.count_offences(case, **(about | named), by=person)


def address(case: Case) -> str:
    return reverse("cases:offences", args=[case.number])


def typed(**named: str) -> dict[str, str]:
    def written(day: date) -> str:
        return f"{day:%d-%m-%Y}"

    about = {
        "count": "14",
        "counted_from": written(days(-365 * 4)),
        "counted_until": written(days(-3)),
        "last_offence_on": written(days(-3)),
        "source_note": "veelplegerlijst",
    }
    return about | named


@pytest.fixture
def candidate() -> Case:
    """Put forward by the police, who so knows the dossier, and admitted."""
    return situations.admitted_case()


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"counted_until": days(1)}, "counted_until"),
        ({"counted_from": days(-2)}, "counted_until"),
        ({"last_offence_on": None}, "last_offence_on"),
        ({"last_offence_on": days(-365 * 4 - 1)}, "last_offence_on"),
        ({"last_offence_on": days(-2)}, "last_offence_on"),
        ({"count": 0}, "last_offence_on"),
    ],
)
def test_a_count_that_cannot_be_is_refused(candidate, named, code):
    with pytest.raises(Refused) as refusal:
        count(candidate, **named)

    assert code in refusal.value.codes


def test_of_who_was_not_admitted_nothing_more_is_counted(browse):
    """WGS 2.31 lid 3: pas daarna worden verdere gegevens verzameld."""
    case, page = situations.put_forward_case(), browse("politie")
    with pytest.raises(Refused) as refused:
        count(case)
    assert refused.value.codes == {"not_admitted"}
    assert "nog niet toegelaten. Tot dan komt er niets bij." in page.get(address(case)).text
    sent = page.post(address(case), typed(eenmalig=""))
    assert (sent.status_code, 'value="14"' in sent.text) == (409, True)

    weging = situations.asked_to_weigh(case)
    situations.judge_all(weging, met=False)
    with acting_as(user("politie").pk):
        operations.decline(weging, route="advies", advice="Bel.", by=user("politie"))
        case.refresh_from_db()
    with pytest.raises(Refused) as refused:
        count(case)
    assert refused.value.codes == {"declined"}


def test_nothing_counted_is_a_count_as_well(candidate):
    count(candidate, count=0, last_offence_on=None)


@pytest.mark.parametrize("somebody", ["bureau", "samira", "ggd"])
def test_only_a_partner_of_the_straf_chain_who_knows_the_dossier_counts(somebody):
    case = situations.assigned_case(to="samira")

    with pytest.raises((PermissionDenied, Http404)):
        count(case, by=somebody)


def test_the_database_keeps_a_period_whole_and_the_last_offence_in_it(candidate):
    person = user("politie")
    about = {"case": candidate, "count": 3, "supplier": person.organisation}
    wrong = [
        {"counted_from": days(-9)},
        {"counted_until": days(-9)},
        {"counted_from": days(-1), "counted_until": days(-9)},
        {"counted_from": days(-9), "counted_until": days(-5), "last_offence_on": days(-1)},
    ]
    for more in wrong:
        with acting_as(person.pk), pytest.raises(IntegrityError), transaction.atomic():
            OffenceRecord(**about, **more).save(force_insert=True)


def test_who_only_counts_does_not_read_what_follows_from_it(browse, candidate):
    count(candidate)

    page = browse("politie").get(reverse("cases:detail", args=[candidate.number]))
    assert "telde er" not in page.text
    assert 'aria-labelledby="doelgroepen"' not in page.text


def test_who_leads_reads_what_was_counted_and_that_he_meets_the_definition(browse):
    case = situations.assigned_case(to="samira")
    with acting_as(user("samira").pk):
        operations.grant_by_hand(
            case,
            user("politie"),
            scopes=[Scope.KNOW_CASE],
            end_date=days(30),
            reason="telt delicten",
            by=user("samira"),
        )
    count(case)

    page = browse("samira").get(reverse("cases:detail", args=[case.number]))
    text = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert "Meerderjarige veelpleger Voldoet" in text
    assert "Politie telde delicten" in text
    assert "telde er 14 van" in text


def test_the_page_takes_a_count_and_gives_back_everything_when_it_cannot(browse, candidate):
    police = browse("politie")

    wrong = police.post(address(candidate), typed(last_offence_on="1-1-1999"))
    assert (wrong.status_code, 'value="veelplegerlijst"' in wrong.text) == (409, True)
    assert police.post(address(candidate), typed(count="veel")).status_code == 422
    assert police.post(address(candidate), typed()).status_code == 302


def test_it_is_offered_to_who_may_and_is_not_there_for_anybody_else(browse, candidate):
    url = address(candidate)

    detail = reverse("cases:detail", args=[candidate.number])
    assert url in browse("politie").get(detail).text
    assert url not in browse("bureau").get(detail).text
    for somebody in ("bureau", "manager", "samira", "ggd", "om"):
        assert browse(somebody).get(url).status_code == 404


def test_the_list_shows_of_somebody_the_count_with_which_his_dossier_begins(browse, candidate):
    """Both in one order: of what was passed on on one day, what was counted up to the latest."""
    for number in (21, 22, 23):
        count(candidate, count=number, counted_until=days(-300), last_offence_on=days(-300))
    count(candidate, count=5)
    for number in (31, 32, 33):
        count(candidate, count=number, counted_until=days(-90), last_offence_on=days(-90))
    ranked = situations.open_list(candidate)
    police = browse("politie")

    dossier = police.get(reverse("cases:detail", args=[candidate.number])).context["offences"]
    (listed,) = police.get(reverse("cases:list", args=[ranked.code])).context["page"].rows
    assert dossier[0].count == 5
    assert listed.offences == dossier[0]


def test_of_who_was_not_admitted_the_page_says_why_nothing_can_be_added(browse):
    waiting = situations.put_forward_case()
    police = browse("politie")

    page = police.get(address(waiting))
    assert page.status_code == 200
    assert "nog niet toegelaten" in page.text
    assert 'name="count"' not in page.text
    assert police.post(address(waiting), {"count": "3"}).status_code == 409
