"""A decision of the manager about what a partner does not promise: read by who leads and by the
manager, and by its partner once it was pushed through. OFF-01."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import (
    ASKING,
    PRINCIPALS,
    has_role,
    holds,
    keep_flow,
    knows,
    lock,
    seal_functions,
)

TABLE = "maatwerkplan_doorzetting"
CASE = f"{TABLE}.case_id"
LEADS = holds(CASE, "lead_case")
# The manager reads what lies before him and what was decided, until the dossier is closed.
MANAGES = (
    f"({has_role('manager')} AND {knows(CASE)} AND EXISTS (SELECT FROM cases_case c"
    f" WHERE c.id = {CASE} AND c.status <> 'afgesloten' OFFSET 0))"
)
# Whose no was set aside reads why, when he carries it out.
OWN = (
    f"(status = 'doorgezet' AND EXISTS (SELECT FROM partners_organisation o"
    f" WHERE o.id = {TABLE}.organisation_id AND o.group_id = ANY ({PRINCIPALS}))"
    f" AND {holds(CASE, 'know_case')})"
)
# Nobody decides about what he asked himself, nor in the name of another; who leads takes back.
DECIDES = (
    f"{MANAGES} AND laid_by_id <> {ASKING} AND (status = 'voorgelegd' OR"
    f" (status IN ('doorgezet', 'niet_doorgezet') AND decided_by_id = {ASKING}))"
)
TAKES_BACK = f"{LEADS} AND status IN ('voorgelegd', 'teruggenomen')"
# The manager need not decide any more about an answer that did not come, when it comes.
SQL = """
CREATE FUNCTION vh.answered_meanwhile() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE maatwerkplan_doorzetting SET status = 'teruggenomen'
    WHERE question_id = NEW.question_id AND code = 'unanswered' AND status = 'voorgelegd';
  RETURN NULL;
END $$;
CREATE TRIGGER answered_meanwhile AFTER INSERT ON maatwerkplan_deliveryanswer
  FOR EACH ROW EXECUTE FUNCTION vh.answered_meanwhile();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0032_taken_along"),
        ("maatwerkplan", "0017_order"),
        ("partners", "0014_bevestigen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Doorzetting",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=12, verbose_name="welk beletsel")),
                (
                    "obstacle",
                    models.CharField(max_length=900, verbose_name="het beletsel in woorden"),
                ),
                ("action_text", models.CharField(max_length=300, verbose_name="om welke actie")),
                ("why", models.TextField(verbose_name="waarom het moet doorgaan")),
                ("laid_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("voorgelegd", "ligt bij de manager"),
                            ("doorgezet", "doorgezet"),
                            ("niet_doorgezet", "niet doorgezet"),
                            ("teruggenomen", "teruggenomen"),
                        ],
                        default="voorgelegd",
                        max_length=14,
                        verbose_name="stand",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reden van het besluit")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "laid_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doorzettingen",
                        to="maatwerkplan.maatwerkplan",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="doorzettingen",
                        to="maatwerkplan.deliveryquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "doorzetting",
                "verbose_name_plural": "doorzettingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "teruggenomen"), _negated=True),
                        fields=("question",),
                        name="laid_before_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["voorgelegd", "doorgezet", "niet_doorgezet", "teruggenomen"],
                            )
                        ),
                        name="doorzetting_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ("doorgezet", "niet_doorgezet")), _negated=True
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_decision_has_a_name_and_a_reason",
                    ),
                ],
            },
        ),
        lock(
            TABLE,
            read=f"{LEADS} OR {MANAGES} OR {OWN}",
            add=f"{LEADS} AND laid_by_id = {ASKING}",
            change=f"({DECIDES}) OR ({TAKES_BACK})",
        ),
        # What was laid before him stands as it was.
        migrations.RunSQL(
            f"REVOKE UPDATE ON {TABLE} FROM vh_app;"
            f"GRANT UPDATE (status, reason, decided_by_id, decided_at) ON {TABLE} TO vh_app",
            migrations.RunSQL.noop,
        ),
        keep_flow(
            TABLE,
            "voorgelegd",
            "voorgelegd>doorgezet",
            "voorgelegd>niet_doorgezet",
            "voorgelegd>teruggenomen",
        ),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.answered_meanwhile() CASCADE"),
        seal_functions(inner=("answered_meanwhile",)),
    ]
