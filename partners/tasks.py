"""What the clock does at the table of partners.

It tells people, and the bedrijfsbureau, that their papers end; it begins a round in which every
colleague is confirmed, and reminds of it; and it lets a partner leave on the day that was noted.
"""

from django.conf import settings
from django.db import connection

from veiligheidshuis import outbox
from veiligheidshuis.celery import app

# By whether this is the last time: to whose papers they are, and to the office.
MAILS = {
    False: ("papieren", "papieren_bureau"),
    True: ("papieren_laatste", "papieren_bureau_laatste"),
}

# By whether this is the reminder, and whether it goes to the bedrijfsbureau.
ROUND_MAILS = {
    (False, False): "bevestigen",
    (False, True): "bevestigen",
    (True, False): "bevestigen_herinnering",
    (True, True): "bevestigen_bureau",
}


@app.task(name="partners.remind_of_papers", role="clock")
def remind_of_papers() -> int:
    """Mail everybody whose papers end, twice for each paper; how many people this time.

    The office hears it as well, in one mail however many they are, but nobody of his own papers
    twice. What was told is marked in the same transaction as the mails, so each leaves once.
    """
    told = _not_told_yet()
    for user_id, last_time in told:
        outbox.post(MAILS[last_time][0], to=user_id)
    for colleague in _office():
        for last_time in sorted({last for user_id, last in told if user_id != colleague}):
            outbox.post(MAILS[last_time][1], to=colleague)
    return len(told)


def _not_told_yet() -> list[tuple[int, bool]]:
    days = [settings.PAPERS_REMINDER_DAYS, settings.PAPERS_LAST_REMINDER_DAYS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, last_time FROM vh.remind_of_papers(%s, %s)", days)
        return cursor.fetchall()


def _office() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.office() ORDER BY 1")
        return [user_id for (user_id,) in cursor.fetchall()]


@app.task(name="partners.tend_round", role="clock")
def tend_round() -> int:
    """Begin a round when the last one is half a year old, or remind once of the one that runs; how
    many people hear of it.

    That who was not confirmed sees nothing needs no clock: the wall asks for the day itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, of_the_house, reminder FROM vh.tend_round()")
        told = cursor.fetchall()
    for user_id, of_the_house, reminder in told:
        outbox.post(ROUND_MAILS[reminder, of_the_house], to=user_id)
    return len(told)


@app.task(name="partners.let_partners_leave", role="clock")
def let_partners_leave() -> int:
    """Let every partner leave whose day has come; how many people hear of it.

    The wall needs no clock: nobody of that partner sees anything since midnight. This switches the
    accounts off, closes what they were given, and tells who leads clients; twice is once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vh.leave_today()")
        told = [user_id for (user_id,) in cursor.fetchall()]
    for user_id in told:
        outbox.post("partner_uitgetreden", to=user_id)
    return len(told)
