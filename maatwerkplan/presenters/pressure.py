"""The track of drang en dwang: what was done, what comes next, and when it is looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.models import Case
from maatwerkplan import rules
from maatwerkplan.models import Drangstap, Maatwerkplan
from maatwerkplan.states import PRESSED
from partners.models import Organisation, User
from veiligheidshuis.formats import local_date, long_date
from veiligheidshuis.werkafspraken import number


@dataclass(frozen=True)
class Track:
    """The steps of one plan by their days."""

    steps: list[Drangstap]

    @property
    def next(self) -> Drangstap | None:
        """The first of which nobody said yet what came of it."""
        return next((step for step in self.steps if step.is_open), None)

    @property
    def look_again_on(self) -> date | None:
        """The last day to look again: so long after something was last agreed or heard."""
        moments = [step.recorded_at for step in self.steps]
        moments += [step.outcome.recorded_at for step in self.steps if not step.is_open]
        if not moments:
            return None
        last = local_date(max(moments))
        return last + timedelta(days=number("pressure_review_days", last))


def track(steps: Iterable[Drangstap]) -> Track:
    """The track of steps that were read in order (`in_order()`)."""
    return Track(list(steps))


def track_of(plan: Maatwerkplan | None) -> Track | None:
    """The track of a plan whose client does not take part; of another None."""
    if plan is None or plan.status not in PRESSED:
        return None
    return track(plan.steps.in_order())


def own_steps(user: User) -> list[Drangstap]:
    """The steps of this user's own organisation, in cases that he knows; what is open first."""
    known = Case.objects.visible_to(user)
    steps = Drangstap.objects.of_organisation_of(user).filter(case__in=known).in_order()
    return sorted(steps.select_related("case__client", "outcome"), key=lambda s: not s.is_open)


def said_of_step(case: Case, organisation: Organisation | None, on: date) -> str:
    """What was agreed, and whom to call: who has no account for this dossier heard nothing."""
    said = f"De stap staat op {long_date(on)}."
    if organisation is None or rules.contacts_in(case, organisation):
        return said
    return f"{said} Bel {organisation.short_name} zelf: die heeft geen account voor dit dossier."
