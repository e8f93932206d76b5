"""Who may read and write the table of partners and its people.

The tables are open to read (professionals may know who the professionals are) and closed to
write: accounts, roles and groups are written by the functions in 0002_wall.sql alone, for whoever
can write those can give himself any case.
"""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import has_role, lock, open_table, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
OFFICE = "(SELECT vh.has_role('bedrijfsbureau', 'manager'))"
TABLE = has_role(
    "interventiemanager", "ketenpartner", "bedrijfsbureau", "manager", "stuurgroep", "fg"
)
ON_THE_WAY = "status IN ('voorgesteld', 'getoetst', 'goedgekeurd', 'ondertekend', 'afgewezen')"
# Of somebody else, or of another moment: for these functions among themselves.
INNER = (
    "insert_user",
    "require_keeper",
    "saw_papers_of",
    "gave_role_to",
    "second_of_the_house",
    "name_asker",
    "account_on",
    "cleared_at",
    "seated_at",
    "may_have_role",
    "roles_at",
    "of_participant",
    "regimes_of",
    "regimes_at",
    "works_at",
    "principals_at",
    "process_view_at",
    "keep_activation",
    "keep_membership",
    "remind_of_papers",
    "office",
)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("veiligheidshuis", "0002_wall"),
    ]

    operations = [
        open_table("partners_organisation"),
        open_table("partners_user", "SELECT, UPDATE (last_login)"),
        open_table("partners_user_groups"),
        open_table("partners_appointment"),
        open_table("partners_contactpoint"),
        open_table("auth_group"),
        open_table("auth_permission"),
        open_table("django_content_type"),
        migrations.RunSQL(
            "GRANT SELECT (id, email, is_active) ON partners_user TO vh_post",
            "REVOKE ALL ON partners_user FROM vh_post",
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=INNER),
        # Who comes to the table is proposed, becomes active and leaves by functions of the wall alone
        # (0009_toetreding.sql); the steps between are notes of the office.
        lock(
            "partners_toetreding",
            read=TABLE,
            change=f"{has_role('bedrijfsbureau')} AND {ON_THE_WAY}",
        ),
        # What was: written by the database itself, read by the functions above.
        lock("partners_activation"),
        lock("partners_membership"),
        lock("partners_clearance", read=f"{OFFICE} OR user_id = (SELECT vh.uid())"),
        lock(
            "partners_absence",
            read=f"{OFFICE} OR user_id = (SELECT vh.uid())",
            add=f"{OFFICE} OR user_id = (SELECT vh.uid())",
            change=f"{OFFICE} OR user_id = (SELECT vh.uid())",
            remove=f"{OFFICE} OR user_id = (SELECT vh.uid())",
        ),
    ]
