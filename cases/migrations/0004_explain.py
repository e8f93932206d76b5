"""Why somebody may see something, and what a change of rights would open or close."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_wall")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("weigh_any",)),
    ]
