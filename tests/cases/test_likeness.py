"""Somebody who was put forward looks like somebody we know. One person, or two? INT-07."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases import access, operations
from cases.documents import read_list
from cases.models import Case, ImportRow, Scope, TimelineItem, ToldApart
from cases.states import CaseStatus
from tests import situations
from tests.cases.lists_of_police import csv_of
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
BORN = date(1991, 3, 14)
WHY = "Gebeld met de politie: zelfde adres."


def report(first: str = "Jan", by: str = "rimo", **named: object) -> Case:
    """Somebody called Smeets is put forward."""
    about = {"first_name": first, "name_prefix": "", "last_name": "Smeets", "birth_date": BORN}
    return situations.put_forward_case(by=by, **(about | named))


def joined(case: Case, known: Case) -> Case:
    office = user("bureau")
    with acting_as(office.pk):
        operations.join(case, known, reason=WHY, by=office)
        return Case.objects.get(pk=case.pk)


def refusal(deed, case: Case, known: Case, by: str = "bureau") -> set[str]:
    """The codes with which the office is refused."""
    office = user(by)
    with acting_as(office.pk), pytest.raises(Refused) as refused, transaction.atomic():
        deed(case, known, reason=WHY, by=office)
    return refused.value.codes


def address(case: Case, known: Case) -> str:
    return reverse("cases:likeness", args=[case.number, known.number])


def marks(browser) -> set[str]:
    """The dossiers that the page of candidates says somebody looks like."""
    shown = browser.get(reverse("cases:candidates")).context["candidates"]
    return {other.number for candidate in shown for other in candidate.lookalikes}


def test_all_of_a_report_goes_to_the_dossier_of_the_same_person(acting):
    known, case = situations.assigned_case(**person_of("Jan")), report("J.", bsn="")

    empty = joined(case, known)

    assert (empty.status, empty.joined_to_id) == (CaseStatus.SAMENGEVOEGD, known.pk)
    with acting("samira"):  # who leads reads what two partners told, each by its own author
        lines = TimelineItem.objects.filter(case=known)
        told = lines.get(title="Waarom aangedragen", author=user("rimo"))
        assert told.text == "Veel aanhoudingen en geen vast adres."
        assert known.offences.count() == 2
        line = lines.get(title=f"{case.number} hierbij gevoegd")
        assert line.author == user("bureau")
        assert "J. Smeets, geboren 14 maart 1991" in line.text
        assert line.text.endswith(WHY)
    with acting("bureau"):
        assert Case.objects.count() == 2
        assert TimelineItem.objects.filter(case=case).get().title == f"Gevoegd bij {known.number}"
        assert empty.history.first().status == CaseStatus.SAMENGEVOEGD


def person_of(first: str) -> dict[str, object]:
    return {
        "first_name": first, "name_prefix": "", "last_name": "Smeets", "birth_date": BORN
    }  # fmt: skip


def test_a_bsn_comes_along_when_there_was_none_and_two_differing_ones_are_two_people(acting):
    known, case = situations.assigned_case(**person_of("Jan")), report("Jan", bsn="123456782")
    joined(case, known)
    with acting("samira"):
        assert Case.objects.get(pk=known.pk).client.bsn_record.masked.endswith("782")

    another = report("Jan", bsn="111222333")
    assert refusal(operations.join, another, known) == {"other_bsn"}
    same = report("Jan", bsn="123456782")
    assert joined(same, known).joined_to_id == known.pk


def test_who_put_him_forward_does_not_come_to_know_the_dossier_by_it(acting):
    waiting, case = report("Jan", by="politie2"), report("J.")
    joined(case, waiting)

    with acting("rimo"):
        assert not Case.objects.exists()
        assert not access.may(user("rimo"), Scope.KNOW_CASE, waiting)


def test_who_is_barred_from_the_report_is_barred_from_the_dossier(acting):
    known, case, office = report("Jan", by="politie2"), report("J."), user("bureau")
    with acting("bureau"):
        operations.bar(case, user("tom"), reason="Zwager.", by=office)
    joined(case, known)

    with acting("bureau"):
        assert [line.user for line in access.who_is_barred(known)] == [user("tom")]


def test_whoever_is_barred_from_the_report_does_not_lead_the_dossier(acting):
    known, case, office = situations.assigned_case(**person_of("Jan")), report("J."), user("bureau")
    with acting("bureau"):
        operations.bar(case, user("samira"), reason="Zwager.", by=office)

    assert refusal(operations.join, case, known) == {"leader_barred"}


def test_a_report_is_joined_once_before_it_goes_further_and_to_somebody_alike(acting):
    known, case = report("Jan", by="politie2"), report("J.")
    stranger = situations.put_forward_case()
    assert refusal(operations.join, case, stranger) == {"not_alike"}
    assert refusal(operations.join, case, case) == {"not_alike"}
    situations.open_list(case)
    assert refusal(operations.join, case, known) == {"on_a_list"}

    joined(known, case)
    assert refusal(operations.join, known, case) == {"joined_already"}
    assert refusal(operations.join, report("Jan"), known) == {"joined_already"}
    in_hand = situations.assigned_case(**person_of("Jan"))
    assert refusal(operations.join, in_hand, case) == {"wrong_status"}


def test_who_was_admitted_is_joined_to_nobody_who_was_not_and_nobody_goes_under_with_another():
    known, case = report("Jan", by="politie2"), report("J.")
    situations.admit(case)
    assert refusal(operations.join, case, known) == {"only_report_admitted"}

    situations.decline(situations.asked_to_weigh(known))
    fresh = report("J.", by="ggd")
    assert refusal(operations.join, fresh, known) == {"declined"}
    with acting_as(user("bureau").pk), pytest.raises(ProgrammingError), transaction.atomic():
        access.join_case(fresh, known)


def test_two_who_are_alike_are_told_apart_once_and_the_mark_goes(browse, acting):
    known, case, office = report("Jan", by="politie2"), report("J."), user("bureau")
    bureau = browse("bureau")
    assert marks(bureau) == {known.number, case.number}

    with acting("bureau"):
        operations.tell_apart(case, known, reason=WHY, by=office)

    assert marks(bureau) == set()
    with acting("bureau"):
        kept = ToldApart.objects.get()
        assert (kept.decided_by, kept.reason) == (office, WHY)
        titles = TimelineItem.objects.filter(author=office).values_list("title", flat=True)
        assert {f"Niet dezelfde persoon als {c.number}" for c in (case, known)} <= set(titles)
    assert refusal(operations.tell_apart, known, case) == {"told_already"}


@pytest.mark.parametrize("who", ["manager", "samira", "rimo", "fg", "stuurgroep"])
def test_only_the_office_says_who_is_who(who):
    known, case, somebody = report("Jan", by="politie2"), report("J."), user(who)

    with acting_as(somebody.pk):
        for deed in (operations.join, operations.tell_apart):
            with pytest.raises((PermissionDenied, Case.DoesNotExist)):
                deed(case, known, reason=WHY, by=somebody)
        with pytest.raises(ProgrammingError), transaction.atomic():
            access.join_case(case, known)


def test_the_office_joins_nothing_from_which_it_is_barred(acting, browse):
    known, case, manager = report("Jan", by="politie2"), report("J."), user("manager")
    with acting("manager"):
        operations.bar(known, user("bureau"), reason="Buurman.", by=manager)

    with acting("bureau"), pytest.raises(ProgrammingError), transaction.atomic():
        access.join_case(case, known)
    bureau = browse("bureau")
    assert marks(bureau) == set()
    hidden = bureau.get(address(case, known))
    absent = bureau.get(reverse("cases:likeness", args=[case.number, "VH-2099-9999"]))
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_the_same_row_of_a_list_is_known_by_the_dossier_after_the_report_was_joined(acting):
    known, case, office = situations.assigned_case(**person_of("Jan")), report("J."), user("bureau")
    joined(case, known)
    rows = read_list(csv_of("Smeets;;J.;14-03-1991;;Heerlen;veelpleger;3;Politie"))

    with acting("bureau"):
        batch = operations.receive_import("lijst.csv", rows, by=office)
        operations.confirm_import(batch, by=office)
        found = ImportRow.objects.get(batch=batch)
        assert (found.outcome, found.case_id) == ("bekend", known.pk)
        assert Case.objects.count() == 2


def test_the_page_shows_both_and_the_office_decides_with_a_reason(browse, acting):
    known, case = report("Jan", by="politie2"), report("J.")
    bureau, url = browse("bureau"), address(case, known)
    page = bureau.get(url)
    assert page.status_code == 200
    assert "Jan Smeets" in page.text
    assert "J. Smeets" in page.text

    lacking = bureau.post(url, {"verdict": "dezelfde", "reason": ""})
    assert lacking.status_code == 422
    assert "Schrijf kort op hoe je dat weet." in lacking.text

    done = bureau.post(url, {"verdict": "dezelfde", "reason": WHY}, follow=True)
    assert f"{case.number} is gevoegd bij {known.number}." in done.text
    assert [c.case.number for c in done.context["candidates"]] == [known.number]
    again = bureau.post(url, {"verdict": "ander", "reason": WHY})
    assert again.status_code == 409
    assert "Een van deze twee is al samengevoegd." in again.text

    detail = bureau.get(reverse("cases:detail", args=[case.number]))
    assert "Deze aanmelding is samengevoegd" in detail.text
    assert reverse("cases:detail", args=[known.number]) in detail.text


def test_a_mark_leads_to_the_page_and_somebody_else_takes_it_away(browse):
    known, case = report("Jan", by="politie2"), report("J.")
    bureau = browse("bureau")
    assert address(case, known) in bureau.get(reverse("cases:candidates")).text

    answer = bureau.post(address(case, known), {"verdict": "ander", "reason": WHY}, follow=True)

    assert "zijn twee personen. De markering is weg." in answer.text
    assert marks(bureau) == set()


def test_who_may_not_know_both_finds_no_page(browse):
    known, case = report("Jan", by="politie2"), report("J.")

    for who in ("manager", "rimo", "politie2", "samira"):
        assert browse(who).get(address(case, known)).status_code == 404


def test_nobody_takes_part_in_an_empty_report_any_more(acting):
    known, case = report("Jan", by="politie2"), report("J.")
    with acting("bureau"):
        before = access.who_takes_part(known)
    joined(case, known)

    with acting("bureau"):
        assert access.who_takes_part(case) == []
        assert access.who_takes_part(known) == before
