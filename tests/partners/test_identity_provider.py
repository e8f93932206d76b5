"""What is agreed with a partner about its login service, and who can write that down. AUTH-13."""

import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError

from partners import presenters
from partners.models import IdentityProvider
from tests import databases
from tests.house.sources import ROOT
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as


def as_owner(own_house, *arguments):
    """manage.py, as the owner of this database runs it."""
    environment = os.environ | {
        "VH_AS_OWNER": "1",
        "OWNER_DATABASE_URL": databases.with_name(databases.OWNER_URL, own_house),
    }
    return subprocess.run(
        [sys.executable, "manage.py", "identity_provider", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


AGREED = ("--issuer", "https://inloggen.politie.example", "--client-id", "huis", "--amr", "mfa")


def test_the_owner_writes_down_what_was_agreed_and_switches_it_off(own_house):
    assert as_owner(own_house, "politie", *AGREED).returncode == 0
    with acting_as(ANONYMOUS):
        agreed = IdentityProvider.objects.get()
        assert (agreed.organisation.slug, agreed.amr, agreed.acr) == ("politie", ["mfa"], [])
        assert agreed.as_party().signs
    assert as_owner(own_house, "politie", "--uit").returncode == 0
    with acting_as(ANONYMOUS):
        assert not presenters.login_services()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("bestaatniet", *AGREED), "geen organisatie"),
        (("politie", "--issuer", "http://politie.example", "--client-id", "huis"), "https"),
        (("politie", "--issuer", "https://politie.example"), "--client-id"),
        (("politie", "--uit"), "geen inlogdienst"),
    ],
)
def test_what_was_not_agreed_is_not_written_down(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("identity_provider", *arguments)


@pytest.mark.django_db
def test_the_application_cannot_write_down_a_login_service():
    """AUTH-13: also not with the command of the owner."""
    with pytest.raises(ProgrammingError):
        call_command("identity_provider", "politie", *AGREED)
