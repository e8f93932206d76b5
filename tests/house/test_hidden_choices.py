"""A choice that somebody was not offered is refused in the same words, whether it exists or not.

Sent by hand, past the page: a dossier that is hidden from him, somebody who cannot lead, an account
that is off. The answer says nothing about it, and the log says that it was tried. AC-06.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

import psycopg
from django.urls import reverse
from django.utils import timezone

from agenda import operations as agenda
from cases import operations as casework
from partners import operations as accounts
from tests import situations
from tests.house.test_two_worlds import KEYS
from tests.house.walk import browser
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as

NOBODY = 999_999_999
TRIED = """
    SELECT count(*) FROM veiligheidshuis_accesslogentry
    WHERE action = 'wijzigen' AND outcome = 'geweigerd'
"""


@dataclass(frozen=True)
class Try:
    """Who sends which choice to which form: one that is there, and one that is not."""

    who: str
    route: str
    arguments: tuple[object, ...]
    field: str
    hidden: object
    absent: object = NOBODY

    @property
    def address(self) -> str:
        return reverse(self.route, args=self.arguments)


def pk(username: str) -> int:
    with acting_as(ANONYMOUS):
        return situations.user(username).pk


def hidden_case() -> str:
    """A candidate from whom the bedrijfsbureau is barred."""
    case = situations.put_forward_case(by="ggd")
    manager = situations.user("manager")
    with acting_as(manager.pk):
        casework.bar(case, situations.user("bureau"), reason="zwager", by=manager)
    return case.number


def choices() -> Iterator[Try]:
    """The forms in which people and dossiers are chosen."""
    hidden, office = hidden_case(), situations.user("bureau")
    ranked = situations.open_list()
    yield Try("bureau", "cases:list_add", (ranked.code,), "candidates", hidden, "VH-2099-9999")
    reported = situations.put_forward_case(by="ggd").number
    yield Try("bureau", "cases:ask_weighing", (reported,), "people", pk("bewoner"))
    yield Try("bureau", "cases:bar", (reported,), "person", pk("bewoner"))
    led = situations.assigned_case(to="samira").number
    yield Try("samira", "cases:access", (led,), "person", pk("bewoner"))
    yield Try("manager", "maatwerkplan:hand_over", (led,), "manager", pk("ggd"))
    listed = situations.listed_case().number
    yield Try("manager", "cases:assign", (listed,), "manager", pk("ggd"))
    day = timezone.localdate() + timedelta(days=3)
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=day, starts=time(9), ends=time(10), place="Zaal 1", note_taker=office, by=office
        )
        accounts.set_active(situations.user("tom"), False, by=office)
    yield Try("bureau", "agenda:note_taker", (meeting.pk,), "note_taker", pk("ggd"))
    yield Try("bureau", "partners:absence", (pk("samira"),), "stand_in", pk("tom"))


def answer_to(one: Try, choice: object) -> tuple[int, bytes]:
    """What he reads, without what differs between any two answers."""
    answer = browser(one.who).post(one.address, {one.field: choice})
    return answer.status_code, KEYS.sub(b"", answer.content)


def tried(owner: psycopg.Connection) -> int:
    (count,) = owner.execute(TRIED).fetchone()
    return count


def test_what_is_hidden_and_what_is_absent_is_refused_alike(own_house, owner):
    wrong, before = [], 0
    for one in choices():
        before = tried(owner)
        hidden, absent = answer_to(one, one.hidden), answer_to(one, one.absent)
        if hidden != absent or hidden[0] != 422:
            wrong.append(f"{one.address} {one.field}: {hidden[0]} en {absent[0]}")
        if tried(owner) != before + 2:
            wrong.append(f"{one.address} {one.field}: {tried(owner) - before} regels")

    assert wrong == []


def test_a_form_that_is_only_filled_in_wrongly_is_no_refusal(own_house, owner):
    answer = browser("samira").post(reverse("partners:own_absence"), {"start_date": "morgen"})

    assert answer.status_code == 422
    assert tried(owner) == 0
