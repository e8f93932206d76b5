"""The functions by which the access log is read: by the FG, and by who leads a case for that case."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0003_wall"), ("veiligheidshuis", "0003_log_check")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("may_know_looks", "shown_of")),
    ]
