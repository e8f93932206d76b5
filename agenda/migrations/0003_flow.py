"""The status keeps to the flow, in the database as well."""

from django.db import migrations

from veiligheidshuis.locks import keep_flow


class Migration(migrations.Migration):
    dependencies = [("agenda", "0002_wall"), ("veiligheidshuis", "0004_flows")]

    operations = [
        keep_flow(
            "agenda_casusoverleg",
            "gepland",
            "gepland>gehouden",
            "gepland>afgezegd",
            "gehouden>vastgesteld",
        ),
    ]
