"""An adopted list has a fingerprint, made once; what it is made of cannot be written any more."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_ranking")]

    operations = [
        migrations.AddField(
            model_name="prioriteitenlijst",
            name="seal",
            field=models.CharField(
                blank=True, db_default="", max_length=64, verbose_name="vingerafdruk"
            ),
        ),
        migrations.AddField(
            model_name="prioriteitenlijst",
            name="line_seals",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64),
                db_default=models.Value("{}"),
                default=list,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="prioriteitenlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seal", ""), models.Q(("status", "concept"), _negated=True), _connector="OR"
                ),
                name="list_sealed_when_adopted",
            ),
        ),
        migrations.AddField(
            model_name="selectielid",
            name="attendance",
            field=models.CharField(
                choices=[
                    ("onbekend", "nog niet vastgelegd"),
                    ("afwezig", "was er niet"),
                    ("aanwezig", "was er"),
                    ("stelt_vast", "was er en stelt de lijst vast"),
                ],
                db_default="onbekend",
                default="onbekend",
                max_length=10,
                verbose_name="bij het overleg",
            ),
        ),
        migrations.AddField(
            model_name="selectielid",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="selectielid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendance", "onbekend"), ("organisation", None)),
                    models.Q(
                        ("attendance__in", ["afwezig", "aanwezig", "stelt_vast"]),
                        ("organisation__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="attendance_of_an_organisation",
            ),
        ),
        # A list keeps its mark and its meeting; its fingerprint is written by vh.seal_list alone.
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_prioriteitenlijst, cases_selectielid FROM vh_app;"
            "GRANT UPDATE (status, version, adopted_at, adopted_by_id)"
            " ON cases_prioriteitenlijst TO vh_app;"
            "GRANT UPDATE (attendance, organisation_id) ON cases_selectielid TO vh_app",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION vh.check_list(uuid), vh.check_lists(), vh.seal_list(uuid),"
            " vh.list_seal(uuid, text[]), vh.line_seal(cases_lijstplaats)",
        ),
        seal_functions(inner=("check_lists", "line_seal", "list_seal")),
        migrations.RunSQL(
            "GRANT EXECUTE ON FUNCTION vh.check_lists() TO vh_clock", migrations.RunSQL.noop
        ),
    ]
