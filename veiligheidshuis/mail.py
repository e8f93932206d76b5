"""Where mail goes when no mail server is set: one file for each mail."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailDir(BaseEmailBackend):
    """Writes each mail to a file named after its Message-ID: delivering twice leaves one mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            written = mail.message()
            name = str(written["Message-ID"]).strip("<>").replace("/", "_")
            fresh = settings.MAIL_DIR / f".{name}.part"
            fresh.write_bytes(written.as_bytes())
            fresh.replace(settings.MAIL_DIR / f"{name}.eml")
        return len(email_messages)
