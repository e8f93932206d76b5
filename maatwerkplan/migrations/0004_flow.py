"""The status keeps to the flow, in the database as well."""

from django.db import migrations

from veiligheidshuis.locks import keep_flow


class Migration(migrations.Migration):
    dependencies = [("maatwerkplan", "0003_running_work"), ("veiligheidshuis", "0004_flows")]

    operations = [
        keep_flow(
            "maatwerkplan_maatwerkplan",
            "concept",
            "concept>aangeboden",
            "aangeboden>ondertekend",
            "aangeboden>geweigerd",
            "aangeboden>ingetrokken",
            "ondertekend>uitgevallen",
            "concept>ingetrokken",
            "ondertekend>vervangen",
            "uitgevallen>vervangen",
        ),
    ]
