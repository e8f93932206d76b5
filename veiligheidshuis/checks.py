"""System checks: the house does not start when a lock hangs open. Run by `check --database`."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections

from veiligheidshuis.needtoknow import role_complaint


def check_database_role(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The application's role owns nothing, is no superuser and cannot bypass the locks."""
    if not databases:
        return []
    found = [role_complaint(connections[name]) for name in databases]
    return [Error(complaint, id="veiligheidshuis.E001") for complaint in found if complaint]


def check_locks_hold(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Row-level security is forced, not just enabled, wherever it is used."""
    if not databases:
        return []
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
        )
        loose = sorted({name for (name,) in cursor.fetchall()} & tables)
    return [
        Error(
            f"De rijbeveiliging van {name} geldt niet voor de eigenaar.", id="veiligheidshuis.E002"
        )
        for name in loose
    ]
