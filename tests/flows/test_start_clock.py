"""The start clock: each reminder exactly once, whatever happens to the worker.

Days pass by moving the day of a reminder, as the owner, in a database of our own.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from cases.tasks import sweep_deadlines
from maatwerkplan import operations
from maatwerkplan.models import Maatwerkplan, PartnerAction, ProgressKind
from partners import operations as staff
from stack.broker import Broker
from tests import situations
from tests.brokers import own_broker
from tests.flows.worker import Worker, held, tick, wait_until
from tests.situations import organisation, user
from veiligheidshuis.celery import app
from veiligheidshuis.mails import MAILS
from veiligheidshuis.needtoknow import acting_as

SWEEP, SEND = "cases.sweep_deadlines", "veiligheidshuis.send_outbox"


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A real broker of our own, with nobody else's messages."""
    former = app.conf.broker_url
    with own_broker(tmp_path_factory.mktemp("broker")) as server:
        send_to(server.messages_url())
        yield server
        send_to(former)


def send_to(broker_url: str) -> None:
    """From here on the operations of this process ask the worker of this broker.

    Celery believes the environment before the settings.
    """
    os.environ["CELERY_BROKER_URL"] = broker_url or ""
    app.conf.broker_url = broker_url
    app._after_fork()  # lets go of the connections it kept


@dataclass
class House:
    """A house of its own with its worker, seen by its owner."""

    database: str
    broker: Broker
    var: Path
    owner: psycopg.Connection
    workers: list[Worker]

    def worker(self) -> Worker:
        self.workers.append(Worker(self.database, self.broker.messages_url(), self.var))
        return self.workers[-1]

    def arrive_at(self, kind: str) -> None:
        """The day of these reminders has come."""
        self.owner.execute(
            "UPDATE cases_deadline SET remind_on = vh.today() WHERE kind = %s", [kind]
        )

    def posted(self, kind: str) -> Counter[str]:
        """How many mails of this kind there are for whom, sent or not."""
        rows = self.owner.execute(
            "SELECT u.username FROM veiligheidshuis_outboxmail m"
            " JOIN partners_user u ON u.id = m.recipient_id WHERE m.kind = %s",
            [kind],
        )
        return Counter(name for (name,) in rows)

    def unsent(self) -> int:
        rows = self.owner.execute(
            "SELECT count(*) FROM veiligheidshuis_outboxmail WHERE sent_at IS NULL"
        )
        return int(rows.fetchone()[0])

    def delivered(self, kind: str) -> Counter[str]:
        """How many mail files of this kind there are for which address."""
        mails = [message_from_bytes(p.read_bytes()) for p in self.var.glob("mail/*.eml")]
        return Counter(m["To"].split("@")[0] for m in mails if m["Subject"] == MAILS[kind].subject)


@pytest.fixture
def house(
    own_house: str, owner: psycopg.Connection, broker: Broker, tmp_path: Path
) -> Iterator[House]:
    living = House(own_house, broker, tmp_path, owner, [])
    yield living
    for worker in living.workers:
        worker.kill()
    broker.forget_everything()


@pytest.fixture
def plan(house: House) -> Maatwerkplan:
    """A plan that was signed today; the mails of its making are out of the way."""
    signed = situations.signed_plan()
    house.owner.execute("DELETE FROM veiligheidshuis_outboxmail")
    house.broker.forget_everything()
    return signed


def at_once(deed: Callable[[], object], times: int) -> None:
    """Do this in so many threads, all starting at the same moment."""
    start = threading.Barrier(times)

    def run() -> None:
        start.wait()
        try:
            deed()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_a_day_before_its_time_nobody_hears_anything(house, plan):
    assert sweep_deadlines() == 0
    assert house.posted("start_nadert") == house.posted("start_gemist") == Counter()


def test_sweeps_at_once_and_after_each_other_remind_everybody_once(house, plan):
    house.arrive_at("start_nadert")

    at_once(sweep_deadlines, 4)
    sweep_deadlines()

    assert house.posted("start_nadert") == {"legerdesheils": 1, "samira": 1}
    assert house.posted("start_gemist") == Counter()


def test_the_manager_hears_it_once_on_the_day_it_is_missed(house, plan):
    house.arrive_at("start_nadert")
    sweep_deadlines()
    house.arrive_at("start_gemist")

    at_once(sweep_deadlines, 3)

    assert house.posted("start_nadert") == {"legerdesheils": 1, "samira": 1}
    assert house.posted("start_gemist") == {"manager": 1}


def test_the_office_hears_it_before_the_manager_does_and_each_of_them_once(house, plan):
    house.arrive_at("start_bureau")
    at_once(sweep_deadlines, 2)
    before = house.posted("start_laatste_dag")
    house.arrive_at("start_laatste_dag")
    sweep_deadlines()
    sweep_deadlines()

    assert before == Counter()
    assert house.posted("start_bureau") == {"bureau": 1}
    assert house.posted("start_laatste_dag") == {"manager": 1}


def test_who_started_in_time_is_not_reminded(house, plan):
    partner = user("legerdesheils")
    with acting_as(partner.pk):
        action = PartnerAction.objects.agreed().select_related("plan", "case").get()
        operations.report(
            action, kind=ProgressKind.START, happened_on=timezone.localdate(), by=partner
        )
    for kind in ("start_nadert", "start_bureau", "start_laatste_dag", "start_gemist"):
        house.arrive_at(kind)

    assert sweep_deadlines() == 0


def test_the_next_step_after_a_refusal_is_remembered_on_its_day(house):
    offered, samira = situations.offered_plan(), user("samira")
    with acting_as(samira.pk):
        operations.refuse(
            offered,
            reason="Nee.",
            message_given=True,
            next_step="Gesprek met het OM",
            next_step_on=timezone.localdate() + timedelta(days=5),
            by=samira,
        )
    assert sweep_deadlines() == 0
    house.arrive_at("vervolg_weigering")

    at_once(sweep_deadlines, 2)

    assert house.posted("vervolg_weigering") == {"samira": 1}


TODAY = timezone.localdate()
SUPERVISION = ("huisvesting", "Toezicht", "politie")


def name_contact(kind: str, username: str | None) -> None:
    """The police have another contact point, or a telephone number alone."""
    office = user("bureau")
    with acting_as(office.pk):
        staff.set_contact_point(
            organisation("politie"),
            kind,
            by=office,
            label="Meldkamer",
            user=user(username) if username else None,
        )


def test_who_leads_does_and_manages_today_hears_it_and_not_who_did_at_the_signature(house):
    name_contact("plaatsvervanger", None)
    situations.signed_plan(SUPERVISION)
    name_contact("eerste", "politie2")
    house.owner.execute(
        "UPDATE partners_appointment SET user_id = (SELECT id FROM partners_user"
        " WHERE username = 'bureau') WHERE role = 'manager'"
    )
    house.arrive_at("start_nadert")
    house.arrive_at("start_gemist")

    at_once(sweep_deadlines, 3)
    name_contact("eerste", "politie")
    sweep_deadlines()

    assert house.posted("start_nadert") == {"politie2": 1, "samira": 1}
    assert house.posted("start_gemist") == {"bureau": 1}


def test_who_stands_in_today_is_reminded_and_so_is_who_leads_whoever_signed(house):
    situations.signed_plan()
    samira, tom = user("samira"), user("tom")
    with acting_as(samira.pk):
        staff.record_absence(samira, start_date=TODAY, end_date=TODAY, stand_in=tom, by=samira)
    house.arrive_at("start_nadert")

    sweep_deadlines()

    assert house.posted("start_nadert") == {"legerdesheils": 1, "samira": 1, "tom": 1}


def test_a_stand_in_who_signed_is_not_reminded_when_the_absence_is_over(house):
    plan, samira, tom = situations.offered_plan(), user("samira"), user("tom")
    with acting_as(samira.pk):
        staff.record_absence(samira, start_date=TODAY, end_date=TODAY, stand_in=tom, by=samira)
    with acting_as(tom.pk):
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(tom),
            shown_sha256=plan.text.sha256,
            by=tom,
        )
    house.owner.execute(
        "UPDATE cases_participation SET start_date = vh.today() - 1, end_date = vh.today() - 1"
        " WHERE basis = 'waarneming'"
    )
    house.arrive_at("start_nadert")

    sweep_deadlines()

    assert house.posted("start_nadert") == {"legerdesheils": 1, "samira": 1}


def test_a_hand_that_is_killed_in_the_midst_of_the_sweep_reminded_nobody_and_another_does(
    house, plan
):
    house.arrive_at("start_nadert")
    with held(house.owner, "cases_deadline") as moment:
        worker = house.worker()
        tick(SWEEP)
        wait_until(moment.waits, "de worker is midden in de ronde")
        worker.kill_hand()
        assert house.posted("start_nadert") == Counter()
    # The broker delivers the task again by itself; beat's next tick comes on top of that.
    tick(SWEEP, SWEEP, SEND, SEND)

    wait_until(lambda: sum(house.delivered("start_nadert").values()) >= 2, "de mails zijn weg")
    wait_until(lambda: not house.unsent(), "de postkamer is leeg")
    assert house.posted("start_nadert") == {"legerdesheils": 1, "samira": 1}
    assert house.delivered("start_nadert") == {"legerdesheils": 1, "samira": 1}


def test_a_worker_that_is_killed_after_handing_over_a_mail_leaves_one_mail_not_two(house, plan):
    house.arrive_at("start_nadert")
    sweep_deadlines()
    house.broker.forget_everything()
    with held(house.owner, "veiligheidshuis_outboxmail") as moment:
        worker = house.worker()
        tick(SEND)
        wait_until(moment.waits, "de mail is weg, maar nog niet afgevinkt")
        worker.kill()
        assert sum(house.delivered("start_nadert").values()) == 1
        assert house.unsent() == 2
    house.worker()
    tick(SEND, SEND)

    wait_until(lambda: not house.unsent(), "de postkamer is leeg")
    assert house.delivered("start_nadert") == {"legerdesheils": 1, "samira": 1}


def test_a_reminder_names_nobody(house, plan):
    house.arrive_at("start_nadert")
    house.worker()
    tick(SWEEP)
    wait_until(lambda: sum(house.delivered("start_nadert").values()) == 2, "de mails zijn weg")

    words = "".join(path.read_text() for path in house.var.glob("mail/*.eml"))

    client = plan.case.client
    for token in (plan.case.number, client.last_name, client.first_name, "Begeleid wonen"):
        assert token not in words
