"""What waits for another action starts in time on its own day: the role that counts reads that day,
and that it waits; not for what. PLN-04."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stuurgroep", "0001_figures"), ("maatwerkplan", "0017_order")]
    operations = [
        migrations.RunSQL(
            "GRANT SELECT (start_date, after_id, bridged_by_id) ON maatwerkplan_partneraction"
            " TO vh_figures",
            "REVOKE SELECT (start_date, after_id, bridged_by_id) ON maatwerkplan_partneraction"
            " FROM vh_figures",
        )
    ]
