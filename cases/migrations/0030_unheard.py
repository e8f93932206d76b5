"""Who decides on a report hears of how many organisations the judgement is not there yet."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_documents_wall")]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION vh.count_unheard(uuid)"),
        seal_functions(),
    ]
