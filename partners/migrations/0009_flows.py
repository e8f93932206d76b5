"""The statuses keep to the flow, in the database as well."""

from django.db import migrations

from veiligheidshuis.locks import keep_flow


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_regelingen_wall"), ("veiligheidshuis", "0004_flows")]

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
    ]
