"""Whoever reports somebody reads his own report back, and not the dossier that it belongs to."""

from pathlib import Path

from django.db import migrations, models

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_unheard")]

    operations = [
        migrations.AddField(
            model_name="aanmelding",
            name="reported_as",
            field=models.CharField(max_length=200, verbose_name="aangedragen als", default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.own_reports(), vh.report_days()"),
        seal_functions(),
    ]
