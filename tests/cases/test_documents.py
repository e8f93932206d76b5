"""A file in a dossier: seen by who needs it, opened once it was looked at, gone in time. DOS-17.

UPL-01, 03, 04 and 08 by their numbers in veiligheid.md; what a file may be: test_uploads.py.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from celery.signals import before_task_publish
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from cases import operations
from cases.models import (
    CATEGORY_SCOPES,
    Case,
    Document,
    DocumentCategory,
    DocumentGround,
    Scope,
    TimelineItem,
)
from cases.tasks import scan_document
from partners import operations as accounts
from tests import situations
from tests.cases.files import EICAR, a_pdf
from tests.situations import user
from tests.veiligheidshuis.test_scanner import Clamd, Unix, clamd
from veiligheidshuis import uploads
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
TEXT = b"Geachte heer Voorbeeld"


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def about(category: str = "regie", **named: object) -> operations.AboutDocument:
    said = {"title": "Rapport", "category": category, "ground": "client", "keep_until": days(30)}
    return operations.AboutDocument(**(said | named))  # type: ignore[arg-type]


def brought(
    case: Case, category: str = "regie", content: bytes = TEXT, by: str = "samira", **named: object
) -> Document:
    """Added, and not looked at yet."""
    leader = user(by)
    file = uploads.examine("brief.txt", content)
    with acting_as(leader.pk):
        return operations.add_document(case, about(category, **named), file, by=leader)


def looked_at(document: Document, by: str = "samira") -> str:
    """What the worker does, for whoever asked."""
    return str(scan_document(str(document.pk), as_user=user(by).pk))


def kept(case: Case, category: str = "regie", **named: object) -> Document:
    document = brought(case, category, **named)  # type: ignore[arg-type]
    assert looked_at(document) == "schoon"
    return document


def again(document: Document) -> Document:
    with acting_as(user("samira").pk):
        return Document.objects.select_related("case").get(pk=document.pk)


def let_see(case: Case, username: str, *scopes: Scope) -> None:
    samira = user("samira")
    with acting_as(samira.pk):
        operations.grant_by_hand(
            case, user(username), scopes=scopes, end_date=days(7), reason="Werk.", by=samira
        )


def address(document: Document, name: str = "document_file") -> str:
    return reverse(f"cases:{name}", args=[document.case.number, document.pk])


def page(browser: Browser, case: Case) -> BeautifulSoup:
    answer = browser.get(reverse("cases:documents", args=[case.number]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def sent(case: Case, **changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    typed = {
        "bestand": SimpleUploadedFile("brief.txt", TEXT),
        "title": "Rapport",
        "category": "regie",
        "ground": "client",
        "supplier": "",
        "keep_until": f"{days(30):%d-%m-%Y}",
    }
    return typed | changed


@pytest.fixture
def case() -> Case:
    return situations.assigned_case()


@pytest.fixture
def scanner(tmp_path, settings) -> Iterator[None]:
    """A stand-in for clamd, and for nothing of ours (test_scanner.py)."""
    path = str(tmp_path / "clamd")
    settings.CLAMD_ADDRESS = f"unix:{path}"
    with clamd(Unix(path, Clamd)):
        yield


# --- who sees what --------------------------------------------------------------------------------


def test_each_category_is_seen_by_who_needs_that_part_and_the_first_by_the_fewest(case):
    for category in DocumentCategory.values:
        kept(case, category, title=category)
    let_see(case, "politie", Scope.VIEW_HUISVESTING, Scope.VIEW_SCHULDSANERING)
    let_see(case, "om", Scope.VIEW_JUSTICE)

    def seen_by(username: str) -> set[str]:
        with acting_as(user(username).pk):
            return set(Document.objects.filter(case=case).values_list("title", flat=True))

    assert seen_by("samira") == set(DocumentCategory.values)
    assert seen_by("politie") == {"huisvesting", "schuldsanering"}
    assert seen_by("om") == {"justitie"}
    for nobody in ("bureau", "manager", "tom", "mondriaan"):
        assert seen_by(nobody) == set()
    assert DocumentCategory.values[0] == "regie"
    assert CATEGORY_SCOPES["regie"] == Scope.LEAD_CASE


def test_who_stands_in_brings_in_documents_but_no_paper_of_identity(browse, case):
    samira, tom = user("samira"), user("tom")
    with acting_as(samira.pk):
        accounts.record_absence(
            samira, start_date=days(0), end_date=days(3), stand_in=tom, by=samira
        )

    assert looked_at(brought(case, by="tom"), by="tom") == "schoon"
    with pytest.raises(PermissionDenied):
        brought(case, "identiteit", by="tom")
    form = browse("tom").get(reverse("cases:document_add", args=[case.number])).text
    assert 'value="gezondheid"' in form
    assert 'value="identiteit"' not in form


def test_nobody_but_who_leads_brings_in_a_document_in_the_database_either(case):
    document = kept(case, "huisvesting")
    let_see(case, "politie", Scope.VIEW_HUISVESTING)
    police = user("politie")

    with acting_as(police.pk):
        mine = Document.objects.get(pk=document.pk)
        mine.pk, mine.recorded_by = None, police
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.save(force_insert=True)
        assert not Document.objects.filter(pk=document.pk).update(found="x")


def test_what_a_document_says_cannot_be_changed_and_its_file_never_becomes_another(case):
    document = kept(case)

    with acting_as(user("samira").pk):
        mine = Document.objects.filter(pk=document.pk)
        for change in (
            {"title": "Anders"},
            {"scope": "know_case"},
            {"name": "a.exe"},
            {"sealed_file": b"anders"},
            {"sealed_file": b""},
            {"checked_by": "ikzelf"},
            {"taken_back_because": "zomaar"},
            {"status": "wacht"},
            {"status": "besmet", "sealed_file": b"", "found": "x"},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                mine.update(**change)


def test_the_database_keeps_a_document_no_longer_than_the_law_and_ties_it_to_its_scope(case):
    document = again(kept(case))
    samira = user("samira")

    for change in ({"keep_until": days(1828)}, {"scope": "know_case"}, {"sealed_file": b""}):
        fresh = Document(**{f.attname: getattr(document, f.attname) for f in Document._meta.fields})
        fresh.pk, fresh.status, fresh.checked_at, fresh.checked_by = None, "wacht", None, ""
        for name, value in change.items():
            setattr(fresh, name, value)
        refused = pytest.raises((IntegrityError, DatabaseError))
        with acting_as(samira.pk), refused, transaction.atomic():
            fresh.save(force_insert=True)


# --- opening --------------------------------------------------------------------------------------


def test_upl_01_a_file_comes_along_its_page_alone_and_hidden_is_absent(browse, case):
    document, other = kept(case, "huisvesting"), situations.assigned_case(to="tom")
    let_see(case, "politie", Scope.VIEW_HUISVESTING)
    never = address(document).replace(str(document.pk), str(other.pk))
    elsewhere = address(document).replace(case.number, other.number)

    assert browse("samira").get(address(document)).content == TEXT
    assert browse("politie").get(address(document)).content == TEXT
    for username, asked in (
        ("politie", never),
        ("samira", elsewhere),
        ("tom", address(document)),
        ("tom", elsewhere),
        ("manager", address(document)),
        ("bureau", address(document)),
    ):
        assert browse(username).get(asked).status_code == 404, (username, asked)
    assert "/inloggen/" in browse().get(address(document)).url


def test_upl_01_access_that_ends_ends_with_the_next_question(browse, case):
    document, police = kept(case, "huisvesting"), user("politie")
    let_see(case, "politie", Scope.VIEW_HUISVESTING)
    browser = browse("politie")
    assert browser.get(address(document)).status_code == 200

    samira = user("samira")
    with acting_as(samira.pk):
        operations.withdraw_by_hand(case, police.personal_group, by=samira)

    assert browser.get(address(document)).status_code == 404


def test_upl_03_a_file_leaves_to_be_kept_and_does_nothing_wherever_it_is_opened(browse, case):
    leader = user("samira")
    file = uploads.examine('né "x";.pdf', a_pdf())
    with acting_as(leader.pk):
        document = operations.add_document(case, about(), file, by=leader)
    looked_at(document)

    answer = browse("samira").get(address(document))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename*=UTF-8''{case.number}%20n%C3%A9%20_x_%3B.pdf"
    )
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(a_pdf()) == len(answer.content)


def test_that_somebody_took_a_file_along_is_written_before_he_has_it(browse, case, anew, owner):
    document = kept(case)
    browse("samira").get(address(document))

    (line,) = owner.execute(
        "SELECT subjects, scope FROM veiligheidshuis_accesslogentry WHERE action = 'exporteren'"
        " AND route = 'cases:document_file' AND %s = ANY (subjects)",
        [document.in_log],
    ).fetchall()
    assert line == ([case.number, document.in_log], "lead_case")


def test_bytes_lie_sealed_and_are_those_that_came_in(case):
    document = kept(case, content=TEXT * 100)
    with acting_as(user("samira").pk), connection.cursor() as cursor:
        cursor.execute("SELECT sealed_file FROM cases_document WHERE id = %s", [document.pk])
        assert TEXT not in bytes(cursor.fetchone()[0])

    changed = again(document)
    changed.sha256 = "0" * 64
    with pytest.raises(ValueError, match="is niet wat er is binnengekomen"):
        operations.open_document(changed)


# --- looking whether it does harm -----------------------------------------------------------------


def test_upl_04_what_was_not_looked_at_cannot_be_opened(browse, case, settings):
    settings.TRUST_UNSCANNED = False
    document = brought(case, "huisvesting")
    let_see(case, "politie", Scope.VIEW_HUISVESTING)

    assert looked_at(document) == "wacht"

    assert browse("samira").get(address(document)).status_code == 404
    shown = page(browse("samira"), case)
    assert "Er is geen virusscanner" in shown.get_text()
    assert not shown.select(f'a[href="{address(document)}"]')
    assert "Rapport" not in page(browse("politie"), case).get_text()


@pytest.mark.usefixtures("scanner")
def test_upl_04_what_does_harm_is_gone_and_whoever_brought_it_hears(browse, case):
    good = brought(case, content=TEXT)
    bad = brought(case, content=b"Klik hier\n" + EICAR, title="Factuur")

    assert (looked_at(good), looked_at(bad)) == ("schoon", "besmet")

    refused = again(bad)
    assert (bytes(refused.sealed_file), refused.found) == (b"", "Eicar-Signature")
    assert browse("samira").get(address(bad)).status_code == 404
    assert browse("samira").get(address(good)).content == TEXT
    shown = page(browse("samira"), case).get_text()
    assert "Onveilig en gewist: Eicar-Signature" in shown
    assert "Gecontroleerd op virussen (ClamAV" in shown
    samira = user("samira")
    with acting_in_role("post"):
        mails = OutboxMail.objects.filter(kind="stuk_geweigerd")
        assert [mail.recipient_id for mail in mails] == [samira.pk]


def test_a_task_that_is_delivered_twice_looks_once(case, settings):
    document = brought(case)
    assert looked_at(document) == "schoon"
    first = again(document).checked_at

    settings.TRUST_UNSCANNED = False  # who looked a second time would find nobody
    assert looked_at(document) == "schoon"
    assert again(document).checked_at == first


class Killed(Exception):
    """The worker dies here."""


def test_a_worker_that_is_killed_half_way_did_nothing_and_the_next_one_does_all(case, monkeypatch):
    document = brought(case)

    def dies(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("cases.operations.documents.Document.save", dies)
        with pytest.raises(Killed):
            looked_at(document)

    assert again(document).status == "wacht"
    assert looked_at(document) == "schoon"


def test_without_an_answer_the_worker_comes_back_for_the_same_person(
    case, settings, django_capture_on_commit_callbacks
):
    settings.TRUST_UNSCANNED = False
    document, samira = brought(case), user("samira")
    sent_on: list[tuple[Any, ...]] = []

    def keep(body: tuple[Any, ...] = (), headers: Any = None, **kwargs: object) -> None:
        sent_on.append((*body[:2], headers["eta"] is not None))

    before_task_publish.connect(keep)
    with django_capture_on_commit_callbacks(execute=True):
        assert looked_at(document) == "wacht"
        assert scan_document(str(document.pk), 60, as_user=samira.pk) == "wacht"

    ((args, kwargs, is_later),) = sent_on
    assert (args, is_later) == ([str(document.pk)], True)
    assert kwargs == {"as_user": samira.pk, "tries": 2}


def test_who_lost_the_dossier_has_no_scan_done_and_who_leads_it_now_asks_again(browse, case):
    document = brought(case)
    manager = user("manager")
    with acting_as(manager.pk):
        operations.hand_over(case, user("tom"), note="", by=manager)

    assert looked_at(document) == ""
    answer = browse("tom").post(address(document, "document_scan"), follow=True)
    assert "De controle is opnieuw gevraagd" in answer.text
    assert looked_at(document, by="tom") == "schoon"
    refused = browse("tom").post(address(document, "document_scan"))
    assert refused.status_code == 409
    assert "Dit stuk is al gecontroleerd" in refused.text


# --- in and out -----------------------------------------------------------------------------------


def test_a_document_is_brought_in_on_the_page(browse, case):
    samira = browse("samira")
    where = reverse("cases:document_add", args=[case.number])

    answer = samira.post(where, sent(case), follow=True)

    assert "Het stuk is toegevoegd" in answer.text
    assert "Wacht op controle" in answer.text
    with acting_as(user("samira").pk):
        (document,) = Document.objects.filter(case=case)
        assert (document.name, document.scope) == ("brief.txt", "lead_case")
        lines = TimelineItem.objects.filter(case=case, kind="stuk")
        assert [(line.title, line.text, line.scope) for line in lines] == [
            ("Stuk toegevoegd", "", "lead_case")
        ]
    looked_at(document)
    assert "dit is een oefenhuis" in page(samira, case).get_text()
    assert samira.get(page(samira, case).select_one("a[download]")["href"]).content == TEXT


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"bestand": ""}, 422, "Kies het bestand."),
        ({"bestand": SimpleUploadedFile("a.txt", b"")}, 422, "Het bestand is leeg"),
        ({"bestand": SimpleUploadedFile("a.exe", b"MZ\x90")}, 422, "bewaren we niet"),
        ({"title": ""}, 422, "Kies het bestand opnieuw"),
        ({"category": "slachtoffer"}, 422, "Kies uit de lijst"),
        ({"ground": "convenant"}, 422, "Kies uit de lijst"),
        ({"keep_until": "1-1-2060"}, 422, "te ver weg"),
        ({"ground": "deelnemer"}, 409, "Kies van welke partner dit stuk komt"),
    ],
)
def test_what_is_not_right_is_said_and_what_was_typed_stays(browse, case, changed, status, said):
    where = reverse("cases:document_add", args=[case.number])

    answer = browse("samira").post(where, sent(case, **changed))

    assert answer.status_code == status
    assert said in answer.text
    assert "title" in changed or 'value="Rapport"' in answer.text
    with acting_as(user("samira").pk):
        assert not Document.objects.filter(case=case).exists()


def test_a_file_that_is_lost_by_another_mistake_is_asked_for_again(browse, case):
    where = reverse("cases:document_add", args=[case.number])

    for changed in ({"title": ""}, {"ground": "deelnemer"}):
        answer = browse("samira").post(where, sent(case, **changed))
        assert "Kies het bestand opnieuw" in answer.text


def test_upl_08_a_file_that_is_too_large_is_refused_in_a_sentence(browse, case, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    where = reverse("cases:document_add", args=[case.number])
    large = SimpleUploadedFile("groot.txt", b"a" * 5000)

    answer = browse("samira").post(where, sent(case, bestand=large))

    assert answer.status_code == 422
    assert "Dit bestand is te groot" in answer.text


def test_upl_08_a_dossier_and_a_day_hold_so_many_and_no_more(case, settings):
    settings.DOCUMENTS_PER_CASE, settings.DOCUMENTS_PER_DAY = 1, 2
    first = kept(case)
    with pytest.raises(Refused) as full:
        brought(case)
    assert full.value.codes == {"full"}

    samira = user("samira")
    with acting_as(samira.pk):
        operations.take_back_document(again(first), because="Dubbel.", by=samira)
    brought(case)
    with pytest.raises(Refused) as enough:
        brought(case)
    assert enough.value.codes == {"full", "enough_today"}


def test_the_ground_is_one_of_the_regime_and_goes_with_who_gave_it(case):
    local, police = situations.local_assigned_case(), situations.organisation("politie")

    fits = {"ground": DocumentGround.CONVENANT, "supplier": police}
    assert brought(local, **fits).ground == DocumentGround.CONVENANT  # type: ignore[arg-type]
    for where, said in (
        (local, {"ground": "deelnemer", "supplier": police}),
        (case, {"ground": "convenant", "supplier": police}),
        (case, {"ground": "politie"}),
        (case, {"ground": "justitie"}),
        (case, {"ground": "client", "supplier": police}),
        (case, {"keep_until": days(-1)}),
    ):
        with pytest.raises(Refused):
            brought(where, **said)  # type: ignore[arg-type]


def test_a_document_that_is_taken_back_leaves_its_line_and_no_file(browse, case):
    document, samira = kept(case), browse("samira")

    empty = samira.post(address(document, "document_take_back"), {"because": ""})
    assert empty.status_code == 422
    answer = samira.post(
        address(document, "document_take_back"), {"because": "Van iemand anders."}, follow=True
    )

    assert "Het stuk is teruggenomen" in answer.text
    assert "Van iemand anders." in answer.text
    assert samira.get(address(document)).status_code == 404
    gone = again(document)
    assert bytes(gone.sealed_file) == b""
    assert gone.taken_back_by == user("samira")
    twice = samira.post(address(document, "document_take_back"), {"because": "Nog eens."})
    assert twice.status_code == 409
    assert "al gewist" in twice.text


def test_a_dossier_that_is_closed_shows_no_documents(browse, case):
    document, samira = kept(case), user("samira")
    with acting_as(samira.pk):
        operations.close_case(
            case,
            reason="doel",
            result="Hij woont.",
            decided_by=situations.organisation("politie"),
            decided_on=timezone.localdate(),
            by=samira,
        )

    assert browse("samira").get(address(document)).status_code == 404
