"""Who is reminded is who leads, does or manages on the day itself."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
UNDO = "DROP FUNCTION vh.address_reminders(); DROP FUNCTION vh.reminded_of(text, uuid, uuid)"


class Migration(migrations.Migration):
    dependencies = [("maatwerkplan", "0006_scopes")]

    operations = [
        migrations.RunSQL(SQL, UNDO),
        seal_functions(inner=("address_reminders", "reminded_of")),
        migrations.RunSQL(
            "GRANT EXECUTE ON FUNCTION vh.address_reminders() TO vh_clock",
            migrations.RunSQL.noop,
        ),
    ]
