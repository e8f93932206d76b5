"""The status keeps to the flow, in the database as well."""

from django.db import migrations

from veiligheidshuis.locks import keep_flow


class Migration(migrations.Migration):
    dependencies = [("beheerscommissie", "0003_gasthuis"), ("veiligheidshuis", "0004_flows")]

    operations = [
        keep_flow(
            "beheerscommissie_overlastmelding",
            "gemeld",
            "gemeld>toegewezen",
            "toegewezen>afgehandeld",
            "afgehandeld>teruggekoppeld",
        ),
    ]
