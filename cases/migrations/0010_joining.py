"""Who may say that two dossiers are of one person, or of two; and how the one goes into the other."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import PROCESS_VIEW, has_role, knows, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
BOTH = f"{knows('cases_toldapart.case_id')} AND {knows('cases_toldapart.other_id')}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_likeness")]

    operations = [
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.join_case(uuid, uuid), vh.have_other_bsn(uuid, uuid),"
            " vh.require_comparing(uuid, uuid)",
        ),
        seal_functions(inner=("require_comparing",)),
        lock(
            "cases_toldapart",
            read=f"{PROCESS_VIEW} AND {BOTH}",
            add=f"{has_role('bedrijfsbureau')} AND {BOTH}",
        ),
    ]
