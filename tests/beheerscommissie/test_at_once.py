"""Two at the same moment: one report of one form, and one step of one report."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from beheerscommissie import operations
from beheerscommissie.models import ReportContent, ReportStep
from tests.beheerscommissie import reports
from tests.situations import user
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as
from veiligheidshuis.obstacles import Refused


def at_once(deed: Callable[[], object]) -> list[object]:
    """Do it twice, in two threads that start together; what each got or was refused for."""
    start = Barrier(2)

    def one() -> object:
        start.wait()
        try:
            return deed()
        except Refused as refused:
            return refused.codes
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [each.result() for each in [pool.submit(one), pool.submit(one)]]


def test_a_form_that_is_sent_twice_at_once_is_one_report_with_one_code(own_house):
    key = uuid.uuid4()

    first, second = at_once(lambda: reports.filed_code(submission=key))

    assert first == second
    with acting_as(user("buurtregisseur").pk):
        assert ReportContent.objects.filter(submission=key).count() == 1


def test_two_who_handle_a_report_at_once_are_one_step_and_one_refusal(own_house):
    with acting_as(ANONYMOUS):
        melding, esra = reports.assigned_report(), user("buurtregisseur")

    def handle() -> str:
        with acting_as(esra.pk):
            operations.handle_report(melding, text="Gedaan.", by=esra, seen=melding.version)
        return "gedaan"

    results = at_once(handle)

    assert sorted(results, key=str) == ["gedaan", {"stale"}]
    with acting_as(esra.pk):
        assert ReportStep.objects.filter(melding=melding, name="handle_report").count() == 1
