"""What the worker does for the ground: send the mail, anchor the access log."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone

from veiligheidshuis import accesslog, drafts, logchain, needtoknow, once, sessions
from veiligheidshuis.celery import after_commit, app
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.outbox import message, path_of

log = logging.getLogger(__name__)


@app.task(name="veiligheidshuis.send_outbox", role="post")
def send_outbox() -> bool:
    """Send one mail, with a line in the access log, and call for the next; whether there was one.

    One mail for each transaction: a worker that dies loses nothing and repeats at most the mail it
    was sending, under the same Message-ID. Runs as the role `post`, which sees the outbox and
    e-mail addresses only.
    """
    mail = (
        OutboxMail.objects.select_for_update(skip_locked=True)
        .filter(sent_at=None, next_attempt_at__lte=timezone.now())
        .order_by("next_attempt_at", "pk")
        .first()
    )
    if mail is None:
        return False
    addresses = get_user_model().objects.filter(pk=mail.recipient_id, is_active=True)
    address = addresses.values_list("email", flat=True).first()
    looked = accesslog.Look("mailen", [f"account {mail.recipient_id}"], ground=mail.kind)
    path = path_of(mail) if address else ""
    looked.outcome = "aangeboden" if path else "geen adres"
    accesslog.write(needtoknow.ANONYMOUS, [looked], route="veiligheidshuis.send_outbox")
    try:
        if address and path:
            message(mail, address, path).send()
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())
    except (OSError, SMTPException) as error:
        log.warning("mail %s of kind %s could not be sent: %s", mail.pk, mail.kind, error)
        wait = timedelta(minutes=min(2**mail.attempts, 60))
        OutboxMail.objects.filter(pk=mail.pk).update(
            attempts=F("attempts") + 1, next_attempt_at=timezone.now() + wait
        )
    after_commit("veiligheidshuis.send_outbox")
    return True


@app.task(name="veiligheidshuis.forget_submissions", role="clock")
def forget_submissions() -> int:
    """Let go of the keys of forms that were handled long ago; how many."""
    return once.forget_old()


@app.task(name="veiligheidshuis.forget_sessions", role="clock")
def forget_sessions() -> int:
    """Let go of sessions that are over and of forms that nobody sent on; how many."""
    return sessions.forget_old() + drafts.forget_old()


@app.task(name="veiligheidshuis.anchor_log_heads", role="clock")
def anchor_log_heads() -> str:
    """Keep the heads of the access log outside the database; where they were written."""
    return " ".join(str(path) for path in logchain.anchor())
