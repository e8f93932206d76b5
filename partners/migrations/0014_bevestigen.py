"""Twice a year every colleague is confirmed; who is not sees nothing from that day on. GOV-03."""

import uuid
from datetime import date
from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, has_role, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
# Who may say whether somebody still needs his account, and he himself.
OFFICE = has_role("bedrijfsbureau", "manager")
COLLEAGUES = (
    "SELECT u.id FROM partners_user u JOIN partners_user me"  # noqa: S608 - our own words
    f" ON me.organisation_id = u.organisation_id WHERE me.id = {ASKING}"
)
OWN_PEOPLE = f"({has_role('partnerbeheerder')} AND user_id IN ({COLLEAGUES}))"

FIRST_DAY = date(2006, 9, 7)
OURS = "Keuze van het huis"
FIRST = [
    (
        "confirm_every_days",
        "182",
        "S2: de lijst wordt twee keer per jaar vernieuwd; BIO2 5.18: rechten worden bekeken",
    ),
    ("confirm_days", "21", f"{OURS}: drie weken, ook als een beheerder met vakantie is"),
    ("confirm_reminder_days", "7", f"{OURS}: in de laatste week"),
]


def write_first(apps, schema_editor):
    Werkafspraak = apps.get_model("veiligheidshuis", "Werkafspraak")
    for subject, content, source in FIRST:
        Werkafspraak.objects.create(
            subject=subject,
            valid_from=FIRST_DAY,
            content=content,
            source=source,
            changes="De eerste versie.",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0013_invitations"),
        ("veiligheidshuis", "0005_werkafspraken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bevestigingsronde",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "began_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="begonnen",
                    ),
                ),
                ("last_day", models.DateField(verbose_name="tot en met")),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "began_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bevestigingsronde",
                "verbose_name_plural": "bevestigingsrondes",
                "get_latest_by": "began_at",
            },
        ),
        migrations.CreateModel(
            name="Bevestiging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("needed", models.BooleanField(verbose_name="nodig")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reden")),
                (
                    "decided_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bevestigingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ronde",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bevestigingen",
                        to="partners.bevestigingsronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "bevestiging",
                "verbose_name_plural": "bevestigingen",
            },
        ),
        migrations.AddConstraint(
            model_name="bevestigingsronde",
            constraint=models.UniqueConstraint(
                fields=("last_day",), name="one_bevestigingsronde_a_day"
            ),
        ),
        migrations.AddIndex(
            model_name="bevestiging",
            index=models.Index(fields=["user", "decided_at"], name="bevestiging_of_user"),
        ),
        migrations.AddConstraint(
            model_name="bevestiging",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("user")), _negated=True),
                name="bevestiging_by_another",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("start_round", "who_confirms", "tend_round")),
        # That everybody is asked, and until when, everybody may know.
        lock("partners_bevestigingsronde", read="true"),
        lock(
            "partners_bevestiging",
            read=f"{OFFICE} OR user_id = {ASKING} OR {OWN_PEOPLE}",
        ),
        migrations.RunPython(write_first, migrations.RunPython.noop),
    ]
