"""Who belongs to a doelgroep: meets, does not meet or unknown, and never more. PRI-01, PRI-02.

eisen.md 1.4: definitions differ by owner and over time, so that they are versions with inputs, a
window, a day of reference, a source and a validity; "compute meets / does not meet / unknown, let
humans decide".
"""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import operations
from cases.models import (
    DEFINITIONS,
    Case,
    Definition,
    Doelgroep,
    Judgement,
    Scope,
    definition_of,
    key_of,
)
from cases.models.definition import DefinitionKind
from cases.presenters.doelgroepen import day_of
from cases.rules import Answer, Count, Facts, judge
from cases.states import CaseStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.terms import months_from
from veiligheidshuis.werkafspraken import SUBJECTS, Unreadable, begun

JA, NEE, ONBEKEND = Answer.JA, Answer.NEE, Answer.ONBEKEND
TODAY = date(2026, 3, 1)
ADULT, CHILD = date(1990, 6, 15), date(2012, 6, 15)
read = DefinitionKind().read
UNDATED = "Politie telde er 12 en zei niet over welke jaren"


def counted(number: int, first: str, last: str, latest: str = "") -> Count:
    over = (date.fromisoformat(first), date.fromisoformat(last))
    return Count("Politie", number, over, date.fromisoformat(latest) if latest else None)


def answer(text: str, *counts: Count, born: date = ADULT, day: date = TODAY) -> Answer:
    return judge(read(text), Facts(born, day, counts)).answer


# --- age --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2008, 3, 2), NEE),  # tomorrow eighteen
        (date(2008, 3, 1), JA),  # today
        (date(2008, 2, 29), JA),  # eighteen on 1 March, as there is no 29 February this year
        (date(2008, 2, 28), JA),
    ],
)
def test_somebody_is_of_age_from_his_birthday_on(born, expected):
    assert answer("leeftijd: 18 of ouder", born=born) == expected


def test_who_was_born_on_29_february_is_not_of_age_on_the_28th():
    born, day = date(2008, 2, 29), date(2026, 2, 28)
    assert answer("leeftijd: 18 of ouder", born=born, day=day) == NEE


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2014, 3, 2), NEE),  # eleven
        (date(2014, 3, 1), JA),  # twelve today
        (date(2008, 3, 2), JA),  # seventeen, the last day of it
        (date(2008, 3, 1), NEE),  # eighteen today
    ],
)
def test_until_and_with_an_age_lasts_until_the_next_birthday(born, expected):
    assert answer("leeftijd: 12 tot en met 17", born=born) == expected


# --- how many offences, in which years --------------------------------------------------------

FIVE_YEARS = "feiten: meer dan 10 in 5 jaar"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (counted(11, "2021-03-02", "2026-03-01"), JA),  # exactly the five years
        (counted(10, "2021-03-02", "2026-03-01"), NEE),
        (counted(11, "2022-01-01", "2022-12-31"), JA),  # within them
        (counted(10, "2022-01-01", "2022-12-31"), ONBEKEND),  # and what of the other four?
        (counted(11, "2021-03-01", "2026-03-01"), ONBEKEND),  # one day before: that one may be it
        (counted(10, "2015-01-01", "2026-03-01"), NEE),  # in eleven years not more than ten
        (counted(0, "2015-01-01", "2026-03-01"), NEE),
        (counted(30, "2010-01-01", "2020-12-31"), ONBEKEND),  # all of it too long ago
        (counted(10, "2015-01-01", "2026-02-28"), ONBEKEND),  # not until today
        (Count("Politie", 28), ONBEKEND),  # over which years?
        (counted(11, "2022-01-01", "2026-06-01", "2026-03-01"), JA),  # the last one lies in it
        (counted(11, "2022-01-01", "2026-06-01", "2026-03-02"), ONBEKEND),
    ],
)
def test_a_count_proves_what_lies_in_the_window_and_no_more(count, expected):
    assert answer(FIVE_YEARS, count) == expected


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        (date(2025, 3, 2), JA),  # the first day of the twelve months
        (date(2025, 3, 1), ONBEKEND),  # the day before, of a count that says no more
        (date(2026, 3, 1), JA),
    ],
)
def test_the_day_of_the_last_offence_proves_that_there_was_one(latest, expected):
    count = Count("Politie", 3, None, latest)
    assert answer("feiten: minstens 1 in 12 maanden", count) == expected


def test_who_counted_until_today_and_saw_the_last_long_ago_proves_that_there_was_none():
    count = counted(12, "2015-01-01", "2026-03-01", "2025-03-01")
    assert answer("feiten: minstens 1 in 12 maanden", count) == NEE


@pytest.mark.parametrize(
    ("day", "first_that_counts"),
    [
        (date(2024, 2, 29), date(2023, 3, 1)),  # a year back there is no 29th
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2025, 3, 1), date(2024, 3, 2)),
        (date(2026, 1, 1), date(2025, 1, 2)),
    ],
)
def test_a_year_back_from_the_end_of_february(day, first_that_counts):
    text = "feiten: minstens 1 in 1 jaar"
    for latest, expected in (
        (first_that_counts, JA),
        (first_that_counts - timedelta(days=1), ONBEKEND),
    ):
        assert answer(text, Count("Politie", 1, None, latest), day=day) == expected


def test_without_a_window_everything_since_twelve_counts():
    born = date(2012, 2, 29)
    assert answer("feiten: meer dan 5", counted(6, "2024-02-29", "2026-03-01"), born=born) == JA
    assert answer("feiten: meer dan 5", counted(5, "2024-02-29", "2026-03-01"), born=born) == NEE
    assert answer("feiten: meer dan 5", counted(5, "2024-03-01", "2026-03-01"), born=born) == (
        ONBEKEND
    )


def test_two_suppliers_are_not_added_up_for_they_may_count_the_same():
    police, om = counted(6, "2022-01-01", "2026-01-01"), counted(6, "2022-01-01", "2026-01-01")
    assert answer(FIVE_YEARS, police, om) == ONBEKEND
    assert answer(FIVE_YEARS, police, counted(11, "2023-01-01", "2023-12-31")) == JA


def test_a_definition_may_look_back_from_the_last_offence():
    text = f"peildatum: laatste feit\nleeftijd: 18 of ouder\n{FIVE_YEARS}"
    long_ago = counted(11, "2010-01-01", "2014-06-01", "2014-06-01")

    assert answer(text, long_ago) == JA
    assert answer(FIVE_YEARS, long_ago) == ONBEKEND
    assert answer(text, Count("Politie", 20)) == ONBEKEND  # nobody said when the last one was
    assert answer(text, long_ago, born=date(1996, 6, 2)) == NEE  # seventeen on that day
    assert answer(text, Count("Politie", 20), born=CHILD) == NEE  # not of age even today


# --- parts and words --------------------------------------------------------------------------


def test_all_lines_of_one_part_must_hold_and_one_part_is_enough():
    both = "leeftijd: 18 of ouder\noordeel: veel overlast"
    assert answer(both) == ONBEKEND
    assert answer(both, born=CHILD) == NEE
    assert answer(f"{both}\nof\nleeftijd: 12 tot en met 17", born=CHILD) == JA
    assert answer("leeftijd: 12 tot en met 17\nof\noordeel: veel overlast") == ONBEKEND


def test_it_says_by_which_fact_and_what_is_missing():
    verdict = judge(
        read(f"leeftijd: 18 of ouder\n{FIVE_YEARS}\noordeel: veel overlast"),
        Facts(ADULT, TODAY, [Count("Politie", 12)]),
    )

    assert [finding.because for finding in verdict.findings] == [
        "35 jaar op 1 maart 2026",
        f"{UNDATED}; nodig is een telling van 2 maart 2021 tot en met 1 maart 2026",
        "hierover oordelen mensen",
    ]
    nobody = judge(read(FIVE_YEARS), Facts(ADULT, TODAY))
    assert nobody.findings[0].because == "niemand leverde een aantal"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "of",
        "leeftijd: oud",
        "leeftijd: 17 tot en met 12",
        "leeftijd: ١٨ of ouder",
        "feiten: minstens 0",
        "feiten: meer dan 10 in 0 jaar",
        "feiten: veel",
        "feiten: meer dan 10 in 5 dagen",
        "oordeel:",
        "etniciteit: welke ook",
        "score: 7",
        "nationaliteit: een",
        "peildatum: gisteren\nleeftijd: 18 of ouder",
        "leeftijd: 18 of ouder\nof",
        "leeftijd: 18 of ouder\npeildatum: vandaag",
    ],
)
def test_what_is_no_condition_that_the_house_knows_is_not_read(text):
    """X, PRI-08: ethnicity, nationality and scores have no place in a definition."""
    with pytest.raises(Unreadable):
        read(text)


def test_every_line_that_cannot_be_read_is_named():
    with pytest.raises(Unreadable) as unreadable:
        read("leeftijd: oud\nfeiten: minstens 2\nscore: 7")

    assert len(unreadable.value.sentences) == 2
    assert "score: 7" in unreadable.value.sentences[1]


days = st.dates(date(2010, 1, 1), TODAY)


@given(
    st.lists(st.tuples(days, days, st.integers(0, 40)), max_size=3),
    st.integers(1, 15),
    st.integers(1, 120),
)
def test_no_set_of_offences_that_fits_the_counts_contradicts_the_answer(made, least, months):
    """Whatever really happened: a count of it never gives a yes or a no that is not so."""
    offences = [min(a, b) + timedelta(days=n % 7) for a, b, n in made for _ in range(n)]
    start = months_from(TODAY, -months) + timedelta(days=1)
    truly = sum(start <= day <= TODAY for day in offences)
    counts = [
        Count(
            "Politie",
            sum(min(a, b) <= day <= max(a, b) for day in offences),
            (min(a, b), max(a, b)),
            max((day for day in offences if min(a, b) <= day <= max(a, b)), default=None),
        )
        for a, b, _ in made
    ]
    said = answer(f"feiten: minstens {least} in {months} maanden", *counts)

    assert said in (ONBEKEND, JA if truly >= least else NEE)


# --- the definitions of the house -------------------------------------------------------------


@pytest.mark.django_db
def test_every_doelgroep_has_a_definition_that_can_be_read_of_every_day_with_its_source():
    for subject in DEFINITIONS:
        for version in begun(subject.key):
            assert isinstance(subject.kind.read(version.content), Definition)
            assert version.source
    assert {key_of(each) for each in Doelgroep} <= SUBJECTS.keys()


@pytest.mark.django_db
def test_the_veelpleger_is_counted_from_his_last_offence_since_the_om_does_so():
    """OM, Richtlijn ISD 2024R002: "terug te rekenen vanaf de pleegdatum"."""
    facts = Facts(ADULT, TODAY, [counted(11, "2010-01-01", "2026-03-01", "2014-06-01")])

    def of(day: date) -> Answer:
        return judge(definition_of(Doelgroep.VEELPLEGER, day), facts).answer

    assert of(date(2024, 4, 30)) == NEE  # none in the last year
    assert of(date(2024, 5, 1)) == JA  # eleven in the five years before his last one


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("doelgroep", "born", "counts", "expected"),
    [
        ("veelpleger", ADULT, [counted(11, "2021-06-01", "2026-02-01", "2026-02-01")], JA),
        ("veelpleger", ADULT, [counted(10, "2021-02-02", "2026-02-01", "2026-02-01")], NEE),
        ("veelpleger", CHILD, [counted(11, "2024-06-15", "2026-02-01", "2026-02-01")], NEE),
        ("veelpleger", ADULT, [], ONBEKEND),
        ("jeugdige_veelpleger", CHILD, [counted(6, "2024-06-15", "2026-03-01", "2026-02-01")], JA),
        ("jeugdige_veelpleger", CHILD, [counted(5, "2024-06-15", "2026-03-01", "2026-02-01")], NEE),
        ("jeugdige_veelpleger", ADULT, [counted(9, "2024-06-15", "2026-03-01", "2026-02-01")], NEE),
        ("harde_kern", CHILD, [], ONBEKEND),
        ("harde_kern", ADULT, [], NEE),
        ("overlastgever", ADULT, [], ONBEKEND),
        ("probleemjongere", CHILD, [counted(2, "2024-06-15", "2026-03-01", "2026-02-01")], JA),
        ("probleemjongere", CHILD, [], ONBEKEND),
        ("probleemjongere", ADULT, [], NEE),
        ("huiselijk_geweld", ADULT, [], ONBEKEND),
    ],
)
def test_who_meets_a_definition_of_today(doelgroep, born, counts, expected):
    assert judge(definition_of(doelgroep, TODAY), Facts(born, TODAY, counts)).answer == expected


@pytest.mark.django_db
def test_no_definition_asks_what_may_never_count():
    """X, PRI-08; WGS 1.9, 2.29: no ethnicity, nationality, religion or siblings, and no score."""
    words = " ".join(v.content for subject in DEFINITIONS for v in begun(subject.key)).casefold()
    for forbidden in ("etni", "national", "afkomst", "geloof", "religi", "broer", "zus", "score"):
        assert forbidden not in words


# --- on the dossier ---------------------------------------------------------------------------


def panel(browser, case: Case) -> dict[str, str]:
    """Every doelgroep that stands on the dossier, with all that is said of it."""
    page = BeautifulSoup(
        browser.get(reverse("cases:detail", args=[case.number])).content, "html.parser"
    )
    card = page.find(attrs={"aria-labelledby": "doelgroepen"})
    if card is None:
        return {}
    return {
        next(each.summary.strings).strip(): each.get_text(" ", strip=True)
        for each in card.find_all("details")
    }


@pytest.mark.django_db
def test_who_sees_judicial_data_reads_every_doelgroep_with_what_is_missing(browse):
    case = situations.assigned_case(to="samira")

    shown = panel(browse("samira"), case)
    assert len(shown) == len(Doelgroep)
    assert "Onbekend" in shown["Meerderjarige veelpleger"]
    assert "telde er 12 en zei niet over welke jaren" in shown["Meerderjarige veelpleger"]
    assert "Voldoet niet" in shown["Jeugdige veelpleger"]


@pytest.mark.django_db
def test_without_that_scope_a_definition_that_asks_judicial_data_is_not_there(browse):
    case = situations.assigned_case(to="samira")

    shown = panel(browse("bureau"), case)
    assert shown.keys() == {
        "Harde kern jeugd",
        "Notoire overlastgever",
        "Pleger huiselijk geweld",
    }
    for outcome in shown.values():
        assert "telde" not in outcome


@pytest.mark.django_db
def test_a_partner_who_only_knows_the_dossier_reads_nothing_of_it(browse):
    case, leader = situations.assigned_case(to="samira"), user("samira")
    with acting_as(leader.pk):
        operations.grant_by_hand(
            case,
            user("ggd"),
            scopes=[Scope.VIEW_GEZONDHEID],
            end_date=timezone.localdate() + timedelta(days=30),
            reason="advies",
            by=leader,
        )

    assert panel(browse("ggd"), case) == {}


@pytest.mark.django_db
def test_a_case_keeps_the_werkwijze_of_the_day_on_which_it_was_chosen(browse, agreed):
    case = situations.assigned_case(to="samira")
    agreed(key_of(Doelgroep.OVERLASTGEVER), "oordeel: nieuwe woorden")
    assert "nieuwe woorden" in panel(browse("samira"), case)["Notoire overlastgever"]

    earlier = "UPDATE cases_case SET werkwijze_on = werkwijze_on - 9 WHERE id = %s"
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(earlier, [case.pk])


def test_until_somebody_is_chosen_the_definitions_of_today_count_and_then_those_of_that_day():
    chosen = date(2023, 5, 1)
    asked = {status: day_of(Case(status=status, werkwijze_on=chosen)) for status in CaseStatus}

    today = {status for status, day in asked.items() if day == timezone.localdate()}
    assert today == {CaseStatus.AANGEMELD}
    assert {asked[status] for status in CaseStatus if status not in today} == {chosen}


def test_a_judgement_of_people_is_never_answered_by_the_house():
    text = "oordeel: veel overlast"
    assert isinstance(read(text).parts[0][0], Judgement)
    assert answer(text, counted(40, "2020-01-01", "2026-03-01")) == ONBEKEND
