"""Who hears of a term: who leads, does or manages on the day itself. S2, voetnoot 11; EXE-01."""

from django.db import connection


def address_reminders() -> None:
    """Give the terms of today the readers of today; only the clock may ask it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.address_reminders()")
