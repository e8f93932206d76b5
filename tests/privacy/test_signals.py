"""Unusual reading is found, an ordinary day is silent. AUD-17; BIO2 5.17; SEC-06."""

from datetime import datetime, time, timedelta

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from cases import operations as casework
from cases.models import Case
from privacy import operations, rules
from privacy.models import Signal, SignalKind
from privacy.rules import MANY, ReadingDay
from privacy.tasks import watch_log
from tests import situations
from veiligheidshuis.mails import MAILS
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

WRITE = """
    INSERT INTO veiligheidshuis_accesslogentry (request_id, at, user_id, username, organisation,
      roles, on_behalf_of, emergency, action, route, subjects, scope, ground, purpose, outcome,
      shard, place, previous_hash, hash)
    SELECT gen_random_uuid(), %(at)s, %(user)s, '', '', '', '', false, %(action)s, '', page, '',
      '', '', %(outcome)s, 99, (SELECT count(*) FROM veiligheidshuis_accesslogentry) + n, '', ''
    FROM (SELECT (n - 1) / %(each)s + 1 AS n, array_agg(s) AS page
          FROM unnest(%(subjects)s::text[]) WITH ORDINALITY AS t (s, n) GROUP BY 1) AS line
"""


class Diary:
    """What people read, on days of our choice: the triggers that give a line its time are off."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner
        owner.execute("ALTER TABLE veiligheidshuis_accesslogentry DISABLE TRIGGER USER")

    def read(
        self, who, subjects, *, ago=0, at=10, action="inzien", outcome="getoond", each=1
    ) -> None:
        """So many lines, with `each` dossiers on one: opened one by one, or a page of a list."""
        day = timezone.localdate() - timedelta(days=ago)
        moment = timezone.make_aware(datetime.combine(day, time(at, 15)))
        about = {"at": moment, "user": situations.user(who).pk, "subjects": list(subjects)}
        about |= {"action": action, "outcome": outcome, "each": each}
        self.owner.execute(WRITE, about)


@pytest.fixture
def diary(own_house, owner) -> Diary:
    return Diary(owner)


@pytest.fixture
def month(diary) -> Diary:
    """Four ordinary weeks: each his own, the police with night duty, the office with long lists."""
    for ago in range(1, 28):
        diary.read("samira", dossiers(8), ago=ago)
        diary.read("ggd", dossiers(4), ago=ago, at=9)
        diary.read("politie", dossiers(5), ago=ago, at=23)
        diary.read("bureau", dossiers(40), ago=ago, action="zoeken")
        diary.read("bureau", dossiers(150), ago=ago, each=50)
        diary.read("bureau", dossiers(10), ago=ago, each=10, action="exporteren")
    return diary


def dossiers(count: int, start: int = 1) -> list[str]:
    """So many numbers that no dossier has."""
    return [f"VH-2099-{n:04}" for n in range(start, start + count)]


def raised() -> set[tuple[str, str]]:
    """Who raised which signal, once the clock has come by."""
    watch_log.apply(throw=True)
    with acting_as(situations.user("fg").pk):
        return {(s.user.username, s.kind) for s in Signal.objects.select_related("user")}


def running_case(leader: str = "samira") -> Case:
    """A case past its candidacy, that the bedrijfsbureau knows by function alone."""
    return situations.assigned_case(to=leader)


# --- a scripted day --------------------------------------------------------------------------


def test_an_ordinary_day_is_silent(month):
    """AUD-17: also for who has night duty, long lists, or looks at what is his to do."""
    case, candidate = running_case(), situations.put_forward_case()
    month.read("samira", [case.number, *dossiers(11)])
    month.read("ggd", dossiers(6))
    month.read("ggd", [f"number={n}" for n in dossiers(2)], action="opvragen", outcome=ABSENT)
    month.read("politie", dossiers(7), at=2)
    month.read("bureau", dossiers(55), action="zoeken")
    month.read("bureau", [candidate.number])
    month.read("manager", [candidate.number, case.number])
    month.read("bureau", dossiers(400), each=50)
    month.read("bureau", dossiers(30), each=30, action="exporteren")
    month.read("manager", dossiers(200), each=50)
    month.read("manager", dossiers(20), each=20, action="exporteren")

    assert raised() == set()


ABSENT = "niet gevonden"


def test_every_attack_of_a_day_is_found_and_nobody_else_is_named(month):
    """AUD-17: reading in bulk, scraping the search or a list, taking lists along, reading at night,
    guessing, without a task."""
    cases = [running_case() for _ in range(rules.WITHOUT_TASK)]
    month.read("samira", dossiers(9))
    month.read("ggd", dossiers(MANY + 1))
    month.read("politie", dossiers(MANY + 5), action="zoeken")
    month.read("samira", dossiers(rules.AT_NIGHT), at=3)
    month.read("rimo", [f"number={n}" for n in dossiers(10)], action="opvragen", outcome=ABSENT)
    month.read("bureau", [case.number for case in cases])
    month.read("manager", dossiers(rules.MANY_LISTED + 2), each=101)
    month.read("tom", dossiers(rules.MANY_ALONG + 1), each=100, action="exporteren")

    assert raised() == {
        ("manager", "veel"),
        ("tom", "meegenomen"),
        ("ggd", "veel"),
        ("politie", "veel"),
        ("samira", "nacht"),
        ("rimo", "aftasten"),
        ("bureau", "zonder_taak"),
    }


def test_who_opens_the_dossier_of_a_namesake_is_asked_about_it(diary):
    """AUD-17: a relative, perhaps."""
    samira = situations.user("samira")
    case = situations.put_forward_case(by="ggd", last_name=samira.last_name.upper())
    other = situations.put_forward_case(by="ggd")
    diary.read("samira", [case.number, other.number])
    diary.read("ggd", [case.number])

    assert raised() == {("samira", "naamgenoot")}


def test_a_candidate_is_the_task_of_the_office_and_of_nobody_else(diary):
    """Who is no candidate's business sees one by a mistake, or by something worse."""
    numbers = [situations.put_forward_case(by="ggd").number for _ in range(rules.WITHOUT_TASK)]
    for who in ("bureau", "manager", "ggd", "samira"):
        diary.read(who, numbers)

    assert raised() == {("samira", "zonder_taak")}


def test_a_meeting_or_a_note_is_a_reason_to_look(diary):
    cases = [running_case() for _ in range(rules.WITHOUT_TASK)]
    office, samira = situations.user("bureau"), situations.user("samira")
    with acting_as(samira.pk):
        casework.add_note(
            cases[0], title="Gebeld", text="Met het loket.", scope="know_case", by=samira
        )
    diary.read("samira", [case.number for case in cases])
    diary.read(office.username, [case.number for case in cases[1:]])

    assert raised() == set()


# --- the clock that watches ------------------------------------------------------------------


def test_a_signal_is_raised_once_a_day_and_told_by_a_mail_that_names_nobody(diary, owner):
    diary.read("ggd", dossiers(MANY + 1))

    assert watch_log.apply(throw=True).get() == 1
    diary.read("ggd", dossiers(5, start=500))
    assert watch_log.apply(throw=True).get() == 0

    with acting_in_role("post"):
        mails = [(mail.kind, mail.recipient_id) for mail in OutboxMail.objects.all()]
    assert mails == [("signaal", situations.user("fg").pk)]
    assert MAILS["signaal"].path == "/toezicht/signalen/"


def test_the_clock_comes_by_every_five_minutes(settings):
    """AUD-17."""
    assert settings.CELERY_BEAT_SCHEDULE["watch the access log"]["schedule"] <= 300


@pytest.mark.parametrize("who", ["fg", "bureau", "manager", "samira"])
@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM vh.reading_days('2026-01-01', '2026-12-31', NULL)",
        "SELECT vh.raise_signal('veel', 1, '2026-01-01', 1)",
        "INSERT INTO privacy_signal (id) VALUES (gen_random_uuid())",
        "DELETE FROM privacy_signal",
    ],
)
def test_nobody_but_the_clock_counts_how_people_read_or_raises_a_signal(db, acting, who, question):
    """WGS 1.8 lid 4: the log is not there to measure who works hard."""
    with acting(who), pytest.raises(ProgrammingError) as error, transaction.atomic():
        connection.cursor().execute(question)
    assert error.value.__cause__.sqlstate == "42501"


# --- the rules -------------------------------------------------------------------------------

TODAY = timezone.localdate()


def day(**numbers: int) -> ReadingDay:
    return ReadingDay(user_id=1, day=TODAY, **numbers)


@pytest.mark.parametrize(
    ("today", "before", "found"),
    [
        (day(opened=MANY), [], {}),
        (day(opened=MANY + 1), [], {SignalKind.VEEL: MANY + 1}),
        (day(opened=60), [day(opened=20)] * 5, {}),
        (day(opened=61), [day(opened=20)] * 5, {SignalKind.VEEL: 61}),
        (day(searched=61, opened=3), [day(searched=20)] * 5, {SignalKind.VEEL: 61}),
        (day(opened=61), [day(opened=20)] * 2 + [day(opened=90)], {SignalKind.VEEL: 61}),
        (day(listed=200, taken_along=25), [], {}),
        (day(listed=201), [], {SignalKind.VEEL: 201}),
        (day(listed=601, opened=30), [day(listed=200)] * 5, {SignalKind.VEEL: 601}),
        (day(listed=600), [day(listed=200)] * 5, {}),
        (day(taken_along=26), [], {SignalKind.MEEGENOMEN: 26}),
        (day(taken_along=60), [day(taken_along=20)] * 5, {}),
        (day(at_night=2), [], {}),
        (day(at_night=3), [], {SignalKind.NACHT: 3}),
        (day(at_night=3), [day(at_night=1)] * 3, {}),
        (day(refused=9, without_task=4), [], {}),
        (
            day(refused=10, without_task=5, namesakes=1),
            [],
            {SignalKind.AFTASTEN: 10, SignalKind.ZONDER_TAAK: 5, SignalKind.NAAMGENOOT: 1},
        ),
    ],
)
def test_what_is_unusual_is_measured_against_what_this_person_usually_does(today, before, found):
    assert rules.signals(today, before) == found


# --- laying it aside -------------------------------------------------------------------------


@pytest.fixture
def signal(db) -> Signal:
    return raised_about("ggd")


def raised_about(username: str) -> Signal:
    """Somebody read far more dossiers today than on other days."""
    reader = situations.user(username).pk
    with acting_in_role("clock"), connection.cursor() as cursor:
        cursor.execute("SELECT vh.raise_signal('veel', %s, %s, 60)", [reader, TODAY])
    with acting_as(situations.user("fg").pk):
        return Signal.objects.get()


def test_the_fg_lays_a_signal_aside_with_what_it_was(browse, signal):
    fg, address = browse("fg"), f"/toezicht/signalen/{signal.pk}/"
    assert "1" in BeautifulSoup(fg.get("/toezicht/").content, "html.parser").select_one(TILE).text

    without = fg.post(address, {"finding": ""})
    done = fg.post(address, {"finding": "Invoer van de nieuwe lijst."})
    again = fg.post(address, {"finding": "Toch iets anders."})

    assert [answer.status_code for answer in (without, done, again)] == [422, 302, 409]
    assert "Toch iets anders." not in fg.get("/toezicht/signalen/").content.decode()
    assert "Invoer van de nieuwe lijst." in fg.get("/toezicht/signalen/").content.decode()
    assert "0" in BeautifulSoup(fg.get("/toezicht/").content, "html.parser").select_one(TILE).text


TILE = ".vh-tile__n"


def test_two_people_at_once_lay_a_signal_aside_once(signal):
    fg = situations.user("fg")
    with acting_as(fg.pk):
        operations.handle(signal, finding="Eerst.", by=fg)
        with pytest.raises(Refused) as refused:
            operations.handle(signal, finding="Later.", by=fg)

    assert refused.value.codes == {"handled_already"}


def test_nobody_lays_aside_what_is_about_himself(browse, db):
    """As with break-glass: who is looked at does not judge it, nor round the rule."""
    fg, signal = situations.user("fg"), raised_about("fg")
    address = f"/toezicht/signalen/{signal.pk}/"

    page = browse("fg").get(address)
    assert "Dit signaal gaat over jou." in page.text
    assert "<textarea" not in page.text
    assert browse("fg").post(address, {"finding": "Dat was ik."}).status_code == 409
    assert [each.code for each in rules.obstacles_to_handling(signal, fg)] == ["about_himself"]
    with acting_as(fg.pk):
        assert not Signal.objects.filter(pk=signal.pk).update(finding="Dat was ik.")


@pytest.mark.parametrize("who", ["bureau", "manager", "samira", "ggd", "stuurgroep"])
def test_for_everybody_else_there_is_no_signal(browse, signal, who):
    for address in ("/toezicht/signalen/", f"/toezicht/signalen/{signal.pk}/"):
        assert browse(who).get(address).status_code == 404
    with acting_as(situations.user(who).pk):
        assert not Signal.objects.exists()
