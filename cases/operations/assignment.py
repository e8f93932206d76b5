"""Every listed client to exactly one interventiemanager. S2; REG-01."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import Basis, Case, Scope, TimelineKind
from cases.operations.mail import tell
from cases.operations.moves import locked, move
from cases.operations.timeline import record
from partners.models import Role, User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def assign(case: Case, manager: User, *, by: User) -> None:
    """Give a client to an interventiemanager, who takes hold and does not let go."""
    if not by.has_role(Role.MANAGER):
        raise PermissionDenied("Alleen de manager wijst cliënten toe.")
    case = locked(case)
    refuse_if(
        [*rules.obstacles_to_assign(case, manager), *rules.obstacles_to_own_case(manager, by)]
    )
    access.grant(case, manager.personal_group, Basis.TOEWIJZING, because_of=case.pk)
    access.close(case, Basis.AANDRAGEN)  # of a list: who brought it need not know how it goes on
    case.manager, case.assigned_on = manager, timezone.localdate()
    move(case, "assign", fields=("manager", "assigned_on"))
    record(case, TimelineKind.TOEWIJZING, f"Toegewezen aan {manager}", scope=Scope.KNOW_CASE, by=by)
    tell(case, "toewijzing", to=manager.pk)
