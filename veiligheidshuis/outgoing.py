"""What the house asks of another server: a little JSON, over https, and from that server alone.

No redirects, no certificate that cannot be checked, no waiting, no more than fits on a few sheets:
who answers strangely is somebody to whom the house did not speak.
"""

import json
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

PATIENCE_SECONDS = 5
MOST_BYTES = 256 * 1024


class NoAnswer(Exception):
    """The other server did not answer, or not as was agreed."""


class _StayHere(HTTPRedirectHandler):
    """A redirect is not followed, and so counts as an error."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = build_opener(_StayHere)


def ask(
    address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at this address; with a form it is posted. Raises NoAnswer."""
    if not may_ask(address):
        raise NoAnswer("no https")
    body = urlencode(form).encode() if form is not None else None
    asked = Request(  # noqa: S310 - may_ask saw to the scheme
        address, data=body, headers={"Accept": "application/json", **(headers or {})}
    )
    try:
        with _opener.open(asked, timeout=PATIENCE_SECONDS) as answer:
            read = answer.read(MOST_BYTES + 1)
            found = json.loads(read) if len(read) <= MOST_BYTES else None
    except (URLError, OSError, ValueError, RecursionError) as error:
        raise NoAnswer(str(error)) from error
    if not isinstance(found, dict):
        raise NoAnswer("no JSON object")
    return found


def may_ask(address: object) -> bool:
    """Only https; in a house for development and tests also this machine itself."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    here = settings.DEMO and parts.scheme == "http" and parts.hostname == "127.0.0.1"
    return (parts.scheme == "https" or here) and bool(parts.hostname) and not parts.username
