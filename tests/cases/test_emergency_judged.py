"""A judgement after break-glass is no formality: who must give it is led to it again and again, and
while it is late the one it is about opens nothing. S2, voetnoot 15; issue 3, point 3."""

from datetime import timedelta

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Case, Deadline, DeadlineKind, Noodtoegang, judgement_overdue
from cases.tasks import sweep_deadlines
from partners import operations as accounts
from partners.models import Role
from tests import situations
from tests.cases.test_ending import mails_to, user
from tests.cases.test_handing_over import away
from tests.house.walk import browser
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import number

FIRST_PAGES = {"manager": reverse("cases:overview"), "fg": reverse("privacy:home")}


def open_in_nood(case: Case, by: str = "bureau") -> Noodtoegang:
    office = user(by)
    with acting_as(office.pk):
        return operations.break_glass(case, reason="Hij staat aan de balie", hours=1, by=office)


def days_ago(owner: psycopg.Connection, days: int, seconds: int = 0) -> None:
    """Everything that was opened in nood was opened so long ago, and lies open no more."""
    owner.execute(
        "UPDATE cases_noodtoegang SET ends_at = opened_at - %(ago)s + interval '1 hour',"
        " opened_at = opened_at - %(ago)s",
        {"ago": timedelta(days=days, seconds=seconds)},
    )
    owner.execute("UPDATE cases_participation SET closed_at = now() WHERE basis = 'noodtoegang'")


def tile(who: str) -> tuple[str, str, str]:
    """How many, what is said about it, and in which colour, on somebody's first page."""
    page = BeautifulSoup(browser(who).get(FIRST_PAGES[who]).content, "html.parser")
    shown = page.find("a", {"class": "vh-tile", "href": reverse("cases:emergencies")})
    count, said = (shown.find(class_=f"vh-tile__{part}").text for part in "ns")
    return count, said, shown["class"][1].removeprefix("vh-tile--")


@pytest.mark.parametrize("who", FIRST_PAGES)
def test_the_first_page_of_who_judges_counts_what_waits_and_what_is_late(own_house, owner, who):
    assert tile(who) == ("0", "alles is beoordeeld", "ok")
    first = open_in_nood(situations.planned_case())
    open_in_nood(situations.planned_case())
    assert tile(who) == ("0", "2 dossiers liggen nu open", "let-op")

    days_ago(owner, 1)
    assert tile(who) == ("2", "was het terecht?", "let-op")
    days_ago(owner, number("emergency_review_days"))
    assert tile(who) == ("2", "2 te laat: beoordeel dit vandaag", "fout")

    address = reverse("cases:emergency_review", args=[first.pk])
    answer = browser(who).post(address, {"justified": "ja", "review": "Niemand was er."})
    assert answer.status_code == 302
    assert tile(who)[0] == "1"


def test_while_a_judgement_is_late_he_opens_no_dossier_at_all(own_house, owner):
    """On the page and in the database alike; until the very last second of the term he may."""
    open_in_nood(situations.planned_case())
    other, third = situations.planned_case(), situations.planned_case()
    days_ago(owner, number("emergency_review_days"), seconds=-60)
    open_in_nood(other)
    days_ago(owner, 0, seconds=120)

    with pytest.raises(Refused) as refused:
        open_in_nood(third)
    assert refused.value.codes == {"judgement_overdue"}
    with (
        acting_as(user("bureau").pk),
        pytest.raises(ProgrammingError, match="may not open"),
        transaction.atomic(),
    ):
        access.break_glass(third, "toch", 1)
    page = browser("bureau").get(reverse("cases:emergency", args=[third.number])).text
    assert "had al geoordeeld moeten zijn" in page
    assert 'name="reason"' not in page


def test_a_colleague_does_open_it(own_house, owner):
    """Somebody at the desk cannot wait for a judgement on another."""
    open_in_nood(situations.planned_case())
    days_ago(owner, number("emergency_review_days") + 1)
    office, second = user("bureau"), user("politie2")
    with acting_as(office.pk):
        accounts.appoint(second, Role.BEDRIJFSBUREAU, by=office)

    assert open_in_nood(situations.planned_case(), by="politie2").is_running


def test_after_the_judgement_he_opens_one_again(own_house, owner):
    first = open_in_nood(situations.planned_case())
    days_ago(owner, number("emergency_review_days") + 1)
    fg = user("fg")
    with acting_as(fg.pk):
        first.refresh_from_db()
        operations.review_emergency(first, justified=False, review="Tom was er.", by=fg)

    assert open_in_nood(situations.planned_case()).is_running


def test_who_is_barred_since_is_held_up_as_well(own_house, owner):
    """What he may not know of any more counts all the same."""
    case = situations.planned_case()
    open_in_nood(case)
    days_ago(owner, number("emergency_review_days") + 1)
    manager = user("manager")
    with acting_as(manager.pk):
        operations.bar(case, user("bureau"), reason="zwager", by=manager)

    with acting_as(user("bureau").pk):
        assert not Noodtoegang.objects.exists()
        assert judgement_overdue()
    with pytest.raises(Refused):
        open_in_nood(situations.planned_case())


def test_who_must_judge_is_reminded_every_week_until_it_is_done(own_house, owner):
    opened = open_in_nood(situations.planned_case())
    days_ago(owner, 1)
    owner.execute("UPDATE cases_deadline SET remind_on = vh.today()")
    owner.execute("DELETE FROM veiligheidshuis_outboxmail")

    assert sweep_deadlines() == 2
    assert sweep_deadlines() == 0
    assert mails_to(owner, "manager") == mails_to(owner, "fg") == ["nood_toetsen"]
    with acting_as(user("manager").pk):
        due = Deadline.objects.filter(kind=DeadlineKind.NOOD_TOETSEN)
        days = set(due.values_list("remind_on", flat=True))
    assert days == {timezone.localdate() + timedelta(days=7)}

    owner.execute("UPDATE cases_deadline SET remind_on = vh.today()")
    assert sweep_deadlines() == 2
    manager = user("manager")
    with acting_as(manager.pk):
        found = Noodtoegang.objects.get(pk=opened.pk)
        operations.review_emergency(found, justified=True, review="Zo gezien.", by=manager)
    owner.execute("UPDATE cases_deadline SET remind_on = vh.today()")
    assert sweep_deadlines() == 0


def test_who_stands_in_hears_of_it_as_who_leads_does(own_house, owner):
    case = situations.planned_case()
    away()
    owner.execute("DELETE FROM veiligheidshuis_outboxmail")

    open_in_nood(case)

    for reader in ("samira", "tom", "manager", "fg"):
        assert mails_to(owner, reader) == ["noodtoegang"], reader
    assert mails_to(owner, "bureau") == []


def test_the_judgement_stands_in_the_log(own_house, owner):
    case = situations.planned_case()
    opened = open_in_nood(case)
    days_ago(owner, 1)

    address = reverse("cases:emergency_review", args=[opened.pk])
    assert browser("fg").post(address, {"justified": "nee", "review": "Tom was er."}).url

    lines = owner.execute(
        "SELECT username, subjects, outcome FROM veiligheidshuis_accesslogentry"
        " WHERE action = 'noodtoegang beoordelen'"
    ).fetchall()
    assert lines == [("fg", [case.number], "gedaan")]
