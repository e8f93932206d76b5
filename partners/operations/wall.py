"""How operations ask the wall for what only it may write, and who may ask at all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection

from partners.access import keeps_accounts_at
from partners.models import Organisation, User


def call(function: str, *args: Any) -> Any:
    """Ask a definer function of the wall; its answer. Raises ProgrammingError when it refuses."""
    marks = ", ".join(["%s"] * len(args))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT vh.{function}({marks})", args)
        return cursor.fetchone()[0]


def require_keeper(by: User, organisation: Organisation) -> None:
    """Who keeps the accounts of this organisation: the office, or its own administrator."""
    if not keeps_accounts_at(organisation, by):
        raise PermissionDenied("De accounts van deze organisatie beheert iemand anders.")
