"""Who need not be on a prioriteitenlijst any more leaves it at once, with what it says of him."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_joining")]

    operations = [
        migrations.RunSQL(
            SQL, "DROP FUNCTION vh.take_off_list(uuid, uuid), vh.strike_off(uuid, uuid)"
        ),
        seal_functions(inner=("strike_off",)),
    ]
