"""Who has whom in hand, put ready for the manager."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cases.models import Case, known
from cases.presenters.throughput import Age
from cases.states import CaseStatus
from partners.models import Absence, Role, User
from veiligheidshuis.werkafspraken import number

PER_PAGE = 50


@dataclass(frozen=True)
class Caseload:
    """One interventiemanager, how many clients he has, and on the caseload page who they are."""

    manager: User
    count: int
    cases: Sequence[Case] = ()
    can_work: bool = True
    away_until: date | None = None  # known where somebody is chosen

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


@dataclass(frozen=True)
class CaseloadPage:
    """Who waits and who has whom: all in numbers, and fifty names at a time."""

    waiting: Sequence[Case]
    waiting_total: int
    loads: Sequence[Caseload]
    page: Page[tuple[UUID, int]]

    @property
    def clients(self) -> int:
        """Everybody who needs an interventiemanager, also who waits for one."""
        return self.waiting_total + self.page.paginator.count

    @property
    def shown(self) -> list[Caseload]:
        """Whose clients stand on this page; on the first one also who has none yet."""
        return [
            load for load in self.loads if load.cases or (not load.count and self.page.number == 1)
        ]

    @property
    def numbers(self) -> list[str]:
        """Of everybody who is named on the page."""
        held = [case for load in self.loads for case in load.cases]
        return [case.number for case in (*self.waiting, *held)]


def caseload_page(user: User, number: str) -> CaseloadPage:
    """Every client in hand, by interventiemanager: who is one today, and who still has one.

    The numbers count the same lines of which the page shows a part.
    """
    in_order = in_hand(user)
    lines = list(in_order.values_list("pk", "manager_id"))
    page = Paginator(lines, PER_PAGE).get_page(number)
    shown: dict[int | None, list[Case]] = defaultdict(list)
    for case in in_order.filter(pk__in=[pk for pk, _ in page]):
        shown[case.manager_id].append(case)
    counts = Counter(manager_id for _, manager_id in lines)
    today = interventiemanagers()
    former = User.objects.filter(pk__in=set(counts) - {manager.pk for manager in today})
    loads = [
        Caseload(each, counts[each.pk], shown[each.pk], can_work)
        for each, can_work in [
            *((manager, True) for manager in today),
            *((manager, False) for manager in former.by_name()),
        ]
    ]
    waiting = unassigned(user)
    return CaseloadPage(list(waiting[:PER_PAGE]), waiting.count(), loads, page)


@dataclass(frozen=True)
class Capacity:
    """How many interventiemanagers the clients need at the norm, and how many there are. REG-03."""

    clients: int
    there: int
    norm: int

    @property
    def needed(self) -> int:
        return -(-self.clients // self.norm)

    @property
    def short(self) -> int:
        return max(0, self.needed - self.there)

    @property
    def argument(self) -> str:
        """What the manager can say to the stuurgroep."""
        whom = f"{self.clients} {_noun(self.clients, 'cliënt', 'cliënten')}"
        if not self.short:
            return f"Voor {whom} zijn er genoeg interventiemanagers."
        needed = f"{self.needed} {_noun(self.needed, 'interventiemanager', 'interventiemanagers')}"
        verb = _noun(self.needed, "is", "zijn")
        return (
            f"Voor {whom} {verb} bij {self.norm} per persoon {needed} nodig. "
            f"Er {_noun(self.there, 'is', 'zijn')} er {self.there}: {self.short} te weinig."
        )


def _noun(number: int, one: str, more: str) -> str:
    return one if number == 1 else more


def capacity(clients: int, loads: Iterable[Caseload]) -> Capacity:
    """Who is in hand and who waits, against who can take them today."""
    there = sum(load.can_work for load in loads)
    return Capacity(clients, there, number("caseload_norm"))


def caseload_counts(tally: Iterable[known.Tally] | None = None) -> list[Caseload]:
    """How many clients everybody has, where no names are shown; and who is away today."""
    counts: Counter[int] = Counter()
    for line in known.tally() if tally is None else tally:
        if line.manager_id:
            counts[line.manager_id] += line.number
    away = dict(Absence.objects.on(timezone.localdate()).values_list("user_id", "end_date"))
    return [
        Caseload(manager, counts[manager.pk], away_until=away.get(manager.pk))
        for manager in interventiemanagers()
    ]


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
    """How many clients are in one phase, the share for the bar, and how long they are there."""

    label: str
    count: int
    share: int
    age: Age | None = None


def by_status(tally: Iterable[known.Tally]) -> Counter[str]:
    """How many clients stand at each step."""
    counts: Counter[str] = Counter()
    for line in tally:
        counts[line.status] += line.number
    return counts


# Who stands here is on no way through the house: another dossier, or none.
NO_STEP = (CaseStatus.SAMENGEVOEGD, CaseStatus.NIET_TOEGELATEN)


def in_need(tally: Iterable[known.Tally]) -> int:
    """How many clients need an interventiemanager: who has one, and who waits on the list."""
    return sum(
        line.number for line in tally if line.manager_id or line.status == CaseStatus.GEPRIORITEERD
    )


def phases(counts: Counter[str], ages: Mapping[str, Age]) -> list[PhaseCount]:
    """The flow of the house: how many clients stand at each step, what share, and for how long."""
    steps = [status for status in CaseStatus if status not in NO_STEP]
    most = max((counts[status] for status in steps), default=0) or 1
    return [
        PhaseCount(
            str(status.label), counts[status], counts[status] * 100 // most, ages.get(status)
        )
        for status in steps
    ]
