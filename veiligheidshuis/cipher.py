"""Encrypts the few values that may not stand in a table as they are (a BSN, a list of persons)."""

import hashlib
import hmac
import zlib

from cryptography.fernet import Fernet
from django.conf import settings


def encrypt(text: str) -> str:
    """The text, readable only with the house's FIELD_KEY."""
    return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What was encrypted. Raises cryptography.fernet.InvalidToken for another key."""
    return Fernet(settings.FIELD_KEY).decrypt(token.encode()).decode()


def seal(content: bytes) -> bytes:
    """A whole file, packed and readable only with the house's FIELD_KEY."""
    return Fernet(settings.FIELD_KEY).encrypt(zlib.compress(content, 1))


def unseal(token: bytes) -> bytes:
    """The file that was sealed."""
    return zlib.decompress(Fernet(settings.FIELD_KEY).decrypt(token))


def digest(text: str) -> str:
    """A keyed fingerprint: two equal texts have equal digests, and nobody can guess back."""
    return hmac.new(settings.FIELD_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
