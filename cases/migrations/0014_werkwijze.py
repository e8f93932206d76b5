"""Under which agreements a case is treated, over which days offences were counted, and the first
criteria, leefgebieden and definitions of the doelgroepen. GOV-11; PRI-02; eisen.md 1.4.

S2 names the groups and defines none. What another wrote was not looked up in his own words, unless
the source says so: the table does that, and writes the next version.
"""

from datetime import date
from pathlib import Path

import django.utils.timezone
from django.db import migrations, models

from veiligheidshuis.locks import seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
COVENANT = date(2006, 9, 7)
FIRST = "De eerste versie."
UNSEEN = "niet in de bron zelf nagekeken"
AGREED = [
    (
        "criteria",
        date(2025, 3, 1),
        """a: de problemen zijn er bij de persoon, of in het gezin als dat ertoe doet
b: er zijn problemen op meer leefgebieden, die samenhangen met delicten of overlast
c: zonder ingrijpen leiden ze tot ernstige overlast, criminaliteit of onveiligheid
d: een goed plan vraagt samenwerking van deelnemers uit meer domeinen""",
        "BGS 2.20 lid 1, in onze woorden; geldt vanaf 1 maart 2025",
        FIRST,
    ),
    (
        "leefgebieden",
        COVENANT,
        """identiteitspapieren: een geldig paspoort, een ID-kaart of een verblijfsdocument
huisvesting: een eigen adres of een plek in de opvang, en of dat zo kan blijven
werk_inkomen: werk of dagbesteding, en een inkomen of een uitkering
educatie: school of een opleiding, en of iemand kan lezen en schrijven
gezondheid: de gezondheid van lichaam en geest, en verslaving
zelfredzaamheid: voor zichzelf zorgen, afspraken nakomen, en mensen om op terug te vallen
schuldsanering: schulden, beslag, en of daar al hulp bij is""",
        "S2, voetnoot 7, noemt de zeven; de uitleg is van het huis",
        FIRST,
    ),
    (
        "doelgroep_veelpleger",
        COVENANT,
        """leeftijd: 18 of ouder
feiten: meer dan 10 in 5 jaar
feiten: minstens 1 in 1 jaar""",
        f"De oude definitie in de Monitor Veelplegers van het WODC ({UNSEEN})",
        FIRST,
    ),
    (
        "doelgroep_veelpleger",
        date(2024, 5, 1),
        """peildatum: laatste feit
leeftijd: 18 of ouder
feiten: meer dan 10 in 5 jaar
feiten: minstens 1 in 12 maanden""",
        f"OM, Richtlijn ISD 2024R002, geldt vanaf 1 mei 2024 ({UNSEEN})",
        "Het OM telt terug vanaf de dag van het laatste feit, en niet vanaf vandaag.",
    ),
    (
        "doelgroep_jeugdige_veelpleger",
        COVENANT,
        """leeftijd: 12 tot en met 17
feiten: meer dan 5
feiten: minstens 1 in 12 maanden""",
        f"Omschrijving van de politie ({UNSEEN})",
        FIRST,
    ),
    (
        "doelgroep_harde_kern",
        COVENANT,
        """leeftijd: 12 tot en met 24
oordeel: pleegde in een jaar drie ernstige feiten, of twee en eerder drie andere""",
        "Keuze van het huis, naar de gangbare omschrijving",
        FIRST,
    ),
    (
        "doelgroep_overlastgever",
        COVENANT,
        "oordeel: veroorzaakt steeds weer overlast",
        "S2, overweging 3, noemt de groep; de woorden zijn van het huis",
        FIRST,
    ),
    (
        "doelgroep_probleemjongere",
        COVENANT,
        """leeftijd: 12 tot en met 17
feiten: minstens 2 in 3 jaar
of
leeftijd: 12 tot en met 17
feiten: meer dan 5
of
leeftijd: 12 tot en met 24
oordeel: hoort bij de harde kern
of
leeftijd: 0 tot en met 26
oordeel: heeft problemen die vragen om een persoonsgerichte aanpak""",
        f"S2, voetnoot 2, noemt wie er ook bij hoort; de aantallen zijn van de politie ({UNSEEN})",
        FIRST,
    ),
    (
        "doelgroep_huiselijk_geweld",
        COVENANT,
        "oordeel: pleegt of pleegde geweld in huiselijke kring",
        "S2, overweging 3, noemt de groep; de woorden zijn van het huis",
        FIRST,
    ),
]


def write_first(apps, schema_editor):
    Werkafspraak = apps.get_model("veiligheidshuis", "Werkafspraak")
    for subject, valid_from, content, source, changes in AGREED:
        Werkafspraak.objects.create(
            subject=subject,
            valid_from=valid_from,
            content=content,
            source=source,
            changes=changes,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_flows"),
        ("partners", "0012_werkafspraken"),
        ("veiligheidshuis", "0005_werkafspraken"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="werkwijze_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="werkwijze van"
            ),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="werkwijze_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="werkwijze van"
            ),
        ),
        migrations.AddField(
            model_name="offencerecord",
            name="counted_from",
            field=models.DateField(null=True, verbose_name="geteld vanaf"),
        ),
        migrations.AddField(
            model_name="offencerecord",
            name="counted_until",
            field=models.DateField(null=True, verbose_name="geteld tot en met"),
        ),
        migrations.AddField(
            model_name="offencerecord",
            name="last_offence_on",
            field=models.DateField(null=True, verbose_name="laatste feit op"),
        ),
        migrations.AddConstraint(
            model_name="offencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_from", None), ("counted_until", None)),
                    models.Q(
                        ("counted_from__isnull", False),
                        ("counted_from__lte", models.F("counted_until")),
                        ("counted_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="offences_counted_from_a_day_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="offencerecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_offence_on", None),
                    models.Q(("count__gt", 0), ("counted_from", None)),
                    models.Q(
                        ("count__gt", 0),
                        ("last_offence_on__gte", models.F("counted_from")),
                        ("last_offence_on__lte", models.F("counted_until")),
                    ),
                    _connector="OR",
                ),
                name="last_offence_among_those_counted",
            ),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (werkwijze_on) ON cases_case TO vh_app", migrations.RunSQL.noop
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("keep_werkwijze",)),
        migrations.RunSQL(
            "GRANT EXECUTE ON FUNCTION vh.keep_werkwijze() TO vh_owner", migrations.RunSQL.noop
        ),
        migrations.RunPython(write_first, migrations.RunPython.noop),
    ]
