"""Secrets are made once, kept, and closed to others."""

import stat
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import BasicConstraints, load_pem_x509_certificate

from stack.deployment import make_secrets
from stack.keys import field_key, kept, password
from stack.place import socket_folder


def test_a_secret_is_made_once(tmp_path):
    assert kept("woord", password, tmp_path) == kept("woord", password, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["woord"]


def test_a_secret_is_readable_by_its_owner_alone(tmp_path):
    folder = tmp_path / "geheimen"
    kept("woord", password, folder)
    assert stat.S_IMODE((folder / "woord").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_field_key_encrypts():
    box = Fernet(field_key())
    assert box.decrypt(box.encrypt(b"999990019")) == b"999990019"


def test_the_secrets_for_production_fit_together(tmp_path):
    make_secrets(tmp_path)
    secrets = {path.name: path.read_text().strip() for path in tmp_path.iterdir()}
    for role, name in (("vh_owner", "owner_database_url"), ("vh_app", "database_url")):
        address = urlsplit(secrets[name])
        assert (address.username, address.password) == (role, secrets[f"{role}_wachtwoord"])
    for name in ("redis_url", "celery_broker_url"):
        assert urlsplit(secrets[name]).password == secrets["redis_wachtwoord"]
    assert len(set(secrets.values())) == len(secrets)


def test_the_seal_for_production_is_a_key_with_its_certificate(tmp_path):
    make_secrets(tmp_path)
    key = load_pem_private_key((tmp_path / "seal_key").read_bytes(), password=None)
    certificate = load_pem_x509_certificate((tmp_path / "seal_certificate").read_bytes())

    assert certificate.public_key() == key.public_key()
    assert not certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    assert (tmp_path / "seal_former").read_text().strip() == ""


def test_making_the_secrets_again_changes_nothing(tmp_path):
    make_secrets(tmp_path)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    make_secrets(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


def test_a_socket_gets_a_short_path(tmp_path):
    deep = tmp_path / ("diep" * 30)
    short = socket_folder(deep)
    try:
        assert len(str(short)) < 80
        assert short == socket_folder(deep)
    finally:
        short.rmdir()
    assert socket_folder(tmp_path / "d") == tmp_path / "d" or len(str(tmp_path)) > 70
