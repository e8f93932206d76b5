"""What may not stand in a table as it is: readable with the house's key, comparable without it."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from veiligheidshuis.cipher import decrypt, digest, encrypt


def test_what_was_encrypted_is_read_back_and_does_not_stand_there():
    sealed = encrypt("123456782")

    assert decrypt(sealed) == "123456782"
    assert "123456782" not in sealed
    assert encrypt("123456782") != sealed  # two equal numbers do not look equal


def test_another_key_opens_nothing(settings):
    sealed = encrypt("123456782")
    settings.FIELD_KEY = Fernet.generate_key().decode()

    with pytest.raises(InvalidToken):
        decrypt(sealed)


def test_a_digest_compares_and_belongs_to_the_key(settings):
    here = digest("123456782")

    assert here == digest("123456782")
    assert here != digest("123456783")
    settings.FIELD_KEY = Fernet.generate_key().decode()
    assert digest("123456782") != here
