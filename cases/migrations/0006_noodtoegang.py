"""Break-glass, with its lock and the functions that write it."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, has_role, holds, knows, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
CASE = "cases_noodtoegang.case_id"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_search"),
        ("veiligheidshuis", "0005_werkafspraken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Noodtoegang",
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
                ("reason", models.CharField(max_length=300, verbose_name="reden")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField(verbose_name="tot")),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("justified", models.BooleanField(null=True, verbose_name="terecht")),
                ("review", models.CharField(blank=True, max_length=300, verbose_name="oordeel")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="noodtoegangen",
                        to="cases.case",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "noodtoegang",
                "verbose_name_plural": "noodtoegangen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("opened_at"))),
                        name="emergency_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("justified", None),
                                ("review", ""),
                                ("reviewed_at", None),
                                ("reviewed_by", None),
                            ),
                            models.Q(
                                ("justified__isnull", False),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("opened_by")), _negated=True),
                                models.Q(("review", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_reviewed_by_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.emergency_numbers(), vh.review_emergency(uuid, boolean, text),"
            " vh.end_emergency(uuid), vh.break_glass(uuid, uuid, text, int), vh.emergency_hours(),"
            " vh.judgement_overdue()",
        ),
        seal_functions(),
        # Who opened, who leads, and who judges it read why; nobody writes but the functions above.
        lock(
            "cases_noodtoegang",
            read=f"{has_role('fg')} OR {holds(CASE, 'lead_case')}"
            f" OR ((opened_by_id = {ASKING} OR {has_role('manager')}) AND {knows(CASE)})",
        ),
    ]
