"""The clock watches how people read and raises signals; the FG reads them and lays them aside."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, has_role, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("agenda", "0002_wall"), ("partners", "0006_reset"), ("privacy", "0002_signal")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(
            inner=("had_business", "reading_days", "reset_days", "raise_signal", "officers")
        ),
        # Nobody judges what is about himself.
        lock("privacy_signal", read=has_role("fg"), change=f"user_id <> {ASKING}"),
    ]
