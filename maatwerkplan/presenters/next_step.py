"""What comes next for a client, and by when: one line for each case of a caseload."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from cases.models import Case
from cases.states import CaseStatus
from maatwerkplan import rules
from maatwerkplan.models import Answer, Ending, Maatwerkplan, PartnerAction
from maatwerkplan.presenters.pressure import track
from maatwerkplan.states import PlanStatus
from veiligheidshuis import workdays
from veiligheidshuis.formats import deadline, local_date, long_date
from veiligheidshuis.werkafspraken import number


@dataclass(frozen=True)
class NextStep:
    """What to do for one case. Without `kind` nothing is the matter.

    `kind` and `signal` make the badge; `headline` and `detail` the line under "Eerst doen";
    `tiles` are the tiles of the werkvoorraad that count this case.
    """

    what: str
    button: str
    url: str
    who: str = "zelf"
    due: date | None = None
    kind: str = ""
    signal: str = ""
    headline: str = ""
    detail: str = ""
    tiles: frozenset[str] = frozenset()
    pressing: frozenset[str] = frozenset()


def next_step(
    case: Case, plan: Maatwerkplan | None, actions: Sequence[PartnerAction], today: date
) -> NextStep:
    """The next step. `actions` are the plan's, with their state, partner and questions."""
    if plan is None:
        return BEFORE_A_PLAN[case.status](case)
    return WITH_A_PLAN[plan.status](case, plan, list(actions), today)


def _url(name: str, case: Case) -> str:
    return reverse(name, args=[case.number])


# --- before a plan ----------------------------------------------------------------------------


def _assigned(case: Case) -> NextStep:
    return NextStep(
        what="Diagnose starten",
        button="Diagnose starten",
        url=_url("cases:diagnosis", case),
        kind="info",
        signal="Nieuw",
        headline=f"{case.client} is aan jou toegewezen",
        detail=f"Toegewezen op {long_date(case.assigned_on)}" if case.assigned_on else "",
    )


def _judging(case: Case) -> NextStep:
    url = _url("cases:diagnosis", case)
    return NextStep(what="Diagnose afmaken", button="Naar de diagnose", url=url)


def _without_plan(case: Case) -> NextStep:
    return NextStep(
        what="Maatwerkplan opstellen",
        button="Plan opstellen",
        url=_url("maatwerkplan:plan", case),
    )


def _unassigned(case: Case) -> NextStep:
    """Whoever leads it all the same, by hand: nobody has it in hand yet."""
    url = _url("cases:detail", case)
    return NextStep(what="Wacht op toewijzing", button="Bekijken", url=url, who="manager")


BEFORE_A_PLAN: dict[str, Callable[[Case], NextStep]] = {
    CaseStatus.AANGEMELD: _unassigned,
    CaseStatus.GEPRIORITEERD: _unassigned,
    CaseStatus.TOEGEDEELD: _assigned,
    CaseStatus.DIAGNOSE: _judging,
    CaseStatus.PLANVORMING: _without_plan,
}


# --- a plan that is being made ----------------------------------------------------------------


def _drawing(case: Case, plan: Maatwerkplan, actions: list[PartnerAction], today: date) -> NextStep:
    obstacles = rules.obstacles_to_offer(plan, actions)
    if not obstacles:
        return _ready(case)
    refusing = [a for a in actions if _answer(a) == Answer.NEE and not rules.pushed_through(a)]
    waiting = [a for a in actions if _waits(a)]
    if refusing:
        return _cannot(case, refusing[0], waiting, today)
    if waiting and {o.code for o in obstacles} == {"unanswered"}:
        return _waiting(case, waiting, today)
    return NextStep(
        what="Maatwerkplan afmaken",
        button="Naar het plan",
        url=_url("maatwerkplan:plan", case),
        tiles=_tile("wacht", waiting),
        pressing=_long(waiting, today),
    )


def _answer(action: PartnerAction) -> str:
    answer = getattr(rules.current_question(action), "answer", None)
    return answer.answer if answer else ""


def _waits(action: PartnerAction) -> bool:
    return rules.current_question(action) is not None and not _answer(action)


def _partners(actions: Sequence[PartnerAction]) -> str:
    """The first partner by name, and how many more."""
    names = list(dict.fromkeys(action.organisation.short_name for action in actions))
    return names[0] if len(names) == 1 else f"{names[0]} en {len(names) - 1} meer"


def _tile(name: str, actions: Sequence[PartnerAction]) -> frozenset[str]:
    return frozenset({name}) if actions else frozenset()


def _asked_on(action: PartnerAction) -> date:
    question = rules.current_question(action)
    assert question is not None  # noqa: S101 - only asked for actions that wait
    return local_date(question.asked_at)


def _long(waiting: Sequence[PartnerAction], today: date) -> frozenset[str]:
    asked = [_asked_on(action) for action in waiting]
    patience = number("patience_working_days")
    late = [day for day in asked if workdays.passed(day, today) > patience]
    return frozenset({"wacht"}) if late else frozenset()


def _ready(case: Case) -> NextStep:
    return NextStep(
        what="Plan aanbieden",
        button="Plan aanbieden",
        url=_url("maatwerkplan:offer", case),
        kind="ok",
        signal="Klaar",
        headline=f"Maatwerkplan van {case.client} is klaar om aan te bieden",
        detail="Elke partner kan zijn deel leveren",
        tiles=frozenset({"klaar"}),
    )


def _cannot(
    case: Case, action: PartnerAction, waiting: Sequence[PartnerAction], today: date
) -> NextStep:
    who = action.organisation.short_name
    return NextStep(
        what="Gat in het plan vullen",
        button="Plan aanpassen",
        url=_url("maatwerkplan:plan", case),
        kind="fout",
        signal="Partner kan niet",
        headline=f"{who} kan ‘{action.description}’ voor {case.client} niet leveren",
        detail=f"{action.get_leefgebied_display().capitalize()} is nu niet gedekt",
        tiles=_tile("wacht", waiting),
        pressing=_long(waiting, today),
    )


def _waiting(case: Case, waiting: list[PartnerAction], today: date) -> NextStep:
    waiting = sorted(waiting, key=_asked_on)
    first, late = waiting[0], _long(waiting, today)
    return NextStep(
        what="Wachten op antwoord",
        who=_partners(waiting),
        button="Leveringscheck",
        url=_url("maatwerkplan:delivery", case),
        kind="wacht" if late else "",
        signal="Wacht op partner" if late else "",
        headline=f"{_partners(waiting)} moet nog antwoorden over {case.client}",
        detail=f"Gevraagd op {long_date(_asked_on(first))}",
        tiles=frozenset({"wacht"}),
        pressing=late,
    )


# --- a plan that was offered ------------------------------------------------------------------


def _offered(case: Case, plan: Maatwerkplan, actions: list[PartnerAction], today: date) -> NextStep:
    assert plan.start_by is not None  # noqa: S101 - an offered plan has its day
    late = today >= plan.start_by
    return NextStep(
        what="Plan laten tekenen",
        who="zelf, met de cliënt",
        button="Laten tekenen",
        url=_url("maatwerkplan:offer", case),  # the tablet is handed over there, on purpose
        due=plan.start_by,
        kind="fout" if late else "info",
        signal="Nog niet getekend" if late else "Aangeboden",
        headline=f"{case.client} heeft het plan nog niet getekend",
        detail=f"Het plan begint uiterlijk {long_date(plan.start_by)} ({deadline(plan.start_by)})",
    )


def _pressed(case: Case, plan: Maatwerkplan, actions: list[PartnerAction], today: date) -> NextStep:
    """The steps of the plan were read in order."""
    steps = track(plan.steps.all())
    said = "stapte uit het plan" if plan.dropped_out_at else "heeft het plan geweigerd"
    signal = "Uitgevallen" if plan.dropped_out_at else "Geweigerd"
    headline, url = f"{case.client} {said}", _url("maatwerkplan:offer", case)
    if steps.next is None:
        return NextStep(
            what="Volgende stap afspreken",
            button="Stap afspreken",
            url=_url("maatwerkplan:press", case),
            kind="fout",
            signal=signal,
            headline=headline,
            detail="Er is geen volgende stap",
        )
    return NextStep(
        what=steps.next.description,
        who="zelf" if steps.next.organisation is None else steps.next.who,
        button="Vervolg bekijken",
        url=url,
        due=min(filter(None, (steps.next.on, steps.look_again_on))),
        kind="fout" if today > steps.next.on else "let-op",
        signal=signal,
        headline=headline,
        detail=f"Volgende stap: {steps.next.description} · {long_date(steps.next.on)}",
    )


def _withdrawn(
    case: Case, plan: Maatwerkplan, actions: list[PartnerAction], today: date
) -> NextStep:
    return NextStep(
        what="Nieuw plan opstellen of dossier afsluiten",
        button="Naar het plan",
        url=_url("maatwerkplan:plan", case),
        kind="let-op",
        signal="Ingetrokken",
        headline=f"Het aanbod aan {case.client} is ingetrokken",
        detail="Stel een nieuw plan op, of sluit het dossier af",
    )


# --- a signed plan ----------------------------------------------------------------------------


def _running(case: Case, plan: Maatwerkplan, actions: list[PartnerAction], today: date) -> NextStep:
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
        who=_partners(waiting),
        button="Startklok bekijken",
        url=_url("maatwerkplan:start", case),
        due=first.start_by,
        kind="fout" if nearly else "let-op",
        signal="Te laat" if late else "Startklok",
        headline=f"{what} voor {case.client} {verb} nog niet gestart",
        detail=f"Uiterlijk {long_date(first.start_by)} ({deadline(first.start_by)}) · "
        f"{_partners(waiting)}{_put_off(first)}",
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
        url=_url("maatwerkplan:start", case),
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
        url=_url("maatwerkplan:evaluate", case),
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
        url=_url("maatwerkplan:start", case),
        kind="let-op",
        signal="Begint niet" if action.never_began else "Gestopt",
        headline=f"{who} {gave_up}",
        detail=f"Sinds {long_date(end.on)}",
    )


def _progress(case: Case, running: list[PartnerAction], today: date) -> NextStep:
    heard = [(action.reported_on, action) for action in running if action.reported_on]
    url = _url("maatwerkplan:start", case)
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


WITH_A_PLAN: dict[str, Callable[[Case, Maatwerkplan, list[PartnerAction], date], NextStep]] = {
    PlanStatus.CONCEPT: _drawing,
    PlanStatus.AANGEBODEN: _offered,
    PlanStatus.GEWEIGERD: _pressed,
    PlanStatus.UITGEVALLEN: _pressed,
    PlanStatus.INGETROKKEN: _withdrawn,
    PlanStatus.ONDERTEKEND: _running,
}
