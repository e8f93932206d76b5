"""Two at the same moment: nothing typed is overwritten, and a form sent twice plans once."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from agenda import operations
from agenda.models import Casusoverleg, Minutes
from agenda.states import OverlegStatus
from tests.agenda.test_wall import WORDS, a_case, planned, put_on
from tests.entering import enter
from tests.situations import user
from veiligheidshuis import once
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as
from veiligheidshuis.obstacles import Refused


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do these in threads that start together; what each got or was refused for."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except Refused as refused:
            return refused.codes
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result() for each in [pool.submit(one, deed) for deed in deeds]]


def test_two_first_versions_at_once_are_one_and_the_other_is_told(own_house):
    with acting_as(ANONYMOUS):
        overleg, office = planned(), user("bureau")
        item = put_on(overleg, a_case(), "samira")

    def writes(decision: str) -> Callable[[], str]:
        def write() -> str:
            with acting_as(office.pk):
                words = WORDS | {"decision": decision}
                operations.write_minutes(item, **words, by=office, seen=0)
            return decision

        return write

    results = at_once(writes("Kamer vrij."), writes("Kamer bezet."))

    assert results.count({"stale"}) == 1
    with acting_as(office.pk):
        assert Minutes.objects.get().decision in results


def test_a_sentence_that_arrives_while_the_minutes_are_adopted_is_in_them_or_refused(own_house):
    with acting_as(ANONYMOUS):
        overleg, office, case = planned(), user("bureau"), a_case()
        item = put_on(overleg, case, "samira")
        put_on(planned(days=7), case, "samira")  # so that the pen itself is not laid down
    with acting_as(office.pk):
        operations.write_minutes(item, **WORDS, by=office, seen=0)
        operations.hold(overleg, by=office)

    def adopt() -> str:
        with acting_as(office.pk):
            operations.adopt_minutes(overleg, by=office)
        return "vastgesteld"

    def write() -> str:
        with acting_as(office.pk):
            operations.write_minutes(item, **WORDS | {"decision": "Nee."}, by=office, seen=1)
        return "geschreven"

    adopted, written = at_once(adopt, write)

    assert adopted == "vastgesteld"
    with acting_as(user("samira").pk):
        assert Casusoverleg.objects.get(pk=overleg.pk).status == OverlegStatus.VASTGESTELD
        kept = Minutes.objects.get(item=item).decision
    assert (written, kept) in [("geschreven", "Nee."), ({"adopted"}, "Kamer vrij.")]


def test_a_plan_form_that_is_sent_twice_at_once_is_one_meeting(own_house):
    with acting_as(ANONYMOUS):
        office = user("bureau")
        browsers = [Browser(), Browser()]
        for browser in browsers:
            enter(browser, office)
    day = timezone.localdate()
    typed = {
        "on": f"{day.day}-{day.month}-{day.year}",
        "starts": "9.30",
        "ends": "11.00",
        "place": "Zaal 2",
        "note_taker": office.pk,
        once.FIELD: str(uuid.uuid4()),
    }
    address = reverse("agenda:overleg_new")

    answers = at_once(*[lambda b=b: b.post(address, typed).status_code for b in browsers])

    assert answers == [302, 302]
    with acting_as(office.pk):
        assert Casusoverleg.objects.count() == 1
