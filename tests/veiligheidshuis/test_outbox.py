"""Mail leaves once, after the deed stands, and waits when the post is closed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from partners import operations as office_work
from tests import situations
from veiligheidshuis.mails import MAILS
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as, acting_in_role
from veiligheidshuis.outbox import post
from veiligheidshuis.tasks import send_outbox


@pytest.fixture
def letterbox(settings, tmp_path: Path) -> Path:
    """Where mail arrives (Django's test runner puts a backend of its own in place)."""
    settings.EMAIL_BACKEND = "veiligheidshuis.mail.MailDir"
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def put(to: str = "samira", kind: str = "toewijzing") -> OutboxMail:
    with acting_as(situations.user("manager").pk):
        return post(kind, to=situations.user(to).pk)


def arrived(letterbox: Path) -> list[str]:
    return [path.read_text() for path in sorted(letterbox.glob("*.eml"))]


def as_kept(mail: OutboxMail) -> OutboxMail:
    with acting_in_role("post"):
        return OutboxMail.objects.get(pk=mail.pk)


def test_a_mail_is_sent_to_the_address_of_now_and_only_once(db, letterbox):
    put()

    assert send_outbox.apply(throw=True).get() is True
    assert send_outbox.apply(throw=True).get() is False

    (mail,) = arrived(letterbox)
    assert MAILS["toewijzing"].text in mail
    assert "To: samira@reclassering-nederland.example" in mail


def test_a_deed_that_is_undone_sends_nothing(db, letterbox):
    samira = situations.user("samira")
    with pytest.raises(ZeroDivisionError):
        fail_after_posting(samira.pk)

    assert send_outbox.apply(throw=True).get() is False
    assert arrived(letterbox) == []


def fail_after_posting(to: int) -> None:
    with acting_as(situations.user("manager").pk):
        post("toewijzing", to=to)
        raise ZeroDivisionError


def test_when_the_post_is_closed_the_mail_waits_longer_each_time(db, settings):
    mail = put()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there

    send_outbox.apply(throw=True)

    kept = as_kept(mail)
    assert (kept.sent_at, kept.attempts) == (None, 1)
    assert timezone.now() < kept.next_attempt_at < timezone.now() + timedelta(minutes=2)
    assert send_outbox.apply(throw=True).get() is False  # not before its time


def test_who_was_switched_off_gets_no_mail_and_the_outbox_goes_on(db, letterbox):
    mail = put(to="tom")
    office = situations.user("bureau")
    with acting_as(office.pk):
        office_work.set_active(situations.user("tom"), False, by=office)

    send_outbox.apply(throw=True)

    assert arrived(letterbox) == []
    assert as_kept(mail).sent_at


def test_the_same_mail_handed_over_twice_is_one_mail(db, letterbox):
    mail = put()
    send_outbox.apply(throw=True)
    with acting_in_role("post"):
        OutboxMail.objects.filter(pk=mail.pk).update(sent_at=None)

    send_outbox.apply(throw=True)

    assert len(arrived(letterbox)) == 1


def test_nobody_reads_the_outbox_back(db):
    put()

    with (
        acting_as(ANONYMOUS),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        OutboxMail.objects.count()
