"""A list keeps that its file has more sheets than the one that is read, and its pages say so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0032_taken_along")]

    operations = [
        migrations.AddField("importbatch", "leaves_sheets", models.BooleanField(default=False)),
    ]
