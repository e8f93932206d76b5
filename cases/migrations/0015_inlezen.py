"""How partners make their lists is remembered; a list read in by mistake is taken back."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import has_role, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_werkwijze"),
        ("partners", "0011_register"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Indeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("columns", models.JSONField(default=dict, verbose_name="kolommen")),
                (
                    "doelgroep",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("veelpleger", "meerderjarige veelpleger"),
                            ("jeugdige_veelpleger", "jeugdige veelpleger"),
                            ("harde_kern", "harde kern jeugd"),
                            ("overlastgever", "notoire overlastgever"),
                            ("probleemjongere", "probleemjongere"),
                            ("huiselijk_geweld", "pleger huiselijk geweld"),
                        ],
                        max_length=24,
                        verbose_name="doelgroep van iedereen",
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indeling",
                        to="partners.organisation",
                        verbose_name="van wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "indeling van een lijst",
                "verbose_name_plural": "indelingen van lijsten",
            },
        ),
        lock(
            "cases_indeling",
            read=has_role("bedrijfsbureau"),
            add=has_role("bedrijfsbureau"),
            change=has_role("bedrijfsbureau"),
        ),
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.undo_import(uuid, integer), vh.worked_on_of_import(uuid),"
            " vh.brought_in(uuid),"
            " vh.open_cases(uuid[], uuid[], text[], bigint[], text[], text)",
        ),
        seal_functions(inner=("brought_in",)),
    ]
