"""The ground's locks: append-only log, an outbox you can put in but not take from."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, lock, open_table, seal_functions

OWN = f"user_id = {ASKING}"
SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("veiligheidshuis", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("log_line", "chain_log")),
        lock("veiligheidshuis_accesslogentry", add="user_id = (SELECT vh.uid())"),
        # Where a line stands, when and after which one, is not for whoever writes it.
        migrations.RunSQL(
            "REVOKE INSERT ON veiligheidshuis_accesslogentry FROM vh_app;"
            "GRANT INSERT (request_id, user_id, username, organisation, roles, on_behalf_of,"
            " emergency, action, route, subjects, scope, ground, purpose, outcome)"
            " ON veiligheidshuis_accesslogentry TO vh_app",
            migrations.RunSQL.noop,
        ),
        lock("veiligheidshuis_outboxmail", add="true"),
        lock("veiligheidshuis_outboxmail", add="true", to="vh_clock"),
        lock("veiligheidshuis_outboxmail", read="true", change="true", to="vh_post"),
        open_table("veiligheidshuis_submission", "SELECT (key, user_id), INSERT"),
        open_table("veiligheidshuis_wrongguess", "SELECT, INSERT, UPDATE"),
        migrations.RunSQL(
            "GRANT SELECT (at), DELETE ON veiligheidshuis_submission TO vh_clock",
            "REVOKE ALL ON veiligheidshuis_submission FROM vh_clock",
        ),
        open_table(
            "veiligheidshuis_session", "SELECT, INSERT, UPDATE, DELETE", kern="SELECT, DELETE"
        ),
        migrations.RunSQL(
            "GRANT SELECT (expire_date), DELETE ON veiligheidshuis_session TO vh_clock",
            "REVOKE ALL ON veiligheidshuis_session FROM vh_clock",
        ),
        lock("veiligheidshuis_draft", read=OWN, add=OWN, remove=OWN),
        lock("veiligheidshuis_draft", remove="at < now() - interval '1 day'", to="vh_clock"),
        migrations.RunSQL(
            "GRANT SELECT (at) ON veiligheidshuis_draft TO vh_clock;"
            "CREATE POLICY vh_clock_select ON veiligheidshuis_draft FOR SELECT TO vh_clock"
            " USING (at < now() - interval '1 day')",
            migrations.RunSQL.noop,
        ),
        open_table("django_migrations"),
    ]
