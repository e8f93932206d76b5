"""Keeping somebody out of a case: a relative, a neighbour, another conflict. AC-09; toegang.md 5.

Nothing of it stands in the timeline: who leads the case need not know of a bar.
"""

from django.db import transaction

from cases import access, rules
from cases.models import Case
from cases.operations.moves import locked
from partners.access import require_office_or_manager
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def bar(case: Case, user: User, *, reason: str, by: User) -> None:
    """Keep somebody out of this case from now on, whatever he was or will be granted."""
    require_office_or_manager(by)
    case = locked(case)
    refuse_if(rules.obstacles_to_bar(case, user))
    access.bar(case, user, reason)


@transaction.atomic
def lift_bar(case: Case, user: User, *, reason: str, by: User) -> None:
    """End a bar; what somebody was granted counts again. The line stays, closed."""
    require_office_or_manager(by)
    case = locked(case)
    refuse_if(rules.obstacles_to_lift_bar(case, user))
    access.lift_bar(case, user, reason)
