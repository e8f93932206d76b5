"""Who sees and brings in a document, and what becomes of its file. DOS-17; ADR 0038."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import ASKING, holds, keep_flow, lock, row_scope, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
DOCUMENT = "cases_document.case_id"
SEEN = holds(DOCUMENT, row_scope("cases_document.scope"))
# Who leads, and sees such documents himself: a paper of identity not who stands in.
KEPT = f"({holds(DOCUMENT, 'lead_case')} AND {SEEN})"


class Migration(migrations.Migration):
    dependencies = [("cases", "0028_documents")]

    operations = [
        lock(
            "cases_document",
            read=SEEN,
            add=f"recorded_by_id = {ASKING} AND {KEPT}",
            change=KEPT,
        ),
        # What it is and who sees it nobody can change: only whether there is a file, and why not.
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_document FROM vh_app;"
            "GRANT UPDATE (status, sealed_file, checked_at, checked_by, found, taken_back_at,"
            " taken_back_by_id, taken_back_because) ON cases_document TO vh_app",
            migrations.RunSQL.noop,
        ),
        keep_flow(
            "cases_document",
            "wacht",
            "wacht>schoon",
            "wacht>besmet",
            "wacht>teruggenomen",
            "schoon>teruggenomen",
        ),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.keep_document() CASCADE, vh.destroy_documents()"),
        seal_functions(inner=("keep_document", "destroy_documents")),
    ]
