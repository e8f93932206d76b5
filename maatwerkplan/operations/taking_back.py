"""What lies before the manager falls when the plan no longer asks it. OFF-01."""

from django.db import transaction

from cases import access
from cases.models import Scope, TimelineKind
from cases.operations import record
from maatwerkplan import rules
from maatwerkplan.models import Doorzetting, Maatwerkplan, PartnerAction
from maatwerkplan.states import DOORZETTING_FLOW
from partners.models import User
from veiligheidshuis.obstacles import refuse_if


def held(matter: Doorzetting) -> Doorzetting:
    """The matter, held until the transaction ends; or as it stands, when it was decided meanwhile:
    what nobody may change any more, nobody can hold."""
    found = Doorzetting.objects.with_people().filter(pk=matter.pk)
    return found.select_for_update(of=("self",)).first() or found.get()


@transaction.atomic
def take_back(matter: Doorzetting, *, by: User) -> None:
    """Who leads the case takes back what he laid before the manager."""
    access.require(by, Scope.LEAD_CASE, matter.case)
    matter = held(matter)
    refuse_if(rules.obstacles_to_take_back(matter))
    matter.status = DOORZETTING_FLOW.end("take_back", matter.status)
    matter.save(update_fields=["status"])
    title = "Niet meer bij de manager"
    record(matter.case, TimelineKind.LEVERING, title, text=str(matter), by=by)


def let_matters_fall(plan: Maatwerkplan, action: PartnerAction | None = None, *, by: User) -> None:
    """The plan is fixed or given up, or this action of it changes or goes: the manager need not
    decide about it any more."""
    waiting = plan.doorzettingen.waiting()
    for matter in waiting.filter(question__action_id=action.pk) if action else waiting:
        take_back(matter, by=by)
