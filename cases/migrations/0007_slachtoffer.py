"""Victims apart from the client, and the end of a case. DOS-16; WGS 2.31 lid 8."""

import cases.models.participation
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cases", "0006_noodtoegang"),
        ("partners", "0005_sign_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Afsluiting",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="afsluiting",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("doel", "het doel is bereikt"),
                            ("regulier", "de gewone hulp of zorg neemt het over"),
                            ("anders", "een andere aanpak past beter"),
                            ("verhuisd", "de cliënt is verhuisd"),
                            ("overleden", "de cliënt is overleden"),
                        ],
                        max_length=12,
                        verbose_name="waarom afgesloten",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="besloten op")),
                (
                    "closed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="afgesloten op"
                    ),
                ),
            ],
            options={
                "verbose_name": "afsluiting",
                "verbose_name_plural": "afsluitingen",
            },
        ),
        migrations.CreateModel(
            name="HistoricalSlachtoffer",
            fields=[
                (
                    "first_processed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        verbose_name="voor het eerst verwerkt op",
                    ),
                ),
                ("id", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "name",
                    models.CharField(
                        max_length=120, verbose_name="hoe het slachtoffer wordt genoemd"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("partner", "partner of ex-partner"),
                            ("kind", "kind"),
                            ("ouder", "ouder"),
                            ("familie", "ander familielid"),
                            ("buur", "buur of huisgenoot"),
                            ("bekende", "bekende, collega of klant"),
                            ("onbekende", "onbekende"),
                        ],
                        max_length=12,
                        verbose_name="wie het is voor de cliënt",
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("niet_gevraagd", "nog niet gevraagd"),
                            ("niets", "wil niets horen"),
                            ("horen", "wil op de hoogte blijven"),
                        ],
                        max_length=14,
                        verbose_name="wil horen hoe het verdergaat",
                    ),
                ),
                (
                    "wish_about",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="wat het slachtoffer wil horen"
                    ),
                ),
                ("safety", models.TextField(blank=True, verbose_name="waar we op letten")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                ("ended_on", models.DateField(null=True, verbose_name="beëindigd op")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom beëindigd"),
                ),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "history_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical slachtoffer",
                "verbose_name_plural": "historical slachtoffers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Slachtoffer",
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
                    "name",
                    models.CharField(
                        max_length=120, verbose_name="hoe het slachtoffer wordt genoemd"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("partner", "partner of ex-partner"),
                            ("kind", "kind"),
                            ("ouder", "ouder"),
                            ("familie", "ander familielid"),
                            ("buur", "buur of huisgenoot"),
                            ("bekende", "bekende, collega of klant"),
                            ("onbekende", "onbekende"),
                        ],
                        max_length=12,
                        verbose_name="wie het is voor de cliënt",
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("niet_gevraagd", "nog niet gevraagd"),
                            ("niets", "wil niets horen"),
                            ("horen", "wil op de hoogte blijven"),
                        ],
                        max_length=14,
                        verbose_name="wil horen hoe het verdergaat",
                    ),
                ),
                (
                    "wish_about",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="wat het slachtoffer wil horen"
                    ),
                ),
                ("safety", models.TextField(blank=True, verbose_name="waar we op letten")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                ("ended_on", models.DateField(null=True, verbose_name="beëindigd op")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom beëindigd"),
                ),
            ],
            options={
                "verbose_name": "slachtoffer",
                "verbose_name_plural": "slachtoffers",
            },
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_in_hand_has_a_manager",
        ),
        migrations.RemoveConstraint(
            model_name="participation",
            name="participation_basis_known",
        ),
        migrations.RemoveConstraint(
            model_name="participation",
            name="participation_once_at_a_time",
        ),
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(
                choices=[
                    ("aangemeld", "aangemeld"),
                    ("geprioriteerd", "op de lijst"),
                    ("toegedeeld", "toegewezen"),
                    ("diagnose", "in diagnose"),
                    ("planvorming", "bezig met het plan"),
                    ("uitvoering", "in uitvoering"),
                    ("drang_dwang", "drang en dwang"),
                    ("afgesloten", "afgesloten"),
                ],
                default="aangemeld",
                max_length=16,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="historicalcase",
            name="status",
            field=models.CharField(
                choices=[
                    ("aangemeld", "aangemeld"),
                    ("geprioriteerd", "op de lijst"),
                    ("toegedeeld", "toegewezen"),
                    ("diagnose", "in diagnose"),
                    ("planvorming", "bezig met het plan"),
                    ("uitvoering", "in uitvoering"),
                    ("drang_dwang", "drang en dwang"),
                    ("afgesloten", "afgesloten"),
                ],
                default="aangemeld",
                max_length=16,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="basis",
            field=models.CharField(
                choices=[
                    ("aandragen", "droeg de cliënt aan"),
                    ("selectie", "zit in het selectieoverleg"),
                    ("toewijzing", "is de interventiemanager"),
                    ("leveringsvraag", "is gevraagd om te leveren"),
                    ("uitvoering", "voert een deel van het plan uit"),
                    ("notulist", "notuleert het overleg"),
                    ("waarneming", "neemt waar voor de interventiemanager"),
                    ("overdracht", "was de interventiemanager en droeg over"),
                    ("noodtoegang", "opende het dossier in nood"),
                    ("slachtoffer", "staat een slachtoffer bij"),
                    ("hand", "kreeg toegang van de interventiemanager"),
                ],
                max_length=16,
                verbose_name="grond",
            ),
        ),
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
                    ("slachtoffer", "slachtoffer"),
                    ("afsluiting", "afsluiting"),
                ],
                max_length=12,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "aangemeld",
                            "geprioriteerd",
                            "toegedeeld",
                            "diagnose",
                            "planvorming",
                            "uitvoering",
                            "drang_dwang",
                            "afgesloten",
                        ],
                    )
                ),
                name="case_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("aangemeld", "geprioriteerd", "afgesloten")),
                    ("manager__isnull", False),
                    _connector="OR",
                ),
                name="case_in_hand_has_a_manager",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "basis__in",
                        [
                            "aandragen",
                            "selectie",
                            "toewijzing",
                            "leveringsvraag",
                            "uitvoering",
                            "notulist",
                            "waarneming",
                            "overdracht",
                            "noodtoegang",
                            "slachtoffer",
                            "hand",
                        ],
                    )
                ),
                name="participation_basis_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("closed_at", None), models.Q(("basis", "slachtoffer"), _negated=True)
                ),
                expressions=[
                    ("group", "="),
                    ("permission", "="),
                    ("content_object", "="),
                    ("basis", "="),
                    (
                        cases.models.participation.DateSpan(
                            "start_date", "end_date", models.Value("[]")
                        ),
                        "&&",
                    ),
                ],
                name="participation_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("basis", "slachtoffer"), ("closed_at", None)),
                expressions=[
                    ("group", "="),
                    ("permission", "="),
                    ("because_of", "="),
                    (
                        cases.models.participation.DateSpan(
                            "start_date", "end_date", models.Value("[]")
                        ),
                        "&&",
                    ),
                ],
                name="support_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "slachtoffer"), _negated=True),
                    models.Q(("because_of__isnull", False), ("end_date__isnull", False)),
                    _connector="OR",
                ),
                name="support_is_of_one_victim_until_a_day",
            ),
        ),
        migrations.AddField(
            model_name="afsluiting",
            name="closed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="afsluiting",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="wie het besloot",
            ),
        ),
        migrations.AddField(
            model_name="historicalslachtoffer",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="historicalslachtoffer",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partners.organisation",
                verbose_name="wie contact heeft",
            ),
        ),
        migrations.AddField(
            model_name="historicalslachtoffer",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalslachtoffer",
            name="supplier",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partners.organisation",
                verbose_name="van wie dit komt",
            ),
        ),
        migrations.AddField(
            model_name="slachtoffer",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="slachtoffers",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="slachtoffer",
            name="contact",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="wie contact heeft",
            ),
        ),
        migrations.AddField(
            model_name="slachtoffer",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="slachtoffer",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="van wie dit komt",
            ),
        ),
        migrations.AddConstraint(
            model_name="afsluiting",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_on__gte", models.F("decided_on"))),
                name="closed_after_it_was_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="slachtoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("wish", "horen"), models.Q(("wish_about", ""), _negated=True)),
                    models.Q(models.Q(("wish", "horen"), _negated=True), ("wish_about", "")),
                    _connector="OR",
                ),
                name="victim_who_wants_to_hear_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="slachtoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_because", ""), ("ended_on", None)),
                    models.Q(
                        ("ended_on__isnull", False), models.Q(("ended_because", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="victim_ended_with_a_reason",
            ),
        ),
    ]
