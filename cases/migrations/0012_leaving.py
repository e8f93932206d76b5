"""A dossier lets go of the people of a partner that left."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_leaving_list"), ("partners", "0009_toetreding")]

    operations = [
        migrations.RunSQL(
            SQL,
            "DROP TRIGGER let_go ON partners_toetreding; DROP FUNCTION vh.let_go_of_leaver()",
        ),
        seal_functions(inner=("let_go_of_leaver",)),
    ]
