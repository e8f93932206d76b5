"""The function that keeps every status to its flow; each app ties it to its own tables."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("veiligheidshuis", "0003_log_check")]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION vh.keep_flow()"),
        seal_functions(inner=("keep_flow",)),
        migrations.RunSQL(
            "GRANT EXECUTE ON FUNCTION vh.keep_flow() TO vh_owner", migrations.RunSQL.noop
        ),
    ]
