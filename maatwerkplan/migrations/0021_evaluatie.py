"""A plan is evaluated with its participants: read by who sees the whole plan. WGS 2.26; EXE-07."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, holds, lock

TABLE = "maatwerkplan_evaluatie"
CASE = f"{TABLE}.case_id"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0034_own_lists"),
        ("maatwerkplan", "0020_aanspreken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evaluatie",
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
                ("held_on", models.DateField(verbose_name="gehouden op")),
                (
                    "with_whom",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        size=None,
                        verbose_name="met wie",
                    ),
                ),
                ("reached", models.TextField(verbose_name="wat is bereikt")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("doorgaan", "het plan gaat door"),
                            ("herzien", "het plan moet anders"),
                            ("afronden", "het plan kan worden afgerond"),
                        ],
                        max_length=8,
                        verbose_name="besluit",
                    ),
                ),
                ("next_on", models.DateField(null=True, verbose_name="volgende evaluatie")),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evaluaties",
                        to="maatwerkplan.maatwerkplan",
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
                "verbose_name": "evaluatie",
                "verbose_name_plural": "evaluaties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conclusion", "afronden"), ("next_on__isnull", False), _connector="OR"
                        ),
                        name="an_evaluation_has_a_next_unless_it_is_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("with_whom__len__gt", 0), ("with_whom__len__isnull", False)
                        ),
                        name="an_evaluation_is_with_somebody",
                    ),
                ],
            },
        ),
        lock(
            TABLE,
            read=holds(CASE, "view_plan"),
            add=f"{holds(CASE, 'lead_case')} AND recorded_by_id = {ASKING}",
        ),
    ]
