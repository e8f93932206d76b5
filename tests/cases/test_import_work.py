"""A long list is for the worker: one sees how far it is, and one that is killed did nothing."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from cases import operations, tasks
from cases.documents import read_list
from cases.models import Case, ImportBatch, ImportRow
from cases.operations import Tally
from tests import situations
from tests.cases.lists_of_police import GOOD, csv_of
from tests.cases.test_import_views import upload

pytestmark = pytest.mark.django_db
LONG = [
    f"Naam;;Voor;{n % 28 + 1}-{n // 28 % 12 + 1}-{1950 + n // 336};;Heerlen;veelpleger;1;Politie"
    for n in range(1200)
]


@pytest.fixture
def office(browse):
    return browse("bureau")


def the_batch(acting) -> ImportBatch:
    with acting("bureau"):
        return ImportBatch.objects.get()


def work(task, acting) -> object:
    """What the worker does: as whoever asked, in one transaction."""
    return task(str(the_batch(acting).pk), as_user=situations.user("bureau").pk)


def test_a_long_list_is_read_and_read_in_by_the_worker_while_the_page_says_how_far(office, acting):
    preview = upload(office, csv_of(*LONG)).url
    waiting = office.get(preview)
    assert "We zijn bezig met veelplegers.csv" in waiting.text
    assert "We beginnen zo." in waiting.text
    assert "Smeets" not in waiting.text

    assert work(tasks.read_list, acting) is True
    assert office.get(preview).context["tally"] == Tally(nieuw=len(LONG))

    assert "We zijn bezig" in office.post(preview, follow=True).text
    with acting("bureau"):
        assert not Case.objects.exists()
    said = work(tasks.read_list_in, acting)

    assert said == "1200 nieuw, 0 bekend, 0 twijfelachtig, 0 afgewezen"
    assert office.get(preview).context["batch"].confirmed_at is not None
    assert office.get(preview, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_task_that_is_delivered_twice_does_nothing_twice(office, acting):
    preview = upload(office, csv_of(*LONG)).url
    assert [work(tasks.read_list, acting) for _ in range(2)] == [True, False]
    office.post(preview)
    first, second = (work(tasks.read_list_in, acting) for _ in range(2))

    assert (bool(first), second) == (True, "")
    with acting("bureau"):
        assert Case.objects.count() == len(LONG)


class Killed(Exception):
    """The worker dies here."""


def test_a_worker_that_is_killed_half_way_did_nothing_and_the_next_one_does_all(acting):
    def dies(line: int) -> None:
        raise Killed

    with acting("bureau"):
        office = situations.user("bureau")
        batch = operations.receive_import("lang.csv", read_list(csv_of(*LONG)), by=office)
        with pytest.raises(Killed):
            operations.confirm_import(batch, by=office, progress=dies)

        assert not Case.objects.exists()
        assert not ImportRow.objects.filter(sealed_data="").exists()
        assert operations.confirm_import(batch, by=office) == Tally(nieuw=len(LONG))


def test_how_far_the_worker_is_stands_on_the_page_that_waits(office, acting):
    preview = upload(office, csv_of(*LONG)).url
    operations.telling_progress(the_batch(acting))(700)

    assert "We zijn bij regel 700." in office.get(preview).text
    work(tasks.read_list, acting)
    office.post(preview)
    operations.telling_progress(the_batch(acting))(700)
    with acting("bureau"):
        last = max(the_batch(acting).rows.values_list("line", flat=True))

    assert last == 1201
    assert "We zijn bij regel 700 van 1.201." in office.get(preview).text
    cache.clear()


def test_while_a_worker_is_busy_nobody_asks_it_again_or_lets_the_list_go(office, acting):
    preview = upload(office, csv_of(*LONG)).url

    assert office.post(preview).status_code == 409
    assert office.post(f"{preview}intrekken/").status_code == 409


def test_when_the_worker_was_lost_it_is_asked_once_more(office, acting, settings):
    preview = upload(office, csv_of(*LONG)).url
    settings.WORKER_MINUTES = 0

    assert "Nog een keer lezen" in office.get(preview).text
    assert office.post(preview).status_code == 302
    assert work(tasks.read_list, acting) is True


def test_a_long_file_that_cannot_be_read_after_all_says_why_and_is_wiped(
    office, acting, monkeypatch
):
    preview = upload(office, csv_of(*LONG)).url
    monkeypatch.setattr("cases.documents.lists.MAX_ROWS", len(LONG) - 1)

    work(tasks.read_list, acting)

    assert "langer dan 50.000 regels" in office.get(preview).text
    assert bytes(the_batch(acting).sealed_file) == b""
    with acting("bureau"):
        assert not ImportRow.objects.exists()


def test_that_a_list_was_not_read_stays_among_what_waits_until_the_next_one_came_in(
    office, acting, monkeypatch
):
    upload(office, csv_of(*LONG))
    with monkeypatch.context() as shorter:
        shorter.setattr("cases.documents.lists.MAX_ROWS", len(LONG) - 1)
        work(tasks.read_list, acting)

    for _ in range(2):
        waits = office.get(reverse("cases:candidates")).text
        assert "veelplegers.csv is niet te lezen" in waits
        assert "langer dan 50.000 regels" in waits
    upload(office, csv_of(GOOD), of="reclassering-nederland")
    assert "is niet te lezen" in office.get(reverse("cases:candidates")).text
    upload(office, csv_of(GOOD))
    assert "is niet te lezen" not in office.get(reverse("cases:candidates")).text


def test_a_thousand_rows_ask_hardly_more_than_ten(acting, django_assert_max_num_queries):
    with acting("bureau"):
        office = situations.user("bureau")
        batch = operations.receive_import("lang.csv", read_list(csv_of(*LONG[:900])), by=office)
        with django_assert_max_num_queries(40):
            operations.confirm_import(batch, by=office)
