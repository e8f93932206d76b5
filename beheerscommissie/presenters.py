"""What the pages of the beheerscommissie show, put ready for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from beheerscommissie import rules
from beheerscommissie.models import (
    Area,
    Beheersplan,
    DayPart,
    NuisanceKind,
    Overlastmelding,
    Place,
    ReportStep,
    Vergadering,
)
from beheerscommissie.states import ReportStatus
from partners.models import User

PERIODS = {"4": "Laatste 4 weken", "13": "Laatste kwartaal", "52": "Laatste jaar"}  # in weeks
STATUS_BADGES = {
    ReportStatus.GEMELD: "wacht",
    ReportStatus.TOEGEWEZEN: "info",
    ReportStatus.AFGEHANDELD: "let-op",
    ReportStatus.TERUGGEKOPPELD: "ok",
}
# A schematic map is drawn by hand, once for an area. An area without one has the list.
MAPS = {"gasthuis": "beheerscommissie/kaart_gasthuis.html"}


@dataclass(frozen=True)
class Filter:
    """Which nuisance is counted: of the last so many weeks, and on which part of the day."""

    weeks: str = "4"
    day_part: str = ""

    @classmethod
    def of(cls, query: dict[str, str]) -> "Filter":
        """From the address; what is not known counts as not chosen."""
        weeks, day_part = query.get("periode", ""), query.get("moment", "")
        return cls(
            weeks=weeks if weeks in PERIODS else "4",
            day_part=day_part if day_part in DayPart.values else "",
        )

    def days(self, periods_ago: int = 0) -> tuple[date, date]:
        """First and last day of this period, or of the one before."""
        length = timedelta(weeks=int(self.weeks))
        last = timezone.localdate() - length * periods_ago
        return last - length + timedelta(days=1), last


@dataclass(frozen=True)
class PlaceCount:
    """How much nuisance there was at one place, per kind, and how much more than before."""

    place: Place
    number: int
    per_kind: list[int]
    before: int

    @property
    def total(self) -> int:
        return sum(self.per_kind)

    @property
    def difference(self) -> int:
        return self.total - self.before

    @property
    def difference_text(self) -> str:
        if not self.difference:
            return "gelijk"
        return f"{abs(self.difference)} {'meer' if self.difference > 0 else 'minder'}"

    @property
    def trend(self) -> str:
        """The class of the difference: up, down or the same."""
        return "op" if self.difference > 0 else "neer" if self.difference < 0 else "gelijk"

    @property
    def heat(self) -> str:
        """The class of its circle on the map."""
        return "hot" if self.total >= 9 else "hot hot--2" if self.total >= 5 else "hot hot--3"

    @property
    def radius(self) -> int:
        return 16 + min(self.total, 20) * 2


def place_counts(user: User, area: Area, chosen: Filter) -> list[PlaceCount]:
    """The places of an area with the most nuisance on top; counts only, and no question who."""
    now = _counts(user, area, chosen, chosen.days())
    before = _counts(user, area, chosen, chosen.days(periods_ago=1))
    rows = [
        (
            place,
            [now.get((place.pk, kind), 0) for kind in NuisanceKind.values],
            sum(before.get((place.pk, kind), 0) for kind in NuisanceKind.values),
        )
        for place in area.places.all()
    ]
    rows.sort(key=lambda row: (-sum(row[1]), row[0].order))
    return [
        PlaceCount(place, number, per_kind, former)
        for number, (place, per_kind, former) in enumerate(rows, start=1)
    ]


def _counts(
    user: User, area: Area, chosen: Filter, days: tuple[date, date]
) -> dict[tuple[int, str], int]:
    reports = Overlastmelding.objects.visible_to(user).filter(area=area).between(*days)
    if chosen.day_part:
        reports = reports.filter(day_part=chosen.day_part)
    rows = reports.values_list("place", "kind").annotate(Count("pk")).order_by()
    return {(place, kind): count for place, kind, count in rows}


def overview(user: User, area: Area, chosen: Filter) -> dict[str, object]:
    """The page of an area: where there is nuisance, who does what, whom to call, when we meet."""
    counts = place_counts(user, area, chosen)
    total, before = sum(row.total for row in counts), sum(row.before for row in counts)
    waiting = Overlastmelding.objects.visible_to(user).filter(area=area).open()
    plan = area.plans.order_by("-year").first()
    return {
        "area": area,
        "chosen": chosen,
        "periods": PERIODS.items(),
        "day_parts": DayPart.choices,
        "kinds": [kind.label for kind in NuisanceKind],
        "counts": counts,
        "spots": [row for row in counts if row.total],
        "map_template": MAPS.get(area.slug, ""),
        "total": total,
        "difference": PlaceCount(Place(), 0, [total], before),
        **waiting.aggregate(
            waiting=Count("pk"),
            late=Count("pk", filter=Q(reported_at__date__lte=rules.late_since())),
        ),
        "meeting": Vergadering.objects.filter(area=area).coming().first(),
        **(_plan(plan) if plan else {}),
    }


def _plan(plan: Beheersplan) -> dict[str, object]:
    """The agreements of the plan that counts now."""
    parties = list(plan.parties.prefetch_related("maatregelen"))
    return {
        "plan": plan,
        "parties": parties,
        "measures": sum(len(party.maatregelen.all()) for party in parties),
        "phone_numbers": plan.phone_numbers.all(),
        "camera_changes": plan.camera_changes.all(),
        "meeting_overdue": rules.vergadering_overdue(plan),
    }


@dataclass(frozen=True)
class ReportRow:
    """A report in the list of the buurtregisseur."""

    melding: Overlastmelding

    @property
    def badge(self) -> str:
        return STATUS_BADGES[ReportStatus(self.melding.status)]

    @property
    def late(self) -> bool:
        return rules.is_late(self.melding)


def report_rows(reports: Iterable[Overlastmelding]) -> list[ReportRow]:
    return [ReportRow(melding) for melding in reports]


def steps_bar(melding: Overlastmelding) -> list[dict[str, str]]:
    """How far a report is and what comes next, for components/steps."""
    steps = [
        ("Melden", "door de melder"),
        ("Toewijzen", "aan een partij"),
        ("Afhandelen", "wat is er gedaan?"),
        ("Terugkoppelen", "aan de melder"),
    ]
    reached = ReportStatus.values.index(melding.status)
    states = ["klaar"] * (reached + 1) + ["nu"] + [""] * len(steps)
    return [
        {"label": label, "note": note, "state": state}
        for (label, note), state in zip(steps, states, strict=False)
    ]


def report_page(melding: Overlastmelding) -> dict[str, object]:
    """One report, for the buurtregisseur: what was told, by whom, and what happened since."""
    steps = ReportStep.objects.filter(melding=melding).select_related("party", "by")
    return {
        "melding": melding,
        "melder": getattr(melding, "melder", None),
        "badge": STATUS_BADGES[ReportStatus(melding.status)],
        "late": rules.is_late(melding),
        "bar": steps_bar(melding),
        "steps": list(steps),
    }
