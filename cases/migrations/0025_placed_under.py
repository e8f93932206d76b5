"""Every place names the criteria it was placed under, and a list waits for who is not admitted.

PRI-06; BGS 2.22.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
# Who stood on a list before: of an adopted list the criteria of that day, else those of today.
NAME_THEM = """
UPDATE cases_lijstplaats p SET criteria_id = coalesce(
    (SELECT w.id FROM veiligheidshuis_werkafspraak w, cases_prioriteitenlijst l
       WHERE l.id = p.prioriteitenlijst_id AND w.subject = 'criteria' AND w.withdrawn_at IS NULL
         AND w.valid_from <= (coalesce(l.adopted_at, now()) AT TIME ZONE 'Europe/Amsterdam')::date
       ORDER BY w.valid_from DESC LIMIT 1),
    (SELECT w.id FROM veiligheidshuis_werkafspraak w WHERE w.subject = 'criteria'
       ORDER BY w.valid_from LIMIT 1));
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


def criteria(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="veiligheidshuis.werkafspraak",
        verbose_name="geplaatst onder",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_facts_wall"), ("veiligheidshuis", "0005_werkafspraken")]

    operations = [
        migrations.AddField("lijstplaats", "criteria", criteria(null=True)),
        migrations.RunSQL(NAME_THEM, migrations.RunSQL.noop),
        migrations.AlterField("lijstplaats", "criteria", criteria()),
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.keep_criteria() CASCADE; DROP FUNCTION vh.count_unadmitted(uuid),"
            " vh.unadmitted(uuid)",
        ),
        seal_functions(inner=("keep_criteria", "unadmitted")),
    ]
