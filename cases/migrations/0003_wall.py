"""Need-to-know: the locks of a case and of everything that hangs on it.

`know_case` shows identity and process data; a table with content asks its own scope as well
(toegang.md decision 9). History is locked like the row it remembers.
"""

from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import (
    ASKING,
    BARRED,
    PRINCIPALS,
    PROCESS_VIEW,
    REGIMES,
    granted,
    has_role,
    holds,
    knows,
    lock,
    row_scope,
    seal_functions,
)

SQL = Path(__file__).with_suffix(".sql").read_text()
OFFICE = has_role("bedrijfsbureau", "manager")


def leads(case: str) -> str:
    """The interventiemanager; or the office, that moves a case from step to step."""
    return f"(({PROCESS_VIEW} AND {knows(case)}) OR {holds(case, 'lead_case')})"


def of_client(table: str, client: str, condition: str) -> str:
    """The client's rows follow his cases. OFFSET 0: a probe for each row, as in locks.holds."""
    return (
        f"EXISTS (SELECT FROM cases_case c WHERE c.client_id = {table}.{client} AND {condition}"
        " OFFSET 0)"
    )


def content(table: str) -> dict[str, str]:
    """A table whose rows name the scope that shows them."""
    seen = holds(f"{table}.case_id", row_scope(f"{table}.scope"))
    return {"read": seen, "add": leads(f"{table}.case_id")}


LIST_SEEN = "EXISTS (SELECT FROM cases_prioriteitenlijst l WHERE l.id = prioriteitenlijst_id)"
LIST_OPEN = LIST_SEEN.replace("l.id =", "l.status = 'concept' AND l.id =")
# A list is of one regime, and so are its candidates. PRV-20.
OF_ITS_REGIME = (
    "EXISTS (SELECT FROM cases_case c JOIN cases_prioriteitenlijst l ON l.regime = c.regime"
    " WHERE c.id = case_id AND l.id = prioriteitenlijst_id)"
)
KEPT_LIST = "prioriteitenlijst_id = ANY ((SELECT vh.kept_lists())::uuid[])"
MEMBER = (
    "EXISTS (SELECT FROM cases_selectielid m WHERE m.prioriteitenlijst_id = "
    f"cases_prioriteitenlijst.id AND m.user_id = {ASKING})"
)
LINE = "cases_timelineitem.case_id"
IS_CLOSED = (
    f"EXISTS (SELECT FROM cases_case c WHERE c.id = {LINE} AND c.status = 'afgesloten' OFFSET 0)"
)
# The office reads of a closed case that it was closed. All others drop out when it closes.
OFFICE_READS = (
    f"{PROCESS_VIEW} AND ((kind = 'afsluiting' AND scope = 'know_case') OR NOT {IS_CLOSED})"
)
# Who decides on a report writes down there what others judged: those words are not his own.
OWN_WORDS = f"(author_id = {ASKING} AND scope <> 'view_report')"
TIMELINE_READ = (
    f"NOT {LINE} = ANY ({BARRED}) AND (((scope = 'know_case' OR {OWN_WORDS})"
    f" AND (({OFFICE_READS}) OR {granted(LINE, 'know_case')}))"
    f" OR {granted(LINE, row_scope('cases_timelineitem.scope'))})"
)
# What a line is about is for who does such things: nobody else writes that he was let in, or that
# somebody was assigned. When it was, the database says itself (vh.keep_moment).
TIMELINE_ADD = (
    f"author_id = {ASKING} AND {knows(LINE)} AND CASE"
    " WHEN kind IN ('aanmelding', 'lijst', 'levering', 'uitvoering', 'overleg') THEN true"
    f" WHEN kind = 'toewijzing' THEN {has_role('manager')}"
    f" WHEN kind = 'slachtoffer' THEN {holds(LINE, 'view_victim')}"
    f" ELSE {leads(LINE)} END"
)
NOT_BARRED = (
    "NOT EXISTS (SELECT FROM cases_bar b WHERE b.case_id = cases_deadline.case_id"
    " AND b.user_id = cases_deadline.recipient_id AND b.lifted_at IS NULL)"
)
# Who is barred from somebody finds no row about him on the list of a colleague either.
LIST_ROW = f"{has_role('bedrijfsbureau')} AND (case_id IS NULL OR {knows('case_id')})"


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_initial"), ("partners", "0003_signatories")]

    operations = [
        migrations.RunSQL(SQL, "DROP SEQUENCE cases_case_number"),
        seal_functions(
            inner=(
                "barred_at",
                "days_given",
                "follow_absence",
                "follow_role",
                "given_to",
                "has_part",
                "insert_participation",
                "is_closed",
                "keep_moment",
                "lead_again",
                "let_go_of_victims",
                "let_go_when_off",
                "may_take_part",
                "next_case_number",
                "regime_of",
                "regimes_of_group",
                "role_days",
                "stand_in",
                "weigh",
            )
        ),
        # The access table asks nothing but itself: by way of the case it would ask for ever.
        lock(
            "cases_participation",
            read=f"group_id = ANY ({PRINCIPALS}) AND regime = ANY ({REGIMES})"
            f" OR ({PROCESS_VIEW} AND NOT content_object_id = ANY ({BARRED}))",
        ),
        # The office may know who is barred, and everybody that he is himself; why stands in no
        # column that the application reads (vh.who_is_barred).
        lock(
            "cases_bar",
            read=f"user_id = {ASKING} OR ({PROCESS_VIEW} AND NOT case_id = ANY ({BARRED}))",
        ),
        lock("cases_bar", read="lifted_at IS NULL", to="vh_clock"),
        migrations.RunSQL(
            "REVOKE SELECT ON cases_bar FROM vh_app, vh_clock;"
            "GRANT SELECT (id, case_id, user_id, lifted_at) ON cases_bar TO vh_app, vh_clock",
            migrations.RunSQL.noop,
        ),
        # A new case is written by vh.open_case alone, and a number never changes.
        lock("cases_case", read=knows("cases_case.id"), change=leads("cases_case.id")),
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_case FROM vh_app;"
            "GRANT UPDATE (status, manager_id, assigned_on, priority) ON cases_case TO vh_app",
            migrations.RunSQL.noop,
        ),
        # How it went before is for who leads or administers; a partner knows how it stands now.
        lock(
            "cases_historicalcase",
            read=leads("cases_historicalcase.id"),
            add=knows("cases_historicalcase.id"),
        ),
        lock(
            "cases_client",
            read=of_client("cases_client", "id", "true"),
            add=of_client("cases_client", "id", "true"),
            change=of_client("cases_client", "id", leads("c.id")),
        ),
        lock(
            "cases_historicalclient",
            read=of_client("cases_historicalclient", "id", "true"),
            add=of_client("cases_historicalclient", "id", "true"),
        ),
        lock(
            "cases_clientbsn",
            read=of_client("cases_clientbsn", "client_id", holds("c.id", "view_bsn")),
            add=of_client("cases_clientbsn", "client_id", "true"),
        ),
        lock(
            "cases_offencerecord",
            read=holds("cases_offencerecord.case_id", "view_justice"),
            add=knows("cases_offencerecord.case_id"),
        ),
        lock("cases_timelineitem", read=TIMELINE_READ, add=TIMELINE_ADD),
        lock(
            "cases_diagnosis",
            read=holds("cases_diagnosis.case_id", "view_zelfredzaamheid"),
            add=holds("cases_diagnosis.case_id", "lead_case"),
            change=holds("cases_diagnosis.case_id", "lead_case"),
        ),
        lock(
            "cases_historicaldiagnosis",
            read=holds("cases_historicaldiagnosis.case_id", "view_zelfredzaamheid"),
            add=holds("cases_historicaldiagnosis.case_id", "lead_case"),
        ),
        lock(
            "cases_leefgebiedscore",
            **content("cases_leefgebiedscore"),
            change=holds("cases_leefgebiedscore.case_id", "lead_case"),
        ),
        lock("cases_historicalleefgebiedscore", **content("cases_historicalleefgebiedscore")),
        lock(
            "cases_deadline",
            read=leads("cases_deadline.case_id"),
            add=leads("cases_deadline.case_id"),
            change=leads("cases_deadline.case_id"),
        ),
        # What was done is struck off, and nothing else of a term; by the partner whose action it is
        # about as well (maatwerkplan/migrations/0002_wall.py).
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_deadline FROM vh_app;"
            "GRANT UPDATE (done_at) ON cases_deadline TO vh_app",
            migrations.RunSQL.noop,
        ),
        # Who is barred from a case is not reminded of it either.
        lock("cases_deadline", read=NOT_BARRED, change=NOT_BARRED, to="vh_clock"),
        # Who sat at the table stands as it was when the list is adopted. A lock that asked the list
        # itself would ask for ever: the list asks who its members are.
        lock(
            "cases_selectielid",
            read=f"user_id = {ASKING} OR {OFFICE}",
            add=KEPT_LIST,
            change=KEPT_LIST,
            remove=KEPT_LIST,
        ),
        lock(
            "cases_prioriteitenlijst",
            read=f"{OFFICE} OR (status = 'concept' AND {MEMBER})",
            add=OFFICE,
            change=f"{OFFICE} OR (status = 'concept' AND {MEMBER})",
        ),
        lock(
            "cases_lijstplaats",
            read=f"{LIST_SEEN} AND {knows('cases_lijstplaats.case_id')}",
            add=f"{LIST_OPEN} AND {OFFICE} AND {knows('cases_lijstplaats.case_id')}"
            f" AND {OF_ITS_REGIME}",
        ),
        lock(
            "cases_verplaatsing",
            read=f"{LIST_SEEN} AND {knows('cases_verplaatsing.case_id')}",
            add=f"{LIST_OPEN} AND {knows('cases_verplaatsing.case_id')}",
        ),
        lock(
            "cases_importbatch",
            read=has_role("bedrijfsbureau"),
            add=has_role("bedrijfsbureau"),
            change=has_role("bedrijfsbureau"),
        ),
        lock(
            "cases_importrow",
            read=LIST_ROW,
            add=has_role("bedrijfsbureau"),
            change=LIST_ROW,
        ),
    ]
