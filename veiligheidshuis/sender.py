"""From which address a request came."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of who sends this. In production a proxy of our own stands before the house.

    The last address in X-Forwarded-For is the one that the proxy saw; what stands before it may
    have been made up by the sender.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.PRODUCTION else ""
    return forwarded.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")
