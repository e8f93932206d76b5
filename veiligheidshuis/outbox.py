"""Mail leaves through one door, after the deed stands, and says nothing about anyone.

The text is fixed (mails.py): nothing to fill in but the address of the front door. Who wants to
know more logs in.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage

from veiligheidshuis.celery import after_commit
from veiligheidshuis.mails import MAILS
from veiligheidshuis.models import OutboxMail

# Where a mail leads that has an address of its own for each reader: the floor that knows it makes
# it when the mail leaves, or says nothing when there is none. Filled in AppConfig.ready().
ADDRESSES: dict[str, Callable[[int], str]] = {}

# Under every mail: why it says so little, and whom to ask.
CLOSING = "Deze mail noemt met opzet niemand. Antwoorden kan niet: bel het bedrijfsbureau{number}."


def post(kind: str, *, to: int) -> OutboxMail:
    """Put a mail to user `to` in the outbox; it leaves once this transaction stands.

    Raises KeyError for a kind that is not in the registry.
    """
    MAILS[kind]
    mail = OutboxMail(kind=kind, recipient_id=to)
    mail.save(force_insert=True)
    after_commit("veiligheidshuis.send_outbox")
    return mail


def path_of(mail: OutboxMail) -> str:
    """The page that this mail leads to; nowhere when nobody need go there any more."""
    if mail.kind in ADDRESSES:
        return ADDRESSES[mail.kind](mail.recipient_id)
    return MAILS[mail.kind].path


def message(mail: OutboxMail, address: str, path: str) -> EmailMessage:
    """The mail as it travels. Its Message-ID is fixed: a second delivery is the same mail."""
    what = MAILS[mail.kind]
    closing = CLOSING.format(number=settings.OFFICE_PHONE and f", {settings.OFFICE_PHONE}")
    domain = settings.DEFAULT_FROM_EMAIL.split("@")[-1].rstrip(">")
    return EmailMessage(
        subject=what.subject,
        body=f"{what.text}\n\n{what.lead} {settings.BASE_URL}{path}\n\n{closing}\n",
        to=[address],
        headers={"Message-ID": f"<{mail.pk}@{domain}>"},
    )
