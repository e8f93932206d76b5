"""The conversation in which a plan is offered, who signs for the client, and a plan on paper."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import holds, lock

TALK = "maatwerkplan_offertalk"
LEADS = holds(f"{TALK}.case_id", "lead_case")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_weighing_wall"),
        ("maatwerkplan", "0007_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferTalk",
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
                ("on", models.DateField(verbose_name="dag van het gesprek")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="waarom nog een gesprek"
                    ),
                ),
                ("interpreter", models.CharField(blank=True, max_length=60, verbose_name="tolk")),
                (
                    "representative",
                    models.CharField(blank=True, max_length=160, verbose_name="vertegenwoordiger"),
                ),
                (
                    "capacity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("curator", "curator"),
                            ("mentor", "mentor"),
                            ("ouder", "ouder met gezag"),
                            ("voogd", "voogd"),
                        ],
                        max_length=8,
                        verbose_name="hoedanigheid",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="grond")),
                (
                    "instead",
                    models.BooleanField(
                        default=False, verbose_name="tekent in plaats van de cliënt"
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "aanbodgesprek",
                "verbose_name_plural": "aanbodgesprekken",
            },
        ),
        migrations.AddField(
            model_name="signature",
            name="capacity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("curator", "curator"),
                    ("mentor", "mentor"),
                    ("ouder", "ouder met gezag"),
                    ("voogd", "voogd"),
                ],
                max_length=8,
                verbose_name="hoedanigheid",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="ground",
            field=models.CharField(blank=True, max_length=200, verbose_name="grond"),
        ),
        migrations.AddField(
            model_name="signature",
            name="paper_kept_by",
            field=models.CharField(
                blank=True, max_length=160, verbose_name="wie het papier bewaart"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="paper_place",
            field=models.CharField(blank=True, max_length=80, verbose_name="plaats"),
        ),
        migrations.AddField(
            model_name="signature",
            name="paper_signed_on",
            field=models.DateField(null=True, verbose_name="getekend op papier"),
        ),
        migrations.AlterField(
            model_name="signature",
            name="party",
            field=models.CharField(
                choices=[
                    ("client", "cliënt"),
                    ("vertegenwoordiger", "vertegenwoordiger"),
                    ("interventiemanager", "interventiemanager"),
                ],
                max_length=20,
                verbose_name="partij",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("party", "vertegenwoordiger"), _negated=True),
                        ("capacity", ""),
                        ("ground", ""),
                    ),
                    models.Q(
                        ("party", "vertegenwoordiger"),
                        models.Q(("capacity", ""), _negated=True),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="who_signs_for_another_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paper_kept_by", ""), ("paper_place", ""), ("paper_signed_on", None)),
                    models.Q(
                        ("paper_signed_on__isnull", False),
                        ("strokes", None),
                        models.Q(("paper_place", ""), _negated=True),
                        models.Q(("paper_kept_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="paper_says_when_where_and_who_keeps_it",
            ),
        ),
        migrations.AddField(
            model_name="offertalk",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="offertalk",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="talks",
                to="maatwerkplan.maatwerkplan",
            ),
        ),
        migrations.AddField(
            model_name="offertalk",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="offertalk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("capacity", ""), ("ground", ""), ("instead", False), ("representative", "")
                    ),
                    models.Q(
                        models.Q(("representative", ""), _negated=True),
                        models.Q(("capacity", ""), _negated=True),
                        models.Q(("ground", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="who_speaks_for_another_says_why",
            ),
        ),
        lock(TALK, read=LEADS, add=LEADS),
    ]
