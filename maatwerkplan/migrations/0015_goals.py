"""What a plan is for, per leefgebied: part of the whole plan, and so for who sees the whole plan."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.db import migrations, models

from veiligheidshuis.locks import holds, lock

DOEL, HISTORY = "maatwerkplan_doel", "maatwerkplan_historicaldoel"
LEADS = holds(f"{DOEL}.case_id", "lead_case")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0029_documents_wall"),
        ("maatwerkplan", "0014_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalDoel",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "leefgebied",
                    models.CharField(
                        choices=[
                            ("identiteitspapieren", "identiteitspapieren"),
                            ("huisvesting", "huisvesting"),
                            ("werk_inkomen", "werk en inkomen"),
                            ("educatie", "educatie"),
                            ("gezondheid", "gezondheid"),
                            ("zelfredzaamheid", "zelfredzaamheid"),
                            ("schuldsanering", "schuldsanering"),
                        ],
                        max_length=20,
                        verbose_name="leefgebied",
                    ),
                ),
                (
                    "together",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="wat we samen willen bereiken"
                    ),
                ),
                (
                    "own_words",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="in de woorden van de cliënt"
                    ),
                ),
                (
                    "own_part",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="wat de cliënt zelf doet"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "history_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="maatwerkplan.maatwerkplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical doel",
                "verbose_name_plural": "historical doelen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Doel",
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
                (
                    "leefgebied",
                    models.CharField(
                        choices=[
                            ("identiteitspapieren", "identiteitspapieren"),
                            ("huisvesting", "huisvesting"),
                            ("werk_inkomen", "werk en inkomen"),
                            ("educatie", "educatie"),
                            ("gezondheid", "gezondheid"),
                            ("zelfredzaamheid", "zelfredzaamheid"),
                            ("schuldsanering", "schuldsanering"),
                        ],
                        max_length=20,
                        verbose_name="leefgebied",
                    ),
                ),
                (
                    "together",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="wat we samen willen bereiken"
                    ),
                ),
                (
                    "own_words",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="in de woorden van de cliënt"
                    ),
                ),
                (
                    "own_part",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="wat de cliënt zelf doet"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
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
                        related_name="goals",
                        to="maatwerkplan.maatwerkplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "doel",
                "verbose_name_plural": "doelen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "leefgebied"), name="one_goal_a_leefgebied"
                    )
                ],
            },
        ),
        lock(DOEL, read=holds(f"{DOEL}.case_id", "view_plan"), add=LEADS, change=LEADS),
        lock(
            HISTORY,
            read=holds(f"{HISTORY}.case_id", "view_plan"),
            add=holds(f"{HISTORY}.case_id", "lead_case"),
        ),
    ]
