"""A line of the timeline is written when it happens, by who does such things; also in SQL."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from cases.models import Case, TimelineItem
from cases.models import TimelineKind as Kind
from cases.operations import record
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db
# What somebody does in a case who only knows it: a partner who was asked.
OF_A_PARTNER = {Kind.AANMELDING, Kind.LIJST, Kind.LEVERING, Kind.UITVOERING, Kind.OVERLEG}
OF_WHO_LEADS = set(Kind) - {Kind.TOEWIJZING}


def written(case: Case, by: str, kind: str = Kind.LEVERING, **said: object) -> TimelineItem:
    """Past every operation: a line straight into the table."""
    author = user(by)
    with acting_as(author.pk), transaction.atomic():
        line = TimelineItem(case=case, kind=kind, title="Proef", author=author, **said)
        line.save(force_insert=True)
        return TimelineItem.objects.get(pk=line.pk)


@pytest.fixture
def case() -> Case:
    """A client with a plan in which the GGD was asked; Samira leads."""
    return situations.asked_plan(("schuldsanering", "Budget", "ggd-zuid-limburg")).case


def test_nobody_writes_a_line_on_another_day(case):
    long_ago, later = timezone.now() - timedelta(days=400), timezone.now() + timedelta(days=2)

    for moment in (long_ago, later):
        line = written(case, "samira", at=moment, first_processed_on=moment.date())

        assert abs(line.at - timezone.now()) < timedelta(minutes=5)
        assert line.first_processed_on == timezone.localdate()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("ggd", OF_A_PARTNER),
        ("bureau", set(Kind) - {Kind.TOEWIJZING, Kind.SLACHTOFFER}),
        ("manager", set(Kind) - {Kind.SLACHTOFFER}),
        ("samira", OF_WHO_LEADS),
        ("tom", set()),
    ],
)
def test_a_line_is_about_what_its_author_does_in_a_case(case, who, may):
    """The partner who was asked writes no line that says that he was let in."""
    let_through = set()
    for kind in Kind:
        try:
            written(case, who, kind)
        except ProgrammingError:
            continue
        let_through.add(kind)

    assert let_through == may


def test_nobody_writes_in_the_name_of_another(case):
    with acting_as(user("samira").pk), pytest.raises(ProgrammingError), transaction.atomic():
        TimelineItem(case=case, kind=Kind.CONTACT, title="x", author=user("tom")).save()


def test_a_line_whose_title_is_too_long_says_it_all_the_same(case):
    """Two people with very long names hand a client over."""
    samira, title = user("samira"), "Overgedragen van " + "Anna-Maria " * 20 + "aan Tom"
    with acting_as(samira.pk):
        line = record(case, Kind.CONTACT, title, text="Na overleg.", by=samira)
        kept = TimelineItem.objects.get(pk=line.pk)

    assert kept.title == f"{title[:119]}…"
    assert kept.text == f"{title}\nNa overleg."
