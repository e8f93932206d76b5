"""How the actions of a signed plan go, for who carries them out and for who watches the clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from maatwerkplan import rules
from maatwerkplan.models import Channel, Maatwerkplan, PartnerAction, ProgressKind, ProgressReport
from veiligheidshuis.charts import start_clock
from veiligheidshuis.formats import deadline, short_date
from veiligheidshuis.werkafspraken import number


@dataclass(frozen=True)
class Told:
    """One report about an action, with what it says in a word."""

    report: ProgressReport
    word: str
    since: date | None = None  # of how it goes: what the partner said before that

    @property
    def more(self) -> str:
        """When what was put off begins; over what time it was told how it goes. EXE-02."""
        if self.report.until:
            return f", begint {short_date(self.report.until)}"
        return f", over de tijd sinds {short_date(self.since)}" if self.since else ""

    @property
    def by_who_leads(self) -> bool:
        """The partner did not say it himself."""
        return self.report.channel == Channel.REGIE


@dataclass(frozen=True)
class ActionLine:
    """One action with its state in words, and what its partner reported."""

    action: PartnerAction
    kind: str
    state: str
    late: bool
    started: bool
    waits: bool
    ended: bool
    stopped: bool
    reports: tuple["Told", ...] = ()
    phone: str = ""
    by_hand: bool = False
    called: str = ""

    @classmethod
    def of(
        cls,
        action: PartnerAction,
        today: date,
        *,
        reports: Iterable[ProgressReport] = (),
        phone: str = "",
        by_hand: bool = False,
    ) -> "ActionLine":
        """`action` with its plan and its state (`with_state()`); of `reports` the last on top."""
        kind, state = _state(action, today)
        last_on_top = sorted(reports, key=lambda report: report.recorded_at, reverse=True)
        return cls(
            action=action,
            kind=kind,
            state=state,
            late=rules.is_late(action, today),
            started=action.started_on is not None,
            waits=rules.must_still_start(action),
            ended=action.ending is not None,
            stopped=action.ending is not None and action.ending.is_stopped,
            reports=tuple(_told(action, last_on_top)),
            phone=phone,
            by_hand=by_hand,
            called=rules.said_of_call(action),
        )


def _told(action: PartnerAction, last_on_top: list[ProgressReport]) -> Iterator[Told]:
    """How it goes is said over the time since it began, or since that was said before."""
    tells = (ProgressKind.START, ProgressKind.VOORTGANG)
    for n, report in enumerate(last_on_top):
        before = [each.happened_on for each in last_on_top[n + 1 :] if each.kind in tells]
        since = before[0] if before and report.kind == ProgressKind.VOORTGANG else None
        yield Told(report, _word(report, action), since)


def _word(report: ProgressReport, action: PartnerAction) -> str:
    """What a report says; to give up what never began is not to stop."""
    if report.kind == ProgressKind.GESTOPT and action.never_began:
        return "Afgezegd"
    return report.get_kind_display().capitalize()


def _state(action: PartnerAction, today: date) -> tuple[str, str]:
    if end := action.ending:
        if action.never_began:
            return "let-op", f"Begint niet ({short_date(end.on)})"
        word = "Gestopt" if end.is_stopped else "Afgerond"
        return ("let-op" if end.is_stopped else "ok"), f"{word} op {short_date(end.on)}"
    if action.started_on:
        return "ok", f"Gestart op {short_date(action.started_on)}"
    start_by = action.start_by
    if start_by is None:
        return "leeg", "Nog niet gestart"
    if rules.is_late(action, today):
        return "fout", f"Niet gestart: {deadline(start_by, today)}"
    if action.put_off_to:
        return "let-op", f"Uitgesteld, begint {short_date(action.put_off_to)}"
    return "wacht", f"Start uiterlijk {short_date(start_by)} ({deadline(start_by, today)})"


def urgent_first(lines: list[ActionLine]) -> list[ActionLine]:
    """Late ones first, then what must still start, then what runs; the ended ones last."""
    return sorted(
        lines,
        key=lambda line: (
            line.ended,
            line.started,
            line.action.start_by or date.max,
            line.action.end_date,
            str(line.action.pk),
        ),
    )


def counted(lines: list[ActionLine]) -> dict[str, object]:
    """How many of a plan started, must still start, and are late; when the first must start, and
    whether that is in the week of the offer: what waits for another has its own day."""
    days = (each.action.start_by for each in lines if each.waits)
    return {
        "started": sum(line.started for line in lines),
        "waiting": sum(line.waits for line in lines),
        "late": sum(line.late for line in lines),
        "in_its_week": any(line.waits and not line.action.begins_later for line in lines),
        "due": min(filter(None, days), default=None),
    }


def around(plan: Maatwerkplan, today: date) -> dict[str, object]:
    """What stands beside the actions of a plan: its clock, what was found at its evaluations, and
    by when the next one is. Needs `with_evaluation()`."""
    return {
        "clock": clock_of(plan, today),
        "evaluate_by": rules.evaluated_by(plan),
        "evaluations": plan.evaluaties.last_first(),
    }


def clock_of(plan: Maatwerkplan, today: date) -> SafeString:
    """The ring of the start clock, as long as was agreed on the day of the offer."""
    if plan.offered_on is None:
        return SafeString("")
    return start_clock((today - plan.offered_on).days, number("start_within_days", plan.offered_on))
