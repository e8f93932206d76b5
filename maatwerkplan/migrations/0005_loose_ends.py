"""Whom nobody holds: clients without interventiemanager, next action or planned meeting. REG-08."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("maatwerkplan", "0004_flow"),
        ("agenda", "0003_flow"),
        ("veiligheidshuis", "0005_werkafspraken"),
    ]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION vh.loose_ends()"),
        seal_functions(),
    ]
