"""Whoever reports somebody hears what was decided, and never whether we knew him. INT-10."""

from datetime import datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Aanmelding, Case
from tests import situations
from tests.cases.test_intake_views import NOMINATE
from tests.situations import user
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role

pytestmark = pytest.mark.django_db
SMEETS = {"first_name": "Kevin", "name_prefix": "", "last_name": "Smeets"}
BORN = timezone.datetime(1990, 12, 7).date()
LOOKED_AT = "wij bekijken uw aanmelding"


def handed_in(by: str = "mondriaan") -> Case:
    """Kevin Smeets, reported by form."""
    partner = user(by)
    with acting_as(partner.pk):
        return operations.nominate(
            situations.a_person(**SMEETS, birth_date=BORN),
            doelgroep="overlastgever",
            report=situations.a_report(),
            by=partner,
        )


def joined(case: Case, known: Case) -> None:
    office = user("bureau")
    with acting_as(office.pk):
        operations.join(case, known, reason="Zelfde adres.", by=office)


def in_hand() -> Case:
    """Kevin Smeets, whom Samira leads already."""
    return situations.assigned_case(**SMEETS, birth_date=BORN)


def outcomes(who: str = "mondriaan") -> list[str]:
    with acting_as(user(who).pk):
        return [each.outcome_in_words for each in access.own_reports()]


def what_he_sees(browser, case: Case, who: str) -> list[object]:
    """All that a reporter can find of his report: page, dossier, rows, search, and post."""
    shown = BeautifulSoup(browser.get(NOMINATE).content, "html.parser").get_text(" ", strip=True)
    dossier = browser.get(reverse("cases:detail", args=[case.number]))
    found = browser.get(reverse("cases:search"), {"q": "Smeets"}).context["found"].lines
    reader = user(who)
    with acting_as(reader.pk):
        rows = [Case.objects.count(), Aanmelding.objects.count()]
    with acting_in_role("post"):
        told = OutboxMail.objects.filter(recipient_id=reader.pk).values_list("kind", flat=True)
        return [shown, dossier.status_code, found, rows, sorted(told)]


def test_what_a_reporter_sees_is_the_same_whether_we_knew_him_or_not(browse):
    """The one reports somebody who is new and admitted, the other somebody who is in hand."""
    partner = browse("mondriaan")
    seen = []
    for knows_him in (False, True):
        with transaction.atomic():
            known = in_hand() if knows_him else None
            case = handed_in()
            before = what_he_sees(partner, case, "mondriaan")
            if known:
                joined(case, known)
            else:
                situations.admit(case)
            seen.append((before, what_he_sees(partner, case, "mondriaan")))
            transaction.set_rollback(True)
    assert LOOKED_AT in seen[0][0][0]
    assert "toegelaten" in seen[0][1][0]
    assert seen[0] == seen[1]


def test_of_somebody_who_still_waits_he_hears_when_it_is_decided(browse):
    known, case = situations.put_forward_case(**SMEETS, birth_date=BORN), handed_in()
    joined(case, known)
    assert outcomes() == [LOOKED_AT]

    situations.admit(known)

    assert outcomes() == ["toegelaten"]
    sees = what_he_sees(browse("mondriaan"), case, "mondriaan")
    assert sees[1:] == [404, [], [0, 0], ["aanmelding", "aanmelding_gewogen"]]


def test_who_is_not_admitted_comes_with_advice_and_the_day_on_which_the_report_is_gone():
    situations.decline(situations.asked_to_weigh(handed_in()), advice="Bel het wijkteam.")

    with acting_as(user("mondriaan").pk):
        own = access.own_reports()[0]
    assert (own.is_declined, own.advice) == (True, "Bel het wijkteam.")
    gone = timezone.localdate() + timedelta(days=settings.DECLINED_DAYS)
    assert own.destroyed_on == gone


def test_whoever_is_barred_hears_nothing_more_and_sees_that_he_told_it(browse):
    known, case, manager = in_hand(), handed_in(), user("manager")
    with acting_as(manager.pk):
        operations.bar(known, user("mondriaan"), reason="Zwager.", by=manager)
    before = what_he_sees(browse("mondriaan"), case, "mondriaan")

    joined(case, known)

    assert what_he_sees(browse("mondriaan"), case, "mondriaan") == before
    assert outcomes() == [LOOKED_AT]


def test_nobody_reads_a_report_of_somebody_else():
    handed_in()

    for who in ("ggd", "politie", "manager", "bureau", "samira", "fg"):
        assert outcomes(who) == []


@pytest.mark.parametrize(
    ("days", "seen"),
    [(settings.REPORT_DAYS - 1, [LOOKED_AT, "toegelaten"]), (settings.REPORT_DAYS, [LOOKED_AT])],
)
def test_he_reads_it_back_until_it_is_decided_and_half_a_year_in_any_case(days, seen, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.report_days()")
        assert cursor.fetchone() == (settings.REPORT_DAYS,)
    # At noon: half a year ago the clock stood an hour on, and late in the evening that is a day.
    noon = datetime.combine(timezone.localdate() - timedelta(days=days), time(12))
    told_at = timezone.make_aware(noon)
    monkeypatch.setattr(Aanmelding._meta.get_field("reported_at"), "_get_default", lambda: told_at)
    case, _waiting = handed_in(), handed_in()
    situations.admit(case)

    assert sorted(outcomes()) == sorted(seen)


def test_the_look_at_his_own_reports_is_known_and_names_no_dossier(browse, owner):
    handed_in()
    browse("mondriaan").get(NOMINATE)

    asked = (
        "SELECT subjects FROM veiligheidshuis_accesslogentry WHERE ground = 'eigen aanmelding'"
        " ORDER BY id DESC LIMIT 1"
    )
    with acting_as(user("bureau").pk):
        report = Aanmelding.objects.get()
    assert owner.execute(asked).fetchone() == ([str(report.pk)],)
