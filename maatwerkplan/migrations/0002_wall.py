"""The locks of the plan. A partner sees his own action and question, whatever leefgebied it is on;
the rest of a leefgebied is for who holds its scope, and the plan as a whole for `view_plan`."""

from django.db import migrations

from veiligheidshuis.locks import PRINCIPALS, PROCESS_VIEW, holds, knows, lock, row_scope


def case_of(table: str) -> str:
    return f"{table}.case_id"


def own(table: str) -> str:
    """The row is about what the asking user's own organisation does, in a case that he knows."""
    return (
        f"(EXISTS (SELECT FROM partners_organisation o WHERE o.id = {table}.organisation_id"
        f" AND o.group_id = ANY ({PRINCIPALS})) AND {holds(case_of(table), 'know_case')})"
    )


def leads(table: str) -> str:
    return holds(case_of(table), "lead_case")


def follows(parent: str, column: str) -> str:
    """Visible exactly when its parent row is."""
    return f"EXISTS (SELECT FROM {parent} parent WHERE parent.id = {column})"


def whole_plan(table: str) -> dict[str, str]:
    return {"read": holds(case_of(table), "view_plan"), "add": leads(table)}


PLAN, ACTION = "maatwerkplan_maatwerkplan", "maatwerkplan_partneraction"
QUESTION, ANSWER = "maatwerkplan_deliveryquestion", "maatwerkplan_deliveryanswer"
REPORT = "maatwerkplan_progressreport"


def action_rows(table: str) -> str:
    return f"{holds(case_of(table), row_scope(f'{table}.scope'))} OR {own(table)}"


def still_drawn(action: str) -> str:
    """The plan was not offered yet: what a partner was asked and answered may still go."""
    return (
        f"EXISTS (SELECT FROM {ACTION} a JOIN {PLAN} p ON p.id = a.plan_id"
        f" WHERE a.id = {action} AND p.status = 'concept')"
    )


DEADLINE = (
    f"({PROCESS_VIEW} AND {knows('cases_deadline.case_id')}) OR {leads('cases_deadline')}"
    f" OR EXISTS (SELECT FROM {ACTION} a WHERE a.id = cases_deadline.subject_id)"
)


class Migration(migrations.Migration):
    dependencies = [("maatwerkplan", "0001_initial"), ("cases", "0003_wall")]

    operations = [
        lock(PLAN, read=knows(case_of(PLAN)), add=leads(PLAN), change=leads(PLAN)),
        lock(
            "maatwerkplan_historicalmaatwerkplan",
            read=knows(case_of("maatwerkplan_historicalmaatwerkplan")),
            add=leads("maatwerkplan_historicalmaatwerkplan"),
        ),
        lock(
            ACTION,
            read=action_rows(ACTION),
            add=leads(ACTION),
            change=leads(ACTION),
            remove=f"{leads(ACTION)} AND ({action_rows(ACTION)}) AND EXISTS (SELECT FROM {PLAN} p"
            f" WHERE p.id = {ACTION}.plan_id AND p.status = 'concept')",
        ),
        lock(
            "maatwerkplan_historicalpartneraction",
            read=action_rows("maatwerkplan_historicalpartneraction"),
            add=leads("maatwerkplan_historicalpartneraction"),
        ),
        lock(
            QUESTION,
            read=f"{leads(QUESTION)} OR {own(QUESTION)}",
            add=leads(QUESTION),
            remove=f"{leads(QUESTION)} AND {still_drawn(f'{QUESTION}.action_id')}",
        ),
        lock(
            ANSWER,
            read=follows(QUESTION, f"{ANSWER}.question_id"),
            add=follows(QUESTION, f"{ANSWER}.question_id"),
            remove=f"EXISTS (SELECT FROM {QUESTION} q WHERE q.id = {ANSWER}.question_id"
            f" AND {leads('q')} AND {still_drawn('q.action_id')})",
        ),
        lock("maatwerkplan_plantext", **whole_plan("maatwerkplan_plantext")),
        lock("maatwerkplan_signature", **whole_plan("maatwerkplan_signature")),
        lock("maatwerkplan_plandocument", **whole_plan("maatwerkplan_plandocument")),
        lock(
            "maatwerkplan_refusal",
            read=leads("maatwerkplan_refusal"),
            add=leads("maatwerkplan_refusal"),
        ),
        # A report says how an action goes: for whoever sees the action. Added by who does it or
        # leads the case, never changed.
        # Django asks to delete an action's reports with it; there are none, and none ever go.
        lock(
            REPORT,
            read=follows(ACTION, f"{REPORT}.action_id"),
            add=f"EXISTS (SELECT FROM {ACTION} a WHERE a.id = {REPORT}.action_id"
            f" AND ({leads('a')} OR {own('a')}))",
            remove="false",
        ),
        # Whoever sees an action strikes off the reminders of it as well: it started.
        migrations.RunSQL(
            f"ALTER POLICY vh_app_select ON cases_deadline USING ({DEADLINE});"
            f"ALTER POLICY vh_app_update ON cases_deadline USING ({DEADLINE})",
            migrations.RunSQL.noop,
        ),
    ]
