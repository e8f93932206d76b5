"""Drang en dwang, step by step: a partner sees his own step alone. OFF-05."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import PRINCIPALS, holds, lock

STEP, OUTCOME = "maatwerkplan_drangstap", "maatwerkplan_stapuitkomst"
LEADS = holds(f"{STEP}.case_id", "lead_case")
# A partner sees the step that he takes himself, in a case that he knows, and no other.
OWN = (
    f"(EXISTS (SELECT FROM partners_organisation o WHERE o.id = {STEP}.organisation_id"
    f" AND o.group_id = ANY ({PRINCIPALS})) AND {holds(f'{STEP}.case_id', 'know_case')})"
)
SEES_STEP = f"EXISTS (SELECT FROM {STEP} s WHERE s.id = {OUTCOME}.step_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_weighing_wall"),
        ("maatwerkplan", "0009_promises"),
        ("partners", "0013_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Drangstap",
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
                    "instrument",
                    models.CharField(
                        choices=[
                            ("gesprek", "gesprek met de cliënt"),
                            ("huisbezoek", "huisbezoek"),
                            ("toezicht", "voorwaarden en toezicht"),
                            ("uitkering", "maatregel op een uitkering"),
                            ("woning", "maatregel op de woning"),
                            ("zorg", "verplichte zorg"),
                            ("strafrecht", "strafrecht"),
                            ("anders", "iets anders"),
                        ],
                        max_length=10,
                        verbose_name="middel",
                    ),
                ),
                ("description", models.CharField(max_length=200, verbose_name="wat er gebeurt")),
                (
                    "framework",
                    models.CharField(
                        choices=[
                            ("vrijwillig", "vrijwillig"),
                            ("drang", "drang"),
                            ("dwang", "dwang"),
                        ],
                        max_length=10,
                        verbose_name="kader",
                    ),
                ),
                ("on", models.DateField(verbose_name="op")),
                (
                    "care_seen",
                    models.BooleanField(default=False, verbose_name="lopende zorg gezien"),
                ),
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
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
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
                "verbose_name": "drangstap",
                "verbose_name_plural": "drangstappen",
            },
        ),
        migrations.CreateModel(
            name="Stapuitkomst",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                (
                    "step",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="outcome",
                        serialize=False,
                        to="maatwerkplan.drangstap",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="wat het opleverde")),
                ("happened_on", models.DateField(verbose_name="op")),
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
                "verbose_name": "uitkomst van een drangstap",
                "verbose_name_plural": "uitkomsten van drangstappen",
            },
        ),
        migrations.AddConstraint(
            model_name="drangstap",
            constraint=models.CheckConstraint(
                condition=models.Q(("framework__in", ["drang", "dwang"])),
                name="a_step_is_drang_or_dwang",
            ),
        ),
        lock(STEP, read=f"{LEADS} OR {OWN}", add=LEADS),
        lock(OUTCOME, read=SEES_STEP, add=SEES_STEP),
    ]
