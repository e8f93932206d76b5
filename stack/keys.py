"""Secrets that are made once and then kept: losing FIELD_KEY is losing every BSN."""

import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

from stack.place import ours, var
from stack.sealing import seal_certificate, seal_key


def password() -> str:
    """Long enough that nobody guesses it, and safe inside an address."""
    return secrets.token_urlsafe(36)


def secret_key() -> str:
    """What Django signs sessions with."""
    return secrets.token_urlsafe(64)


def field_key() -> str:
    """A Fernet key: 32 bytes. What encrypted fields are encrypted with."""
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


def kept(name: str, make: Callable[[], str], folder: Path | None = None, mode: int = 0o600) -> str:
    """The secret of that name; made, and readable by us alone, when it is not there yet."""
    path = ours(folder or var() / "secrets") / name
    if not path.exists():
        _write_once(path, make(), mode)
    return path.read_text().strip()


def _write_once(path: Path, value: str, mode: int) -> None:
    """Two starts at the same moment must end up with the same secret: the first one wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        os.fchmod(file.fileno(), mode)
        file.write(value + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def application_keys() -> dict[str, str]:
    """The keys of the application and its seal; what the environment says wins."""
    key = os.environ.get("SEAL_KEY") or kept("seal_key", seal_key)
    return {
        "SEAL_KEY": key,
        "SEAL_CERTIFICATE": os.environ.get("SEAL_CERTIFICATE")
        or kept("seal_certificate", lambda: seal_certificate(key)),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or kept("secret_key", secret_key),
        "FIELD_KEY": os.environ.get("FIELD_KEY") or kept("field_key", field_key),
    }
