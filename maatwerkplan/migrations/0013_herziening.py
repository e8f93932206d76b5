"""Why a plan is revised, for who sees the whole plan; and when a third party signed for secrecy before
it was asked to take a step. EXE-07; WGS 2.31 lid 9."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import holds, lock

TABLE = "maatwerkplan_herziening"


class Migration(migrations.Migration):
    dependencies = [
        ("maatwerkplan", "0012_mandaat"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="drangstap",
            name="secrecy_signed_on",
            field=models.DateField(null=True, verbose_name="geheimhouding getekend op"),
        ),
        migrations.CreateModel(
            name="Herziening",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="herziening",
                        serialize=False,
                        to="maatwerkplan.maatwerkplan",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reden van de herziening")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "herziening",
                "verbose_name_plural": "herzieningen",
            },
        ),
        lock(
            TABLE,
            read=holds(f"{TABLE}.case_id", "view_plan"),
            add=holds(f"{TABLE}.case_id", "lead_case"),
        ),
    ]
