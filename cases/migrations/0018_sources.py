"""Which partners are asked whom they put forward for a list."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import has_role, lock

OFFICE = has_role("bedrijfsbureau", "manager")
KEPT_LIST = "prioriteitenlijst_id = ANY ((SELECT vh.kept_lists())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_seal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bronvraag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gevraagd"
                    ),
                ),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="herinnerd")),
                ("nobody_at", models.DateTimeField(null=True, verbose_name="heeft niemand")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "prioriteitenlijst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bronvragen",
                        to="cases.prioriteitenlijst",
                    ),
                ),
            ],
            options={"verbose_name": "bronvraag", "verbose_name_plural": "bronvragen"},
        ),
        migrations.AddConstraint(
            model_name="bronvraag",
            constraint=models.UniqueConstraint(
                fields=("prioriteitenlijst", "organisation"), name="partner_asked_once_a_list"
            ),
        ),
        lock("cases_bronvraag", read=OFFICE, add=KEPT_LIST, change=KEPT_LIST),
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_bronvraag FROM vh_app;"
            "GRANT UPDATE (reminded_at, nobody_at) ON cases_bronvraag TO vh_app",
            migrations.RunSQL.noop,
        ),
    ]
