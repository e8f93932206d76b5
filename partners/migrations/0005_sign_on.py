"""The login services of the partners, and who is who there.

A login service belongs to one organisation, and it is written by the owner of the database alone.
A link is readable for himself; for the door there is one question (0005_sign_on.sql). What the
office proposed is readable for the office.
"""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, has_role, lock, open_table, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_second_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityProvider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=200, unique=True, verbose_name="uitgever")),
                (
                    "client_id",
                    models.CharField(max_length=200, verbose_name="wie wij voor hen zijn"),
                ),
                (
                    "authentication",
                    models.CharField(
                        choices=[
                            ("private_key_jwt", "met een eigen sleutel"),
                            ("client_secret_basic", "met een gedeeld geheim"),
                        ],
                        max_length=20,
                        verbose_name="bewijs",
                    ),
                ),
                (
                    "amr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                (
                    "acr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="aan")),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identity_provider",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlogdienst van een organisatie",
            },
        ),
        migrations.CreateModel(
            name="SignOnLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                (
                    "linked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_on_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "koppeling met een inlogdienst",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("issuer", "subject"),
                        name="subject_is_one_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("user",),
                        name="person_is_one_subject",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOnProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                (
                    "proposed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved", models.BooleanField(default=False)),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_on_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "voorgestelde koppeling",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("user",),
                        name="one_proposal_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", False), ("decided_at", None), ("decided_by", None)
                        )
                        | models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                        name="proposal_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved", False))
                        | (
                            ~models.Q(("decided_by", models.F("proposed_by")))
                            & ~models.Q(("decided_by", models.F("user")))
                        ),
                        name="proposal_approved_by_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(),
        open_table("partners_identityprovider"),
        lock("partners_signonlink", read=f"user_id = {ASKING}"),
        lock("partners_signonproposal", read=has_role("bedrijfsbureau")),
    ]
