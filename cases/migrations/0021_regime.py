"""Why a case is under its regime, and the one way to the other. PRV-20."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import PROCESS_VIEW, holds, knows, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
CHOICE = "cases_regimekeuze.case_id"
REGIMES = [("wgs", "WGS"), ("lokale_pga", "lokale aanpak")]


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_weighing_wall")]

    operations = [
        migrations.CreateModel(
            name="Regimekeuze",
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
                ("regime", models.CharField(choices=REGIMES, max_length=10, verbose_name="regime")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                ("ground", models.CharField(max_length=300, verbose_name="grond")),
                ("decided_on", models.DateField(verbose_name="besloten op")),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "regimekeuze",
                "verbose_name_plural": "regimekeuzes",
            },
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("regime__in", ["wgs", "lokale_pga"])), name="case_regime_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(("regime__in", ["wgs", "lokale_pga"])),
                name="participation_regime_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="prioriteitenlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(("regime__in", ["wgs", "lokale_pga"])), name="list_regime_known"
            ),
        ),
        migrations.AddField(
            model_name="regimekeuze",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="regimekeuzes",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="regimekeuze",
            name="chosen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="regimekeuze",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="wie het besloot",
            ),
        ),
        migrations.AddIndex(
            model_name="regimekeuze",
            index=models.Index(fields=["case", "-chosen_at"], name="regime_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="regimekeuze",
            constraint=models.CheckConstraint(
                condition=models.Q(("regime__in", ["wgs", "lokale_pga"])),
                name="regimekeuze_regime_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="regimekeuze",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", ""), _negated=True), name="regimekeuze_has_a_ground"
            ),
        ),
        migrations.AddConstraint(
            model_name="regimekeuze",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("regime", "lokale_pga"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="local_approach_has_a_reason",
            ),
        ),
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.change_regime(uuid, text, text, text, bigint, date),"
            " vh.carry_over(uuid), vh.leave_lists(uuid), vh.note_regime(uuid, text, text, text, bigint, date)",
        ),
        seal_functions(inner=("note_regime", "carry_over", "leave_lists")),
        # Why stands for who leads or administers; under which regime, for whoever knows the case.
        lock(
            "cases_regimekeuze",
            read=f"(({PROCESS_VIEW} AND {knows(CHOICE)}) OR {holds(CHOICE, 'lead_case')})",
        ),
    ]
