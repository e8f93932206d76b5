"""The functions by which an organisation comes to the table and leaves it."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_regelingen_wall")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("let_leave", "leave_today")),
    ]
