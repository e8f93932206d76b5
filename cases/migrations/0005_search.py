"""Finding and counting inside the wall: the indexes, and the functions that may use them."""

from pathlib import Path

import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
# What the functions ask each other, and nobody else may ask.
INNER = ("fits", "known_to", "knows_many", "parts", "resembles", "who_fits", "who_fits_among")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_explain"),
        ("partners", "0003_signatories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-opened_at", "-id"], name="case_newest_first"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["-opened_at", "id"],
                name="case_candidates",
                condition=models.Q(status="aangemeld"),
            ),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["birth_date"], name="client_by_birth_date"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_name"], name="client_by_part", opclasses=["gin_trgm_ops"]
            ),
        ),
        # The planner must tell somebody who knows three hundred cases from one who knows most.
        migrations.RunSQL(
            "ALTER TABLE cases_participation ALTER COLUMN group_id SET STATISTICS 1000",
            "ALTER TABLE cases_participation ALTER COLUMN group_id SET STATISTICS -1",
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=INNER),
    ]
