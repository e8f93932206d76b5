"""On which mandate a promise rests. GOV-22."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("maatwerkplan", "0011_continues"), ("partners", "0011_register")]

    operations = [
        migrations.AddField(
            model_name="deliveryanswer",
            name="mandaat",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.mandaat",
            ),
        ),
    ]
