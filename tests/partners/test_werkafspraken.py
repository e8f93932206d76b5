"""How the house works is agreed from a day on, and what has held stays. S2, convenant; GOV-11.

S2, convenant: "De daarin geschetste werkwijze betreft slechts een model aan de hand waarvan gewerkt
zal worden. Op basis van praktijkervaring zal dit model - samen met de convenantpartners - verder
ontwikkeld en bijgesteld worden."
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from partners import operations, presenters
from tests.situations import user
from veiligheidshuis import werkafspraken
from veiligheidshuis.models import Werkafspraak
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import SUBJECTS, Unreadable, number, version

pytestmark = pytest.mark.django_db

NORM = "caseload_norm"
TYPED = {
    "content": "12",
    "valid_from": "1-1-2027",
    "source": "Keuze van het huis",
    "changes": "Twaalf cliënten is wat iemand aankan.",
    "decided_on": "2-11-2026",
    "decision": "Besluit 7: akkoord",
}


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


@pytest.fixture
def office():
    person = user("bureau")
    with acting_as(person.pk):
        yield person


def agree(office, **named) -> Werkafspraak:
    about = {
        "content": "12",
        "valid_from": days(10),
        "source": "Keuze van het huis",
        "changes": "Twaalf cliënten is wat iemand aankan.",
        "decided_on": days(-5),
        "decision": "Besluit 7: akkoord",
    }
    return operations.agree(NORM, **(about | named), by=office)


def refused(office, **named) -> set[str]:
    with pytest.raises(Refused) as refusal:
        agree(office, **named)
    return refusal.value.codes


def test_a_version_holds_until_the_day_before_the_next(office):
    agree(office, valid_from=days(10))
    later = agree(office, content="9", valid_from=days(20))

    versions = presenters.versions_of(SUBJECTS[NORM])
    assert [(each.row.content, each.until) for each in versions] == [
        ("9", None),
        ("12", days(19)),
        ("15", days(9)),
    ]
    assert versions[0].row == later


def test_the_page_of_a_day_says_what_holds_then_and_that_another_version_follows(office):
    agree(office)

    def norm_on(day: date) -> tuple[list[str], bool]:
        lines = [line for chapter in presenters.werkafspraken(day) for line in chapter.lines]
        (line,) = [line for line in lines if line.subject.key == NORM]
        return list(line.version.words), line.following is not None

    assert norm_on(days(9)) == (["15"], True)
    assert norm_on(days(10)) == (["twaalf"], False)


def test_every_subject_has_a_version_for_every_day_since_the_covenant(office):
    assert {version(key, date(2006, 9, 7)).subject for key in SUBJECTS} == SUBJECTS.keys()
    assert {version(key, date(1990, 1, 1)).subject for key in SUBJECTS} == SUBJECTS.keys()
    assert [SUBJECTS[key].kind.words(version(key).content) for key in SUBJECTS].count([]) == 0


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({"valid_from": timezone.localdate()}, "begins_already"),
        ({"valid_from": days(-1)}, "begins_already"),
        ({"valid_from": days(1099)}, "too_far_ahead"),
        ({"decided_on": days(1)}, "decided_later"),
        ({"content": "15"}, "nothing_changes"),
        ({"content": "0"}, "unreadable"),
        ({"content": "201"}, "unreadable"),
        ({"content": "²"}, "unreadable"),
        ({"content": "twaalf"}, "unreadable"),
    ],
)
def test_a_version_that_cannot_be_kept_to_is_refused(office, named, code):
    assert refused(office, **named) == {code}


def test_everything_that_is_wrong_is_said_at_once_and_one_day_has_one_version(office):
    wrong = {"content": "veel", "valid_from": days(0), "decided_on": days(1)}
    assert refused(office, **wrong) == {"unreadable", "begins_already", "decided_later"}

    agree(office)
    assert refused(office, content="9") == {"day_taken"}


def test_a_version_is_taken_back_before_its_day_and_never_after(office):
    coming = agree(office)
    operations.withdraw_agreement(coming, by=office)

    assert [each.state[1] for each in presenters.versions_of(SUBJECTS[NORM])] == [
        "Ingetrokken",
        "Geldt nu",
    ]
    for held, code in ((coming, "withdrawn"), (version(NORM), "begun")):
        with pytest.raises(Refused) as refusal:
            operations.withdraw_agreement(held, by=office)
        assert refusal.value.codes == {code}
    assert agree(office, content="9").content == "9"  # its day is free again


@pytest.mark.parametrize("somebody", ["manager", "samira", "stuurgroep"])
def test_only_the_office_writes_versions_down(office, somebody):
    coming, person = agree(office), user(somebody)

    with acting_as(person.pk):
        with pytest.raises(PermissionDenied):
            agree(person)
        with pytest.raises(PermissionDenied):
            operations.withdraw_agreement(coming, by=person)


# --- the database -----------------------------------------------------------------------------


CHANGE = "UPDATE veiligheidshuis_werkafspraak SET"


def try_sql(statement: str, *values: object) -> int:
    """How many rows it touched. Raises what the wall says."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.mark.parametrize(
    "change",
    [
        "content = '99'",
        "valid_from = valid_from + 9000",
        "withdrawn_at = now(), withdrawn_by_id = 1",
    ],
)
def test_what_has_held_cannot_be_changed_by_anybody_who_speaks_to_the_database(office, change):
    statement = f"{CHANGE} {change} WHERE subject = %s"

    with pytest.raises(ProgrammingError):
        try_sql(statement, NORM)
    with pytest.raises(ProgrammingError):
        try_sql("DELETE FROM veiligheidshuis_werkafspraak WHERE subject = %s", NORM)


def test_a_version_that_is_to_come_can_only_be_taken_back_in_ones_own_name(office):
    coming = agree(office)

    for change in (
        "content = '99'",
        "valid_from = vh.today()",
        "withdrawn_at = now(), withdrawn_by_id = vh.uid() + 1",
    ):
        with pytest.raises(ProgrammingError):
            try_sql(f"{CHANGE} {change} WHERE id = %s", coming.pk)
    mine = f"{CHANGE} withdrawn_at = now(), withdrawn_by_id = vh.uid() WHERE id = %s"
    with acting_as(user("manager").pk):
        assert try_sql(mine, coming.pk) == 0
    assert try_sql(mine, coming.pk) == 1


@pytest.mark.parametrize(("starts", "author"), [(0, None), (5, "manager")])
def test_nobody_writes_into_the_past_or_in_anothers_name(office, starts, author):
    by = user(author).pk if author else office.pk
    with pytest.raises(ProgrammingError):
        try_sql(
            "INSERT INTO veiligheidshuis_werkafspraak (id, subject, valid_from, content, source,"
            " changes, decision, recorded_at, recorded_by_id)"
            " VALUES (gen_random_uuid(), %s, %s, '3', 'x', 'x', '', now(), %s)",
            NORM,
            days(starts),
            by,
        )


# --- what the code reads ----------------------------------------------------------------------


def test_a_question_about_a_day_gets_what_held_that_day(agreed):
    agreed("start_within_days", 10)

    assert number("start_within_days") == number("start_within_days", days(-1)) == 10
    assert number("start_within_days", days(-2)) == 7


def test_the_database_counts_with_what_held_that_day_as_well(agreed, owner):
    agreed("start_within_days", 10)

    for day in (days(0), days(-1), days(-2), date(2006, 9, 7), date(1990, 1, 1)):
        asked = "SELECT vh.agreed_number('start_within_days', %s)"
        assert owner.execute(asked, [day]).fetchone() == (number("start_within_days", day),)


def test_what_was_taken_back_never_held(office, owner):
    operations.withdraw_agreement(agree(office), by=office)

    werkafspraken.forget()
    assert not Werkafspraak.objects.begun(days(10)).filter(content="12").exists()


def test_the_versions_are_read_once_a_day(agreed, django_assert_num_queries):
    agreed(NORM, 3)

    with django_assert_num_queries(1):
        assert [number(NORM) for _ in range(5)] == [3] * 5


@pytest.mark.parametrize("content", ["", " 7", "7.0", "-1", "1e3", "٧", "99999999999"])
def test_what_is_no_whole_number_in_plain_digits_is_not_read(content):
    with pytest.raises(Unreadable):
        SUBJECTS[NORM].kind.read(content)


# --- the pages --------------------------------------------------------------------------------


def address(name: str, *arguments: object) -> str:
    return reverse(f"partners:{name}", args=arguments)


def test_the_office_writes_a_version_down_and_takes_it_back(browse):
    office, url = browse("bureau"), address("werkafspraak_new", NORM)

    assert office.post(url, TYPED | {"valid_from": f"{days(9):%d-%m-%Y}"}).status_code == 302
    page = office.get(address("werkafspraak", NORM))
    assert "Gaat nog in" in page.text
    coming = page.context["versions"][0].row
    withdraw = address("werkafspraak_withdraw", NORM, coming.pk)
    assert office.post(withdraw).status_code == 302
    assert office.post(withdraw).status_code == 409
    assert "Ingetrokken" in office.get(address("werkafspraak", NORM)).text


def test_what_cannot_be_comes_back_with_everything_that_was_typed(browse):
    office, url = browse("bureau"), address("werkafspraak_new", NORM)

    empty = office.post(url, TYPED | {"source": ""})
    assert (empty.status_code, "Besluit 7: akkoord" in empty.text) == (422, True)
    typed = TYPED | {"content": "999", "valid_from": f"{days(9):%d-%m-%Y}"}
    refused_page = office.post(url, typed)
    assert refused_page.status_code == 409
    assert "Kies een getal van 1 tot en met 200." in refused_page.text
    assert 'value="999"' in refused_page.text


def test_everybody_at_the_table_reads_how_the_house_works_and_only_the_office_is_offered_more(
    browse,
):
    for name in ("samira", "politie", "stuurgroep", "fg", "manager"):
        page = browse(name).get(address("werkafspraak", NORM))
        assert (page.status_code, "Nieuwe versie" in page.text) == (200, False)
        assert browse(name).get(address("werkafspraak_new", NORM)).status_code == 404


def test_a_day_that_nobody_can_read_is_said_and_today_is_shown(browse):
    page = browse("manager").get(address("werkafspraken"), {"dag": "31-2-2026"})

    assert "bestaat niet" in page.text
    assert page.context["day"] == timezone.localdate()
