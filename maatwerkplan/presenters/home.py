"""The first page of the interventiemanager: the whole caseload, read once.

Tiles, tasks and table are all made from the same rows, so that a number and the list behind it
cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.http import QueryDict

from cases.models import Case, Doelgroep, Scope
from cases.models.client import name_key
from cases.presenters.course import Course
from cases.presenters.search import alike
from maatwerkplan.models import DeliveryQuestion, Drangstap, Maatwerkplan, PartnerAction
from maatwerkplan.presenters.course import course_with
from maatwerkplan.presenters.next_step import NextStep, next_step
from maatwerkplan.states import PlanStatus
from partners.models import User
from veiligheidshuis.templatetags.huis import PHASES
from veiligheidshuis.terms import said

MOST_TASKS = 7
URGENCY = ("fout", "let-op", "wacht", "ok", "info")


@dataclass(frozen=True)
class Row:
    """One case of the caseload: where it stands and what comes next."""

    case: Case
    course: Course
    step: NextStep
    stands_in_for: str = ""


@dataclass(frozen=True)
class TileKind:
    """What a tile counts. `pressing` says how many of them cannot wait, `calm` that all can; both
    may name the `term` that was agreed for it."""

    code: str
    label: str
    kind: str
    calm: str
    pressing: str = ""
    term: str = ""

    def note(self, count: int, urgent: int) -> str:
        if not count:
            return "geen"
        sentence = self.pressing if self.pressing and urgent else self.calm
        return sentence.format(urgent=urgent, term=said(self.term) if self.term else "")


TILES = (
    TileKind(
        "startklok", "Startklok loopt", "fout", "tijd genoeg", "{urgent} loopt af of is te laat"
    ),
    TileKind(
        "wacht",
        "Wacht op een partner",
        "let-op",
        "korter dan {term}",
        "{urgent} langer dan {term}",
        term="patience_working_days",
    ),
    TileKind("klaar", "Klaar om aan te bieden", "ok", "alle partners kunnen leveren"),
    TileKind("voortgang", "Voortgang opvragen", "info", "ouder dan {term}", term="progress_days"),
)


@dataclass(frozen=True)
class Tile:
    """A number that is a filter."""

    code: str
    label: str
    kind: str
    count: int
    note: str
    current: bool


def caseload(user: User, today: date) -> list[Row]:
    """Every case that this interventiemanager leads, himself or as a stand-in; six queries."""
    actions = PartnerAction.objects.with_state().select_related("organisation").in_order()
    questions = DeliveryQuestion.objects.with_what_was_said()
    plans = (
        Maatwerkplan.objects.select_related("refusal")
        .with_evaluation()
        .latest_first()
        .prefetch_related(
            Prefetch("partner_actions", actions),
            Prefetch("partner_actions__questions", questions),
            Prefetch("steps", Drangstap.objects.in_order()),
        )
    )
    cases = (
        Case.objects.visible_to(user, Scope.LEAD_CASE)
        .in_hand()
        .select_related("client", "diagnosis", "manager")
        .prefetch_related("leefgebieden", Prefetch("maatwerkplannen", plans))
        .order_by("number")  # of two with the same place the older first, today and tomorrow
    )
    return [_row(case, user, today) for case in cases]


def _row(case: Case, user: User, today: date) -> Row:
    plans = list(case.maatwerkplannen.all())
    plan = plans[0] if plans else None
    in_force = next((each for each in plans if each.status == PlanStatus.ONDERTEKEND), None)
    step = next_step(case, plan, _actions(plan, case), today)
    if in_force and in_force != plan:  # it is revised, and meanwhile carried out
        step = _both(step, next_step(case, in_force, _actions(in_force, case), today))
    stands_in_for = "" if case.manager_id == user.pk else str(case.manager)
    return Row(case, course_with(case, plan), step, stands_in_for)


def _both(step: NextStep, running: NextStep) -> NextStep:
    """The next plan comes first, but for what went wrong in the one that is carried out meanwhile;
    the tiles count both."""
    first = running if running.kind == "fout" else step
    tiles, pressing = step.tiles | running.tiles, step.pressing | running.pressing
    return replace(first, tiles=tiles, pressing=pressing)


def _actions(plan: Maatwerkplan | None, case: Case) -> list[PartnerAction]:
    """The actions of a plan; the rules name the dossier and the plan of each."""
    if plan is None:
        return []
    plan.case, actions = case, list(plan.partner_actions.all())
    for each in actions:
        each.plan, each.case = plan, case
    return actions


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for in the address; what is not understood is left out."""

    name: str = ""
    phase: int = 0
    doelgroep: str = ""
    signal: bool = False
    tile: str = ""
    order: str = "prio"

    @classmethod
    def of(cls, asked: QueryDict) -> "Wanted":
        phase, order = asked.get("fase", ""), asked.get("sorteer", "")
        doelgroep, tile = asked.get("doelgroep", ""), asked.get("tegel", "")
        return cls(
            name=asked.get("naam", "").strip()[:80],
            phase=int(phase) if phase in {"1", "2", "3", "4", "5"} else 0,
            doelgroep=doelgroep if doelgroep in Doelgroep.values else "",
            signal=asked.get("signaal") == "1",
            tile=tile if tile in {each.code for each in TILES} else "",
            order=order if order.removeprefix("-") in ORDERS else "prio",
        )

    def fits(self, row: Row) -> bool:
        """Whether this row is asked for."""
        return (
            (not self.name or self._names(row.case))
            and self.phase in (0, row.course.number)
            and self.doelgroep in ("", row.case.doelgroep)
            and (not self.signal or bool(row.step.kind))
            and (not self.tile or self.tile in row.step.tiles)
        )

    def _names(self, case: Case) -> bool:
        key = name_key(self.name)
        names = (name_key(case.client.display_name), case.client.sort_name)
        return self.name.upper() in case.number or any(key and key in name for name in names)


def wanted_rows(rows: list[Row], wanted: Wanted) -> list[Row]:
    """The rows that are asked for; bears nobody the name as it was typed, then who is called almost
    so."""
    found = [row for row in rows if wanted.fits(row)]
    if found or not wanted.name:
        return found
    almost, others = set(alike(wanted.name)), replace(wanted, name="")
    return [row for row in rows if row.case.pk in almost and others.fits(row)]


ORDERS: dict[str, Callable[[Row], object]] = {
    "prio": lambda row: row.case.priority,
    "naam": lambda row: row.case.client.sort_name,
    "termijn": lambda row: row.step.due and row.step.due.toordinal(),
}


def in_order(rows: list[Row], order: str) -> list[Row]:
    """The rows as asked; a leading minus turns it round. What is missing always comes last."""
    value = ORDERS[order.removeprefix("-")]
    known = [row for row in rows if value(row) is not None]
    unknown = [row for row in rows if value(row) is None]
    known.sort(key=lambda row: row.case.number)
    known.sort(key=value, reverse=order.startswith("-"))  # type: ignore[arg-type]
    return known + unknown


def tasks(rows: list[Row], today: date) -> list[Row]:
    """What to do first: every case that something is the matter with, by its day.

    What went wrong and has no day of its own is for today.
    """

    def urgency(row: Row) -> tuple[date, int, str]:
        day = row.step.due or (today if row.step.kind == "fout" else date.max)
        return day, URGENCY.index(row.step.kind), row.case.number

    return sorted((row for row in rows if row.step.kind), key=urgency)[:MOST_TASKS]


def tiles(rows: list[Row], current: str) -> list[Tile]:
    """The four numbers on top, counted in the same rows as the table shows."""
    return [
        Tile(
            code=each.code,
            label=each.label,
            kind=each.kind if urgent or not each.pressing else "info",
            count=count,
            note=each.note(count, urgent),
            current=current == each.code,
        )
        for each in TILES
        for count in [sum(each.code in row.step.tiles for row in rows)]
        for urgent in [sum(each.code in row.step.pressing for row in rows)]
    ]


def choices() -> dict[str, object]:
    """What the filter can choose from."""
    return {"phases": list(enumerate(PHASES, start=1)), "doelgroepen": Doelgroep.choices}
