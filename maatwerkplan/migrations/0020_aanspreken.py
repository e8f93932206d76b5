"""A partner is held to what it agreed: read by who leads, by that partner, and by the manager from
the step that is laid before him. REG-05."""

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

TABLE = "maatwerkplan_aanspreking"
CASE = f"{TABLE}.case_id"
LEADS = holds(CASE, "lead_case")
# The manager reads what came as far as him, until the dossier is closed.
MANAGES = (
    f"({has_role('manager')} AND {knows(CASE)} AND EXISTS (SELECT FROM cases_case c"
    f" WHERE c.id = {CASE} AND c.status <> 'afgesloten' OFFSET 0))"
)
TO_MANAGER = f"(stage IN ('manager', 'doorzetting') AND {MANAGES})"
# Who is held to it reads what is asked, as long as he knows the dossier.
OWN = (
    f"(EXISTS (SELECT FROM partners_organisation o"
    f" WHERE o.id = {TABLE}.organisation_id AND o.group_id = ANY ({PRINCIPALS}))"
    f" AND {holds(CASE, 'know_case')})"
)
# Who leads takes the first three steps, the manager asks for power; each in his own name.
ADDS = (
    f"asked_by_id = {ASKING} AND ((stage <> 'doorzetting' AND {LEADS})"
    f" OR (stage = 'doorzetting' AND {MANAGES}))"
)
SETTLES = f"({LEADS} OR {TO_MANAGER}) AND (status = 'loopt' OR settled_by_id = {ASKING})"
# An action that ended needs no more calling; what ended it says what came of it.
SQL = """
CREATE FUNCTION vh.call_ends_with_its_action() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE maatwerkplan_aanspreking
    SET status = CASE NEW.kind WHEN 'afgerond' THEN 'gelukt' ELSE 'niet_gelukt' END,
        outcome = 'De actie is intussen ' || NEW.kind || '.',
        settled_by_id = NEW.recorded_by_id, settled_at = now()
    WHERE action_id = NEW.action_id AND status = 'loopt';
  RETURN NULL;
END $$;
CREATE TRIGGER call_ends_with_its_action AFTER INSERT ON maatwerkplan_progressreport
  FOR EACH ROW WHEN (NEW.kind IN ('afgerond', 'gestopt'))
  EXECUTE FUNCTION vh.call_ends_with_its_action();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_first_sheet"),
        ("maatwerkplan", "0019_put_off"),
        ("partners", "0014_bevestigen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Aanspreking",
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
                ("action_text", models.CharField(max_length=200, verbose_name="om welke actie")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("herinnering", "herinnering"),
                            ("oproep", "formele oproep"),
                            ("manager", "naar de manager"),
                            ("doorzetting", "doorzettingsmacht gevraagd"),
                        ],
                        max_length=11,
                        verbose_name="stap",
                    ),
                ),
                ("text", models.TextField(verbose_name="wat er wordt gevraagd")),
                ("answer_by", models.DateField(verbose_name="uiterlijk")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("loopt", "loopt"),
                            ("gelukt", "gelukt"),
                            ("niet_gelukt", "niet gelukt"),
                        ],
                        default="loopt",
                        max_length=11,
                        verbose_name="stand",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="wat eruit kwam")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="calls",
                        to="maatwerkplan.partneraction",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="aan wie",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
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
                        related_name="+",
                        to="maatwerkplan.maatwerkplan",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "aanspreking",
                "verbose_name_plural": "aansprekingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "loopt")),
                        fields=("action",),
                        name="one_call_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["loopt", "gelukt", "niet_gelukt"])),
                        name="aanspreking_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_of__isnull", False), ("stage", "doorzetting")),
                            models.Q(
                                models.Q(("stage", "doorzetting"), _negated=True),
                                ("asked_of", None),
                            ),
                            _connector="OR",
                        ),
                        name="power_is_asked_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "loopt"),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_outcome_has_a_name_and_words",
                    ),
                ],
            },
        ),
        lock(TABLE, read=f"{LEADS} OR {TO_MANAGER} OR {OWN}", add=ADDS, change=SETTLES),
        # What was asked of somebody stands as it was.
        migrations.RunSQL(
            f"REVOKE UPDATE ON {TABLE} FROM vh_app;"
            f"GRANT UPDATE (status, outcome, settled_by_id, settled_at) ON {TABLE} TO vh_app",
            migrations.RunSQL.noop,
        ),
        keep_flow(TABLE, "loopt", "loopt>gelukt", "loopt>niet_gelukt"),
        migrations.RunSQL(SQL, "DROP FUNCTION vh.call_ends_with_its_action() CASCADE"),
        seal_functions(inner=("call_ends_with_its_action",)),
    ]
