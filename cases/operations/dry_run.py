"""What a change of rights would open or close, before it is saved.

Nothing is worked out by a second rule: the real operation is done inside a savepoint, the wall is
asked before and after what everybody holds (vh.reach), and the savepoint is rolled back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases import access
from cases.access import Held
from cases.models import Case
from partners.models import User


class _Undone(Exception):
    """Takes back what was tried."""


@dataclass(frozen=True)
class Difference:
    """What one person would gain and lose."""

    user: User
    opened: frozenset[Held]
    closed: frozenset[Held]


def dry_run(
    deed: Callable[[], object],
    about: Iterable[User],
    *,
    case: Case | None = None,
    at: datetime | None = None,
) -> list[Difference]:
    """Do this deed and undo it: what would these people gain or lose, in one case or in all?

    `at` is the moment for which it is asked (default now). Who keeps all he has is left out. Raises
    Refused like the deed itself.
    """
    people = list(about)
    before = [access.reach(user, case, at) for user in people]
    after = []
    try:
        with transaction.atomic():
            deed()
            after = [access.reach(user, case, at) for user in people]
            raise _Undone
    except _Undone:
        pass
    return [
        Difference(user, opened=now - was, closed=was - now)
        for user, was, now in zip(people, before, after, strict=True)
        if was != now
    ]
