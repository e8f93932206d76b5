"""Encrypts the few values that may not stand in a table as they are (a BSN)."""

import hashlib
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def encrypt(text: str) -> str:
    """The text, readable only with the house's FIELD_KEY."""
    return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What was encrypted. Raises cryptography.fernet.InvalidToken for another key."""
    return Fernet(settings.FIELD_KEY).decrypt(token.encode()).decode()


def digest(text: str) -> str:
    """A keyed fingerprint: two equal texts have equal digests, and nobody can guess back."""
    return hmac.new(settings.FIELD_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
