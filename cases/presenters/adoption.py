"""Who adopted a list, and whether it still is what they adopted. PRI-05."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from cases.models import Attendance, Prioriteitenlijst, Selectielid
from cases.states import ListStatus
from veiligheidshuis.formats import local_date, long_date, today
from veiligheidshuis.models import Werkafspraak
from veiligheidshuis.werkafspraken import number, version


@dataclass(frozen=True)
class Check:
    """One adopted list held against its fingerprint."""

    code: str
    whole: bool
    taken_off: int

    @property
    def sentence(self) -> str:
        if not self.whole:
            return "Deze lijst is niet meer wat is vastgesteld. Waarschuw het bedrijfsbureau."
        if not self.taken_off:
            return "Er is niets veranderd sinds de lijst is vastgesteld."
        noun = "naam is" if self.taken_off == 1 else "namen zijn"
        return f"{self.taken_off} {noun} eraf gehaald. Verder is er niets veranderd."


def check(ranked: Prioriteitenlijst) -> Check | None:
    """How one list stands, for the office; nothing while it is discussed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT whole, taken_off FROM vh.check_list(%s)", [ranked.pk])
        found = cursor.fetchone()
    return Check(ranked.code, *found) if found else None


def check_all() -> list[Check]:
    """Every adopted list, the oldest first; asked by the clock, which sees no names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, whole, taken_off FROM vh.check_lists()")
        return [Check(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Renewal:
    """The next list is due: at least twice a year the partners choose anew. S2; PRI-05."""

    due: date
    today: date

    @property
    def title(self) -> str:
        return "Tijd voor een nieuwe lijst" if self.today <= self.due else "De lijst is verlopen"

    @property
    def body(self) -> str:
        return (
            f"De lijst van nu geldt tot {long_date(self.due)}. Minstens twee keer per jaar kiezen "
            "de partners opnieuw. Start een nieuwe lijst."
        )


def renewal() -> Renewal | None:
    """What to say as long as no next list of its regime is in discussion and the last one is nearly
    too old; of two such lists of the oldest."""
    discussed = Prioriteitenlijst.objects.in_discussion().values("regime")
    adopted = Prioriteitenlijst.objects.filter(status=ListStatus.VASTGESTELD)
    last = adopted.exclude(regime__in=discussed).order_by("adopted_at").first()
    if last is None or last.adopted_at is None:
        return None
    due, now = local_date(last.adopted_at) + timedelta(days=number("list_lasts_days")), today()
    is_near = now >= due - timedelta(days=number("list_renewal_days"))
    return Renewal(due, now) if is_near else None


@dataclass(frozen=True)
class Adoption:
    """What stands beside an adopted list: who was there, who adopted it, under which published
    criteria (WGS 2.32; PRI-06), and its fingerprint."""

    present: list[Selectielid]
    deciding: list[Selectielid]
    fingerprint: str
    check: Check | None
    criteria: Werkafspraak


def adoption(ranked: Prioriteitenlijst) -> Adoption:
    """Who sat at the table for which organisation, as it was written down then."""
    members = list(ranked.selectieleden.by_name())
    return Adoption(
        present=_with(members, Attendance.AANWEZIG, Attendance.STELT_VAST),
        deciding=_with(members, Attendance.STELT_VAST),
        fingerprint=" ".join(ranked.seal[n : n + 8] for n in range(0, len(ranked.seal), 8)),
        check=check(ranked),
        criteria=version("criteria", local_date(ranked.adopted_at) if ranked.adopted_at else None),
    )


def _with(members: Iterable[Selectielid], *attendances: str) -> list[Selectielid]:
    return [member for member in members if member.attendance in attendances]
