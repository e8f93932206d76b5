"""By a link in a mail somebody chooses his own password. SEC-01."""

import uuid
from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from veiligheidshuis.locks import ASKING, has_role, lock, seal_functions

SQL = Path(__file__).with_suffix(".sql").read_text()
# Who keeps these accounts or looks along: the house, and the administrator of the same organisation.
OFFICE = has_role("bedrijfsbureau", "manager")
COLLEAGUES = (
    "SELECT u.id FROM partners_user u JOIN partners_user me"  # noqa: S608 - our own words
    f" ON me.organisation_id = u.organisation_id WHERE me.id = {ASKING}"
)
OWN_PEOPLE = f"({has_role('partnerbeheerder')} AND user_id IN ({COLLEAGUES}))"


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0012_werkafspraken"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("approved_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True, verbose_name="werkt tot")),
                ("token_hash", models.CharField(blank=True, db_default="", max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account_invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "accountuitnodiging",
                "verbose_name_plural": "accountuitnodigingen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("user",),
                        name="one_account_invitation_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="one_account_per_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("user")), _negated=True),
                            models.Q(
                                ("approved_by", None),
                                models.Q(
                                    models.Q(("approved_by", models.F("asked_by")), _negated=True),
                                    models.Q(("approved_by", models.F("user")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="account_invitation_takes_others",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None), ("expires_at", None), ("token_hash", "")
                            ),
                            models.Q(("approved_at__isnull", False), ("expires_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="account_invitation_expires_once_it_works",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None),
                            models.Q(
                                ("approved_at__isnull", False), ("used_at", models.F("closed_at"))
                            ),
                            _connector="OR",
                        ),
                        name="account_invitation_used_is_closed",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        seal_functions(inner=("invitation_of", "seal_invitation")),
        lock("partners_accountinvitation", read=f"{OFFICE} OR {OWN_PEOPLE}"),
    ]
