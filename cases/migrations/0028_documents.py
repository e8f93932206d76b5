"""The documents of a dossier. DOS-17; ADR 0038."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0027_vaststelling"),
        ("partners", "0014_bevestigen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="timelineitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("aanmelding", "aanmelding"),
                    ("lijst", "prioriteitenlijst"),
                    ("toewijzing", "toewijzing"),
                    ("diagnose", "diagnose"),
                    ("plan", "maatwerkplan"),
                    ("levering", "levering"),
                    ("aanbod", "aanbod"),
                    ("uitvoering", "uitvoering"),
                    ("overleg", "overleg"),
                    ("contact", "contact"),
                    ("toegang", "toegang"),
                    ("gegeven", "wie en waar"),
                    ("stuk", "stuk"),
                    ("slachtoffer", "slachtoffer"),
                    ("afsluiting", "afsluiting"),
                ],
                max_length=12,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="Document",
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
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("regie", "alleen voor wie de regie voert"),
                            ("identiteit", "identiteit (paspoort, verblijfsdocument)"),
                            ("justitie", "justitie (vonnis, rapport reclassering)"),
                            ("plan", "het hele maatwerkplan"),
                            ("huisvesting", "huisvesting"),
                            ("werk_inkomen", "werk en inkomen"),
                            ("educatie", "educatie"),
                            ("gezondheid", "gezondheid"),
                            ("zelfredzaamheid", "zelfredzaamheid"),
                            ("schuldsanering", "schuldsanering"),
                        ],
                        max_length=16,
                        verbose_name="waarover",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("know_case", "weten dat het dossier bestaat"),
                            ("lead_case", "de regie voeren"),
                            ("view_report", "de aanmelding lezen"),
                            ("view_bsn", "het BSN zien"),
                            ("view_contact", "adres, telefoon en omgeving zien"),
                            ("view_secret_address", "een geheim adres zien"),
                            ("view_justice", "justitiële gegevens zien"),
                            ("view_victim", "slachtoffergegevens zien"),
                            ("view_plan", "het hele maatwerkplan zien"),
                            ("minutes", "de notulen schrijven"),
                            ("view_identiteitspapieren", "leefgebied identiteitspapieren"),
                            ("view_huisvesting", "leefgebied huisvesting"),
                            ("view_werk_inkomen", "leefgebied werk en inkomen"),
                            ("view_educatie", "leefgebied educatie"),
                            ("view_gezondheid", "leefgebied gezondheid"),
                            ("view_zelfredzaamheid", "leefgebied zelfredzaamheid"),
                            ("view_schuldsanering", "leefgebied schuldsanering"),
                        ],
                        max_length=30,
                        verbose_name="zichtbaar voor",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="wat het is")),
                ("name", models.CharField(max_length=120, verbose_name="naam van het bestand")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "pdf"),
                            ("png", "png"),
                            ("jpeg", "jpeg"),
                            ("docx", "docx"),
                            ("odt", "odt"),
                            ("txt", "txt"),
                        ],
                        max_length=4,
                        verbose_name="soort bestand",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="grootte")),
                ("sha256", models.CharField(max_length=64, verbose_name="vingerafdruk")),
                ("sealed_file", models.BinaryField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("deelnemer", "een deelnemer verstrekte het (WGS 1.5)"),
                            ("politie", "politiegegevens (Wpg 20)"),
                            ("justitie", "justitiële gegevens, via het OM (Wjsg 8b)"),
                            ("toestemming", "de cliënt gaf toestemming (WGS 2.29)"),
                            ("convenant", "een partner verstrekte het (convenant)"),
                            ("client", "de cliënt gaf het zelf"),
                        ],
                        max_length=12,
                        verbose_name="op welke grond",
                    ),
                ),
                ("keep_until", models.DateField(verbose_name="bewaren tot en met")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("wacht", "wacht op controle"),
                            ("schoon", "gecontroleerd"),
                            ("besmet", "onveilig en gewist"),
                            ("teruggenomen", "teruggenomen en gewist"),
                        ],
                        default="wacht",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_at", models.DateTimeField(null=True)),
                ("checked_by", models.CharField(blank=True, max_length=60)),
                ("found", models.CharField(blank=True, max_length=100)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "taken_back_because",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                        verbose_name="van wie dit komt",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "stuk",
                "verbose_name_plural": "stukken",
                "indexes": [models.Index(fields=["keep_until"], name="document_by_last_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category", "regie"), ("scope", "lead_case")),
                            models.Q(("category", "identiteit"), ("scope", "view_bsn")),
                            models.Q(("category", "justitie"), ("scope", "view_justice")),
                            models.Q(("category", "plan"), ("scope", "view_plan")),
                            models.Q(("category", "huisvesting"), ("scope", "view_huisvesting")),
                            models.Q(("category", "werk_inkomen"), ("scope", "view_werk_inkomen")),
                            models.Q(("category", "educatie"), ("scope", "view_educatie")),
                            models.Q(("category", "gezondheid"), ("scope", "view_gezondheid")),
                            models.Q(
                                ("category", "zelfredzaamheid"), ("scope", "view_zelfredzaamheid")
                            ),
                            models.Q(
                                ("category", "schuldsanering"), ("scope", "view_schuldsanering")
                            ),
                            _connector="OR",
                        ),
                        name="document_seen_by_its_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["wacht", "schoon", "besmet", "teruggenomen"])
                        ),
                        name="document_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["wacht", "schoon"]),
                                models.Q(("sealed_file", b""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status__in", ["wacht", "schoon"]), _negated=True),
                                ("sealed_file", b""),
                            ),
                            _connector="OR",
                        ),
                        name="document_bytes_only_while_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "schoon"), _negated=True),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("found", ""),
                                models.Q(("checked_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_open_once_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "besmet"), _negated=True),
                            models.Q(
                                ("checked_at__isnull", False),
                                models.Q(("found", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_refused_for_what_was_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("status", "teruggenomen"), _negated=True),
                                ("taken_back_at", None),
                                ("taken_back_because", ""),
                                ("taken_back_by", None),
                            ),
                            models.Q(
                                ("status", "teruggenomen"),
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                                models.Q(("taken_back_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_taken_back_by_somebody_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("keep_until__gte", models.F("first_processed_on")),
                            (
                                "keep_until__lte",
                                models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("first_processed_on"), "+", models.Value(1827)
                                    ),
                                    output_field=models.DateField(),
                                ),
                            ),
                        ),
                        name="document_kept_no_longer_than_the_law",
                    ),
                ],
            },
        ),
    ]
