"""The secrets for docker-compose.yml: one file each, made once, different in every house."""

from pathlib import Path

from stack import roles
from stack.keys import field_key, kept, password, secret_key
from stack.place import ROOT

FOLDER = ROOT / "geheimen"
DATABASE_HOST, DATABASE_NAME, BROKER_HOST = "db", "veiligheidshuis", "redis"


def make_secrets(folder: Path = FOLDER) -> list[str]:
    """Makes every secret that is not there yet; returns their names."""

    def word(name: str) -> str:
        return kept(f"{name}_wachtwoord", password, folder)

    def address(role: str) -> str:
        return f"postgresql://{role}:{word(role)}@{DATABASE_HOST}/{DATABASE_NAME}"

    def broker(number: int) -> str:
        return f"redis://:{word('redis')}@{BROKER_HOST}:6379/{number}"

    word("postgres")
    kept("owner_database_url", lambda: address(roles.OWNER), folder)
    kept("database_url", lambda: address(roles.APPLICATION), folder)
    kept("celery_broker_url", lambda: broker(0), folder)
    kept("redis_url", lambda: broker(1), folder)
    kept("secret_key", secret_key, folder)
    kept("field_key", field_key, folder)
    return sorted(path.name for path in folder.iterdir())
