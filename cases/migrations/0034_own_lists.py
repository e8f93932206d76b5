"""Whoever supplied a list reads how it was read in, and not who was known already. INT-10."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0033_first_sheet")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION vh.own_lists()"), seal_functions()]
