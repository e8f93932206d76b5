"""The way in by somebody's own organisation, walked for the net of the pages: no door of a matrix
leads along it, because half of it lies outside the house.

Three partners have a login service: of the first the second factor counts, of the next it does not,
and at the last nobody is linked to it yet.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser

from tests.attempts.house import House
from tests.house.test_fresh import old_proof
from tests.house.walk import browser
from tests.login_service import CLIENT, SECRET, LoginService
from tests.partners.signing_on import come_back, leave
from veiligheidshuis.accesslog import looks_of

WALKED = frozenset({"partners.views.sign_on", "partners.views.sign_off"})
COUNTS, COUNTS_NOT, NOT_LINKED = "politie", "mondriaan", "ggd"  # the partner, and who works there
OWN, RETURNED = "/account/inloggen/organisatie/", "/bevestigen/organisatie/"
OLD = """
    DELETE FROM partners_identityprovider WHERE organisation_id = (
        SELECT organisation_id FROM partners_user WHERE username = %(who)s)
"""
SERVICE = """
    INSERT INTO partners_identityprovider
        (organisation_id, issuer, client_id, authentication, amr, acr, is_on)
    SELECT organisation_id, %(issuer)s, %(client)s, 'client_secret_basic', %(amr)s, '{}', true
    FROM partners_user WHERE username = %(who)s
"""
AT = """
    SELECT o.slug FROM partners_organisation o JOIN partners_user u ON u.organisation_id = o.id
    WHERE u.username = %(who)s
"""
LINKED = """
    INSERT INTO partners_signonlink (issuer, subject, user_id, linked_by_id)
    SELECT %(issuer)s, %(who)s::text, id, id FROM partners_user WHERE username = %(who)s
"""
UNLINK = """
    UPDATE partners_signonlink SET ended_at = now() WHERE ended_at IS NULL AND user_id = (
        SELECT id FROM partners_user WHERE username = %(who)s)
"""


@dataclass(frozen=True)
class SignOn:
    """The login services, which run in the process that made them; asked from any other."""

    counts: LoginService
    counts_not: LoginService
    not_linked: LoginService

    def ways(self) -> Iterator[Callable[[], list[str]]]:
        """Each thing somebody goes there for, and what they tell us from there."""
        for walk in (self.comes_in, self.proves_anew, self.links, self.goes_out, self.is_not_known):
            yield partial(silent, walk.__name__, walk)

    def comes_in(self) -> HttpResponse:
        """His second factor there does not count, so half of it is written before ours is asked."""
        visitor = Browser()
        return come_back(visitor, there(leave(visitor, COUNTS_NOT)))

    def proves_anew(self) -> HttpResponse:
        visitor = old_proof(COUNTS)
        return come_back(visitor, there(visitor.get(RETURNED).url))

    def links(self) -> HttpResponse:
        visitor = browser(NOT_LINKED)
        page = BeautifulSoup(visitor.post(f"{OWN}koppelen/").content, "html.parser")
        ways = [str(way["href"]) for way in page.select("main a[href]")]
        away = next(way for way in ways if way.startswith(self.not_linked.issuer))
        return come_back(visitor, there(away))

    def goes_out(self) -> HttpResponse:
        return told(self.counts.goodbye())

    def is_not_known(self) -> HttpResponse:
        return told("geen bericht")


def silent(name: str, walk: Callable[[], HttpResponse]) -> list[str]:
    """What is wrong at the end of this way; whatever was done on it is undone."""
    with transaction.atomic():
        answer = walk()
        transaction.set_rollback(True)
    if answer.status_code >= 500:
        return [f"eigen inlogdienst, {name}: {answer.status_code}"]
    written = looks_of(answer.wsgi_request)
    return [] if written else [f"eigen inlogdienst, {name}: zonder regel in het logboek"]


def there(address: str) -> str:
    """Somebody logs in at his organisation; the address that he is sent back to."""
    parts = urlsplit(address)
    asked = HTTPConnection(parts.netloc, timeout=10)
    asked.request("GET", f"{parts.path}?{parts.query}")
    return asked.getresponse().headers["Location"]


def told(token: str) -> HttpResponse:
    """Their service speaks to ours, without a browser."""
    return Browser().post(f"/inloggen/organisatie/{COUNTS}/uitgelogd/", {"logout_token": token})


def open_services(house: House) -> SignOn:
    """The services, that run as long as this process, in the place of what stood there."""
    settings.SIGN_ON_KEYS = tempfile.mkdtemp()
    made = []
    for who, amr in ((COUNTS, ["mfa"]), (COUNTS_NOT, []), (NOT_LINKED, [])):
        service = LoginService(subject=who, claims={"amr": ["mfa"]}).__enter__()
        about = {"who": who, "amr": amr, "issuer": service.issuer, "client": CLIENT}
        ((slug,),) = house.owner.execute(AT, about).fetchall()
        (Path(settings.SIGN_ON_KEYS) / slug).write_text(f"{SECRET}\n")
        linked = [LINKED] if who != NOT_LINKED else []
        for change in (UNLINK, OLD, SERVICE, *linked):
            house.owner.execute(change.encode(), about)
        made.append(service)
    return SignOn(*made)
