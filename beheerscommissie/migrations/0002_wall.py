"""The locks of the beheerscommissie: places and counts for the commission, the rest for its chair.

The plan is a public document and open to read. A visitor writes by one function and reads nothing
back but his code; what a melder wrote and who he is are for the buurtregisseur alone.
"""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, has_role, lock, open_table, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
COMMISSION = has_role("commissielid", "buurtregisseur")
HANDLER = has_role("buurtregisseur")
OWN_STEP = f"{HANDLER} AND by_id = {ASKING}"


class Migration(migrations.Migration):
    dependencies = [("beheerscommissie", "0001_initial"), ("partners", "0002_wall")]

    operations = [
        open_table("beheerscommissie_area"),
        open_table("beheerscommissie_place"),
        open_table("beheerscommissie_beheersplan"),
        open_table("beheerscommissie_party"),
        open_table("beheerscommissie_maatregel"),
        open_table("beheerscommissie_phonenumber"),
        open_table("beheerscommissie_camerachange"),
        lock("beheerscommissie_route", read=COMMISSION, change=HANDLER),
        lock(
            "beheerscommissie_vergadering",
            read=COMMISSION,
            add=f"{HANDLER} AND planned_by_id = {ASKING}",
        ),
        lock("beheerscommissie_overlastmelding", read=COMMISSION, change=HANDLER),
        lock("beheerscommissie_reportcontent", read=HANDLER),
        lock("beheerscommissie_melder", read=HANDLER),
        lock("beheerscommissie_reportstep", read=HANDLER, add=OWN_STEP),
        lock("beheerscommissie_reportsender"),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("new_report_code", "too_many_reports")),
    ]
