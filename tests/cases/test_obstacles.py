"""What stands in the way in a case, and when it does not: the obstacles that no story comes across.

That every obstacle of the house is tried somewhere, tests/house/test_obstacles.py asks.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cases import operations, rules
from cases.models import (
    Aanmelding,
    Case,
    Doelgroep,
    ImportBatch,
    ImportRow,
    Prioriteitenlijst,
    Regime,
    RowDecision,
    Scope,
)
from cases.states import ListStatus
from partners.models import Organisation
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Obstacle

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
LONG_AGO = timezone.now() - timedelta(hours=1)
Asked = Callable[[], list[Obstacle]]


def codes(obstacles: list[Obstacle]) -> set[str]:
    return {each.code for each in obstacles}


def born(years: int) -> date:
    return TODAY - timedelta(days=365 * years + 200)


def batch(**about: object) -> ImportBatch:
    return ImportBatch(**({"layout": {"achternaam": 0}} | about))


def known_row(case: Case | None) -> ImportRow:
    return ImportRow(batch=batch(confirmed_at=LONG_AGO), sealed_data="x", case=case)


def judged(deficit: int | None, *words: str, drives: bool | None = True) -> list[Obstacle]:
    return rules.obstacles_to_judgement(deficit, words[0], drives, *words[1:])


# What stands in the way; when it does; when it does not.
ON_ITS_FACE: list[tuple[str, Asked, Asked]] = [
    (
        "other_age",
        lambda: rules.obstacles_to_doelgroep(Doelgroep.HARDE_KERN, born(45)),
        lambda: rules.obstacles_to_doelgroep(Doelgroep.HARDE_KERN, born(17)),
    ),
    (
        "explanation_missing",
        lambda: judged(3, " "),
        lambda: judged(3, "Slaapt buiten."),
    ),
    (
        "criminogenic_missing",
        lambda: judged(3, "Slaapt buiten.", drives=None),
        lambda: judged(0, "", drives=None),
    ),
    (
        "find_out_missing",
        lambda: judged(None, "Niet gesproken.", ""),
        lambda: judged(None, "Niet gesproken.", "Bellen met de opvang."),
    ),
    (
        "weighed_already",
        lambda: rules.obstacles_to_weighing(batch(sealed_file=b"")),
        lambda: rules.obstacles_to_weighing(batch(sealed_file=b"x")),
    ),
    (
        "busy",
        lambda: rules.obstacles_to_asking_worker(batch(asked_at=timezone.now())),
        lambda: rules.obstacles_to_asking_worker(batch(asked_at=LONG_AGO)),
    ),
    (
        "nobody_alike",
        lambda: rules.obstacles_to_deciding_row(known_row(None), RowDecision.ZELFDE),
        lambda: rules.obstacles_to_deciding_row(known_row(Case()), RowDecision.ZELFDE),
    ),
    (
        "called_already",
        lambda: rules.obstacles_to_noting_contact(Aanmelding(contacted_on=TODAY)),
        lambda: rules.obstacles_to_noting_contact(Aanmelding()),
    ),
    (
        "not_adopted",
        lambda: rules.obstacles_to_taking_along(Prioriteitenlijst(status=ListStatus.CONCEPT)),
        lambda: rules.obstacles_to_taking_along(Prioriteitenlijst(status=ListStatus.VASTGESTELD)),
    ),
]


def test_who_may_see_something_is_asked_of_today_or_a_day_that_was():
    today = timezone.localdate()

    found = rules.obstacles_to_explaining(today + timedelta(days=1))

    assert codes(found) == {"day_to_come"}
    assert rules.obstacles_to_explaining(today) == []


@pytest.mark.parametrize(
    ("code", "stands", "gone"), ON_ITS_FACE, ids=[line[0] for line in ON_ITS_FACE]
)
def test_it_stands_in_the_way_and_it_does_not(code, stands, gone):
    assert code in codes(stands())
    assert code not in codes(gone())


@pytest.mark.django_db
class TestOfWhatIsThere:
    """The same, of what only the house knows."""

    def test_a_list_is_read_in_once_its_columns_are_known_and_its_rows_looked_at(self):
        office = user("bureau")

        def said(**about: object) -> set[str]:
            return codes(rules.obstacles_to_reading_in(batch(**about), office))

        assert said(sealed_file=b"x", layout={}) == {"no_columns"}
        assert said(sealed_file=b"x") == {"not_looked_at"}
        assert said(sealed_file=b"") == set()

    def test_only_what_was_established_is_judged_again(self):
        for arrange, expected in (
            (situations.diagnosis_case, {"not_established"}),
            (situations.planned_case, set()),
        ):
            case = arrange()
            with acting_as(user("samira").pk):
                assert codes(rules.obstacles_to_judging_again(case)) == expected

    def test_a_candidate_stands_once_on_a_list_at_a_place_that_is_there(self):
        listed, other = situations.admitted_case(), situations.admitted_case()
        ranked = situations.open_list(listed)

        with acting_as(user("bureau").pk):
            assert codes(rules.obstacles_to_listing(ranked, [listed])) == {"listed_already"}
            assert rules.obstacles_to_listing(ranked, [other]) == []
            assert codes(rules.obstacles_to_moving(ranked, 1, 2, 1, "")) == {"no_such_place"}
            assert rules.obstacles_to_moving(ranked, 1, 1, 1, "") == []

    def test_who_is_not_admitted_and_hidden_from_the_manager_is_counted(self):
        hidden, office, manager = situations.put_forward_case(), user("bureau"), user("manager")
        ranked = situations.open_list(situations.admitted_case(), hidden)
        with acting_as(office.pk):
            operations.bar(hidden, manager, reason="Buurman.", by=office)

        with acting_as(manager.pk):
            assert "others_not_admitted" in codes(rules.obstacles_to_adopt_list(ranked))
        situations.admit(hidden)
        with acting_as(manager.pk):
            assert rules.obstacles_to_adopt_list(ranked) == []

    def test_somebody_is_asked_to_weigh(self):
        case = situations.put_forward_case()

        with acting_as(user("bureau").pk):
            assert codes(rules.obstacles_to_ask_weighing(case, [])) == {"nobody_chosen"}
            assert rules.obstacles_to_ask_weighing(case, [user("politie")]) == []

    def test_access_by_hand_is_to_something_and_nobody_gets_a_client_from_himself(self):
        case, ggd, samira = situations.diagnosis_case(), user("ggd"), user("samira")

        with acting_as(samira.pk):
            for scopes, expected in (([], {"nothing_chosen"}), ([Scope.VIEW_EDUCATIE], set())):
                asked = rules.obstacles_to_grant_by_hand(case, ggd, scopes, TOMORROW)
                assert codes(asked) == expected
        assert codes(rules.obstacles_to_own_case(samira, samira)) == {"own_case"}
        assert rules.obstacles_to_own_case(samira, user("manager")) == []

    def test_a_dossier_is_broken_open_for_a_few_hours(self):
        case, office = situations.diagnosis_case(), user("bureau")

        with acting_as(office.pk):
            assert codes(rules.obstacles_to_break_glass(case, 99, office)) == {"too_long"}
            assert rules.obstacles_to_break_glass(case, 2, office) == []

    def test_who_decided_sits_at_the_table_and_did_so_before(self):
        police, stranger = situations.organisation("politie"), Organisation(short_name="Elders")

        assert "not_yet" in codes(rules.obstacles_to_closing_decision(police, TOMORROW))
        assert rules.obstacles_to_closing_decision(police, TODAY) == []
        later = rules.obstacles_to_regime_decision(Regime.WGS, police, TOMORROW)
        assert "not_yet" in codes(later)
        elsewhere = rules.obstacles_to_regime_decision(Regime.LOKALE_PGA, stranger, TODAY)
        assert "not_seated" in codes(elsewhere)
        assert rules.obstacles_to_regime_decision(Regime.WGS, police, TODAY) == []

    def test_without_a_covenant_there_is_no_local_approach(self):
        case = situations.assigned_case()

        with acting_as(user("manager").pk):
            assert "no_covenant" not in codes(rules.obstacles_to_lokale_aanpak(case))
            with time_machine.travel("1999-01-01 12:00+01:00"):
                assert "no_covenant" in codes(rules.obstacles_to_lokale_aanpak(case))
