"""A list keeps the names of the columns that may not be read, so that its pages go on saying so."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_regime")]

    operations = [
        migrations.AddField(
            "importbatch",
            "not_read",
            ArrayField(models.CharField(max_length=60), default=list, size=None),
        ),
    ]
