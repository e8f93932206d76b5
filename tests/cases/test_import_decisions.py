"""What people say of a list: decided in the preview, taken back in time, and silent about whom the
reader may not know."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import access, operations
from cases.documents import read_list
from cases.models import Case, Client, ImportBatch, ImportRow, Regime, RowDecision, RowOutcome
from cases.operations import Entry, Tally
from tests import situations
from tests.cases.lists_of_police import GOOD, OTHER, csv_of
from veiligheidshuis import cipher
from veiligheidshuis.obstacles import Refused

ALIKE = GOOD.replace("Smeets", "Smets").replace("111222333", "")
OTHER_BSN = GOOD.replace("111222333", "123456782")


def preview(*rows: str) -> ImportBatch:
    office = situations.user("bureau")
    return operations.receive_import("lijst.csv", read_list(csv_of(*rows)), by=office)


def read_in(*rows: str) -> ImportBatch:
    batch = preview(*rows)
    operations.confirm_import(batch, by=situations.user("bureau"))
    batch.refresh_from_db()
    return batch


@pytest.fixture
def office(acting) -> Iterator[situations.User]:
    with acting("bureau"):
        yield situations.user("bureau")


# --- decided before it is read in ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "tally", "cases"),
    [
        (RowDecision.ZELFDE, Tally(nieuw=1, bekend=1), 1),
        (RowDecision.NIEUW, Tally(nieuw=2), 2),
        (RowDecision.WEGLATEN, Tally(nieuw=1, afgewezen=1), 1),
    ],
)
@pytest.mark.parametrize("row", [ALIKE, OTHER_BSN])
def test_what_is_decided_in_the_preview_is_done_when_the_list_is_read_in(
    office, row, decision, tally, cases
):
    batch = preview(GOOD, row)
    operations.decide_row(batch.rows.get(line=3), decision=decision, by=office)
    assert not Case.objects.exists()

    assert operations.confirm_import(batch, by=office) == tally

    decided = batch.rows.get(line=3)
    assert Case.objects.count() == cases
    assert str(office) in decided.reason
    assert decided.sealed_data == ""


def test_a_decision_in_the_preview_can_be_changed_and_the_last_one_counts(office):
    batch = preview(GOOD, ALIKE)
    for decision in (RowDecision.NIEUW, RowDecision.WEGLATEN):
        operations.decide_row(batch.rows.get(line=3), decision=decision, by=office)

    assert operations.confirm_import(batch, by=office) == Tally(nieuw=1, afgewezen=1)


def test_only_a_doubtful_row_is_decided_in_the_preview(office):
    batch = preview(GOOD, "Fout;;;;;;;;")

    for line in (2, 3):
        with pytest.raises(Refused) as refused:
            operations.decide_row(
                batch.rows.get(line=line), decision=RowDecision.WEGLATEN, by=office
            )
        assert refused.value.codes == {"decided_already"}


def test_who_is_doubted_for_another_reason_by_now_is_looked_at_again(office, acting):
    read_in(GOOD)
    batch = preview(ALIKE)
    operations.decide_row(batch.rows.get(), decision=RowDecision.ZELFDE, by=office)
    read_in(GOOD.replace("Smeets", "Smetz").replace("111222333", "123456782"))
    first = Case.objects.order_by("opened_at").first()
    with acting("manager"):
        access.bar(first, office, "familie")

    with acting("bureau"):
        tally = operations.confirm_import(batch, by=office)

    assert tally.bekend == 0


# --- taken back ---------------------------------------------------------------------------------


def test_a_list_is_taken_back_with_everything_that_came_in_with_it(office):
    before = read_in(OTHER)
    batch = read_in(GOOD, OTHER, ALIKE, "Fout;;;;;;;;")
    looked_at = preview(GOOD)

    operations.undo_import(batch, by=office)

    assert operations.tally_import(batch) == Tally(afgewezen=4)
    assert not batch.rows.exclude(sealed_data="").exists()
    assert [row.case_id for row in before.rows.all()] == [Case.objects.get().pk]
    assert not Client.objects.filter(first_name="Kevin").exists()
    assert operations.confirm_import(looked_at, by=office) == Tally(nieuw=1)


def put_on_a_list(case: Case, office: situations.User) -> None:
    ranked = operations.open_list(
        "2026-9",
        meeting_on=timezone.localdate() + timedelta(days=3),
        members=[situations.user("om")],
        by=office,
    )
    operations.add_candidates(ranked, [case], by=office)


def known_by_another_list(case: Case, office: situations.User) -> None:
    read_in(GOOD)


def told_apart(case: Case, office: situations.User) -> None:
    other = operations.put_forward(
        situations.a_person(
            first_name="Kevin", name_prefix="", last_name="Smeets",
            birth_date=case.client.birth_date,
        ),
        doelgroep="veelpleger", source=situations.organisation("politie"), by=office,
    )  # fmt: skip
    operations.tell_apart(case, other, reason="twee broers", by=office)


@pytest.mark.parametrize("deed", [put_on_a_list, known_by_another_list, told_apart])
def test_a_list_stays_once_somebody_did_something_with_one_of_its_candidates(office, deed):
    batch = read_in(GOOD, OTHER)
    kevin = Case.objects.select_related("client").get(client__first_name="Kevin")
    deed(kevin, office)

    with pytest.raises(Refused) as refused:
        operations.undo_import(batch, by=office)

    assert refused.value.codes == {"worked_on"}
    assert "één kandidaat" in str(next(iter(refused.value.obstacles)).message)
    assert Case.objects.filter(client__first_name="Kevin").exists()


def test_a_list_is_taken_back_within_a_day_and_once(office):
    batch, old = read_in(GOOD), read_in(OTHER)
    old.confirmed_at = timezone.now() - timedelta(hours=25)
    old.save()
    operations.undo_import(batch, by=office)

    for late, code in ((old, "too_late"), (batch, "undone_already"), (preview(GOOD), "not_read")):
        with pytest.raises(Refused) as refused:
            operations.undo_import(late, by=office)
        assert refused.value.codes == {code}


def test_the_wall_itself_takes_no_list_back_that_stays(office):
    """Whoever goes round the rule finds the same answer in the database."""
    batch = read_in(GOOD)
    put_on_a_list(Case.objects.get(), office)

    with pytest.raises(ProgrammingError), transaction.atomic():
        access.undo_import(batch)
    assert Case.objects.count() == 1


# --- whom the reader may not know ---------------------------------------------------------------


def barred_from(case: Case, acting) -> None:
    with acting("manager"):
        access.bar(case, situations.user("bureau"), "familie")


def receipt(batch: ImportBatch) -> list[tuple[object, ...]]:
    """What the reader is told of every row, but for the number that a new candidate gets."""
    return [
        (row.line, row.outcome, row.reason, row.case_id is not None, row.gave)
        for row in batch.rows.order_by("line")
    ]


@pytest.mark.parametrize("row", [GOOD, ALIKE, OTHER_BSN, GOOD.replace("Kevin", "Sjaak")])
def test_who_is_barred_reads_the_same_as_if_the_house_had_never_heard_of_him(office, acting, row):
    """Hidden equals absent: the same words, and the same number of questions to the database."""
    stranger = preview(row)
    as_stranger = receipt(stranger)
    operations.withdraw_import(stranger, by=office)
    read_in(GOOD)
    barred_from(Case.objects.get(), acting)

    with acting("bureau"):
        as_barred = preview(row)
        assert receipt(as_barred) == as_stranger
        operations.confirm_import(as_barred, by=office)
        assert [line[1] for line in receipt(as_barred)] == [RowOutcome.NIEUW]
        assert Case.objects.count() == 1  # the one that he read in himself


def test_a_colleague_finds_the_two_that_are_alike_among_the_candidates(office, acting, browse):
    read_in(GOOD)
    known = Case.objects.get()
    barred_from(known, acting)
    with acting("bureau"):
        read_in(GOOD)
        newcomer = Case.objects.get()
    with acting("manager"):
        access.lift_bar(known, office, "collega")

    shown = browse("bureau").get("/kandidaten/").context["candidates"]

    assert {c.case.number: [o.number for o in c.lookalikes] for c in shown} == {
        known.number: [newcomer.number],
        newcomer.number: [known.number],
    }


def test_a_row_about_whom_one_may_not_know_is_not_on_the_list_of_a_colleague_either(office, acting):
    batch = read_in(GOOD, OTHER)
    barred_from(batch.rows.get(line=2).case, acting)

    with acting("bureau"):
        assert [row.line for row in batch.rows.all()] == [3]
        assert operations.tally_import(batch) == Tally(nieuw=1)


def test_a_row_that_who_confirms_may_not_see_waits_for_a_colleague(office, acting):
    read_in(GOOD)
    known = Case.objects.get()
    batch = preview(GOOD, OTHER)
    barred_from(known, acting)
    with acting("bureau"):
        assert operations.confirm_import(batch, by=office) == Tally(nieuw=1)
        assert not ImportRow.objects.waiting().exists()
    with acting("manager"):
        access.lift_bar(known, office, "collega")

    with acting("bureau"):
        waits = ImportRow.objects.waiting().get()
        assert Entry.unseal(waits.sealed_data).person.first_name == "Kevin"
        operations.decide_row(waits, decision=RowDecision.ZELFDE, by=office)
        assert not ImportRow.objects.waiting().exists()
        assert Case.objects.count() == 2


def test_a_bsn_of_whom_one_may_not_know_is_nobodys(office, acting):
    digest = cipher.digest("111222333")
    read_in(GOOD)
    assert list(access.clients_with_bsn([digest], Regime.WGS)) == [digest]
    barred_from(Case.objects.get(), acting)

    with acting("bureau"):
        assert access.clients_with_bsn([digest], Regime.WGS) == {}


# --- whatever the list ----------------------------------------------------------------------------


def rows_of_a_list() -> st.SearchStrategy[list[str]]:
    """Few names, days and numbers, so that rows are often alike; and some are no row."""
    row = st.builds(
        "{};;{};{};{};Heerlen;veelpleger;1;Politie".format,
        st.sampled_from(["Smeets", "Smets", "SMEETS", "Wijnands", "", "=1+1"]),
        st.sampled_from(["Kevin", "K.", "Jan"]),
        st.sampled_from(["7-12-1990", "8-12-1990", "1990-12-07", "31-2-1990"]),
        st.sampled_from(["", "111222333", "123456782", "123"]),
    )
    return st.lists(row | st.sampled_from(['"', "a;b", "x"]), min_size=1, max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=rows_of_a_list(), decisions=st.lists(st.sampled_from(RowDecision.values), max_size=4))
def test_new_known_doubtful_and_rejected_are_all_rows_and_twice_adds_nothing(
    office, rows, decisions
):
    """Issue 4, proof: random imports; whatever is decided of the doubtful rows."""
    with transaction.atomic():
        batch = preview(*rows)
        assert sum(asdict(operations.tally_import(batch)).values()) == len(rows)
        doubtful = batch.rows.filter(outcome=RowOutcome.TWIJFELACHTIG)
        for row, decision in zip(doubtful, decisions, strict=False):
            operations.decide_row(row, decision=decision, by=office)
        tally = operations.confirm_import(batch, by=office)
        assert sum(asdict(tally).values()) == len(rows)
        assert Case.objects.count() == tally.nieuw

        again = operations.confirm_import(preview(*rows), by=office)

        assert again.nieuw == 0
        assert sum(asdict(again).values()) == len(rows)
        assert Case.objects.count() == tally.nieuw
        transaction.set_rollback(True)
