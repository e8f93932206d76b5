"""What every answer says about itself, whoever asks and whatever comes of it. veiligheid.md C12."""

import subprocess
import sys
from collections.abc import Mapping

import pytest
from django.test import Client as Browser

from tests import databases
from tests.house.sources import ROOT
from tests.house.test_settings import SAFE
from veiligheidshuis.headers import CONTENT_SECURITY_POLICY

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
SHUT_IN = {"default-src": "'none'", "frame-ancestors": "'none'", "sandbox": ""}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: Django recognises a form of our own by it, and a browser that says nothing
    # would be refused. Nobody else hears where you came from either way.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
}
BETRAYING = ("Server", "X-Powered-By", "ETag", "Last-Modified")
FORBIDDEN_POWERS = ("camera", "microphone", "geolocation", "usb", "payment", "display-capture")


def complaints(headers: Mapping[str, str], *, kept: bool = False) -> list[str]:
    """What is missing or too much; an answer that is not `kept` is stored nowhere. A document is
    shut in tighter."""
    said = {**dict.fromkeys(ALWAYS), **headers}
    wrong = [name for name, value in ALWAYS.items() if said[name] != value]
    policy = dict(
        (*part.strip().split(" ", 1), "")[:2]
        for part in headers["Content-Security-Policy"].split(";")
    )
    is_file = "filename*=" in headers.get("Content-Disposition", "")
    wrong += [] if policy == (SHUT_IN if is_file else POLICY) else ["Content-Security-Policy"]
    powers = headers.get("Permissions-Policy", "")
    wrong += [power for power in FORBIDDEN_POWERS if f"{power}=()" not in powers]
    if not kept:
        wrong += [] if "no-store" in headers.get("Cache-Control", "") else ["Cache-Control"]
        wrong += [name for name in BETRAYING if name in headers]
    return wrong


@pytest.mark.whole
def test_every_answer_of_the_walk_bears_the_headers_of_the_house(walked):
    """HDR-01, HDR-04: every route, everybody, opened, refused and absent; none tells too much."""
    wrong = [f"{visit}: {bad}" for visit in walked.visits if (bad := complaints(visit.headers))]

    assert wrong == []
    assert {200, 302, 404} <= {visit.status for visit in walked.visits}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "method", "headers", "status"),
    [
        ("/bestaat-niet/", "GET", {}, 404),
        ("/dossiers/", "GET", {"host": "elders.example"}, 400),
        ("/uitloggen/", "GET", {}, 405),
        ("/.git/config", "GET", {}, 404),
        ("/.env", "GET", {}, 404),
        ("/admin/", "GET", {}, 404),
    ],
)
def test_an_answer_to_what_nobody_should_ask_bears_them_too(address, method, headers, status):
    """HDR-01, HDR-04: what Django itself refuses, and what a stranger tries on every site."""
    answer = Browser(raise_request_exception=False).generic(method, address, headers=headers)

    assert answer.status_code == status
    assert complaints(answer.headers) == []


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_the_same_headers():
    """HDR-01, AUTH-15: also where nobody is logged in."""
    answer = Browser(enforce_csrf_checks=True).post("/inloggen/", {"username": "samira"})

    assert answer.status_code == 403
    assert complaints(answer.headers) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["css/vh.css", "js/page.js", "favicon.svg"])
def test_a_file_bears_them_and_may_be_kept(name):
    """HDR-01: what whitenoise serves."""
    answer = Browser().get(f"/static/{name}")
    body = b"".join(answer.streaming_content)

    assert answer.status_code == 200
    assert body
    assert complaints(answer.headers, kept=True) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["js/page.js.map", "vendor/htmx-2.0.11.min.js.map", "../manage.py"]
)
def test_no_source_of_ours_is_served(name):
    """HDR-04: no source maps, nothing beside the folder."""
    assert Browser(raise_request_exception=False).get(f"/static/{name}").status_code == 404


def test_a_page_that_breaks_tells_nothing_and_bears_them(own_house, owner):
    """HDR-01, HDR-04: a real fault in a real page; no trace of it leaves the house."""
    owner.execute("ALTER TABLE beheerscommissie_place RENAME TO weg")

    answer = Browser(raise_request_exception=False).get("/gebied/gasthuis/melden/")

    assert answer.status_code == 500
    assert complaints(answer.headers) == []
    assert not any(
        word in answer.content for word in (b"Traceback", b"beheerscommissie_", b"psycopg")
    )


def test_in_production_every_answer_goes_by_https_only(own_house):
    """HDR-01, HDR-05: the way to https itself bears the headers, and a page says so for a year."""
    asked = """
import django; django.setup()
from django.test import Client
for address, secure in (("/dossiers/", False), ("/dossiers/", True)):
    answer = Client().get(address, headers={"host": "huis.example"}, secure=secure)
    print(answer.status_code, "|".join(f"{k}: {v}" for k, v in answer.headers.items()))
"""
    environment = {
        **SAFE,
        "DJANGO_SETTINGS_MODULE": "veiligheidshuis.settings",
        "DATABASE_URL": databases.with_name(SAFE["DATABASE_URL"], own_house),
    }
    said = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    to_https, page = (
        (line[:3], dict(h.split(": ", 1) for h in line[4:].split("|"))) for line in said
    )

    assert (to_https[0], page[0]) == ("301", "302")
    assert to_https[1]["Location"].startswith("https://huis.example/")
    assert complaints(to_https[1]) == complaints(page[1]) == []
    assert page[1]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_after_logging_out_the_browser_keeps_nothing(browse):
    """HDR-07: cache and storage are wiped and the session is gone, on both sides.

    Not `cookies`: that would wipe those of everything else under the municipality's domain.
    """
    somebody = browse("samira")

    out = somebody.post("/uitloggen/")

    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert out.cookies["sessie"].value == ""
    assert complaints(out.headers) == []
    assert somebody.get("/dossiers/").status_code == 302


def test_the_search_for_headers_finds_what_is_wrong():
    """It is not satisfied with less."""
    good = {
        **ALWAYS,
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Permissions-Policy": ", ".join(f"{power}=()" for power in FORBIDDEN_POWERS),
        "Cache-Control": "no-store",
    }
    assert complaints(good) == []
    for name in good:
        spoiled = good | {name: good[name].replace("'self'", "*").replace("=()", "=*") + " x"}
        if name == "Cache-Control":
            spoiled[name] = "private"
        assert complaints(spoiled), name
    assert complaints(good | {"ETag": "abc"}) == ["ETag"]
