"""The page that shows who is away and who stands in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners import operations, rules
from partners.models import Absence
from tests.situations import user
from veiligheidshuis import once
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role

pytestmark = pytest.mark.django_db
PAGE = "/beheer/afwezig/"
DAY = timedelta(days=1)


def today(plus=0):
    return timezone.localdate() + plus * DAY


def typed(day):
    return f"{day.day}-{day.month}-{day.year}"


def away(**more):
    return {
        "user": user("samira").pk,
        "start_date": typed(today(1)),
        "end_date": typed(today(5)),
        "stand_in": user("tom").pk,
    } | more


@pytest.mark.parametrize(
    ("name", "status"),
    [("bureau", 200), ("manager", 404), ("samira", 404), ("stuurgroep", 404), ("bewoner", 404)],
)
def test_it_is_there_for_the_office_only(browse, name, status):
    assert browse(name).get(PAGE).status_code == status
    if status == 404:
        assert browse(name).post(PAGE, away()).status_code == 404


def test_a_visitor_is_asked_to_log_in(browse):
    assert browse().get(PAGE).url.startswith("/inloggen/")


def test_absence_is_noted_once_and_stands_in_the_list(browse, django_assert_max_num_queries):
    office, key = browse("bureau"), {once.FIELD: once.new_key()}
    assert "Iedereen is er" in office.get(PAGE).content.decode()

    for _ in range(2):
        assert office.post(PAGE, away(**key)).status_code == 302
    again = office.post(PAGE, away(**{once.FIELD: once.new_key()}))
    with django_assert_max_num_queries(14):
        shown = office.get(PAGE).content.decode()

    with acting_as(user("bureau").pk):
        assert Absence.objects.get().stand_in == user("tom")
    assert "Later" in shown
    assert again.status_code == 409
    assert "al als afwezig genoteerd" in again.content.decode()


def test_what_is_over_leaves_the_list(browse):
    office = user("bureau")
    with acting_as(office.pk):
        operations.record_absence(
            user("samira"), by=office, start_date=today(-9), end_date=today(-1)
        )

    assert "Iedereen is er" in browse("bureau").get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"user": ""}, "Kies iemand uit de lijst"),
        ({"user": "a\x00b"}, "niet goed ingevuld"),
        ({"stand_in": "9" * 10_000}, "Kies iemand uit de lijst"),
        ({"start_date": "gisteren"}, "dag-maand-jaar"),
        ({"end_date": "31-11-2026"}, "bestaat niet"),
    ],
)
def test_absence_filled_in_wrongly_is_shown_again(browse, wrong, sentence):
    answer = browse("bureau").post(PAGE, away(**wrong))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_who_stands_in_is_there_himself():
    office, tom, samira = user("bureau"), user("tom"), user("samira")

    def codes(start, stand_in):
        found = rules.obstacles_to_absence(samira, start, today(5), stand_in)
        return {obstacle.code for obstacle in found}

    with acting_as(office.pk):
        operations.record_absence(tom, by=office, start_date=today(), end_date=today(1))
        assert codes(today(1), tom) == {"stand_in_away"}
        assert codes(today(2), tom) == set()
        assert codes(today(1), samira) == {"stands_in_for_himself"}


def test_the_database_shows_it_to_the_office_and_to_who_is_away(acting):
    office = user("bureau")
    with acting("bureau"):
        operations.record_absence(user("samira"), by=office, start_date=today(), end_date=today())

    seen = {}
    for name in ("bureau", "manager", "samira", "tom", "stuurgroep"):
        with acting(name):
            seen[name] = Absence.objects.count()
    assert seen == {"bureau": 1, "manager": 1, "samira": 1, "tom": 0, "stuurgroep": 0}


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("bureau", PAGE),
        ("bureau", "/beheer/gebruikers/{pk}/afwezig/"),
        ("samira", "/account/afwezigheid/"),
    ],
)
def test_whoever_notes_an_absence_and_wherever_it_is_a_line_in_the_log(browse, owner, who, where):
    """A stand-in leads the clients meanwhile, so access changes with it."""

    def lines() -> list[str]:
        found = owner.execute(
            "SELECT outcome FROM veiligheidshuis_accesslogentry WHERE username = %s"
            " AND action = 'wijzigen' AND 'account samira' = ANY(subjects) ORDER BY id",
            [who],
        )
        return [outcome for (outcome,) in found]

    visitor, before = browse(who), len(lines())
    address = where.format(pk=user("samira").pk)
    for status in (302, 409):
        assert visitor.post(address, away(**{once.FIELD: once.new_key()})).status_code == status

    assert lines()[before:] == ["gedaan", "geweigerd"]


@pytest.mark.parametrize(("stand_in", "heard"), [("tom", ["tom"]), (None, []), ("bureau", [])])
def test_who_stands_in_hears_it_unless_he_noted_it_himself(stand_in, heard):
    office, days = user("bureau"), {"start_date": today(1), "end_date": today(5)}
    who = user("manager" if stand_in == "bureau" else "samira")
    with acting_as(office.pk):
        other = stand_in and user(stand_in)
        operations.record_absence(who, by=office, stand_in=other, **days)

    with acting_in_role("post"):
        told = OutboxMail.objects.filter(kind="waarneming")
        found = sorted(mail.recipient_id for mail in told)
    assert found == [user(name).pk for name in heard]
