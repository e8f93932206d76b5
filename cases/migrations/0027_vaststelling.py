"""How often a diagnosis was established, and when: process data, as its line in the timeline."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import holds, knows, lock

TABLE = "cases_vaststelling"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0026_diagnose"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Vaststelling",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="volgnummer")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgesteld op"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vaststellingen",
                        to="cases.case",
                    ),
                ),
                (
                    "established_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vaststelling",
                "verbose_name_plural": "vaststellingen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "number"), name="vaststelling_number_once"
                    )
                ],
            },
        ),
        lock(TABLE, read=knows(f"{TABLE}.case_id"), add=holds(f"{TABLE}.case_id", "lead_case")),
        # What was established before had no row of its own.
        migrations.RunSQL(
            "INSERT INTO cases_vaststelling"
            " (id, first_processed_on, case_id, number, at, established_by_id)"
            " SELECT gen_random_uuid(), d.first_processed_on, d.case_id, 1, coalesce("
            "(SELECT min(h.history_date) FROM cases_historicaldiagnosis h WHERE h.case_id"
            " = d.case_id AND h.completed_on IS NOT NULL), d.completed_on), d.completed_by_id"
            " FROM cases_diagnosis d WHERE d.completed_on IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
