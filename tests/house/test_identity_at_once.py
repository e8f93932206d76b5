"""Who is asking, when twenty people ask at once on connections that stay; and in the corners where
code runs after or beside the transaction of the request. RLS-06, RLS-07.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client as Browser
from django.test import override_settings
from django.urls import path

from cases.models import Case
from tests import situations
from tests.entering import enter
from veiligheidshuis import accesslog
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.whole  # a house of its own, and twenty people in it

THREADS, ROUNDS = 20, 12
KNOWS = {"politie": 2, "ggd": 1, "rimo": 0}
NOBODY_SAID = "nobody said who is asking"


def count(request: HttpRequest) -> HttpResponse:
    """How many dossiers this person knows, and which process of PostgreSQL told it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    return HttpResponse(f"{Case.objects.count()} {process}")


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("halverwege")


def lazy(request: HttpRequest) -> StreamingHttpResponse:
    """An answer that is only made while it is being sent, when the transaction has ended."""
    return StreamingHttpResponse(str(Case.objects.count()) for _ in range(1))


urlpatterns = [path("count/", count), path("crash/", crash), path("lazy/", lazy)]
handler500 = "django.views.defaults.server_error"


def visitor(username: str) -> Browser:
    return enter(Browser(raise_request_exception=False), situations.user(username))


@override_settings(ROOT_URLCONF=__name__)
def test_twenty_at_once_on_connections_that_stay_each_read_their_own(own_house):
    """RLS-06: the connection of a thread serves one person after another, in any order, also after
    an error half way; nobody ever reads as the one before him."""
    for by in ("politie", "politie", "ggd"):
        situations.put_forward_case(by=by)
    cookies = {name: visitor(name).cookies for name in KNOWS}
    started = threading.Barrier(THREADS)

    def work(seed: int) -> tuple[set[str], list[str]]:
        """What went wrong in this thread, and on how many connections it worked."""
        order, processes, wrong = random.Random(seed), set(), []
        started.wait(timeout=60)
        try:
            for _ in range(ROUNDS):
                name = order.choice(list(KNOWS))
                browser = Browser(raise_request_exception=False)
                browser.cookies = cookies[name]
                if order.random() < 0.2:
                    browser.get("/crash/")
                known, process = browser.get("/count/").text.split()
                processes.add(process)
                if int(known) != KNOWS[name]:
                    wrong.append(f"{name} leest {known} dossiers")
        finally:
            connections.close_all()
            accesslog.close()
        return processes, wrong

    with ThreadPoolExecutor(THREADS) as at_once:
        done = list(at_once.map(work, range(THREADS)))

    assert [one for _, wrong in done for one in wrong] == []
    assert all(len(processes) == 1 for processes, _ in done)  # the connection did stay
    assert len({process for processes, _ in done for process in processes}) == THREADS


@override_settings(ROOT_URLCONF=__name__)
def test_an_answer_that_is_made_while_it_is_sent_reads_nothing(own_house):
    """RLS-07: the transaction has ended by then, and with it who asks."""
    situations.put_forward_case(by="politie")

    answer = visitor("politie").get("/lazy/")

    with pytest.raises(ProgrammingError, match=NOBODY_SAID):
        list(answer.streaming_content)


def test_what_waits_for_the_commit_asks_as_nobody(own_house):
    """RLS-07."""
    situations.put_forward_case(by="politie")

    with (
        pytest.raises(ProgrammingError, match=NOBODY_SAID),
        acting_as(situations.user("politie").pk),
    ):
        transaction.on_commit(Case.objects.count)


def test_a_thread_of_its_own_asks_as_nobody(own_house):
    """RLS-07: who asks does not cross over to another thread."""
    situations.put_forward_case(by="politie")

    def ask() -> int:
        try:
            return Case.objects.count()
        finally:
            connections.close_all()

    with acting_as(situations.user("politie").pk), ThreadPoolExecutor(1) as beside:
        assert Case.objects.count() == 1
        with pytest.raises(ProgrammingError, match=NOBODY_SAID):
            beside.submit(ask).result()
