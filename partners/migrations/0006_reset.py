"""A lost second factor: who asks, who looks along, and who may stop it.

Readable for the office and for himself; written by the functions of 0006_reset.sql alone.
"""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, has_role, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
OFFICE = has_role("bedrijfsbureau", "manager")


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_sign_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactorReset",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gevraagd", "wacht op een tweede persoon"),
                            ("goedgekeurd", "goedgekeurd"),
                            ("uitgevoerd", "teruggezet"),
                            ("afgewezen", "afgewezen"),
                            ("tegengehouden", "door de gebruiker tegengehouden"),
                        ],
                        max_length=14,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.TextField(verbose_name="wat is er gebeurd")),
                ("identity", models.TextField(verbose_name="hoe weet je dat hij het is")),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("not_before", models.DateTimeField(null=True, verbose_name="niet eerder dan")),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="factor_resets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tweede stap terugzetten",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("gevraagd", "goedgekeurd"))),
                        fields=("user",),
                        name="one_reset_under_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "gevraagd",
                                    "goedgekeurd",
                                    "uitgevoerd",
                                    "afgewezen",
                                    "tegengehouden",
                                ],
                            )
                        ),
                        name="reset_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("user")), _negated=True),
                            models.Q(
                                ("approved_by", None),
                                models.Q(
                                    models.Q(("approved_by", models.F("asked_by")), _negated=True),
                                    models.Q(("approved_by", models.F("user")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="reset_takes_two_others",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("goedgekeurd", "uitgevoerd")), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("not_before__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reset_done_after_a_second_person",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(),
        lock("partners_factorreset", read=f"{OFFICE} OR user_id = {ASKING}"),
    ]
