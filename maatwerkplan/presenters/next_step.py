"""What comes next for a client, and by when: one line for each case of a caseload."""

from collections.abc import Callable, Sequence
from datetime import date

from cases.models import Case
from cases.states import CaseStatus
from maatwerkplan import rules
from maatwerkplan.models import Answer, Maatwerkplan, PartnerAction
from maatwerkplan.presenters.pressure import track
from maatwerkplan.presenters.running import running
from maatwerkplan.presenters.step import NextStep, names_of, url_of
from maatwerkplan.states import PlanStatus
from veiligheidshuis import workdays
from veiligheidshuis.formats import deadline, local_date, long_date
from veiligheidshuis.werkafspraken import number


def next_step(
    case: Case, plan: Maatwerkplan | None, actions: Sequence[PartnerAction], today: date
) -> NextStep:
    """The next step of a plan `with_evaluation()`. `actions` are its own, with their state, partner
    and questions."""
    if plan is None:
        return BEFORE_A_PLAN[case.status](case)
    return WITH_A_PLAN[plan.status](case, plan, list(actions), today)


# --- before a plan ----------------------------------------------------------------------------


def _assigned(case: Case) -> NextStep:
    return NextStep(
        what="Diagnose starten",
        button="Diagnose starten",
        url=url_of("cases:diagnosis", case),
        kind="info",
        signal="Nieuw",
        headline=f"{case.client} is aan jou toegewezen",
        detail=f"Toegewezen op {long_date(case.assigned_on)}" if case.assigned_on else "",
    )


def _judging(case: Case) -> NextStep:
    url = url_of("cases:diagnosis", case)
    return NextStep(what="Diagnose afmaken", button="Naar de diagnose", url=url)


def _without_plan(case: Case) -> NextStep:
    return NextStep(
        what="Maatwerkplan opstellen",
        button="Plan opstellen",
        url=url_of("maatwerkplan:plan", case),
    )


def _unassigned(case: Case) -> NextStep:
    """Whoever leads it all the same, by hand: nobody has it in hand yet."""
    url = url_of("cases:detail", case)
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
        url=url_of("maatwerkplan:plan", case),
        tiles=_tile("wacht", waiting),
        pressing=_long(waiting, today),
    )


def _answer(action: PartnerAction) -> str:
    answer = getattr(rules.current_question(action), "answer", None)
    return answer.answer if answer else ""


def _waits(action: PartnerAction) -> bool:
    return rules.current_question(action) is not None and not _answer(action)


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
        url=url_of("maatwerkplan:offer", case),
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
        url=url_of("maatwerkplan:plan", case),
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
        who=names_of(waiting),
        button="Leveringscheck",
        url=url_of("maatwerkplan:delivery", case),
        kind="wacht" if late else "",
        signal="Wacht op partner" if late else "",
        headline=f"{names_of(waiting)} moet nog antwoorden over {case.client}",
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
        url=url_of("maatwerkplan:offer", case),  # the tablet is handed over there, on purpose
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
    headline, url = f"{case.client} {said}", url_of("maatwerkplan:offer", case)
    if steps.next is None:
        return NextStep(
            what="Volgende stap afspreken",
            button="Stap afspreken",
            url=url_of("maatwerkplan:press", case),
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
        url=url_of("maatwerkplan:plan", case),
        kind="let-op",
        signal="Ingetrokken",
        headline=f"Het aanbod aan {case.client} is ingetrokken",
        detail="Stel een nieuw plan op, of sluit het dossier af",
    )


WITH_A_PLAN: dict[str, Callable[[Case, Maatwerkplan, list[PartnerAction], date], NextStep]] = {
    PlanStatus.CONCEPT: _drawing,
    PlanStatus.AANGEBODEN: _offered,
    PlanStatus.GEWEIGERD: _pressed,
    PlanStatus.UITGEVALLEN: _pressed,
    PlanStatus.INGETROKKEN: _withdrawn,
    PlanStatus.ONDERTEKEND: running,
}
