"""An action of a plan in force goes on in the plan that takes its place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("maatwerkplan", "0010_drangstap"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalpartneraction",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="maatwerkplan.partneraction",
            ),
        ),
        migrations.AddField(
            model_name="partneraction",
            name="continues",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="maatwerkplan.partneraction",
            ),
        ),
    ]
