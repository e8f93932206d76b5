"""A list of the police is weighed, read in once, and its doubtful rows wait for a person."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from cases import operations
from cases.documents import read_list
from cases.models import (
    Case,
    Client,
    ClientBsn,
    ImportBatch,
    ImportRow,
    OffenceRecord,
    RowDecision,
    RowOutcome,
)
from cases.operations import Entry, Tally
from partners.models import Organisation
from tests import situations
from tests.cases.lists_of_police import GOOD, OTHER, csv_of
from veiligheidshuis import accesslog
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

BSN = "111222333"
ANOTHER_BSN = "123456782"


def smeets(name: str = "Smeets", bsn: str = BSN, born: str = "7-12-1990") -> str:
    return f"{name};;Kevin;{born};{bsn};Heerlen;veelpleger;12;Politie"


def preview(*rows: str) -> ImportBatch:
    office = situations.user("bureau")
    return operations.receive_import("lijst.csv", read_list(csv_of(*rows)), by=office)


def read_in(*rows: str) -> ImportBatch:
    batch = preview(*rows)
    operations.confirm_import(batch, by=situations.user("bureau"))
    return batch


def outcome_of(batch: ImportBatch, line: int) -> str:
    return batch.rows.get(line=line).outcome


@pytest.fixture
def office(acting):
    with acting("bureau"):
        yield situations.user("bureau")


def test_a_new_row_becomes_a_candidate_with_his_source_and_the_rest_under_its_own_scope(office):
    read_in(GOOD, OTHER)

    kevin, jan = Case.objects.order_by("client__birth_date").reverse()
    assert kevin.client.display_name == "Kevin Smeets"
    assert kevin.source.slug == "politie"
    assert jan.source.slug == "reclassering-nederland"
    assert ImportRow.objects.get(case=kevin).gave == [
        "naam", "geboortedatum", "doelgroep", "gemeente", "bsn", "delicten",
    ]  # fmt: skip
    assert not OffenceRecord.objects.exists()  # the office sees no judicial data
    assert not ClientBsn.objects.exists()  # and no BSN


def test_a_preview_opens_nothing_and_reading_in_twice_adds_nothing(office):
    batch = preview(GOOD, OTHER)
    assert not Case.objects.exists()
    assert operations.tally_import(batch) == Tally(nieuw=2)

    first = operations.confirm_import(batch, by=office)
    again = operations.confirm_import(batch, by=office)
    second = operations.confirm_import(preview(GOOD, OTHER), by=office)

    assert first == again == Tally(nieuw=2)
    assert second == Tally(bekend=2)
    assert Case.objects.count() == 2


def test_a_row_that_contradicts_itself_is_counted_with_the_rejected_and_opens_nothing(office):
    young, old = smeets().replace("veelpleger", "harde_kern"), OTHER
    tally = operations.tally_import(read_in(GOOD, young, old, old))

    assert tally == Tally(nieuw=2, bekend=1, afgewezen=1)
    assert Case.objects.count() == 2


def test_the_line_of_numbers_is_the_one_the_brief_asks():
    assert str(Tally(1, 2, 3, 4)) == "1 nieuw, 2 bekend, 3 twijfelachtig, 4 afgewezen"


@pytest.mark.parametrize(
    ("known", "row"),
    [
        (smeets(), smeets()),
        (smeets(bsn=""), smeets(bsn="")),
        (smeets(), smeets(bsn="")),
        (smeets(), smeets(name="SMEETS")),
    ],
)
def test_who_is_known_stays_as_he_is_in_the_house_and_within_the_file(office, known, row):
    assert operations.tally_import(read_in(known, row)) == Tally(nieuw=1, bekend=1)
    assert operations.tally_import(read_in(row)) == Tally(bekend=1)


@pytest.mark.parametrize(
    "row",
    [
        smeets(bsn=ANOTHER_BSN),  # the same name and date, another BSN
        smeets(name="Smets", bsn=""),  # the same date, almost the same name
        smeets(name="Hendriks"),  # a known BSN with another name
        smeets(born="8-12-1990"),  # a known BSN with another date
    ],
)
def test_a_doubtful_row_waits_for_a_person_in_the_house_and_within_the_file(office, row):
    batch = read_in(smeets(), row)
    later = read_in(row)

    for found in (batch.rows.get(line=3), later.rows.get(line=2)):
        assert found.outcome == RowOutcome.TWIJFELACHTIG
        assert found.case.number in found.reason
    assert Case.objects.count() == 1
    assert list(ImportRow.objects.waiting()) == [batch.rows.get(line=3), later.rows.get(line=2)]


def test_twins_and_namesakes_of_another_day_are_not_the_same_person(office):
    batch = read_in(smeets(), smeets(born="1-1-1970", bsn=""), smeets("Wijnands", bsn=""))

    assert operations.tally_import(batch) == Tally(nieuw=3)


def test_what_a_row_said_is_kept_encrypted_and_only_until_it_is_decided(office):
    batch = preview(smeets(), smeets(bsn=ANOTHER_BSN))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(sealed_data || reason, ' ') FROM cases_importrow")
        (kept,) = cursor.fetchone()
    assert "Smeets" not in kept
    assert BSN not in kept

    operations.confirm_import(batch, by=office)

    assert batch.rows.get(line=2).sealed_data == ""
    assert Entry.unseal(batch.rows.get(line=3).sealed_data).person.bsn == ANOTHER_BSN


def test_a_person_decides_that_it_is_the_same_and_his_bsn_is_completed_once(office):
    batch = read_in(smeets(bsn=""), smeets())
    row = batch.rows.get(line=3)

    case = operations.decide_row(row, decision=RowDecision.ZELFDE, by=office)

    row.refresh_from_db()
    assert (row.outcome, row.sealed_data, row.case) == (RowOutcome.BEKEND, "", case)
    assert operations.tally_import(read_in(smeets())) == Tally(bekend=1)
    with pytest.raises(Refused) as refused:
        operations.decide_row(row, decision=RowDecision.NIEUW, by=office)
    assert refused.value.codes == {"decided_already"}
    assert Case.objects.count() == 1


def test_a_person_decides_that_it_is_somebody_new(office):
    batch = read_in(smeets(), smeets(bsn=ANOTHER_BSN))

    case = operations.decide_row(batch.rows.get(line=3), decision=RowDecision.NIEUW, by=office)

    assert case.client.display_name == "Kevin Smeets"
    assert Case.objects.count() == 2
    assert outcome_of(batch, 3) == RowOutcome.NIEUW


def test_the_same_doubt_on_two_lists_is_decided_once(office):
    first, second = read_in(smeets(), smeets(bsn=ANOTHER_BSN)), read_in(smeets(bsn=ANOTHER_BSN))
    case = operations.decide_row(first.rows.get(line=3), decision=RowDecision.NIEUW, by=office)

    repeat = second.rows.get(line=2)
    assert (repeat.outcome, repeat.case, repeat.sealed_data) == (RowOutcome.BEKEND, case, "")
    with pytest.raises(Refused) as refused:
        operations.decide_row(repeat, decision=RowDecision.NIEUW, by=office)
    assert refused.value.codes == {"decided_already"}
    assert Case.objects.count() == 2


def test_who_came_in_meanwhile_is_not_new_any_more(office, acting):
    batch = read_in(smeets(), smeets(name="Smets", bsn=""))
    situations.put_forward_case(
        by="ggd",
        first_name="Kevin",
        name_prefix="",
        last_name="Smets",
        birth_date=date(1990, 12, 7),
    )

    with acting("bureau"), pytest.raises(Refused) as refused:
        operations.decide_row(batch.rows.get(line=3), decision=RowDecision.NIEUW, by=office)

    assert refused.value.codes == {"known_meanwhile"}


def test_who_works_for_no_participant_reads_no_list_in(office):
    """It puts people forward under the law: only a participant does. WGS 2.31 lid 1."""
    batch = preview(GOOD)
    outside = (each for each in Organisation.objects.all() if not each.may_take_part("wgs"))
    office.organisation = next(outside)

    with pytest.raises(Refused) as refused:
        operations.confirm_import(batch, by=office)

    assert refused.value.codes == {"not_in_regime"}
    assert not Case.objects.exists()


def test_a_list_can_be_withdrawn_before_it_is_read_in_and_not_after(office):
    batch = preview(GOOD)
    operations.withdraw_import(batch, by=office)

    assert operations.tally_import(batch) == Tally(afgewezen=1)
    assert batch.rows.get().sealed_data == ""
    with pytest.raises(Refused) as stale_tab:
        operations.confirm_import(batch, by=office)
    assert stale_tab.value.codes == {"withdrawn"}
    assert not Case.objects.exists()
    with pytest.raises(Refused) as read_already:
        operations.withdraw_import(read_in(GOOD), by=office)
    assert read_already.value.codes == {"read_already"}


def test_a_preview_that_was_forgotten_is_wiped_when_the_next_list_comes_in(office, settings):
    forgotten, kept = preview(GOOD), preview(OTHER)
    forgotten.read_at -= timedelta(days=settings.PREVIEW_DAYS + 1)
    forgotten.save()

    preview(OTHER)

    assert forgotten.rows.get().sealed_data == ""
    assert kept.rows.get().sealed_data != ""


def test_only_the_bedrijfsbureau_reads_lists_in(acting):
    with acting("manager"), pytest.raises(PermissionDenied):
        operations.receive_import("l.csv", read_list(csv_of(GOOD)), by=situations.user("manager"))


def test_nobody_else_sees_a_row_or_a_list(office, acting):
    read_in(smeets(), smeets(bsn=ANOTHER_BSN))

    for username in ("manager", "politie", "samira"):
        with acting(username):
            assert not ImportBatch.objects.exists()
            assert not ImportRow.objects.exists()


def test_two_who_read_the_same_list_in_at_once_add_everybody_once(own_house):
    office = situations.user("bureau")
    rows = [
        f"Naam{n}x{n * 7919};;Voor{n};{n}-5-1980;;Heerlen;veelpleger;1;Politie" for n in range(1, 9)
    ]
    with acting_as(office.pk):
        batches = [preview(*rows), preview(*rows)]
    start, failures = threading.Barrier(4), []

    def confirm(batch: ImportBatch) -> None:
        try:
            start.wait()
            with acting_as(office.pk):
                operations.confirm_import(batch, by=office)
        except Exception as error:
            failures.append(error)
        finally:
            accesslog.close()
            connections.close_all()

    threads = [threading.Thread(target=confirm, args=(b,)) for b in (*batches, *batches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with acting_as(office.pk):
        assert Client.objects.filter(birth_date__gte=date(1980, 1, 1)).count() == 8
        assert sorted(str(operations.tally_import(b)) for b in batches) == [
            "0 nieuw, 8 bekend, 0 twijfelachtig, 0 afgewezen",
            "8 nieuw, 0 bekend, 0 twijfelachtig, 0 afgewezen",
        ]
