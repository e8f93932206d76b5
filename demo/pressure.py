"""In the demo house one client stepped out of his plan, and the partners press on."""

from datetime import timedelta

from django.utils import timezone

from cases.models import Case
from demo.people import who
from maatwerkplan import operations as planning
from maatwerkplan.models import Framework, Instrument, Maatwerkplan
from partners.models import Organisation
from veiligheidshuis.needtoknow import acting_as


def step_out(case: Case, to: str) -> None:
    """His debts go on being put in order. The first step was taken, the second is the police's.

    On a machine that cannot draw the paper nobody signed, and there is nothing to step out of.
    """
    leader, today = who(to), timezone.localdate()
    with acting_as(leader.pk):
        plan = Maatwerkplan.objects.latest_of(case)
        if plan is None or plan.signed_at is None:
            return
        debts = plan.partner_actions.get(leefgebied="schuldsanering")
        planning.drop_out(
            plan,
            reason="Die ochtenden hou ik niet vol.",
            message_given=True,
            next_step="Gesprek met cliënt en reclassering",
            next_step_on=today,
            goes_on={debts.pk},
            by=leader,
        )
        planning.record_outcome(
            plan.steps.select_related("case").get(),
            text="Hij kwam, en wil erover nadenken.",
            happened_on=today,
            by=leader,
        )
        planning.press(
            plan,
            organisation=Organisation.objects.get(slug="politie"),
            instrument=Instrument.HUISBEZOEK,
            description="De wijkagent gaat langs en vraagt of hij weer begint",
            framework=Framework.DRANG,
            on=today + timedelta(days=4),
            by=leader,
        )
