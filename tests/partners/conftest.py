"""A partner with a login service of its own, for the tests that come in by way of it."""

from collections.abc import Iterator

import pytest

from partners.models import IdentityProvider
from tests.login_service import CLIENT, SECRET, LoginService
from tests.partners.signing_on import link
from tests.situations import organisation
from veiligheidshuis import openid

INSERT = """
    INSERT INTO partners_identityprovider
        (organisation_id, issuer, client_id, authentication, amr, acr, is_on)
    VALUES (%s, %s, %s, %s, %s, %s, true) RETURNING id
"""


@pytest.fixture
def agree(owner, settings, tmp_path):
    """Agree with a partner on its login service, as the administrator of the house does."""
    settings.SIGN_ON_KEYS = str(tmp_path)
    made = []

    def with_(service, slug="politie", *, amr=(), acr=(), way="client_secret_basic", key=SECRET):
        (tmp_path / slug).write_text(f"{key}\n")
        row = [organisation(slug).pk, service.issuer, CLIENT, way, list(amr), list(acr)]
        (pk,) = owner.execute(INSERT, row).fetchone()
        made.append(pk)
        return IdentityProvider.objects.get(pk=pk)

    yield with_
    owner.execute("DELETE FROM partners_identityprovider WHERE id = ANY (%s)", [made])


@pytest.fixture
def service() -> Iterator[LoginService]:
    openid._kept.clear()  # a port of an earlier test may be given out again, with other keys
    with LoginService() as up:
        yield up


@pytest.fixture
def linked(service, agree):
    """The police have a login service, and politie is linked to it."""
    provider = agree(service)
    link(provider, "politie")
    return provider
