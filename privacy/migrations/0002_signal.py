"""The signals from the access log."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("privacy", "0001_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Signal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("veel", "veel meer dossiers dan anders"),
                            ("meegenomen", "veel dossiers meegenomen in een bestand"),
                            ("nacht", "dossiers in de nacht"),
                            ("aftasten", "vaak gevraagd naar wat er niet is"),
                            ("zonder_taak", "dossiers zonder taak, overleg of rol"),
                            ("naamgenoot", "een cliënt met dezelfde achternaam"),
                            ("tweede_stap", "een tweede stap die wordt teruggezet"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                ("count", models.PositiveIntegerField(verbose_name="aantal")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("handled_at", models.DateTimeField(null=True)),
                ("finding", models.TextField(blank=True, verbose_name="wat was het")),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "signaal",
                "verbose_name_plural": "signalen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "user", "day"), name="one_signal_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", ""), ("handled_at", None), ("handled_by", None)),
                            models.Q(
                                ("handled_at__isnull", False),
                                ("handled_by__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signal_handled_by_somebody_with_a_finding",
                    ),
                ],
            },
        ),
    ]
