"""What must be true of a plan on the drawing board, and of each of its actions."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone

from cases.models import Case, Leefgebied, LeefgebiedScore
from cases.states import CASE_FLOW
from maatwerkplan.models import OF_A_MUNICIPALITY, Doel, Maatwerkplan, PartnerAction
from maatwerkplan.states import PLAN_FLOW, PRESSED, PlanStatus
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

THERE_IS_A_PLAN: dict[str, str] = {
    PlanStatus.CONCEPT: "Er is al een plan in opbouw. Werk daarin verder.",
    PlanStatus.AANGEBODEN: (
        "Het plan ligt bij de cliënt. Een nieuw plan kan na een weigering, of als je het intrekt."
    ),
    PlanStatus.ONDERTEKEND: (
        "Er is een getekend plan. Moet het anders, of stapt de cliënt eruit? Kijk bij de startklok."
    ),
}
FIXED: dict[str, str] = {
    PlanStatus.AANGEBODEN: (
        "Het plan is aangeboden en ligt vast. Moet het anders? Trek het aanbod in."
    ),
    PlanStatus.ONDERTEKEND: (
        "Het plan is getekend en ligt vast. Moet het anders? Herzie het bij de startklok."
    ),
    PlanStatus.GEWEIGERD: "De cliënt weigerde dit plan. Stel een nieuw plan op en wijzig het daar.",
    PlanStatus.INGETROKKEN: "Dit aanbod is ingetrokken. Stel een nieuw plan op en wijzig het daar.",
    PlanStatus.VERVANGEN: "Er is een nieuw plan getekend. Wijzig het daar.",
    PlanStatus.UITGEVALLEN: (
        "De cliënt stapte uit dit plan. Stel een nieuw plan op en wijzig het daar."
    ),
}


def obstacles_to_drawing_up(case: Case, latest: Maatwerkplan | None) -> list[Obstacle]:
    """A plan follows an established diagnosis, a refusal, a client who stepped out or an offer that
    was withdrawn; one plan at a time counts. `latest` is the last one of this case, if any."""
    if latest is None or latest.status == PlanStatus.INGETROKKEN:
        return CASE_FLOW.obstacles("start_execution", case.status)
    if latest.status not in PRESSED:
        return [Obstacle("plan_exists", THERE_IS_A_PLAN[latest.status])]
    return CASE_FLOW.obstacles("resume_planning", case.status)


def obstacles_to_changing(plan: Maatwerkplan) -> list[Obstacle]:
    """Once offered a plan is fixed: the client was shown exactly this."""
    if plan.status == PlanStatus.CONCEPT:
        return []
    return [Obstacle("plan_fixed", FIXED[plan.status])]


LEEFGEBIEDEN = list(Leefgebied.values)


def goals_of(plan: Maatwerkplan) -> list[Doel]:
    """What is written down of what this plan is for, in the order of the covenant; one query."""
    said = [goal for goal in plan.goals.all() if goal.says_something]
    return sorted(said, key=lambda goal: LEEFGEBIEDEN.index(goal.leefgebied))


def asks_goal(score: LeefgebiedScore | None, actions: Collection[object]) -> bool:
    """Something is lacking or done on a leefgebied, so that there is something to want there."""
    return bool(score and score.deficit) or bool(actions)


def obstacles_to_goal(plan: Maatwerkplan, leefgebied: str) -> list[Obstacle]:
    """A goal says what is wanted of what the plan does (S2, voetnoot 10: per deficit the result).

    Where nothing is lacking and nobody does anything it would be signed without anybody to bring it
    nearer. What the client wants there all the same (S4, 4.1) begins with an action, be it a small
    one. What stands there already (the deficit is gone, the action taken out) can be changed, and
    taken away.
    """
    if fixed := obstacles_to_changing(plan):
        return fixed
    score = plan.case.leefgebieden.filter(leefgebied=leefgebied).first()
    actions = plan.partner_actions.filter(leefgebied=leefgebied)
    stands = any(goal.leefgebied == leefgebied for goal in goals_of(plan))
    if stands or asks_goal(score, actions):
        return []
    text = (
        f"Bij {Leefgebied(leefgebied).label} is geen tekort vastgesteld en staat geen actie. "
        "Voeg daar eerst een actie toe. Dan kun je het doel opschrijven."
    )
    return [Obstacle("nothing_to_want", text)]


def obstacles_to_action(start: date, end: date, kept: Sequence[date] = ()) -> list[Obstacle]:
    """An action has its dates the right way round, and has still to begin.

    `kept` are the days it has already: a plan lies still for a while, and who mends a word of an
    action need not move its days.
    """
    if end < start:
        return [
            Obstacle("ends_before_start", "De einddatum ligt vóór de begindatum. Kies een latere.")
        ]
    return obstacles_to_day("actie", *(day for day in (start, end) if day not in kept))


def obstacles_to_financing(financing: str, municipality: str) -> list[Obstacle]:
    """A municipality that pays is named, and no other; whoever pays, it may be unknown yet: a plan
    is offered on the word of its partners, and a partner without money says no. PLN-12, OFF-01."""
    charged = financing in OF_A_MUNICIPALITY
    if charged and not municipality.strip():
        return [Obstacle("municipality_missing", "Vul in welke gemeente betaalt.")]
    if municipality.strip() and not charged:
        text = "Hier betaalt geen gemeente. Laat dat vak leeg, of kies dat een gemeente betaalt."
        return [Obstacle("municipality_not_charged", text)]
    return []


def obstacles_to_beginning(action: PartnerAction) -> list[Obstacle]:
    """What is over cannot be asked for or offered any more; a plan can lie still for weeks."""
    about = str(action.pk)
    if action.ended_meanwhile:
        text = f"‘{action.description}’ is intussen geëindigd. Haal de actie weg of wijzig haar."
        return [Obstacle("ended_meanwhile", text, about=about)]
    if action.end_date >= timezone.localdate():
        return []
    text = (
        f"‘{action.description}’ liep tot en met {long_date(action.end_date)}. "
        "Wijzig de actie en kies nieuwe data."
    )
    return [Obstacle("over_already", text, about=about)]


def obstacles_to_revising(case: Case, reason: str | None = None) -> list[Obstacle]:
    """The plan that is carried out is revised, for a reason; beside it stands no other. None: not
    typed yet."""
    obstacles = CASE_FLOW.obstacles("revise_plan", case.status)
    if reason is not None and not reason.strip():
        obstacles.append(Obstacle("reason_missing", "Schrijf kort op waarom het plan anders moet."))
    return obstacles


def obstacles_to_drop_revision(plan: Maatwerkplan) -> list[Obstacle]:
    """What was begun beside a plan in force is given up before it was offered."""
    obstacles = PLAN_FLOW.obstacles("drop_revision", plan.status)
    if Maatwerkplan.objects.in_force_of(plan.case) is None:
        text = "Dit is geen herziening: er is geen plan dat wordt uitgevoerd. Maak het plan af."
        obstacles.append(Obstacle("no_revision", text))
    return obstacles


def obstacles_to_replace_plan(plan: Maatwerkplan) -> list[Obstacle]:
    """A plan that was signed makes place for the one that is signed after it."""
    return PLAN_FLOW.obstacles("replace_plan", plan.status)
