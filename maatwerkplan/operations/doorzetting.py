"""A partner does not promise, and the manager decides whether the plan goes on. OFF-01."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access
from cases.models import Scope, TimelineKind
from cases.operations import record, tell
from maatwerkplan import rules
from maatwerkplan.models import Doorzetting, PartnerAction
from maatwerkplan.operations.drawing import locked
from maatwerkplan.operations.taking_back import held
from maatwerkplan.states import DOORZETTING_FLOW
from partners.models import Role, User
from veiligheidshuis.obstacles import Refused, refuse_if


@transaction.atomic
def lay_before(action: PartnerAction, *, why: str, by: User) -> Doorzetting:
    """Lay before the manager that a partner does not promise this action.

    He reads the answer, which action it is about and `why` it must go on, and no other word of the
    plan. Raises Refused.
    """
    plan = locked(action.plan)
    access.require(by, Scope.LEAD_CASE, plan.case)
    actions = {each.pk: each for each in rules.actions_of(plan)}
    if action.pk not in actions:  # it left the plan while this was typed
        raise Refused([rules.action_gone()])
    action = actions[action.pk]
    refuse_if(rules.obstacles_to_laying_before(action, why))
    obstacle, question = rules.matter_for_manager(action), rules.current_question(action)
    assert obstacle  # noqa: S101 - or it was refused
    assert question  # noqa: S101 - the same
    matter = Doorzetting(
        plan=plan,
        case=plan.case,
        question=question,
        organisation=action.organisation,
        code=obstacle.code,
        obstacle=obstacle.message,
        action_text=action.description,
        why=why.strip(),
        laid_by=by,
    )
    matter.save(force_insert=True)
    title = f"Voorgelegd aan de manager: {action.organisation.short_name}"
    text = f"{obstacle.message} {matter.why}"
    record(plan.case, TimelineKind.LEVERING, title, text=text, by=by)
    for manager in User.objects.in_role(Role.MANAGER).exclude(pk=by.pk):
        tell(plan.case, "doorzetting_gevraagd", to=manager.pk)
    return matter


@transaction.atomic
def push_through(matter: Doorzetting, *, reason: str, by: User) -> None:
    """The manager decides that the plan counts on this action, promised or not, and says why."""
    _decide(matter, "push_through", reason, by)


@transaction.atomic
def leave_undone(matter: Doorzetting, *, reason: str, by: User) -> None:
    """The manager decides that it stays as the partner said, and says why."""
    _decide(matter, "leave_undone", reason, by)


def _decide(matter: Doorzetting, move: str, reason: str, by: User) -> None:
    if not by.has_role(Role.MANAGER):
        raise PermissionDenied("Alleen de manager zet door.")
    matter = held(matter)
    refuse_if(rules.obstacles_to_push_through(matter, by, reason))
    matter.status = DOORZETTING_FLOW.end(move, matter.status)
    matter.reason, matter.decided_by, matter.decided_at = reason.strip(), by, timezone.now()
    matter.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    title = f"De manager besloot: {matter.get_status_display()}"
    record(matter.case, TimelineKind.LEVERING, title, text=f"{matter}. {matter.reason}", by=by)
    tell(matter.case, "doorzetting_besloten", to=matter.case.manager_id or matter.laid_by_id)
