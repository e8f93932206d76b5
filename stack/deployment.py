"""The secrets for docker-compose.yml: one file each, made once, different in every house."""

from collections.abc import Callable
from pathlib import Path

from stack import roles
from stack.broker import CACHE, MESSAGES
from stack.keys import field_key, kept, password, secret_key
from stack.place import ROOT
from stack.sealing import seal_certificate, seal_key

FOLDER = ROOT / "geheimen"
DATABASE_HOST, DATABASE_NAME, BROKER_HOST = "db", "veiligheidshuis", "redis"

# A container reads them as another user than you, so the files are open and the folder is closed.
READABLE_IN_A_CLOSED_FOLDER = 0o644


def make_secrets(folder: Path = FOLDER) -> list[str]:
    """Makes every secret that is not there yet; returns their names."""

    def secret(name: str, make: Callable[[], str]) -> str:
        return kept(name, make, folder, READABLE_IN_A_CLOSED_FOLDER)

    def word(whose: str) -> str:
        return secret(f"{whose}_wachtwoord", password)

    def address(role: str) -> str:
        return f"postgresql://{role}:{word(role)}@{DATABASE_HOST}/{DATABASE_NAME}"

    def broker(number: int) -> str:
        return f"redis://:{word('redis')}@{BROKER_HOST}:6379/{number}"

    word("postgres")
    secret("owner_database_url", lambda: address(roles.OWNER))
    secret("database_url", lambda: address(roles.APPLICATION))
    secret("celery_broker_url", lambda: broker(MESSAGES))
    secret("redis_url", lambda: broker(CACHE))
    secret("secret_key", secret_key)
    secret("field_key", field_key)
    key = secret("seal_key", seal_key)
    secret("seal_certificate", lambda: seal_certificate(key))
    secret("seal_former", str)  # certificates of before, once there are any (docs/productie.md)
    return sorted(path.name for path in folder.iterdir())
