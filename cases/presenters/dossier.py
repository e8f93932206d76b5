"""How a dossier is shown: who it is, what happened, and who sees it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases.models import (
    DOCUMENT_SCOPES,
    LEEFGEBIED_SCOPES,
    Afsluiting,
    Case,
    LeefgebiedScore,
    Noodtoegang,
    OffenceRecord,
    Scope,
    TimelineItem,
    TimelineKind,
)
from cases.models.case import sees_process_of_all
from cases.presenters.seen_by import SeenBy
from cases.rules import supplies_offences
from cases.states import CaseStatus
from partners.models import Role, User

ICONS = {
    TimelineKind.AANMELDING: "plus",
    TimelineKind.LIJST: "list-check",
    TimelineKind.TOEWIJZING: "user-check",
    TimelineKind.DIAGNOSE: "clipboard-check",
    TimelineKind.PLAN: "clipboard-check",
    TimelineKind.LEVERING: "message-2",
    TimelineKind.AANBOD: "signature",
    TimelineKind.UITVOERING: "player-play",
    TimelineKind.OVERLEG: "users",
    TimelineKind.CONTACT: "phone",
    TimelineKind.TOEGANG: "lock",
    TimelineKind.GEGEVEN: "pencil",
    TimelineKind.STUK: "file-text",
    TimelineKind.SLACHTOFFER: "shield",
    TimelineKind.AFSLUITING: "check",
}
VISIBLE_TO = {
    Scope.LEAD_CASE: "Wie het dossier leidt, en wie dit schreef",
    Scope.KNOW_CASE: "Iedereen die van dit dossier weet",
    Scope.VIEW_REPORT: "Wie de aanmelding mag lezen",
    Scope.VIEW_PLAN: "Wie het hele plan mag zien",
    Scope.VIEW_BSN: "Wie het BSN mag zien",
    Scope.VIEW_JUSTICE: "Wie justitiële gegevens mag zien",
    Scope.VIEW_CONTACT: "Wie adres, telefoon en omgeving mag zien",
    Scope.VIEW_SECRET_ADDRESS: "Wie een geheim adres mag zien",
}
NEWEST = 25


def scopes_of(user: User, case: Case) -> list[Scope]:
    """Everything this user holds on this case today; it came along with the case (get_case)."""
    if not hasattr(case, "held"):
        case = Case.objects.with_scopes_of(user).get(pk=case.pk)
    held = set(case.held)
    if sees_process_of_all(user):
        held.add(Scope.KNOW_CASE)
    return [scope for scope in Scope if scope in held]


@dataclass
class Dossier:
    """One case for one reader: the shell of each of its pages."""

    case: Case
    user: User
    current: str
    scopes: list[Scope] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scopes = self.scopes or scopes_of(self.user, self.case)

    def holds(self, scope: str) -> bool:
        return scope in self.scopes

    @property
    def leads(self) -> bool:
        return self.holds(Scope.LEAD_CASE)

    number = property(lambda self: self.case.number)
    client = property(lambda self: self.case.client)

    @property
    def sees_course(self) -> bool:
        """Who leads or administers reads why and how high somebody is listed; a partner not."""
        return self.leads or sees_process_of_all(self.user)

    @property
    def listed_as(self) -> str:
        """His place, and of which list: each regime has lists of its own. PRV-20."""
        if not self.case.priority or not self.sees_course:
            return ""
        of_which = "lokale lijst" if self.case.is_local else "WGS-lijst"
        return f"Prioriteit {self.case.priority}, {of_which}"

    @property
    def doelgroep_label(self) -> str:
        return self.case.get_doelgroep_display().capitalize() if self.sees_course else ""

    @property
    def phase_label(self) -> str:
        return self.case.get_status_display().capitalize()

    @property
    def manager_name(self) -> str:
        return str(self.case.manager or "")

    @cached_property
    def seen_by(self) -> SeenBy:
        """Of every block who else sees it: with names for who leads, with grounds for others."""
        return SeenBy(self.case, with_names=self.leads)

    @cached_property
    def emergency(self) -> Noodtoegang | None:
        """That this reader broke the glass, as long as it lasts: the yellow bar on every page."""
        if not sees_process_of_all(self.user) or not self.holds(Scope.VIEW_PLAN):
            return None
        mine = Noodtoegang.objects.running().filter(case=self.case, opened_by=self.user)
        return mine.first()

    @cached_property
    def closing(self) -> Afsluiting | None:
        """That the course ended: when, why and by whom; what is left in view of it."""
        if self.case.status != CaseStatus.AFGESLOTEN:
            return None
        return Afsluiting.objects.select_related("decided_by").get(case=self.case)

    @property
    def may_see_documents(self) -> bool:
        """Whether this reader would see documents, if there are any: who leads brings them in."""
        return self.case.manager_id is not None and any(
            self.holds(scope) for scope in DOCUMENT_SCOPES
        )

    @property
    def may_see_victims(self) -> bool:
        return self.holds(Scope.VIEW_VICTIM)

    @property
    def may_count_offences(self) -> bool:
        return supplies_offences(self.user) and self.closing is None

    @property
    def may_break_glass(self) -> bool:
        """Whether there is something to open in nood, and this reader is of the office."""
        is_office = self.user.has_role(Role.BEDRIJFSBUREAU)
        return is_office and self.case.manager is not None and not self.emergency

    @property
    def seen_as(self) -> dict[str, Any]:
        """What the access log says about this look: by which scopes, for whom, and if in nood."""
        leader = self.case.manager
        stands_in = self.leads and leader is not None and leader != self.user
        return {
            "ground": " ".join(self.scopes),
            "emergency": self.emergency is not None,
            "on_behalf_of": leader.username if leader and stands_in else "",
        }

    @property
    def who_sees(self) -> str:
        """As what this reader sees the dossier."""
        if self.emergency:
            return (
                "Je ziet dit dossier in nood. Iemand anders beoordeelt daarna of dat terecht was."
            )
        if self.leads and self.case.manager != self.user:
            return f"Je neemt waar voor {self.manager_name}. Elke inzage wordt vastgelegd."
        if self.leads:
            return "Je ziet dit dossier als interventiemanager. Elke inzage wordt vastgelegd."
        if sees_process_of_all(self.user):
            return (
                "Je ziet alleen procesgegevens: wie, welke fase en welke data. "
                "De inhoud ziet alleen wie meewerkt. Elke inzage wordt vastgelegd."
            )
        return "U ziet alleen wat u nodig heeft voor uw deel. Elke inzage wordt vastgelegd."

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The parts of the dossier that this reader may open."""
        parts = [("Overzicht", "cases:detail", True)]
        parts.append(("Diagnose", "cases:diagnosis", self._may_see_diagnosis))
        may_see_plan = self.leads or self.holds(Scope.VIEW_PLAN)
        parts.append(("Maatwerkplan", "maatwerkplan:plan", may_see_plan))
        parts.append(("Overleggen", "agenda:of_case", True))
        administers = self.leads or sees_process_of_all(self.user)
        parts.append(("Toegang en inzage", "cases:access", administers))
        return [
            {
                "label": label,
                "url": reverse(name, args=[self.case.number]),
                "current": name == self.current,
            }
            for label, name, may in parts
            if may
        ]

    @property
    def may_open(self) -> bool:
        """Whether the present part is one that this reader may open."""
        return any(tab["current"] for tab in self.tabs)

    @property
    def _may_see_diagnosis(self) -> bool:
        return any(self.holds(scope) for scope in LEEFGEBIED_SCOPES)


# What one can look at apart: the name in the address, the words, and the sorts of line.
CHAPTERS = {
    "contact": ("Contact", [TimelineKind.CONTACT]),
    "plan": (
        "Plan",
        [
            TimelineKind.DIAGNOSE,
            TimelineKind.PLAN,
            TimelineKind.LEVERING,
            TimelineKind.AANBOD,
            TimelineKind.UITVOERING,
        ],
    ),
    "overleg": ("Overleg", [TimelineKind.OVERLEG]),
    "toegang": ("Toegang", [TimelineKind.TOEWIJZING, TimelineKind.TOEGANG]),
}


@dataclass(frozen=True)
class Timeline:
    """One page of what happened, as far as this reader may see it."""

    events: list[dict[str, Any]]
    chapter: str
    page: int
    has_earlier: bool

    @property
    def chapters(self) -> list[tuple[str, str]]:
        return [(name, label) for name, (label, _) in CHAPTERS.items()]


def timeline(dossier: Dossier, chapter: str = "", page: str = "") -> Timeline:
    """The newest events first, as far as this reader may see them."""
    items = TimelineItem.objects.filter(case=dossier.case).select_related("author")
    items = items.readable_with(dossier.scopes, dossier.user)
    if dossier.case.status == CaseStatus.AFGESLOTEN:
        items = items.after_closing()
    if chapter in CHAPTERS:
        items = items.filter(kind__in=CHAPTERS[chapter][1])
    number = int(page) if page.isdecimal() and len(page) < 4 and int(page) else 1
    start = (number - 1) * NEWEST
    # One more than is shown says whether there is an earlier page; no count of the rest.
    shown = list(items.newest_first()[start : start + NEWEST + 1])
    events = [_event(item) for item in shown[:NEWEST]]
    known = chapter if chapter in CHAPTERS else ""
    return Timeline(events, known, number, has_earlier=len(shown) > NEWEST)


def _event(item: TimelineItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "at": item.at,
        "day": item.happened_on,
        "told_later": item.happened_on != timezone.localdate(item.at),
        "by": str(item.author),
        "visible_to": VISIBLE_TO.get(Scope(item.scope), Scope(item.scope).label.capitalize()),
        "restricted": item.scope != Scope.KNOW_CASE,
        "icon": ICONS[TimelineKind(item.kind)],
        "body": item.text,
        "kind": "mijlpaal" if item.kind == TimelineKind.AANBOD else "",
    }


def scores_of(case: Case) -> list[LeefgebiedScore]:
    """The leefgebieden that this reader may see, in the order of the covenant."""
    scores = LeefgebiedScore.objects.filter(case=case).select_related("judged_by")
    return scores.in_order()


def offences_of(dossier: Dossier) -> list[OffenceRecord]:
    if not dossier.holds(Scope.VIEW_JUSTICE):
        return []
    records = OffenceRecord.objects.filter(case=dossier.case).select_related("supplier")
    return list(records.latest_first())


def joined_to(case: Case) -> Case | None:
    """The dossier in which this report went up, as far as the reader may know it."""
    if case.joined_to_id is None:
        return None
    return Case.objects.filter(pk=case.joined_to_id).first()


def masked_bsn(dossier: Dossier) -> str:
    """The last three digits for who may see them; empty when there is none."""
    if not dossier.holds(Scope.VIEW_BSN):
        return ""
    record = getattr(dossier.case.client, "bsn_record", None)
    return record.masked if record else ""
