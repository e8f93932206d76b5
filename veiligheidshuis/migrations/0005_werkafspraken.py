"""The versions of what the house agreed about its work, and the first of every number.

They hold from the day of the covenant: of no case does the house know anything older. S2.
"""

import uuid
from datetime import date
from pathlib import Path

import django.utils.timezone
from django.db import migrations, models

from veiligheidshuis.locks import lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
FIRST_DAY = date(2006, 9, 7)
OURS = "Keuze van het huis"
FIRST = [
    ("start_within_days", "7", "S2, voetnoot 11: nu aanbieden en binnen een week beginnen"),
    ("start_partner_days", "4", f"{OURS}: drie dagen zijn genoeg om te beginnen"),
    ("start_office_days", "5", f"{OURS}: twee dagen zijn genoeg om te bellen"),
    ("start_manager_days", "7", f"{OURS}: de laatste dag van de week na het aanbod"),
    ("offer_within_days", "56", f"{OURS}: acht weken voor diagnose, plan en check"),
    ("promise_days", "14", f"{OURS}: zo lang houdt een partner een plek vrij"),
    ("execution_grace_days", "28", f"{OURS}: tijd om te melden hoe het afliep"),
    ("progress_days", "14", OURS),
    ("pressure_review_days", "7", f"{OURS}: elke week, zodat de partners niet loslaten"),
    ("patience_working_days", "3", f"{OURS}: dan is het tijd om te bellen"),
    ("talked_of_days", "28", OURS),
    ("caseload_norm", "15", OURS),
    ("big_move", "3", OURS),
    ("answer_working_days", "5", f"{OURS}: een melder hoort binnen een week van ons"),
    ("emergency_review_days", "5", OURS),
    ("list_lasts_days", "182", "S2, Werkprocessen: ten minste twee keer per jaar een lijst"),
    ("list_renewal_days", "42", f"{OURS}: zes weken om de partners te vragen"),
    ("contact_working_days", "5", "Parkstad: contact met de melder binnen vijf werkdagen"),
    ("screening_days", "7", "S3: huiselijk geweld wordt elke week gescreend"),
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
    dependencies = [("veiligheidshuis", "0004_flows")]

    operations = [
        migrations.CreateModel(
            name="Werkafspraak",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.CharField(max_length=40, verbose_name="onderwerp")),
                ("valid_from", models.DateField(verbose_name="geldt vanaf")),
                ("content", models.TextField(verbose_name="afspraak")),
                ("source", models.CharField(max_length=300, verbose_name="bron")),
                (
                    "changes",
                    models.CharField(max_length=1000, verbose_name="wat er verandert en waarom"),
                ),
                ("decided_on", models.DateField(null=True, verbose_name="stuurgroep van")),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="besluit")),
                ("recorded_by_id", models.BigIntegerField(null=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="ingetrokken")),
                ("withdrawn_by_id", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "werkafspraak",
                "verbose_name_plural": "werkafspraken",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("subject", "valid_from"),
                        name="one_werkafspraak_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            models.Q(("changes", ""), _negated=True),
                        ),
                        name="werkafspraak_says_something_and_whence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("decision", "")),
                            models.Q(
                                ("decided_on__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="werkafspraak_decided_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by_id", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="werkafspraak_withdrawn_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("keep_werkafspraken", "agreed_number")),
        migrations.RunSQL(
            "GRANT EXECUTE ON FUNCTION vh.keep_werkafspraken() TO vh_owner;"
            "GRANT EXECUTE ON FUNCTION vh.agreed_number(text, date) TO vh_figures",
            migrations.RunSQL.noop,
        ),
        lock("veiligheidshuis_werkafspraak", read="true"),
        migrations.RunPython(write_first, migrations.RunPython.noop),
    ]
