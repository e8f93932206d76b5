"""Who is asking? The only code that tells PostgreSQL.

Row-level security decides which rows a query can see. It reads one setting, `vh.user_id`, that
lives as long as the transaction. Nobody said who asks: the database raises an error instead of
showing an empty house. toegang.md decisions 6 and 7.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

ANONYMOUS = 0
ROLES = frozenset({"vh_clock", "vh_post"})
_asking = threading.local()


def asking() -> int:
    """The id of the user on whose behalf this code runs; 0 for nobody."""
    return getattr(_asking, "user_id", ANONYMOUS)


@contextmanager
def acting_as(user_id: int) -> Iterator[None]:
    """Run the block in a transaction in which the database answers to `user_id`."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = asking()
        tell(int(user_id))
        try:
            yield
        finally:
            _asking.user_id = before
            # The setting ends with the transaction; only within another one it must be put back.
            # After an error PostgreSQL has already done that (ROLLBACK TO).
            if nested and not connection.needs_rollback:
                tell(before)


@contextmanager
def acting_in_role(role: str) -> Iterator[None]:
    """Run the block in a transaction as a narrow database role (clock, post), as no user."""
    name = f"vh_{role}"
    if name not in ROLES:
        raise ValueError(f"{role} is geen smalle rol")
    with transaction.atomic():
        before = asking()
        tell(ANONYMOUS)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {name}")
        try:
            yield
        finally:
            _asking.user_id = before
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL ROLE NONE")
                tell(before)


def tell(user_id: int) -> None:
    """Tell PostgreSQL who is asking, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('vh.user_id', %s, true)", [str(user_id)])
    _asking.user_id = user_id


class NeedToKnowMiddleware:
    """Holds one transaction round the whole request, opened as nobody.

    Outermost, because Django renders lazy templates after the view: a transaction of the view
    would show an empty page. Rolls back on every status >= 500: half a deed is no deed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(ANONYMOUS):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class IdentityMiddleware:
    """After authentication: tells who logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            tell(request.user.pk)
        return self.get_response(request)


# Also by way of a role that it may take on.
UNFIT_ROLE = """
    SELECT bool_or(r.rolsuper), bool_or(r.rolbypassrls), bool_or(
           EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')))
    FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')
"""


def role_complaint(wrapper: BaseDatabaseWrapper) -> str:
    """Why this database role may not come in; empty when it may.

    Who serves the house owns nothing and passes no lock. A command of the owner (settings.AS_OWNER)
    owns the tables, and in production it passes no lock either.
    """
    if settings.AS_OWNER and not settings.PRODUCTION:
        return ""
    with wrapper.cursor() as cursor:
        cursor.execute(UNFIT_ROLE)
        is_super, bypasses, owns = cursor.fetchone()
    reasons = [
        word
        for word, true in (
            ("is superuser", is_super),
            ("mag de sloten overslaan (BYPASSRLS)", bypasses),
            ("bezit de tabellen", owns and not settings.AS_OWNER),
        )
        if true
    ]
    if not reasons:
        return ""
    url, fit = (
        ("OWNER_DATABASE_URL", "vh_owner") if settings.AS_OWNER else ("DATABASE_URL", "vh_app")
    )
    return (
        f"De databaserol van {url} {' en '.join(reasons)}. Dan staan alle sloten open. "
        f"Gebruik de rol {fit}; zie README, onder ‘Databaserollen’."
    )


def refuse_unfit_role(sender: object, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """On every new connection. Only settings.OWNER_COMMANDS may come in as the owner."""
    if connection.vendor != "postgresql":
        return
    if complaint := role_complaint(connection):
        connection.close()
        raise ImproperlyConfigured(complaint)
