"""A client's course through the house ends: nobody reads on, and he may come back. EXE-09."""

from datetime import date

from django.db import transaction

from cases import access, rules
from cases.models import Afsluiting, Case, Scope, TimelineKind
from cases.operations.moves import locked, move
from cases.operations.timeline import record
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def close_case(
    case: Case, *, reason: str, result: str, decided_by: Organisation, decided_on: date, by: User
) -> None:
    """Close a case that a core participant decided to close, on a day in Europe/Amsterdam.

    From here on its content is shielded: every participation and reminder ends, also of who leads.
    The office keeps seeing that it was there. Somebody who comes back is put forward anew.
    """
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(
        [
            *rules.obstacles_to_close_case(case),
            *rules.obstacles_to_closing_decision(decided_by, decided_on),
        ]
    )
    closing = Afsluiting(
        case=case, reason=reason, decided_by=decided_by, decided_on=decided_on, closed_by=by
    )
    closing.save(force_insert=True)
    record(case, TimelineKind.AFSLUITING, "Wat is bereikt", text=result, by=by)
    record(case, TimelineKind.AFSLUITING, "Dossier afgesloten", scope=Scope.KNOW_CASE, by=by)
    case.manager, case.assigned_on, case.priority = None, None, None
    move(case, "close_case", fields=("manager", "assigned_on", "priority"))
    access.shield(case)
