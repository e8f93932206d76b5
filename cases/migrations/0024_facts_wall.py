"""Who sees and writes a dated fact, and on which day a note may be. DOS-01; ADR 0036."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, holds, lock, row_scope, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
FACT = "cases_datedfact.case_id"
SEEN = holds(FACT, row_scope("cases_datedfact.scope"))
# Who leads, and sees such facts himself: of a secret address that is not who stands in.
KEPT = f"({holds(FACT, 'lead_case')} AND {SEEN})"


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_facts")]

    operations = [
        lock(
            "cases_datedfact",
            read=SEEN,
            add=f"recorded_by_id = {ASKING} AND withdrawn_at IS NULL AND {KEPT}",
            change=KEPT,
        ),
        # What it says nobody can change: only that it ended, was wrong, or is secret after all.
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_datedfact FROM vh_app;"
            "GRANT UPDATE (until_on, ended_by_id, withdrawn_at, withdrawn_by_id,"
            " withdrawn_because, scope) ON cases_datedfact TO vh_app",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "UPDATE cases_timelineitem"
            " SET happened_on = (at AT TIME ZONE 'Europe/Amsterdam')::date",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.keep_fact() CASCADE, vh.keep_day() CASCADE"),
        seal_functions(inner=("keep_fact", "keep_day")),
    ]
