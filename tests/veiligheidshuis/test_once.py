"""A form is handled once, however often it is sent, by however many at once."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory

from tests import situations
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as
from veiligheidshuis.obstacles import Obstacle, refuse_if
from veiligheidshuis.once import DAYS_KEPT, FIELD, attempt, claim, new_key
from veiligheidshuis.outbox import post
from veiligheidshuis.tasks import forget_submissions


def sent(key: str, by: str = "samira", path: str = "/", **typed: str):
    """The request of a form that somebody sent."""
    request = RequestFactory().post(path, {FIELD: key, **typed})
    request.user = situations.user(by)
    return request


def test_sent_twice_is_done_once_and_said_twice(db, acting):
    done = []
    request, key = None, new_key()
    with acting("samira"):
        request = sent(key)
        first = attempt(request, lambda: done.append(1))
        second = attempt(request, lambda: done.append(2))

    assert (first, second, done) == ([], [], [1])


def test_the_same_key_with_other_words_or_for_another_page_is_another_deed(db, acting):
    done, key = [], new_key()
    with acting("samira"):
        for path, words in [("/a/", "ja"), ("/a/", "nee"), ("/b/", "ja"), ("/a/", "ja")]:
            request = sent(key, path=path, answer=words, csrfmiddlewaretoken=new_key())
            attempt(request, lambda at=(path, words): done.append(at))

    assert done == [("/a/", "ja"), ("/a/", "nee"), ("/b/", "ja")]


def test_two_files_of_the_same_name_and_length_are_two_deeds_and_can_still_be_read(db, acting):
    done, key = [], new_key()
    with acting("samira"):
        for content in (b"Adams", b"Bemel", b"Adams"):
            request = sent(key)
            request.FILES["bestand"] = SimpleUploadedFile("lijst.csv", content)
            attempt(request, lambda of=request: done.append(of.FILES["bestand"].read()))

    assert done == [b"Adams", b"Bemel"]


def test_another_form_is_another_deed(db, acting):
    done = []
    with acting("samira"):
        for _ in range(2):
            attempt(sent(new_key()), lambda: done.append(1))

    assert done == [1, 1]


@pytest.mark.parametrize("key", ["", "geen-sleutel", "\x00", "x" * 10_000])
def test_a_form_without_a_good_key_is_handled_by_the_rules_alone(db, acting, key):
    done = []
    with acting("samira"):
        attempt(sent(key), lambda: done.append(1))

    assert done == [1]


def test_a_refusal_undoes_what_was_begun_and_may_be_tried_again(db, acting):
    done = []

    def halfway() -> None:
        done.append("begonnen")
        refuse_if([Obstacle("nee", "Dit kan nog niet.")])

    with acting("samira"):
        request = sent(new_key())
        refused = attempt(request, halfway)
        accepted = attempt(request, lambda: done.append("gedaan"))

    assert [obstacle.code for obstacle in refused] == ["nee"]
    assert (accepted, done) == ([], ["begonnen", "gedaan"])


def test_two_at_once_do_it_once(own_house, owner):
    key = new_key()
    with acting_as(ANONYMOUS):
        someone = situations.user("samira").pk

    at_once(2, lambda: send(key, someone))

    assert owner.execute("SELECT count(*) FROM veiligheidshuis_outboxmail").fetchone() == (1,)
    assert owner.execute("SELECT count(*) FROM veiligheidshuis_submission").fetchone() == (1,)


def send(key: str, someone: int) -> None:
    with acting_as(someone):
        attempt(sent(key), lambda: post("toewijzing", to=someone))


def at_once(number: int, deed: Callable[[], None]) -> None:
    """So many people do it at the same moment, each on a connection of his own."""
    ready = threading.Barrier(number)
    failed: list[BaseException] = []

    def someone() -> None:
        try:
            ready.wait(10)
            deed()
        except BaseException as error:  # told by the thread that asks
            failed.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=someone) for _ in range(number)]
    for person in people:
        person.start()
    for person in people:
        person.join(30)
    assert failed == []


def test_the_model_of_a_mail_is_the_one_that_is_counted():
    assert OutboxMail._meta.db_table == "veiligheidshuis_outboxmail"


def test_at_night_the_clock_lets_go_of_keys_of_long_ago_and_keeps_the_others(own_house, owner):
    with acting_as(situations.user("samira").pk):
        claim(str(uuid.uuid4()), 1)
        claim(str(uuid.uuid4()), 1)
    owner.execute(
        "UPDATE veiligheidshuis_submission SET at = now() - make_interval(days => %s) "
        "WHERE key = (SELECT key FROM veiligheidshuis_submission LIMIT 1)",
        [DAYS_KEPT + 1],
    )

    assert forget_submissions() == 1
    assert forget_submissions() == 0
    assert owner.execute("SELECT count(*) FROM veiligheidshuis_submission").fetchone() == (1,)
