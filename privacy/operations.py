"""What supervision does: watch how people read, and judge what struck the house."""

import logging
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from partners.models import User
from privacy import rules
from privacy.models import Signal, SignalKind
from privacy.rules import ReadingDay
from veiligheidshuis import logchain
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.outbox import post

log = logging.getLogger(__name__)
ONE_DAY = timedelta(days=1)


def watch(today: date) -> int:
    """Raise a signal for every unusual day of today and yesterday; how many are new.

    And for every second factor that others take away. As the clock. The FG gets a mail that names
    nobody; a day that was signalled stays signalled.
    """
    recent = _reading_days(today - ONE_DAY, today, None)
    suspects = [day for day in recent if rules.suspicious(day)]
    resets = _reset_days(today - ONE_DAY, today)
    return sum(_weigh(day) for day in suspects) + sum(
        _raise(SignalKind.TWEEDE_STAP, ReadingDay(user_id, day), count)
        for user_id, day, count in resets
    )


def _weigh(day: ReadingDay) -> int:
    before = _reading_days(day.day - rules.USUAL_OVER, day.day - ONE_DAY, [day.user_id])
    return sum(_raise(kind, day, count) for kind, count in rules.signals(day, before).items())


def _raise(kind: SignalKind, day: ReadingDay, count: int) -> bool:
    """Whether this signal is new; then every FG is told that there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vh.raise_signal(%s, %s, %s, %s)", [kind, day.user_id, day.day, count]
        )
        (told,) = cursor.fetchone()
    for user_id in told or []:
        post("signaal", to=user_id)
    return told is not None


def close_log() -> int:
    """Verify the whole access log and close it until here; how many lines. As the clock.

    When it is not whole nothing is closed, and every FG gets a mail at once. veiligheid.md AUD-13.
    """
    try:
        return logchain.close().lines
    except logchain.NotWhole as broken:
        log.error("the access log is not whole, and was not closed: %s", broken)
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(vh.officers())")
        officers = [pk for (pk,) in cursor]
    for user_id in officers:
        post("logboek_niet_heel", to=user_id)
    return 0


def _reading_days(first: date, last: date, users: list[int] | None) -> list[ReadingDay]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id, day, opened, searched, listed, taken_along, refused, at_night,"
            " without_task, namesakes FROM vh.reading_days(%s, %s, %s::bigint[])",
            [first, last, users],
        )
        return [ReadingDay(*row) for row in cursor.fetchall()]


def _reset_days(first: date, last: date) -> list[tuple[int, date, int]]:
    """Whose second factor is being reset, on which day, and how often."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, day, count FROM vh.reset_days(%s, %s)", [first, last])
        return cursor.fetchall()


def handle(signal: Signal, *, finding: str, by: User) -> None:
    """Lay a signal aside with what it turned out to be. Raises Refused when somebody did before,
    and when it is about himself."""
    refuse_if(rules.obstacles_to_handling(signal, by))
    kept = Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    refuse_if(rules.obstacles_to_handling(kept, by))
    kept.finding, kept.handled_by, kept.handled_at = finding, by, timezone.now()
    kept.save(update_fields=["finding", "handled_by", "handled_at"])
