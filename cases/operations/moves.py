"""The moves of a case that later floors ask for.

With its neighbours the only place that sets a status.
"""

from django.db import transaction

from cases import access, rules
from cases.models import Case, Scope
from cases.states import CASE_FLOW
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


def locked(case: Case) -> Case:
    """The case, held until the transaction ends. Lock order of the house: case, plan, action."""
    return Case.objects.select_for_update(of=("self",)).select_related("client").get(pk=case.pk)


def move(case: Case, name: str, *, fields: tuple[str, ...] = ()) -> None:
    """Make a named move of the flow on a locked case, and save these fields with it."""
    case.status = CASE_FLOW.end(name, case.status)
    case.save(update_fields=["status", *fields])


@transaction.atomic
def start_execution(case: Case, *, by: User) -> Case:
    """A plan was signed: the client's course goes into execution."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_start_execution(case))
    move(case, "start_execution")
    return case


@transaction.atomic
def start_pressure(case: Case, *, by: User) -> Case:
    """A plan was refused: the drang-en-dwang track opens. S2, Werkprocessen."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_start_pressure(case))
    move(case, "start_pressure")
    return case


@transaction.atomic
def revise_plan(case: Case, *, by: User) -> Case:
    """The plan that is carried out must be otherwise: back to the drawing board beside it."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_revise_plan(case))
    move(case, "revise_plan")
    return case


@transaction.atomic
def drop_revision(case: Case, *, by: User) -> Case:
    """The plan that was signed is carried out as it is: no other comes in its place now."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_drop_revision(case))
    move(case, "drop_revision")
    return case


@transaction.atomic
def drop_out(case: Case, *, by: User) -> Case:
    """The client stepped out of a plan that was carried out: drang en dwang, as after a refusal.

    S2, Werkprocessen: "cliënten die op enig moment uit een traject stappen".
    """
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_drop_out(case))
    move(case, "drop_out")
    return case


@transaction.atomic
def resume_planning(case: Case, *, by: User) -> Case:
    """Who refused or dropped out is offered a plan again: back to the drawing board."""
    case = locked(case)
    access.require(by, Scope.LEAD_CASE, case)
    refuse_if(rules.obstacles_to_resume_planning(case))
    move(case, "resume_planning")
    return case
