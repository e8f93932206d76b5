"""Where a client stands: five phases, the same on every page that says it.

The floor of the dossier knows the first phase. The floors above know the others and add them here
(MaatwerkplanConfig.ready). A phase begins on a day that is process data, so whoever may know the
dossier at all reads the same phase as who leads it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cases.models import Case
from cases.states import DIAGNOSED, CaseStatus
from veiligheidshuis.formats import short_date
from veiligheidshuis.templatetags.huis import PHASES


@dataclass(frozen=True)
class Phase:
    """One phase of one client: whether it began, a word about it, and whether it stopped there."""

    begun: bool
    note: str = ""
    stopped: bool = False


@dataclass(frozen=True)
class Course:
    """All phases of one client, in the order of the covenant."""

    phases: Sequence[Phase]

    @property
    def number(self) -> int:
        """The phase the client is in now: the last one that began."""
        return max(n for n, phase in enumerate(self.phases, start=1) if phase.begun)

    @property
    def stopped(self) -> bool:
        """The client went no further by himself: he refused."""
        return self.phases[self.number - 1].stopped

    @property
    def steps(self) -> list[dict[str, str]]:
        """As components/steps.html shows them."""
        named = zip(PHASES, self.phases, strict=True)
        return [
            {"label": label, "note": phase.note, "state": self._state(n)}
            for n, (label, phase) in enumerate(named, start=1)
        ]

    def _state(self, n: int) -> str:
        if n == self.number:
            return "nu"
        return "klaar" if n < self.number else ""


# What the floors above add: the phases that come after the diagnosis.
AFTER_DIAGNOSIS: list[Callable[[Case], Sequence[Phase]]] = []


def course_of(case: Case) -> Course:
    """Where this client stands, as every floor tells its part."""
    later = [phase for phases_of in AFTER_DIAGNOSIS for phase in phases_of(case)]
    return Course([diagnosis_phase(case), *later])


def diagnosis_phase(case: Case) -> Phase:
    """The first phase; whoever waits for an interventiemanager waits here."""
    return Phase(begun=True, note=_diagnosis_note(case))


def _diagnosis_note(case: Case) -> str:
    if case.status in DIAGNOSED:
        return "vastgesteld"
    if case.status == CaseStatus.DIAGNOSE:
        return "bezig"
    return f"toegewezen {short_date(case.assigned_on)}" if case.assigned_on else "nog niemand"
