"""Where the client is, how he is reached, who is round him: dated, never written over. DOS-01."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import SORTS, Case, DatedFact, FactKind, Scope, TimelineItem
from partners import operations as accounts
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
STREET = "Kerkstraat 12, 6411 AA Heerlen"


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def about(kind: str = "adres", **named: object) -> operations.AboutFact:
    first = next(iter(SORTS[kind]))
    what = {"kind": kind, "sort": first, "what": STREET, "from_on": days(-10)}
    return operations.AboutFact(**(what | named))  # type: ignore[arg-type]


def written(case: Case, kind: str = "adres", **named: object) -> DatedFact:
    samira = user("samira")
    with acting_as(samira.pk):
        return operations.record_fact(case, about(kind, **named), by=samira)


def seen_by(username: str, case: Case) -> set[str]:
    with acting_as(user(username).pk):
        return set(DatedFact.objects.filter(case=case).values_list("what", flat=True))


def let_see(case: Case, username: str, *scopes: Scope) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.grant_by_hand(
            case, user(username), scopes=scopes, end_date=days(7), reason="Bezoek.", by=samira
        )


def page(browser: Browser, case: Case) -> BeautifulSoup:
    answer = browser.get(reverse("cases:detail", args=[case.number]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def typed(day: date) -> str:
    return f"{day:%d-%m-%Y}"


@pytest.fixture
def case() -> Case:
    return situations.assigned_case()


# --- who sees what --------------------------------------------------------------------------------


def test_each_kind_is_seen_by_who_needs_that_kind(case):
    for kind in FactKind.values:
        written(case, kind, what=kind)
    written(case, what="geheim", secret=True)
    let_see(case, "politie", Scope.VIEW_CONTACT)
    let_see(case, "om", Scope.VIEW_JUSTICE)
    let_see(case, "legerdesheils", Scope.VIEW_SECRET_ADDRESS)

    assert seen_by("samira", case) == {*FactKind.values, "geheim"}
    assert seen_by("politie", case) == {"adres", "bereik", "omgeving"}
    assert seen_by("om", case) == {"detentie", "kader"}
    assert seen_by("legerdesheils", case) == {"geheim"}
    for nobody in ("bureau", "manager", "tom", "mondriaan"):
        assert seen_by(nobody, case) == set()


def test_who_breaks_the_glass_sees_where_he_is_but_no_secret_address(case):
    written(case)
    written(case, what="geheim", secret=True)
    bureau = user("bureau")
    with acting_as(bureau.pk):
        operations.break_glass(case, reason="Niemand is te bereiken.", hours=2, by=bureau)

    assert seen_by("bureau", case) == {STREET}


def test_who_stands_in_writes_facts_down_but_no_secret_address(browse, case):
    samira, tom = user("samira"), user("tom")
    with acting_as(samira.pk):
        accounts.record_absence(
            samira, start_date=days(0), end_date=days(3), stand_in=tom, by=samira
        )
    with acting_as(tom.pk):
        operations.record_fact(case, about(), by=tom)
        with pytest.raises(PermissionDenied):
            operations.record_fact(case, about(secret=True), by=tom)
    form = browse("tom").get(reverse("cases:fact_add", args=[case.number, "adres"]))
    assert "secret" not in form.content.decode()


def test_an_address_that_turns_out_to_be_secret_takes_along_what_it_was(case):
    before = written(case, what="Kerkstraat 11, Heerlen")
    same = written(case)
    let_see(case, "politie", Scope.VIEW_CONTACT)
    assert len(seen_by("politie", case)) == 2

    samira = user("samira")
    with acting_as(samira.pk):
        operations.correct_fact(before, about(secret=True), because="Nummer 12.", by=samira)

    assert seen_by("politie", case) == set()
    with acting_as(samira.pk):
        assert DatedFact.objects.get(pk=same.pk).is_secret


def test_a_secret_address_is_not_opened_by_a_correction(case):
    fact, samira = written(case, secret=True), user("samira")
    with acting_as(samira.pk), pytest.raises(Refused) as refusal:
        operations.correct_fact(fact, about(), because="Nummer 12.", by=samira)

    assert refusal.value.codes == {"secret"}


def test_the_timeline_tells_that_something_was_written_down_and_never_what(case):
    fact = written(case, secret=True)
    samira = user("samira")
    with acting_as(samira.pk):
        operations.end_fact(fact, until_on=days(-1), by=samira)
        lines = list(TimelineItem.objects.filter(case=case, kind="gegeven"))

    assert {line.title for line in lines} == {"Adres vastgelegd", "Adres beëindigd"}
    assert {line.scope for line in lines} == {Scope.VIEW_SECRET_ADDRESS}
    assert not any(STREET in line.title + line.text for line in lines)


# --- dated, and never written over ----------------------------------------------------------------


def test_what_was_corrected_stays_to_be_read_with_why(case):
    wrong = written(case)
    samira = user("samira")
    with acting_as(samira.pk):
        operations.correct_fact(wrong, about(what="Kerkstraat 21"), because="Typfout.", by=samira)
        former = DatedFact.objects.get(pk=wrong.pk)
        now = [fact.what for fact in DatedFact.objects.filter(case=case) if fact.is_true_now]

    assert (former.what, former.withdrawn_because) == (STREET, "Typfout.")
    assert now == ["Kerkstraat 21"]


def test_a_fact_ends_once_and_what_was_wrong_stays_as_it_stood(case):
    fact, samira = written(case), user("samira")
    with acting_as(samira.pk):
        fact = operations.end_fact(fact, until_on=days(-1), by=samira)
        with pytest.raises(Refused) as refusal:
            operations.end_fact(fact, until_on=days(0), by=samira)
        assert refusal.value.codes == {"ended_already"}
        fact = operations.withdraw_fact(fact, because="Andere cliënt.", by=samira)
        with pytest.raises(Refused) as refusal:
            operations.withdraw_fact(fact, because="Nog eens.", by=samira)
    assert refusal.value.codes == {"withdrawn_already"}


@pytest.mark.parametrize(
    "change",
    [
        {"what": "ergens anders"},
        {"from_on": days(-20)},
        {"withdrawn_because": "toch om iets anders"},
        {"scope": Scope.VIEW_CONTACT},
        {"until_on": days(0)},
    ],
)
def test_the_database_keeps_what_a_fact_said(case, change):
    fact, samira = written(case, secret=True, until_on=days(-1)), user("samira")
    with acting_as(samira.pk):
        operations.withdraw_fact(fact, because="Klopt niet.", by=samira)
        with pytest.raises(DatabaseError), transaction.atomic():
            DatedFact.objects.filter(pk=fact.pk).update(**change)


@pytest.mark.parametrize(
    "named",
    [
        {"sort": "isd"},
        {"scope": Scope.KNOW_CASE},
        {"scope": Scope.VIEW_JUSTICE},
        {"until_on": days(-30)},
        {"phone": "045 560 00 10"},
        {"expected_end": days(30)},
    ],
)
def test_the_database_takes_no_fact_that_does_not_fit_its_kind(case, named):
    samira = user("samira")
    fits = {"kind": "adres", "sort": "post", "scope": Scope.VIEW_CONTACT, "from_on": days(-10)}
    fact = DatedFact(case=case, recorded_by=samira, what=STREET, **(fits | named))
    with acting_as(samira.pk), pytest.raises(IntegrityError), transaction.atomic():
        fact.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "named", "code"),
    [
        ("adres", {"sort": "isd"}, "sort"),
        ("adres", {"from_on": days(1)}, "from_on"),
        ("adres", {"until_on": days(-11)}, "until_on"),
        ("adres", {"until_on": days(1)}, "until_on"),
        ("adres", {"expected_end": days(1)}, "expected_end"),
        ("adres", {"phone": "112"}, "phone"),
        ("bereik", {"secret": True}, "secret"),
        ("detentie", {"expected_end": days(-11)}, "expected_end"),
        ("detentie", {"expected_end": days(10_000)}, "too_far_ahead"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(case, kind, named, code):
    with pytest.raises(Refused) as refusal:
        written(case, kind, **named)

    assert code in refusal.value.codes


def test_nobody_but_who_leads_writes_a_fact_down(case):
    let_see(case, "politie", Scope.VIEW_CONTACT)
    for username in ("politie", "manager", "tom"):
        person = user(username)
        with acting_as(person.pk), pytest.raises(PermissionDenied):
            operations.record_fact(case, about(), by=person)


# --- on the page ----------------------------------------------------------------------------------


def test_the_dossier_shows_what_is_true_today_and_folds_up_what_was(browse, case):
    written(case, what="Oude Markt 1", until_on=days(-1))
    written(case, what="Nieuwe Markt 2", secret=True)
    card = page(browse("samira"), case).find(attrs={"aria-labelledby": "wie-en-waar"})

    assert "Oude Markt 1" in card.details.get_text() or "Oude Markt 1" in card.get_text()
    shown = card.find("dl").get_text()
    assert "Nieuwe Markt 2" in shown
    assert "geheim" in shown
    assert "Oude Markt 1" not in shown
    assert page(browse("bureau"), case).find(attrs={"aria-labelledby": "wie-en-waar"}) is None


def test_who_was_let_in_by_hand_reads_it_and_finds_no_way_to_change_it(browse, case):
    written(case)
    let_see(case, "politie", Scope.VIEW_CONTACT)
    card = page(browse("politie"), case).find(attrs={"aria-labelledby": "wie-en-waar"})

    assert STREET in card.get_text()
    assert card.find_all("a") == []


def test_a_fact_is_written_down_ended_and_corrected_on_its_pages(browse, case):
    samira = browse("samira")
    add = reverse("cases:fact_add", args=[case.number, "detentie"])
    said = {"sort": "voorarrest", "what": "PI Sittard", "from_on": typed(days(-5))}
    answer = samira.post(add, said | {"expected_end": typed(days(30))})
    assert answer.status_code == 302
    with acting_as(user("samira").pk):
        fact = DatedFact.objects.get(case=case)
    correct = reverse("cases:fact_correct", args=[case.number, fact.pk])
    assert "PI Sittard" in samira.get(correct).content.decode()

    refused = samira.post(correct, said | {"what": "PI Vught"})
    assert refused.status_code == 422
    assert "PI Vught" in refused.content.decode()
    assert samira.post(correct, said | {"what": "PI Vught", "because": "x"}).status_code == 302

    with acting_as(user("samira").pk):
        better = DatedFact.objects.get(case=case, withdrawn_at=None)
    end = reverse("cases:fact_end", args=[case.number, better.pk])
    assert samira.post(end, {"how": "over"}).status_code == 422
    assert samira.post(end, {"how": "fout"}).status_code == 422
    assert samira.post(end, {"how": "over", "until_on": typed(days(-6))}).status_code == 409
    assert samira.post(end, {"how": "over", "until_on": typed(days(0))}).status_code == 302
    assert samira.post(end, {"how": "over", "until_on": typed(days(0))}).status_code == 409


@pytest.mark.parametrize(
    ("sort", "what", "status"),
    [
        ("telefoon", "045 560 00 10", 302),
        ("telefoon", "belt nooit", 422),
        ("email", "an.prins@voorbeeld.example", 302),
        ("email", "045 560 00 10", 422),
        ("", "045 560 00 10", 422),
    ],
)
def test_a_number_is_a_number_and_an_address_for_mail_is_one(browse, case, sort, what, status):
    add = reverse("cases:fact_add", args=[case.number, "bereik"])
    said = {"sort": sort, "what": what, "from_on": typed(days(0))}

    assert browse("samira").post(add, said).status_code == status


@pytest.mark.parametrize("kind", ["bestaatniet", "slachtoffer", "ADRES"])
def test_there_is_no_form_for_a_kind_that_there_is_not(browse, case, kind):
    address = f"/dossiers/{case.number}/gegevens/{kind}/"

    assert browse("samira").get(address).status_code == 404


# --- a note has a day of its own ------------------------------------------------------------------


def test_a_note_stands_in_the_timeline_on_the_day_of_the_conversation(browse, case):
    samira = browse("samira")
    add = reverse("cases:note_add", args=[case.number])
    said = {"title": "Gesprek van vorige week", "text": "", "scope": "lead_case"}
    assert samira.post(add, said | {"happened_on": typed(days(-400))}).status_code == 422
    assert samira.post(add, said | {"happened_on": typed(days(1))}).status_code == 422
    assert samira.post(add, said | {"happened_on": typed(days(-7))}).status_code == 302
    assert samira.post(add, said | {"title": "Gesprek van nu"}).status_code == 302

    titles = [each.get_text() for each in page(samira, case).select(".vh-timeline__t")]
    assert titles[0] == "Gesprek van nu"
    assert titles[-1] == "Gesprek van vorige week"


def test_only_a_conversation_has_another_day_and_never_one_to_come(case):
    samira = user("samira")
    with acting_as(samira.pk):
        line = operations.record(case, "toegang", "Proef", by=samira, happened_on=days(-3))
        assert TimelineItem.objects.get(pk=line.pk).happened_on == days(0)
        with pytest.raises(DatabaseError), transaction.atomic():
            operations.record(case, "contact", "Morgen", by=samira, happened_on=days(1))
