"""The locks of the agenda: everybody his own points, and nobody another's. S2, voetnoot 14.

A point is seen by who knows its case and sits at the table for it; the minutes by fewer still.
Once they are adopted nothing of the meeting can be written any more.
"""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, PROCESS_VIEW, has_role, holds, knows, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
for scope in ("know_case", "lead_case"):
    SQL = SQL.replace(f"{{{scope}}}", holds("i.case_id", scope))

OFFICE = has_role("bedrijfsbureau")
MY_ITEMS = "(SELECT vh.my_agenda_items())::uuid[]"
MY_OVERLEGGEN = "(SELECT vh.my_overleggen())::uuid[]"
MY_NOTE_TAKING = "(SELECT vh.my_note_taking())::uuid[]"
ITEM, MINUTES = "agenda_agendaitem", "agenda_minutes"
ITEM_KNOWN = knows(f"{ITEM}.case_id")
AT_THE_TABLE = (
    f"{PROCESS_VIEW} OR {ITEM}.id = ANY ({MY_ITEMS}) OR overleg_id = ANY ({MY_NOTE_TAKING})"
    f" OR {holds(f'{ITEM}.case_id', 'lead_case')}"
)
STILL_PLANNED = (
    "EXISTS (SELECT FROM agenda_casusoverleg o WHERE o.id = overleg_id AND o.status = 'gepland')"
)


def of_item(row: str, condition: str = "true") -> str:
    """The row hangs on a point that the asking user sees, and names the case of that point."""
    return (
        "EXISTS (SELECT FROM agenda_agendaitem i JOIN agenda_casusoverleg o ON o.id = i.overleg_id"
        f" WHERE i.id = {row}.item_id AND i.case_id = {row}.case_id AND {condition})"
    )


INVITATION_OPEN = of_item(
    "agenda_invitation", "o.id = agenda_invitation.overleg_id AND o.status = 'gepland'"
)
# Scope `minutes` on a case is not enough: only of the meeting whose notes he takes.
WRITES = (
    f"({holds(f'{MINUTES}.case_id', 'minutes')}"
    f" AND {of_item(MINUTES, f'o.id = ANY ({MY_NOTE_TAKING})')})"
)
LEADS = f"({holds(f'{MINUTES}.case_id', 'lead_case')} AND {of_item(MINUTES)})"
WAS_THERE = of_item(MINUTES, f"o.status = 'vastgesteld' AND i.id = ANY ({MY_ITEMS})")


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial"), ("cases", "0003_wall")]

    operations = [
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.agenda_positions(uuid), vh.fits_overleg(uuid, uuid), vh.has_minutes(uuid), vh.let_note(uuid), vh.my_overleggen(), vh.my_note_taking(),"
            " vh.my_agenda_items()",
        ),
        seal_functions(),
        lock(
            "agenda_casusoverleg",
            read=f"{PROCESS_VIEW} OR id = ANY ({MY_OVERLEGGEN})",
            add=f"{OFFICE} AND planned_by_id = {ASKING}",
            change=f"({OFFICE} AND {PROCESS_VIEW}) OR id = ANY ({MY_NOTE_TAKING})",
        ),
        lock(
            ITEM,
            read=f"{ITEM_KNOWN} AND ({AT_THE_TABLE})",
            add=f"{OFFICE} AND {ITEM_KNOWN} AND {STILL_PLANNED}"
            f" AND (SELECT vh.fits_overleg(overleg_id, {ITEM}.case_id))",
            # Its minutes hold on to it: a point with notes stays (foreign key).
            remove=f"{OFFICE} AND {ITEM_KNOWN} AND {STILL_PLANNED}",
        ),
        lock(
            "agenda_invitation",
            read=f"(user_id = {ASKING} OR {PROCESS_VIEW}) AND {of_item('agenda_invitation')}",
            add=f"{OFFICE} AND {INVITATION_OPEN}",
            remove=f"{OFFICE} AND {INVITATION_OPEN}",
        ),
        # Django asks to remove the minutes of a point that goes; there are none, and no right to.
        lock(
            MINUTES,
            read=f"{WRITES} OR {LEADS} OR {WAS_THERE}",
            add=WRITES,
            change=WRITES,
            remove="false",
        ),
    ]
