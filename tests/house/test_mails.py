"""Mail says that something waits, never what or about whom. GOV-12; AVG 32."""

import re

import pytest

from cases.models import DeadlineKind
from partners.models import User
from tests import situations
from tests.house.sources import OUR_APPS, modules_of
from veiligheidshuis.mails import MAILS
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_in_role
from veiligheidshuis.outbox import ADDRESSES, CLOSING, message, path_of, post

PLACEHOLDER = re.compile(r"{[^}]*}|%\(?[a-z]|\$[a-z{]|<[a-z]+>")


@pytest.mark.parametrize("kind", MAILS)
def test_the_text_of_a_mail_has_nothing_to_fill_in(kind):
    mail = MAILS[kind]

    assert not PLACEHOLDER.search(mail.subject + mail.text + mail.path)
    assert not re.search(r"\d", mail.subject + mail.text), "geen nummer, geen datum"
    assert len(mail.subject) <= 60


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_that_travels_is_its_text_and_the_front_door(db, settings, kind):
    case = situations.put_forward_case(last_name="Geheimschuiver")
    with acting_in_role("post"):
        mail = OutboxMail(kind=kind, recipient_id=1)
        travelling = message(mail, "iemand@huis.example", path_of(mail))

    closing = CLOSING.format(number=f", {settings.OFFICE_PHONE}")
    path = "" if kind in ADDRESSES else MAILS[kind].path  # nobody invited the first user
    whole = str(travelling.message())
    assert travelling.body == (
        f"{MAILS[kind].text}\n\n{MAILS[kind].lead} {settings.BASE_URL}{path}\n\n{closing}\n"
    )
    assert "Geheimschuiver" not in whole
    assert case.number not in whole


def test_every_kind_of_mail_is_sent_by_somebody():
    code = "\n".join(
        path.read_text()
        for app in OUR_APPS
        for path in modules_of(app)
        if path.name not in ("mails.py", "outbox.py")
    )

    unused = [kind for kind in MAILS if f'"{kind}"' not in code]
    assert unused == []


def test_every_deadline_is_a_mail():
    assert set(DeadlineKind.values) <= MAILS.keys()


def test_an_unknown_kind_is_refused(db):
    with pytest.raises(KeyError):
        post("verzonnen", to=1)


def test_the_outbox_row_names_nobody_but_the_recipient():
    fields = {field.name for field in OutboxMail._meta.fields}

    assert fields == {
        "id",
        "kind",
        "recipient_id",
        "created_at",
        "sent_at",
        "attempts",
        "next_attempt_at",
    }


def test_nobody_sends_mail_past_the_outbox():
    past = [
        path.name
        for app in OUR_APPS
        for path in modules_of(app)
        if re.search(r"send_mail|EmailMessage|EmailMultiAlternatives|mail_admins", path.read_text())
        and path.name not in ("mails.py", "outbox.py", "mail.py")
    ]

    assert past == []


def test_the_address_is_looked_up_when_it_is_sent(db):
    assert "email" not in {field.name for field in OutboxMail._meta.fields}
    assert "email" in {field.name for field in User._meta.fields}
