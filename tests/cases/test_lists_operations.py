"""A list is ranked by people, adopted once and then frozen; two at once lose nothing."""

import threading
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, connections, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import access, operations
from cases.models import (
    Case,
    Lijstplaats,
    Participation,
    Prioriteitenlijst,
    TimelineItem,
    Verplaatsing,
)
from cases.states import CaseStatus, ListStatus
from tests import situations
from veiligheidshuis import accesslog
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused


def order(ranked: Prioriteitenlijst) -> list[str]:
    return list(ranked.plaatsen.in_order().values_list("case__number", flat=True))


def ranks(ranked: Prioriteitenlijst) -> list[int]:
    return list(ranked.plaatsen.in_order().values_list("rank", flat=True))


def adoptable_list_of(number: int) -> tuple[Prioriteitenlijst, list[Case]]:
    """All of them were admitted."""
    cases = [situations.admitted_case() for _ in range(number)]
    return situations.open_list(*cases), cases


def a_list_of(number: int) -> tuple[Prioriteitenlijst, list[Case]]:
    cases = [situations.put_forward_case() for _ in range(number)]
    return situations.open_list(*cases), cases


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.tuples(st.integers(1, 5), st.integers(-2, 8)), max_size=6))
def test_however_it_is_moved_a_ranking_stays_a_ranking_of_the_same_people(db, moves):
    ranked, cases = a_list_of(5)
    member = situations.user("politie")

    with acting_as(member.pk):
        for of, to in moves:
            expected = order(ranked)
            case = next(c for c in cases if c.number == expected[of - 1])
            with nullcontext() if 1 <= to <= 5 else pytest.raises(Refused, match="Kies een plaats"):
                operations.move_candidate(ranked, case, to_place=to, by=member, reason="Nieuws.")
                expected.insert(to - 1, expected.pop(of - 1))
            assert order(ranked) == expected


def is_part_of(part: list[str], whole: list[str]) -> bool:
    """The same order, with some left out."""
    return part == [number for number in whole if number in part]


@pytest.mark.django_db
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["politie", "ggd", "bureau"]), st.integers(), st.integers()),
        max_size=12,
    )
)
def test_however_several_people_rank_there_is_one_order_and_nobody_is_lost(db, moves):
    """One of them is barred from a candidate: he ranks the others, and that one stays as well."""
    ranked, cases = a_list_of(6)
    by_number = {case.number: case for case in cases}
    with acting_as(situations.user("manager").pk):
        access.bar(cases[2], situations.user("ggd"), "buurvrouw")

    for username, of, to in moves:
        member = situations.user(username)
        with acting_as(member.pk):
            expected = order(ranked)
            case = by_number[expected.pop(of % len(expected))]
            place = to % (len(expected) + 1)
            expected.insert(place, case.number)
            operations.move_candidate(ranked, case, to_place=place + 1, by=member, reason="Nieuws.")
            assert order(ranked) == expected
        with acting_as(situations.user("manager").pk):
            assert sorted(order(ranked)) == sorted(by_number)
            assert is_part_of(expected, order(ranked))


@pytest.mark.django_db
def test_a_move_writes_one_place_however_long_the_list_is_and_asks_as_much():
    asked = []
    for length in (4, 40):
        ranked, cases = a_list_of(length)
        member = situations.user("ggd")
        with acting_as(member.pk):
            before = dict(ranked.plaatsen.values_list("case__number", "position"))
            with CaptureQueriesContext(connection) as queries:
                operations.move_candidate(
                    ranked, cases[-1], to_place=1, by=member, reason="Nieuwe aangifte."
                )
            after = dict(ranked.plaatsen.values_list("case__number", "position"))
        assert [number for number in before if before[number] != after[number]] == [
            cases[-1].number
        ]
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.django_db
def test_between_two_places_there_is_always_room_for_another():
    """Halfway, halfway and halfway again: after thirty times all of them get room."""
    ranked, cases = a_list_of(4)
    member = situations.user("ggd")

    with acting_as(member.pk):
        for turn in range(80):
            case = cases[turn % 2 + 1]
            here = order(ranked).index(case.number) + 1
            operations.move_candidate(ranked, case, to_place=5 - here, by=member)
            assert order(ranked)[4 - here] == case.number
        assert sorted(order(ranked)) == sorted(case.number for case in cases)


@pytest.mark.django_db
def test_a_big_move_asks_a_reason_and_keeps_it_with_who_moved():
    ranked, cases = a_list_of(5)
    member = situations.user("ggd")

    with acting_as(member.pk):
        with pytest.raises(Refused) as refused:
            operations.move_candidate(ranked, cases[4], to_place=1, by=member)
        assert refused.value.codes == {"reason_missing"}
        operations.move_candidate(ranked, cases[4], to_place=1, by=member, reason="Nieuwe aangifte")
        kept = Verplaatsing.objects.get()

    assert (kept.from_rank, kept.to_rank, kept.reason) == (5, 1, "Nieuwe aangifte")
    assert kept.moved_by == member


@pytest.mark.django_db
def test_a_move_to_where_he_stands_is_no_move():
    ranked, cases = a_list_of(2)
    member = situations.user("ggd")

    with acting_as(member.pk):
        before = Prioriteitenlijst.objects.get().version
        operations.move_candidate(ranked, cases[0], to_place=1, by=member)

        assert not Verplaatsing.objects.exists()
        assert Prioriteitenlijst.objects.get().version == before


@pytest.mark.django_db
def test_a_move_of_who_was_taken_off_meanwhile_is_refused():
    ranked, cases = a_list_of(2)
    office = situations.user("bureau")

    with acting_as(office.pk):
        operations.take_off_list(ranked, cases[0], reason="Verhuisd.", by=office)
        with pytest.raises(Refused) as refused:
            operations.move_candidate(ranked, cases[0], to_place=2, by=office)

    assert refused.value.codes == {"not_listed"}


@pytest.mark.django_db
def test_a_move_from_an_old_screen_is_refused():
    ranked, cases = a_list_of(3)
    member = situations.user("ggd")

    with acting_as(member.pk):
        version = Prioriteitenlijst.objects.get().version
        operations.move_candidate(ranked, cases[0], to_place=2, by=member, seen=version)
        with pytest.raises(Refused) as refused:
            operations.move_candidate(ranked, cases[0], to_place=3, by=member, seen=version)

    assert refused.value.codes == {"stale"}


@pytest.mark.django_db
def test_who_is_barred_from_one_candidate_ranks_the_others(acting):
    ranked, cases = a_list_of(4)
    member, manager = situations.user("ggd"), situations.user("manager")

    with acting("manager"):
        access.bar(cases[1], member, "buurvrouw")
    with acting("ggd"):
        assert order(ranked) == [cases[i].number for i in (0, 2, 3)]
        operations.move_candidate(ranked, cases[3], to_place=1, by=member)

    with acting_as(manager.pk):
        assert order(ranked) == [cases[i].number for i in (3, 0, 1, 2)]


@pytest.mark.django_db
def test_an_adopted_list_is_frozen_for_everybody_also_for_sql():
    ranked, cases = adoptable_list_of(3)
    manager = situations.user("manager")

    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        for deed in (
            lambda: operations.move_candidate(ranked, cases[0], to_place=2, by=manager),
            lambda: operations.add_candidates(ranked, [cases[0]], by=manager),
            lambda: operations.adopt_list(ranked, by=manager),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert "wrong_status" in refused.value.codes
        with pytest.raises(ProgrammingError), transaction.atomic():
            Lijstplaats.objects.update(rank=9)
        assert ranks(ranked) == [1, 2, 3]
        for place, case in enumerate(cases, start=1):
            case.refresh_from_db()
            assert (case.priority, case.status) == (place, CaseStatus.GEPRIORITEERD)


@pytest.mark.django_db
def test_the_next_list_starts_from_the_former_and_replaces_it():
    former, cases = adoptable_list_of(3)
    manager = situations.user("manager")

    with acting_as(manager.pk):
        operations.adopt_list(former, by=manager)
        ranked = operations.open_list(
            "2027-1",
            meeting_on=timezone.localdate(),
            members=[situations.user("om")],
            start_from=former,
            by=manager,
        )
        assert order(ranked) == [case.number for case in cases]
        put = "Voorgedragen op prioriteitenlijst 2027-1"
        assert TimelineItem.objects.filter(title=put, author=manager).count() == 3
        situations.record_meeting(ranked)
        operations.adopt_list(ranked, by=manager)
        former.refresh_from_db()

    assert former.status == ListStatus.VERVANGEN


@pytest.mark.django_db
def test_the_next_list_lets_nobody_fall_from_whom_its_opener_is_barred():
    """Who opens it notices nothing; its members see all of them, in the order of the former."""
    former, cases = adoptable_list_of(4)
    manager, office, member = (situations.user(who) for who in ("manager", "bureau", "om"))
    with acting_as(manager.pk):
        operations.adopt_list(former, by=manager)
        for unseen in cases[1:3]:
            operations.bar(unseen, office, reason="Buurman.", by=manager)
    with acting_as(office.pk):
        ranked = operations.open_list(
            "2027-1",
            meeting_on=timezone.localdate(),
            members=[member],
            start_from=former,
            by=office,
        )
        assert order(ranked) == [cases[0].number, cases[3].number]

    everybody = [case.number for case in cases]
    for reader in (member, manager):
        with acting_as(reader.pk):
            assert order(ranked) == everybody
    situations.record_meeting(ranked)
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        assert [Case.objects.get(pk=case.pk).priority for case in cases] == [1, 2, 3, 4]


@pytest.mark.django_db
def test_of_two_lists_of_one_day_the_last_stands_first_however_they_are_called():
    """2026-10 is newer than 2026-9, and as text it is not."""
    manager = situations.user("manager")
    with acting_as(manager.pk):
        former = operations.open_list(
            "2026-9", meeting_on=timezone.localdate(), members=[situations.user("om")], by=manager
        )
        operations.add_candidates(former, [situations.admitted_case()], by=manager)
        situations.record_meeting(former)
        operations.adopt_list(former, by=manager)
        operations.open_list(
            "2026-10", meeting_on=timezone.localdate(), members=[], start_from=former, by=manager
        )
        assert [each.code for each in Prioriteitenlijst.objects.newest_first()] == [
            "2026-10",
            "2026-9",
        ]


@pytest.mark.django_db
def test_who_is_not_on_the_next_list_is_a_candidate_again_unless_somebody_has_him_in_hand():
    former, (kept, left_out, in_hand) = adoptable_list_of(3)
    manager = situations.user("manager")

    with acting_as(manager.pk):
        operations.adopt_list(former, by=manager)
        operations.assign(in_hand, situations.user("samira"), by=manager)
        ranked = operations.open_list(
            "2027-1", meeting_on=timezone.localdate(), members=[situations.user("om")], by=manager
        )
        operations.add_candidates(ranked, [kept], by=manager)
        situations.record_meeting(ranked)
        operations.adopt_list(ranked, by=manager)
        for case in (kept, left_out, in_hand):
            case.refresh_from_db()

        assert (kept.status, kept.priority) == (CaseStatus.GEPRIORITEERD, 1)
        assert (left_out.status, left_out.priority) == (CaseStatus.AANGEMELD, None)
        assert (in_hand.status, in_hand.priority) == (CaseStatus.TOEGEDEELD, None)


@pytest.mark.django_db
def test_a_list_has_a_mark_of_its_own_and_members_who_may_see_cases():
    ranked, _ = a_list_of(1)
    office = situations.user("bureau")

    with acting_as(office.pk), pytest.raises(Refused) as refused:
        operations.open_list(
            ranked.code,
            meeting_on=timezone.localdate(),
            members=[situations.user("bewoner"), situations.user("om")],
            by=office,
        )

    assert [o.code for o in refused.value.obstacles] == ["code_taken", "no_participant"]


@pytest.mark.django_db
def test_an_empty_list_or_one_that_nobody_weighed_is_not_adopted():
    ranked = situations.open_list(members=())
    manager = situations.user("manager")

    with acting_as(manager.pk), pytest.raises(Refused) as refused:
        operations.adopt_list(ranked, by=manager)

    assert refused.value.codes == {"empty_list", "no_members"}


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["bureau", "politie", "samira"])
def test_only_the_manager_adopts(username):
    ranked, _ = a_list_of(1)
    somebody = situations.user(username)

    with acting_as(somebody.pk), pytest.raises(PermissionDenied):
        operations.adopt_list(ranked, by=somebody)


@pytest.mark.django_db
def test_who_is_no_member_cannot_move_anybody():
    ranked, cases = a_list_of(3)
    outsider = situations.user("mondriaan")

    with acting_as(outsider.pk), pytest.raises(Prioriteitenlijst.DoesNotExist):
        operations.move_candidate(ranked, cases[0], to_place=2, by=outsider)


def at_once(*deeds: Callable[[], object]) -> list[Exception]:
    """Do these at the same time, each in a thread of its own; what went wrong."""
    start, failures = threading.Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait()
            deed()
        except (Refused, DatabaseError) as error:
            failures.append(error)
        finally:
            accesslog.close()
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_two_who_move_at_once_lose_no_move_and_nobody(own_house):
    ranked, cases = a_list_of(6)
    police, ggd = situations.user("politie"), situations.user("ggd")

    def push_down(case: Case, by: object) -> None:
        for _ in range(5):
            with acting_as(by.pk):
                numbers = order(Prioriteitenlijst.objects.select_for_update().get(pk=ranked.pk))
                to = numbers.index(case.number) % 5 + 2
                operations.move_candidate(ranked, case, to_place=to, by=by, reason="Gesprek.")

    assert at_once(lambda: push_down(cases[0], police), lambda: push_down(cases[3], ggd)) == []

    with acting_as(situations.user("manager").pk):
        assert sorted(order(ranked)) == sorted(case.number for case in cases)
        assert Verplaatsing.objects.count() == 10


def test_a_list_is_not_adopted_before_its_selection_meeting(acting):
    ahead = situations.open_list(situations.put_forward_case(), in_days=1)
    with acting("manager"):
        with pytest.raises(Refused) as refused:
            operations.adopt_list(ahead, by=situations.user("manager"))
        assert refused.value.codes == {"meeting_ahead"}
        assert Prioriteitenlijst.objects.get().status == ListStatus.CONCEPT


def test_an_order_that_changed_since_it_was_seen_is_not_adopted(acting):
    cases = [situations.admitted_case() for _ in range(3)]
    ranked = situations.open_list(*cases)
    manager = situations.user("manager")
    with acting("manager"):
        seen = Prioriteitenlijst.objects.get().version
        operations.move_candidate(ranked, cases[2], to_place=2, by=manager)
        with pytest.raises(Refused) as refused:
            operations.adopt_list(ranked, by=manager, seen=seen)
        assert refused.value.codes == {"other_order"}
        assert Prioriteitenlijst.objects.get().status == ListStatus.CONCEPT
        assert not Case.objects.filter(status=CaseStatus.GEPRIORITEERD).exists()

        operations.adopt_list(ranked, by=manager, seen=seen + 1)
        assert Prioriteitenlijst.objects.get().status == ListStatus.VASTGESTELD


def test_of_two_moves_from_the_same_screen_one_is_kept_and_one_is_told(own_house):
    ranked, cases = a_list_of(4)
    police, ggd = situations.user("politie"), situations.user("ggd")
    with acting_as(police.pk):
        seen = Prioriteitenlijst.objects.get().version

    def move(case: Case, by: object) -> None:
        with acting_as(by.pk):
            operations.move_candidate(ranked, case, to_place=2, by=by, seen=seen)

    (failure,) = at_once(lambda: move(cases[0], police), lambda: move(cases[2], ggd))

    assert failure.codes == {"stale"}
    with acting_as(police.pk):
        assert Verplaatsing.objects.count() == 1


def test_of_two_adoptions_at_once_one_is_done_and_of_two_lists_one_stands(own_house):
    first, _ = adoptable_list_of(2)
    second, _ = adoptable_list_of(2)
    manager = situations.user("manager")

    def adopt(ranked: Prioriteitenlijst) -> None:
        with acting_as(manager.pk):
            operations.adopt_list(ranked, by=manager)

    failures = at_once(
        lambda: adopt(first), lambda: adopt(first), lambda: adopt(second), lambda: adopt(second)
    )

    assert [failure.codes for failure in failures] == [{"wrong_status"}, {"wrong_status"}]
    with acting_as(manager.pk):
        statuses = Prioriteitenlijst.objects.values_list("status", flat=True)
        assert sorted(statuses) == [ListStatus.VASTGESTELD, ListStatus.VERVANGEN]
        assert Case.objects.filter(priority__isnull=False).count() == 2
        assert Case.objects.filter(status=CaseStatus.GEPRIORITEERD).count() == 2
        assert Case.objects.filter(status=CaseStatus.AANGEMELD).count() == 2


@pytest.mark.django_db
def test_who_need_not_be_on_a_list_leaves_it_and_the_rest_closes_up(acting):
    """WGS 2.32 lid 4: at once, with all that the list said of him."""
    ranked, (first, second, third) = a_list_of(3)
    with acting("ggd"):
        operations.move_candidate(ranked, second, to_place=1, by=situations.user("ggd"))

    with acting("bureau"):
        operations.take_off_list(
            ranked, second, reason="Verhuisd naar Maastricht.", by=situations.user("bureau")
        )
        assert order(ranked) == [first.number, third.number]
        assert not Verplaatsing.objects.exists()

    with acting("ggd"):
        assert set(Case.objects.visible_to(situations.user("ggd"))) == {first, third}


@pytest.mark.django_db
def test_who_leaves_an_adopted_list_is_a_candidate_again_and_the_others_keep_their_numbers(acting):
    first, second = situations.listed_case(), situations.listed_case()
    ranked = Prioriteitenlijst.objects.filter(status=ListStatus.VASTGESTELD)
    office = situations.user("bureau")

    with acting("bureau"):
        operations.take_off_list(ranked.get(), first, reason="Hulp niet meer nodig.", by=office)
        left = {case.pk: (case.status, case.priority) for case in Case.objects.all()}

        assert ranks(ranked.get()) == [2]
    assert left[first.pk] == (CaseStatus.AANGEMELD, None)
    assert left[second.pk] == (CaseStatus.GEPRIORITEERD, 2)


@pytest.mark.django_db
def test_who_is_in_hand_keeps_his_interventiemanager_when_he_leaves_the_list(acting):
    case = situations.assigned_case()

    with acting("bureau"):
        ranked = Prioriteitenlijst.objects.get(status=ListStatus.VASTGESTELD)
        operations.take_off_list(
            ranked, case, reason="Alleen de plaats vervalt.", by=situations.user("bureau")
        )
        case.refresh_from_db()

    assert (case.status, case.priority) == (CaseStatus.TOEGEDEELD, None)
    assert case.manager == situations.user("samira")


@pytest.mark.django_db
def test_a_list_is_numbered_without_gaps_also_around_whom_the_manager_does_not_see(acting):
    ranked, (first, hidden, third) = adoptable_list_of(3)
    with acting("manager"):
        access.bar(hidden, situations.user("manager"), "zwager")
        operations.take_off_list(ranked, first, reason="Klaar.", by=situations.user("manager"))
        operations.adopt_list(ranked, by=situations.user("manager"))

    with acting("bureau"):
        assert order(ranked) == [hidden.number, third.number]
        assert ranks(ranked) == [1, 2]


@pytest.mark.django_db
def test_a_member_takes_nobody_off_and_who_is_off_leaves_once(acting):
    ranked, (first, _) = a_list_of(2)
    member, office = situations.user("ggd"), situations.user("bureau")

    with acting("ggd"), pytest.raises(PermissionDenied):
        operations.take_off_list(ranked, first, reason="Liever niet.", by=member)
    with acting("ggd"), pytest.raises(ProgrammingError), transaction.atomic():
        access.take_off_list(ranked, first)
    with acting("bureau"):
        operations.take_off_list(ranked, first, reason="Klaar.", by=office)
        with pytest.raises(Refused) as refused:
            operations.take_off_list(ranked, first, reason="Klaar.", by=office)
    assert refused.value.codes == {"not_listed"}


@pytest.mark.django_db
def test_who_is_not_on_the_new_list_reads_so_in_his_timeline_also_in_hand(acting):
    waiting, led = situations.listed_case(), situations.assigned_case()
    ranked = situations.open_list(situations.admitted_case())

    with acting("manager"):
        access.bar(waiting, situations.user("manager"), "nicht")
        operations.adopt_list(ranked, by=situations.user("manager"))

    with acting("samira"):
        assert led.timeline.filter(title="Niet meer op de prioriteitenlijst").exists()
    with acting("bureau"):
        waiting.refresh_from_db()
    assert (waiting.status, waiting.priority) == (CaseStatus.AANGEMELD, None)


@pytest.mark.django_db
def test_who_puts_candidates_on_his_own_list_gives_himself_nothing(acting):
    """The office may sit in the meeting: it knows the candidates by its function."""
    case, office = situations.put_forward_case(), situations.user("bureau")
    ranked = situations.open_list(case, members=("bureau", "ggd"))

    with acting("ggd"):
        assert case in Case.objects.visible_to(situations.user("ggd"))
    with acting("bureau"):
        assert not Participation.objects.filter(group=office.personal_group).exists()
        assert order(ranked) == [case.number]
