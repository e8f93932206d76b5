"""Who has whom in hand, put ready for the manager."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cases.models import Case, known
from cases.states import CaseStatus
from partners.models import Role, User
from veiligheidshuis.werkafspraken import number


@dataclass(frozen=True)
class Caseload:
    """One interventiemanager, how many clients he has, and on the caseload page who they are."""

    manager: User
    count: int
    cases: Sequence[Case] = ()

    @property
    def norm(self) -> int:
        return number("caseload_norm")

    @property
    def is_full(self) -> bool:
        return self.count >= self.norm

    @property
    def share(self) -> int:
        """How full, in hundredths of the norm, for the bar."""
        return min(100, self.count * 100 // self.norm)


def caseloads(cases: Iterable[Case], managers: Iterable[User]) -> list[Caseload]:
    """The clients in hand by interventiemanager: who is one today, and who still has one.

    The number is the length of the list, so that the two cannot say something different.
    """
    held: dict[User, list[Case]] = {manager: [] for manager in managers}
    for case in cases:
        if case.manager:
            held.setdefault(case.manager, []).append(case)
    return [Caseload(manager, len(cases), cases) for manager, cases in held.items()]


def caseload_counts(tally: Iterable[known.Tally] | None = None) -> list[Caseload]:
    """How many clients everybody has, where no names are shown."""
    counts: Counter[int] = Counter()
    for line in known.tally() if tally is None else tally:
        if line.manager_id:
            counts[line.manager_id] += line.number
    return [Caseload(manager, counts[manager.pk]) for manager in interventiemanagers()]


@dataclass(frozen=True)
class Adrift:
    """Somebody who has clients and cannot work: blocked, or without his role or his papers."""

    leader: User
    count: int

    @property
    def title(self) -> str:
        return f"{self.leader} kan nu niet werken"

    @property
    def what_to_do(self) -> str:
        noun = "cliënt wacht" if self.count == 1 else "cliënten wachten"
        return f"{self.count} {noun} op een andere interventiemanager. Kies wie het overneemt."


def adrift(tally: Iterable[known.Tally], loads: Iterable[Caseload]) -> list[Adrift]:
    """The clients of whom nobody can take care now; these come first on the manager's page."""
    counts: Counter[int] = Counter()
    working = {load.manager.pk for load in loads}
    for line in tally:
        if line.manager_id and line.manager_id not in working:
            counts[line.manager_id] += line.number
    leaders = User.objects.filter(pk__in=counts).by_name()
    return [Adrift(leader, counts[leader.pk]) for leader in leaders]


def in_hand(user: User) -> QuerySet[Case]:
    """Everybody who has an interventiemanager."""
    cases = Case.objects.visible_to(user).filter(manager__isnull=False)
    return cases.with_people().order_by("manager__last_name", "client__sort_name", "pk")


def unassigned(user: User) -> QuerySet[Case]:
    """Who stands on the adopted list and has no interventiemanager yet, first place first."""
    cases = Case.objects.visible_to(user).filter(status=CaseStatus.GEPRIORITEERD)
    return cases.with_people().order_by("priority", "client__sort_name", "pk")


def interventiemanagers(*, but: User | None = None) -> list[User]:
    """Who can be given a client today, leaving one out."""
    managers = User.objects.in_role(Role.INTERVENTIEMANAGER).select_related("organisation")
    return [manager for manager in managers.by_name() if manager != but]


def colleague(user_id: int) -> User:
    """Somebody with an account. Raises Http404 when there is no such person."""
    return get_object_or_404(User.objects.select_related("organisation"), pk=user_id)


def led_by(reader: User, leader: User) -> list[Case]:
    """The clients of one interventiemanager, as far as the reader may know of them."""
    return list(Case.objects.visible_to(reader).led_by(leader).with_people().by_name())


@dataclass(frozen=True)
class PhaseCount:
    """How many clients are in one phase, with the share for the bar."""

    label: str
    count: int
    share: int


def by_status(tally: Iterable[known.Tally]) -> Counter[str]:
    """How many clients stand at each step."""
    counts: Counter[str] = Counter()
    for line in tally:
        counts[line.status] += line.number
    return counts


def phases(counts: Counter[str]) -> list[PhaseCount]:
    """The flow of the house: how many clients stand at each step, and what share that is."""
    steps = [status for status in CaseStatus if status != CaseStatus.SAMENGEVOEGD]
    most = max((counts[status] for status in steps), default=0) or 1
    return [
        PhaseCount(str(status.label), counts[status], counts[status] * 100 // most)
        for status in steps
    ]
