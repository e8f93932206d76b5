"""Access by hand: the interventiemanager lets somebody in on what he holds himself. DOS-05."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from cases import access, rules
from cases.models import Basis, Case, Scope, TimelineKind
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def grant_by_hand(
    case: Case, user: User, *, scopes: Sequence[str], end_date: date, reason: str, by: User
) -> None:
    """Let one person take part until and with a day. Nobody grants what he does not hold.

    `know_case` comes along: who sees a part knows that the case exists.
    """
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    for scope in scopes:
        access.require(by, scope, case)
    held = any(
        grant.basis == Basis.HAND and grant.group == user.personal_group
        for grant in access.who_takes_part(case)
    )
    refuse_if(
        [
            *rules.obstacles_to_grant_by_hand(case, user, scopes, end_date),
            *rules.obstacles_to_granting_again(case, user, held),
        ]
    )
    wanted = dict.fromkeys([Scope.KNOW_CASE, *scopes])
    access.grant(
        case, user.personal_group, Basis.HAND, scopes=wanted, end_date=end_date, reason=reason
    )
    record(case, TimelineKind.TOEGANG, f"Toegang gegeven aan {user}", text=reason, by=by)


@transaction.atomic
def withdraw_by_hand(case: Case, group: Group, *, by: User) -> None:
    """Take back at once what was given by hand to this person."""
    access.require(by, Scope.LEAD_CASE, case)
    access.close(case, Basis.HAND, group=group)
    record(case, TimelineKind.TOEGANG, f"Toegang ingetrokken van {group.person}", by=by)
