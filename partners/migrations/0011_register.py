"""The register of a partner as S2 asks it, and what S2 itself says of each. GOV-01, 06, 07, 08."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, has_role, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
TABLE = has_role(
    "interventiemanager", "ketenpartner", "bedrijfsbureau", "manager", "stuurgroep", "fg"
)
OFFICE = has_role("bedrijfsbureau")
# By number in the covenant. S2, convenant: who directs which chain.
REGIE = {1: "algemeen", 2: "strafrecht", 8: "jeugdstrafrecht"}
# S2, Partners en rollen: "De primaire deelnemers politie, justitiële partners, gemeenten". Of who
# else is attached in which way, S2 says nothing; that the partners agree themselves.
PRIMAIR = [1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 14, 18]
# As S2 itself names them.
LEGAL_FORMS = {
    "publiekrechtelijke rechtspersoon": [1, 4],
    "stichting": [9, 13, 16, 17, 20],
}


def note_what_s2_says(apps, schema_editor):
    partners = apps.get_model("partners", "Organisation").objects
    for number, regie in REGIE.items():
        partners.filter(number=number).update(regie=regie)
    partners.filter(number__in=PRIMAIR).update(attachment="primair")
    for form, numbers in LEGAL_FORMS.items():
        partners.filter(number__in=numbers).update(legal_form=form)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_flows"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="attachment",
            field=models.CharField(
                blank=True,
                choices=[
                    ("primair", "primair, dagelijks in huis"),
                    ("vaste_tijden", "op vaste tijden in huis"),
                    ("op_afstand", "op afstand"),
                ],
                db_default="",
                max_length=12,
                verbose_name="verbonden",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="doelgroepen",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("veelpleger", "meerderjarige veelpleger"),
                        ("jeugdige_veelpleger", "jeugdige veelpleger"),
                        ("harde_kern", "harde kern jeugd"),
                        ("overlastgever", "notoire overlastgever"),
                        ("probleemjongere", "probleemjongere"),
                        ("huiselijk_geweld", "pleger huiselijk geweld"),
                    ],
                    max_length=24,
                ),
                db_default=models.Value("{}"),
                default=list,
                size=None,
                verbose_name="doelgroepen",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="legal_form",
            field=models.CharField(
                blank=True, db_default="", max_length=80, verbose_name="rechtsvorm"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="presence",
            field=models.CharField(
                blank=True, db_default="", max_length=200, verbose_name="toegezegde aanwezigheid"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="promised_hours",
            field=models.PositiveSmallIntegerField(
                null=True, verbose_name="toegezegde uren per week"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="regie",
            field=models.CharField(
                blank=True,
                choices=[
                    ("strafrecht", "strafrechtketen"),
                    ("jeugdstrafrecht", "jeugdstrafrechtketen (casusregie)"),
                    ("algemeen", "(na)zorg, preventie en algemene regie"),
                ],
                db_default="",
                max_length=16,
                verbose_name="regie",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="representative",
            field=models.CharField(
                blank=True, db_default="", max_length=120, verbose_name="vertegenwoordigd door"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="representative_function",
            field=models.CharField(
                blank=True, db_default="", max_length=120, verbose_name="functie"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.CreateModel(
            name="Mandaat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "function",
                    models.CharField(max_length=120, verbose_name="wie, in welke functie"),
                ),
                (
                    "may",
                    models.CharField(
                        max_length=300, verbose_name="wat mag hij beslissen of toezeggen"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="vanaf")),
                ("valid_until", models.DateField(verbose_name="tot en met")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandaten",
                        to="partners.organisation",
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
                "verbose_name": "mandaat",
                "verbose_name_plural": "mandaten",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="mandaat_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(),
        lock(
            "partners_mandaat",
            read=TABLE,
            add=f"{OFFICE} AND recorded_by_id = {ASKING}",
            change=OFFICE,
        ),
        migrations.RunPython(note_what_s2_says, migrations.RunPython.noop),
    ]
