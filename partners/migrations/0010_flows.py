"""The statuses keep to the flow, in the database as well."""

from django.db import migrations

from veiligheidshuis.locks import keep_flow


class Migration(migrations.Migration):
    dependencies = [("partners", "0009_toetreding"), ("veiligheidshuis", "0004_flows")]

    operations = [
        keep_flow(
            "partners_factorreset",
            "gevraagd",
            "gevraagd>goedgekeurd",
            "gevraagd>afgewezen",
            "gevraagd>tegengehouden",
            "goedgekeurd>uitgevoerd",
            "goedgekeurd>afgewezen",
            "goedgekeurd>tegengehouden",
        ),
        keep_flow(
            "partners_regeling",
            "concept",
            "concept>akkoord",
            "concept>ingetrokken",
            "akkoord>geldig",
            "akkoord>ingetrokken",
            "geldig>vervangen",
        ),
        keep_flow(
            "partners_toetreding",
            "voorgesteld",
            "voorgesteld>getoetst",
            "getoetst>goedgekeurd",
            "goedgekeurd>ondertekend",
            "ondertekend>actief",
            "actief>vertrekt",
            "vertrekt>actief",
            "vertrekt>uitgetreden",
            "voorgesteld>afgewezen",
            "getoetst>afgewezen",
            "goedgekeurd>afgewezen",
            "ondertekend>afgewezen",
        ),
    ]
