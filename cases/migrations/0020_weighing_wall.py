"""Who reads a report, who weighs it, and what the office does with it; and the forms of today."""

from datetime import date
from pathlib import Path

from django.db import migrations

from veiligheidshuis.locks import (
    ASKING,
    PROCESS_VIEW,
    has_role,
    holds,
    keep_flow,
    knows,
    lock,
    open_table,
    seal_functions,
)

SQL = Path(__file__).with_suffix(".sql").read_text()
REPORT, WEIGHING, JUDGEMENT, SCREENING = (
    f"cases_{table}.case_id" for table in ("aanmelding", "weging", "oordeel", "screening")
)
FUNCTIONS = (
    "destroy_declined(), vh.destroy_case(uuid), vh.declined_days(), vh.heard(uuid),"
    " vh.settle_weighing(uuid, boolean, text, text), vh.weighing_chains(), vh.admitted(uuid),"
    " vh.decides(bigint)"
)
# Of his own organisation, a core participant, as long as nothing was decided.
WEIGHED = (
    "SELECT FROM cases_weging w WHERE w.id = weging_id"
    " AND w.case_id = cases_oordeel.case_id AND w.status = 'gevraagd'"
)
OWN_CORE = (
    "SELECT FROM partners_user u JOIN partners_organisation o ON o.id = u.organisation_id"
    " WHERE o.id = cases_oordeel.organisation_id AND o.wgs_class = 'lid_1'"
    f" AND u.id = {ASKING}"
)
HOLDS_REPORT = holds(JUDGEMENT, "view_report")
JUDGES = f"author_id = {ASKING} AND {HOLDS_REPORT} AND EXISTS ({WEIGHED}) AND EXISTS ({OWN_CORE})"
LIFE = ["huisvesting", "werk_inkomen", "gezondheid", "zelfredzaamheid", "schuldsanering"]
ALL = ["identiteitspapieren", "huisvesting", "werk_inkomen", "educatie", *LIFE[2:]]
S2, S3 = "S2, Werkprocessen", "S3, gebiedsgericht werken"
# The regular inputs of S2 and S3: what each is asked beside what the law always asks.
FORMS = [
    ("algemeen", "Algemene melding", ["geprobeerd", "gezin", *ALL], S2),
    ("veelplegerlijst", "Veelplegerlijst", ["geprobeerd", "huisvesting", "werk_inkomen"], S2),
    ("reclassering", "Reclassering", ["geprobeerd", *LIFE], S2),
    ("jpp", "Jeugd Preventie Platform (JPP)", ["gezin", "educatie", "werk_inkomen"], S3),
    ("zorgoverleg", "Zorgoverleg", ["geprobeerd", "gezin", "huisvesting", *LIFE[2:4]], S2),
    ("vangnet", "Vangnet", ["geprobeerd", "identiteitspapieren", *LIFE], S2),
    ("meldpunt", "Meldpunt huiselijk geweld", ["geprobeerd", "gezin", "gezondheid"], S2),
    ("screening", "Screeningsoverleg huiselijk geweld", ["geprobeerd", "gezin"], S3),
    ("straatcoach", "Straatcoach", ["gezin", "educatie", "werk_inkomen"], S3),
    ("wijkteam", "Wijkteam", ["geprobeerd", "gezin", *ALL], S3),
    (
        "nazorg",
        "Nazorg na detentie",
        ["geprobeerd", "identiteitspapieren", "huisvesting", *LIFE[1:3], "schuldsanering"],
        "S2; nazorg: vijf basisvoorwaarden",
    ),
]


def bring_forms(apps, schema_editor):
    """The first version of every form."""
    form = apps.get_model("cases", "Meldformulier")
    for place, (code, name, asks, source) in enumerate(FORMS, start=1):
        form.objects.create(
            code=code,
            name=name,
            place=place,
            asks=asks,
            source=source,
            valid_from=date(2025, 3, 1),  # the WGS holds from this day
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_weighing"), ("partners", "0011_register")]

    operations = [
        migrations.RunSQL(
            SQL,
            "DROP TRIGGER remind_of_contact ON cases_aanmelding;"
            f"DROP FUNCTION vh.remind_of_contact(), vh.{FUNCTIONS}",
        ),
        seal_functions(
            inner=(
                "admitted",
                "decides",
                "destroy_case",
                "destroy_declined",
                "heard",
                "remind_of_contact",
            )
        ),
        open_table("cases_meldformulier"),
        lock(
            "cases_aanmelding",
            read=knows(REPORT),
            add=f"reported_by_id = {ASKING} AND {knows(REPORT)}",
            change=f"{has_role('bedrijfsbureau')} AND {knows(REPORT)}",
        ),
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_aanmelding FROM vh_app;"
            "GRANT UPDATE (contacted_on, contacted_by_id) ON cases_aanmelding TO vh_app",
            migrations.RunSQL.noop,
        ),
        # What was decided is written by vh.settle_weighing alone.
        lock(
            "cases_weging",
            read=knows(WEIGHING),
            add=f"asked_by_id = {ASKING} AND {PROCESS_VIEW} AND {knows(WEIGHING)}",
        ),
        keep_flow("cases_weging", "gevraagd", "gevraagd>toegelaten", "gevraagd>niet_toegelaten"),
        lock("cases_oordeel", read=HOLDS_REPORT, add=JUDGES, change=JUDGES),
        migrations.RunSQL(
            "REVOKE UPDATE ON cases_oordeel FROM vh_app;"
            "GRANT UPDATE (met, reason, at) ON cases_oordeel TO vh_app",
            migrations.RunSQL.noop,
        ),
        lock(
            "cases_screening",
            read=knows(SCREENING),
            add=f"screened_by_id = {ASKING} AND {PROCESS_VIEW} AND {knows(SCREENING)}",
        ),
        migrations.RunPython(bring_forms, migrations.RunPython.noop),
    ]
