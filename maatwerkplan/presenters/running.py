"""What comes next for a client whose plan is carried out: first what went wrong."""

from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse

from cases.models import Case
from maatwerkplan import rules
from maatwerkplan.models import Ending, Maatwerkplan, PartnerAction
from maatwerkplan.presenters.step import NextStep, names_of, url_of
from veiligheidshuis.formats import deadline, long_date
from veiligheidshuis.werkafspraken import number


def running(case: Case, plan: Maatwerkplan, actions: list[PartnerAction], today: date) -> NextStep:
    for action in actions:
        if (end := action.ending) and end.is_stopped:
            return _gave_up(case, action, end)
    waiting = [action for action in actions if rules.must_still_start(action)]
    soon = [action for action in waiting if rules.clock_runs(action, today)]
    running = [action for action in actions if action.ending is None and action not in waiting]
    if soon or (waiting and not running):
        step = _clock(case, soon or waiting, today)
    else:
        step = _progress(case, running, today)
    missed = [action for action in actions if action.ending is None and rules.was_missed(action)]
    if missed and step.kind != "fout":
        return _missed(case, missed[0], step)
    unanswered = [action for action in actions if rules.call_is_overdue(action, today)]
    if unanswered:
        return _unanswered(case, unanswered[0], step)
    due = rules.evaluated_by(plan)
    return _evaluation(case, due, step) if due and today >= due and not step.kind else step


def _clock(case: Case, waiting: list[PartnerAction], today: date) -> NextStep:
    first = min(waiting, key=lambda action: action.start_by or date.max)
    assert first.start_by is not None  # noqa: S101 - a signed plan was offered
    late = today > first.start_by
    nearly = today >= first.start_by - timedelta(days=1)
    what = f"‘{first.description}’" if len(waiting) == 1 else f"{len(waiting)} acties"
    verb = "is" if len(waiting) == 1 else "zijn"
    return NextStep(
        what=f"Start: {first.description}",
        who=names_of(waiting),
        button="Startklok bekijken",
        url=url_of("maatwerkplan:start", case),
        due=first.start_by,
        kind="fout" if nearly else "let-op",
        signal="Te laat" if late else "Startklok",
        headline=f"{what} voor {case.client} {verb} nog niet gestart",
        detail=f"Uiterlijk {long_date(first.start_by)} ({deadline(first.start_by)}) · "
        f"{names_of(waiting)}{_put_off(first)}",
        tiles=frozenset({"startklok"}),
        pressing=frozenset({"startklok"}) if nearly else frozenset(),
    )


def _put_off(action: PartnerAction) -> str:
    """What its partner said when it cannot begin in time. EXE-01."""
    return f" · uitgesteld tot {long_date(action.put_off_to)}" if action.put_off_to else ""


def _missed(case: Case, action: PartnerAction, otherwise: NextStep) -> NextStep:
    """The client did not come: talk to him, before he is out of the plan. EXE-03."""
    who = action.organisation.short_name
    return replace(
        otherwise,
        what=f"Bespreken: {action.description}",
        who="zelf",
        button="Bekijken",
        url=url_of("maatwerkplan:start", case),
        kind="let-op",
        signal="Niet verschenen",
        headline=f"{case.client} kwam niet bij ‘{action.description}’",
        detail=f"Gemeld door {who}"
        + (f", op {long_date(action.reported_on)}" if action.reported_on else ""),
    )


def _unanswered(case: Case, action: PartnerAction, otherwise: NextStep) -> NextStep:
    """A partner was held to what it agreed, and its day passed: say what came of it. REG-05."""
    who = action.organisation.short_name
    return replace(
        otherwise,
        what=f"Uitkomst vastleggen: {action.description}",
        who="zelf",
        button="Aanspreken",
        url=reverse("maatwerkplan:call", args=[case.number, action.pk]),
        due=action.call_by,
        kind="fout",
        signal="Aangesproken",
        headline=f"{who} deed niet wat je vroeg voor {case.client}",
        detail=f"{rules.said_of_call(action)} · leg vast wat eruit kwam, of zet de volgende stap",
    )


def _evaluation(case: Case, due: date, otherwise: NextStep) -> NextStep:
    """Nothing else is the matter, and the day to evaluate with the partners has come. EXE-07."""
    return replace(
        otherwise,
        what="Plan evalueren",
        who="zelf, met de partners",
        button="Evaluatie vastleggen",
        url=url_of("maatwerkplan:evaluate", case),
        due=due,
        kind="let-op",
        signal="Evaluatie",
        headline=f"Het plan van {case.client} is aan een evaluatie toe",
        detail=f"Uiterlijk {long_date(due)}",
    )


def _gave_up(case: Case, action: PartnerAction, end: Ending) -> NextStep:
    who, what = action.organisation.short_name, f"‘{action.description}’ voor {case.client}"
    gave_up = f"begint niet met {what}" if action.never_began else f"is gestopt met {what}"
    return NextStep(
        what=f"Bespreken: {action.description}",
        who=who,
        button="Bekijken",
        url=url_of("maatwerkplan:start", case),
        kind="let-op",
        signal="Begint niet" if action.never_began else "Gestopt",
        headline=f"{who} {gave_up}",
        detail=f"Sinds {long_date(end.on)}",
    )


def _progress(case: Case, running: list[PartnerAction], today: date) -> NextStep:
    heard = [(action.reported_on, action) for action in running if action.reported_on]
    url = url_of("maatwerkplan:start", case)
    if not heard:
        return NextStep("Alle acties zijn afgerond", "Bekijken", url)
    last, oldest = min(heard, key=lambda pair: pair[0])
    who = oldest.organisation.short_name
    due = last + timedelta(days=number("progress_days"))
    if today <= due:
        return NextStep("Voortgang volgen", "Bekijken", url, who=who, due=due)
    return NextStep(
        what="Voortgang opvragen",
        who=who,
        button="Bekijken",
        url=url,
        due=due,
        kind="let-op",
        signal="Voortgang te laat",
        headline=f"{who} heeft lang niets gemeld over {case.client}",
        detail=f"Laatste melding: {long_date(last)}",
        tiles=frozenset({"voortgang"}),
        pressing=frozenset({"voortgang"}),
    )
