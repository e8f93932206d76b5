"""What a hand-over is about, in numbers."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("maatwerkplan", "0002_wall")]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION vh.running_work(uuid)"),
        seal_functions(),
    ]
