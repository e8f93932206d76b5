"""Reports and weighings, put ready for their pages."""

from collections import defaultdict
from dataclasses import dataclass

from cases.models import (
    Aanmelding,
    Case,
    Doelgroep,
    Oordeel,
    Scope,
    Spoed,
    TimelineItem,
    TimelineKind,
    Weging,
)
from cases.states import CaseStatus
from partners.models import Organisation, User
from veiligheidshuis.formats import local_date, today
from veiligheidshuis.werkafspraken import number


@dataclass(frozen=True)
class Call:
    """Somebody who reported a person and waits for us to call."""

    report: Aanmelding

    @property
    def kind(self) -> str:
        """Too late, pressing, or neither: the badge."""
        if self.report.contact_by < today():
            return "fout"
        return "let-op" if self.is_pressing else "info"

    @property
    def is_pressing(self) -> bool:
        """It is urgent, or the day has come on which the office must have called."""
        return self.report.urgency == Spoed.SPOED or self.report.contact_by <= today()


def to_call(user: User) -> list[Call]:
    """Whom the office calls, the most pressing first; of the cases that this user may know."""
    known = Case.objects.visible_to(user).filter(status__in=WAITING)
    reports = Aanmelding.objects.not_called().filter(case__in=known)
    return [Call(each) for each in reports.select_related("case__client", "reported_by", "form")]


# Somebody was put forward and nobody leads him yet: whoever reported him can still be called.
WAITING = (CaseStatus.AANGEMELD, CaseStatus.GEPRIORITEERD)


def report_of(case: Case) -> list[TimelineItem]:
    """What was told when somebody was put forward, in the order of the form."""
    told = TimelineItem.objects.filter(case=case, kind=TimelineKind.AANMELDING)
    return list(told.filter(scope=Scope.VIEW_REPORT).order_by("at", "pk"))


@dataclass(frozen=True)
class Judged:
    """What one organisation finds of the four criteria."""

    organisation: Organisation
    verdicts: list[Oordeel]

    @property
    def author(self) -> User:
        return self.verdicts[0].author


def judgements(weging: Weging) -> list[Judged]:
    """What each core participant found so far, in the order in which they came."""
    by_organisation: dict[Organisation, list[Oordeel]] = defaultdict(list)
    told = weging.oordelen.select_related("organisation", "author__organisation")
    for each in told.order_by("at", "criterium"):
        by_organisation[each.organisation].append(each)
    return [
        Judged(organisation, sorted(verdicts, key=lambda one: one.criterium))
        for organisation, verdicts in by_organisation.items()
    ]


def typed_before(weging: Weging, user: User) -> dict[str, str]:
    """His own judgement of earlier, to come back on it."""
    own = {each.criterium: each for each in weging.oordelen.filter(author=user)}
    met = {f"met_{c}": "ja" if each.met else "nee" for c, each in own.items()}
    return met | {f"reason_{c}": each.reason for c, each in own.items()}


def weighings(user: User) -> list[Weging]:
    """What this user is asked to weigh, the longest waiting first."""
    mine = Case.objects.visible_to(user, Scope.VIEW_REPORT)
    asked = Weging.objects.open().filter(case__in=mine)
    return list(asked.select_related("case__client", "case__source"))


@dataclass(frozen=True)
class Unscreened:
    """A report of domestic violence that waits for the weekly screening."""

    case: Case

    @property
    def days(self) -> int:
        return (today() - local_date(self.case.opened_at)).days

    @property
    def is_late(self) -> bool:
        """Whether a screening went by without it."""
        return self.days > number("screening_days")


def unscreened(user: User) -> list[Unscreened]:
    """Every report of domestic violence without an outcome, the oldest first; wherever it is on its
    way. A report that was joined, or not admitted, was screened before. S3, Hatert."""
    known = Case.objects.visible_to(user).filter(doelgroep=Doelgroep.HUISELIJK_GEWELD)
    waiting = known.filter(screening=None).order_by("opened_at", "pk")
    return [Unscreened(case) for case in waiting.select_related("client", "source")]
