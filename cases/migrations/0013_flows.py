"""The statuses keep to the flow, in the database as well."""

from django.db import migrations

from veiligheidshuis.locks import keep_flow


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_leaving"), ("veiligheidshuis", "0004_flows")]

    operations = [
        keep_flow(
            "cases_case",
            "aangemeld",
            "aangemeld>samengevoegd",
            "aangemeld>niet_toegelaten",
            "aangemeld>geprioriteerd",
            "geprioriteerd>aangemeld",
            "geprioriteerd>toegedeeld",
            "toegedeeld>diagnose",
            "diagnose>planvorming",
            "planvorming>uitvoering",
            "planvorming>drang_dwang",
            "uitvoering>planvorming",
            "uitvoering>drang_dwang",
            "drang_dwang>planvorming",
            "toegedeeld>afgesloten",
            "diagnose>afgesloten",
            "planvorming>afgesloten",
            "uitvoering>afgesloten",
            "drang_dwang>afgesloten",
        ),
        keep_flow(
            "cases_prioriteitenlijst",
            "concept",
            "concept>vastgesteld",
            "vastgesteld>vervangen",
        ),
    ]
