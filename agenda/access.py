"""Who finds which casusoverleg and which point of it; and what the pen grants for one point."""

from uuid import UUID

from django.db import connection
from django.shortcuts import get_object_or_404

from agenda.models import AgendaItem, Casusoverleg
from partners.models import User


def get_overleg(user: User, overleg_id: UUID) -> Casusoverleg:
    """A casusoverleg of this reader; otherwise there is none (Http404)."""
    mine = Casusoverleg.objects.visible_to(user).select_related("note_taker")
    return get_object_or_404(mine, pk=overleg_id)


def get_point(user: User, overleg_id: UUID, position: int) -> AgendaItem:
    """A point that this reader may see; otherwise there is none (Http404)."""
    items = AgendaItem.objects.select_related("case__client", "overleg")
    return get_object_or_404(items, overleg=get_overleg(user, overleg_id), position=position)


def let_note(item: AgendaItem) -> None:
    """Let the note-taker of this point's meeting know the case and write its minutes.

    Ends when the minutes are adopted or somebody else takes the pen (Basis.NOTULIST). Raises
    ProgrammingError when the wall refuses: the meeting is over, or the case is not the asker's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.let_note(%s)", [item.pk])
