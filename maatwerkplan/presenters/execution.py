"""How the actions of a signed plan go, for who carries them out and for who watches the clock."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from maatwerkplan import rules
from maatwerkplan.models import Maatwerkplan, PartnerAction, ProgressKind, ProgressReport
from veiligheidshuis.charts import start_clock
from veiligheidshuis.formats import deadline, short_date


@dataclass(frozen=True)
class ActionLine:
    """One action with its state in words, and what its partner reported."""

    action: PartnerAction
    kind: str
    state: str
    late: bool
    started: bool
    ended: bool
    reports: tuple[ProgressReport, ...] = ()
    phone: str = ""
    by_hand: bool = False

    @classmethod
    def of(cls, action: PartnerAction, today: date, **more: object) -> "ActionLine":
        """`action` with its plan and its state (`with_state()`)."""
        kind, state = _state(action, today)
        return cls(
            action=action,
            kind=kind,
            state=state,
            late=rules.is_late(action, today),
            started=action.started_on is not None,  # type: ignore[attr-defined]
            ended=action.ended_on is not None,  # type: ignore[attr-defined]
            **more,  # type: ignore[arg-type]
        )


def _state(action: PartnerAction, today: date) -> tuple[str, str]:
    started, ended = action.started_on, action.ended_on  # type: ignore[attr-defined]
    if ended:
        stopped = action.ended_as == ProgressKind.GESTOPT  # type: ignore[attr-defined]
        words = f"{'Gestopt' if stopped else 'Afgerond'} op {short_date(ended)}"
        return ("let-op" if stopped else "ok"), words
    if started:
        return "ok", f"Gestart op {short_date(started)}"
    start_by = action.plan.start_by
    if start_by is None:
        return "leeg", "Nog niet gestart"
    if rules.is_late(action, today):
        return "fout", f"Niet gestart: {deadline(start_by, today)}"
    return "wacht", f"Start uiterlijk {short_date(start_by)} ({deadline(start_by, today)})"


def urgent_first(lines: list[ActionLine]) -> list[ActionLine]:
    """Late ones first, then what must still start, then what runs; the ended ones last."""
    return sorted(
        lines,
        key=lambda line: (
            line.ended,
            line.started,
            line.action.plan.start_by or date.max,
            line.action.end_date,
            str(line.action.pk),
        ),
    )


def clock_of(plan: Maatwerkplan, today: date) -> SafeString:
    """The ring of the start clock."""
    return start_clock((today - plan.offered_on).days if plan.offered_on else 0)
