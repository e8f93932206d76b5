"""The locks of the agenda: a point is seen by who is invited to it, minutes by fewer still."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, has_role, holds, knows, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
OFFICE = has_role("bedrijfsbureau", "manager")
ITEM, MINUTES = "agenda_agendaitem", "agenda_minutes"


def invited(condition: str) -> str:
    """An invitation of the asking user; the table of invitations shows him his own only."""
    return f"EXISTS (SELECT FROM agenda_invitation v WHERE v.user_id = {ASKING} AND {condition})"


OVERLEG_SEEN = f"{OFFICE} OR note_taker_id = {ASKING} OR " + invited(
    "v.overleg_id = agenda_casusoverleg.id"
)
ITEM_SEEN = (
    f"({OFFICE} AND {knows(f'{ITEM}.case_id')}) OR {holds(f'{ITEM}.case_id', 'lead_case')}"
    f" OR {holds(f'{ITEM}.case_id', 'minutes')}"
    f" OR ({invited(f'v.item_id = {ITEM}.id')} AND {holds(f'{ITEM}.case_id', 'know_case')})"
)
ADOPTED = (
    "EXISTS (SELECT FROM agenda_agendaitem i JOIN agenda_casusoverleg o ON o.id = i.overleg_id"
    f" WHERE i.id = {MINUTES}.item_id AND o.status = 'vastgesteld')"
)
MINUTES_SEEN = (
    f"{holds(f'{MINUTES}.case_id', 'minutes')} OR {holds(f'{MINUTES}.case_id', 'lead_case')}"
    f" OR ({ADOPTED} AND {invited(f'v.item_id = {MINUTES}.item_id')}"
    f" AND {holds(f'{MINUTES}.case_id', 'know_case')})"
)


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial"), ("cases", "0003_wall")]

    operations = [
        lock(
            "agenda_invitation",
            read=f"user_id = {ASKING} OR {OFFICE}",
            add=f"{OFFICE} AND {knows('agenda_invitation.case_id')}",
            remove=OFFICE,
        ),
        lock("agenda_casusoverleg", read=OVERLEG_SEEN, add=OFFICE, change=OFFICE),
        lock(ITEM, read=ITEM_SEEN, add=f"{OFFICE} AND {knows(f'{ITEM}.case_id')}"),
        lock(
            MINUTES,
            read=MINUTES_SEEN,
            add=holds(f"{MINUTES}.case_id", "minutes"),
            change=holds(f"{MINUTES}.case_id", "minutes"),
        ),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.agenda_positions(uuid)"),
        seal_functions(),
    ]
