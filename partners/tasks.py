"""What the clock does for the people: tell them that their papers end."""

from django.conf import settings
from django.db import connection

from veiligheidshuis import outbox
from veiligheidshuis.celery import app


@app.task(name="partners.remind_of_papers", role="clock")
def remind_of_papers() -> int:
    """Mail everybody whose papers end soon, once for each paper; how many people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT user_id FROM vh.remind_of_papers(%s)", [settings.PAPERS_REMINDER_DAYS]
        )
        people = [user_id for (user_id,) in cursor.fetchall()]
    for user_id in people:
        outbox.post("papieren", to=user_id)
    return len(people)
