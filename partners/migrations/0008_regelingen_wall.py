"""Who reads and writes the agreements, and the two of S2: everybody who signed on that day.

Of the three partners who joined later the covenant gives no day, so their signature is not noted.
"""

from datetime import date

from django.db import migrations

from veiligheidshuis.locks import ASKING, has_role, lock

TABLE = has_role(
    "interventiemanager", "ketenpartner", "bedrijfsbureau", "manager", "stuurgroep", "fg"
)
OFFICE = has_role("bedrijfsbureau")
SIGNED = date(2006, 9, 7)
DOELGROEPEN = [
    "veelpleger",
    "jeugdige_veelpleger",
    "harde_kern",
    "overlastgever",
    "probleemjongere",
    "huiselijk_geweld",
]
FIRST = [
    ("convenant", "Convenant Persoonsgerichte Aanpak in Districtelijk Veiligheidshuis Heerlen"),
    ("kaderdocument", "Kaderdocument Persoonsgerichte Aanpak in Districtelijke Veiligheidshuizen"),
]


def note_first(apps, schema_editor):
    Regeling = apps.get_model("partners", "Regeling")
    Ondertekening = apps.get_model("partners", "Ondertekening")
    signatories = list(
        apps.get_model("partners", "Organisation").objects.filter(signed_in_2006=True)
    )
    for kind, title in FIRST:
        regeling = Regeling.objects.create(
            kind=kind,
            title=title,
            version=1,
            status="geldig",
            dated_on=SIGNED,
            valid_from=SIGNED,
            covers=DOELGROEPEN,
            changes="De eerste versie.",
            decided_on=SIGNED,
            decision="Vastgesteld door de partners zelf, bij de ondertekening in Heerlen.",
        )
        for organisation in signatories:
            Ondertekening.objects.create(
                regeling=regeling,
                organisation=organisation,
                signed_on=SIGNED,
                function="bevoegd vertegenwoordiger",
            )


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_regelingen"), ("partners", "0003_signatories")]

    operations = [
        lock(
            "partners_regeling", read=TABLE, add=f"{OFFICE} AND status = 'concept'", change=OFFICE
        ),
        lock(
            "partners_ondertekening",
            read=TABLE,
            add=f"{OFFICE} AND recorded_by_id = {ASKING}",
        ),
        migrations.RunPython(note_first, migrations.RunPython.noop),
    ]
