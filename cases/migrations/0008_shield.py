"""Who knows a victim, and what is shielded when a case is closed: the locks and the function."""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import holds, knows, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
CLOSING = "cases_afsluiting.case_id"


def known_victim(table: str) -> str:
    """Granted because of this victim, or because of the whole case: to who supports him, and to the
    interventiemanager himself."""
    return holds(f"{table}.case_id", "view_victim", because_of=f"{table}.id, {table}.case_id")


def keeps_victims(table: str) -> str:
    """The interventiemanager himself, and not who stands in for him or supports one victim."""
    case = f"{table}.case_id"
    return f"{holds(case, 'lead_case')} AND {holds(case, 'view_victim', because_of=case)}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_slachtoffer")]

    operations = [
        lock(
            "cases_slachtoffer",
            read=known_victim("cases_slachtoffer"),
            add=keeps_victims("cases_slachtoffer"),
            change=keeps_victims("cases_slachtoffer"),
        ),
        # Of which case somebody is a victim, and who wrote it down, never changes.
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_slachtoffer FROM vh_app;"
            "GRANT UPDATE (name, relation, wish, wish_about, contact_id, safety, supplier_id,"
            " version, ended_on, ended_because) ON cases_slachtoffer TO vh_app",
            migrations.RunSQL.noop,
        ),
        lock(
            "cases_historicalslachtoffer",
            read=known_victim("cases_historicalslachtoffer"),
            add=keeps_victims("cases_historicalslachtoffer"),
        ),
        lock("cases_afsluiting", read=knows(CLOSING), add=holds(CLOSING, "lead_case")),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.shield_case(uuid)"),
        seal_functions(),
    ]
