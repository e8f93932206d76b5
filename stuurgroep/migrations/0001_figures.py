"""The figures of the steering group: one function of a narrow role, that gives suppressed counts.

The role sees of every plan when it was offered, signed and refused, and of every action whether
it started; no name, no text, and no case number.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("maatwerkplan", "0002_wall"),
        ("partners", "0002_wall"),
        ("veiligheidshuis", "0005_werkafspraken"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
