"""What somebody proves himself by is readable for himself alone. What allauth has besides is shut."""

from django.db import migrations

from veiligheidshuis.locks import ASKING, lock

OWN = f"user_id = {ASKING}"


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0003_signatories"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        lock("mfa_authenticator", read=OWN, add=OWN, change=OWN, remove=OWN),
        lock("account_emailaddress"),
        lock("account_emailconfirmation"),
    ]
