"""What sitting at the table for a case grants: the pen, for one point of the agenda."""

from django.db import connection

from agenda.models import AgendaItem


def let_note(item: AgendaItem) -> None:
    """Let the note-taker of this point's meeting know the case and write its minutes.

    Ends when the minutes are adopted or somebody else takes the pen (Basis.NOTULIST). Raises
    ProgrammingError when the wall refuses: the meeting is over, or the case is not the asker's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.let_note(%s)", [item.pk])
