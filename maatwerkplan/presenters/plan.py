"""How a plan is shown: per leefgebied what is lacking, what happens, and who can deliver it."""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString

from cases.models import Case, Leefgebied, LeefgebiedScore
from maatwerkplan import rules
from maatwerkplan.models import (
    Answer,
    DeliveryAnswer,
    DeliveryQuestion,
    Doel,
    Doorzetting,
    Ending,
    Maatwerkplan,
    PartnerAction,
)
from maatwerkplan.presenters.execution import ActionLine
from maatwerkplan.states import IN_FORCE
from partners.models import Organisation
from veiligheidshuis import charts
from veiligheidshuis.formats import short_date


@dataclass(frozen=True)
class Delivery:
    """Whether the partner of an action can deliver it: a badge, and what is behind it."""

    kind: str
    text: str
    note: str = ""
    question: DeliveryQuestion | None = None
    answer: DeliveryAnswer | None = None
    is_agreed: bool = False
    is_stopped: bool = False
    pushed: Doorzetting | None = None

    @property
    def fails(self) -> bool:
        """The partner cannot do it, or stopped: somebody else must. Unless that was set aside."""
        if self.pushed:
            return False
        return self.is_stopped or bool(self.answer and self.answer.answer == Answer.NEE)


NOT_ASKED = Delivery("leeg", "Nog niet gevraagd")
LEFT = Delivery("fout", "Partner uitgetreden", "kies een andere partner")
ASK_AGAIN = Delivery("let-op", "Gewijzigd, vraag opnieuw")


def delivery_of(action: PartnerAction) -> Delivery:
    """Needs the state, and the questions with their answers (rules.actions_of)."""
    question = rules.current_question(action)
    if (end := action.ending) and end.is_stopped:
        return _stopped(action, end, question)
    if action.partner_left:
        return LEFT
    if action.goes_on and (since := action.former_started_on):
        return Delivery(
            "ok", "Loopt door", f"gestart op {short_date(since)}", question, is_agreed=True
        )
    if question is None:
        return ASK_AGAIN if rules.was_asked_before(action) else NOT_ASKED
    answer = getattr(question, "answer", None)
    if pushed := rules.pushed_through(action):
        return _pushed(pushed, question, answer)
    if answer is None:
        days = (timezone.localdate() - timezone.localdate(question.asked_at)).days
        note = "vandaag gevraagd" if days == 0 else f"{days} {'dag' if days == 1 else 'dagen'} open"
        return Delivery("wacht", "Wacht op antwoord", note, question)
    if answer.answer == Answer.NEE:
        note = f"{answer.get_why_not_display()}: {answer.reason}"
        return Delivery("fout", "Kan niet", note, question, answer)
    note = f"{short_date(answer.received_on)}, geldt tot en met {short_date(answer.valid_until)}"
    if rules.has_expired(action):
        return Delivery("let-op", "Verlopen, vraag opnieuw", note, question, answer)
    agreed = not rules.obstacles_to_delivery(action)
    if answer.answer == Answer.JA:
        return Delivery("ok", "Kan leveren", note, question, answer, agreed)
    from_then = f"kan vanaf {short_date(answer.other_start)}" if answer.other_start else ""
    words = ". ".join(filter(None, [from_then.capitalize(), answer.condition]))
    kind = "info" if agreed else "let-op"
    return Delivery(
        kind, "Met voorwaarde" if agreed else "Andere datum", words, question, answer, agreed
    )


def _stopped(action: PartnerAction, end: Ending, question: DeliveryQuestion | None) -> Delivery:
    """He said that he could, and stopped or never began: the plan has a hole again."""
    word = "Begint niet" if action.never_began else "Gestopt"
    note = f"{short_date(end.on)}: {end.because}"
    answer = getattr(question, "answer", None)
    return Delivery("fout", word, note, question, answer, is_stopped=True)


def _pushed(
    matter: Doorzetting, question: DeliveryQuestion, answer: DeliveryAnswer | None
) -> Delivery:
    """Not promised, and the manager decided that the plan counts on it: visible for good."""
    decided_on = short_date(timezone.localdate(matter.decided_at))
    note = f"{matter.obstacle} Besluit van {matter.decided_by}, {decided_on}: {matter.reason}"
    return Delivery("let-op", "Doorgezet", note, question, answer, pushed=matter)


def weeks_of(action: PartnerAction) -> str:
    """How long it takes, in whole weeks; both days count."""
    weeks = max(1, round(((action.end_date - action.start_date).days + 1) / 7))
    return f"{weeks} {'week' if weeks == 1 else 'weken'}"


@dataclass(frozen=True)
class Line:
    """One action in the table."""

    action: PartnerAction
    delivery: Delivery
    course: ActionLine | None = None  # how far it is, once the plan was signed
    order: tuple[str, ...] = ()  # what it waits for, and what waits for it
    director: str = ""  # who directs the chain of its partner

    @property
    def weeks(self) -> str:
        return weeks_of(self.action)

    @property
    def other_date(self) -> bool:
        """The partner named another day, which can be taken over."""
        return rules.other_start(self.action) is not None


@dataclass
class Group:
    """One leefgebied: what is lacking and what the plan does about it."""

    leefgebied: str
    label: str
    score: LeefgebiedScore | None
    goal: Doel | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def lacks(self) -> bool:
        return bool(self.score and self.score.deficit)

    @property
    def is_unknown(self) -> bool:
        """The diagnosis does not know yet; that is not the same as nothing lacking. DIA-04."""
        return self.score is not None and self.score.deficit is None

    @property
    def is_covered(self) -> bool:
        """Somebody does something here, or has still to say whether he can."""
        return any(not line.delivery.fails for line in self.lines)

    @property
    def asks_goal(self) -> bool:
        """Something is lacking or done here, so that there is something to want."""
        return rules.asks_goal(self.score, self.lines)

    @property
    def lacks_goal(self) -> bool:
        """Something is done here, and nobody wrote down what for. PLN-01."""
        return bool(self.lines) and not (self.goal and self.goal.together)

    @property
    def has_hole(self) -> bool:
        return self.lacks and not self.is_covered

    @property
    def badge(self) -> tuple[str, str]:
        if any(line.delivery.is_agreed for line in self.lines):
            return ("ok", "Gedekt")
        if self.is_covered:
            return ("wacht", "Nog niet zeker")
        if any(line.delivery.is_stopped for line in self.lines):
            return ("fout", "Niet meer gedekt")
        if self.lacks or self.lines:
            return ("fout", "Niet gedekt")
        return ("let-op", "Nog onbekend") if self.is_unknown else ("leeg", "Geen tekort")


@dataclass(frozen=True)
class PlanPage:
    """A whole plan."""

    groups: list[Group]
    lines: list[Line]
    picture: SafeString
    carried_out: bool = False

    @property
    def unknown(self) -> list[Group]:
        """What the plan rests on without anybody knowing it yet."""
        return [group for group in self.groups if group.is_unknown]

    @property
    def unpaid(self) -> list[Line]:
        """Of which nobody knows yet who pays: told, and no obstacle. PLN-12."""
        return [line for line in self.lines if line.action.is_paid_unknown]

    @property
    def aimless(self) -> list[Group]:
        """Where something is done for which no goal was written down: told, and no obstacle. The
        client signs what will be done; PLN-01 asks for the result, S1 leaves the form of it free.
        """
        return [group for group in self.groups if group.lacks_goal]

    @property
    def agreed(self) -> int:
        return sum(line.delivery.is_agreed for line in self.lines)

    @property
    def pushed(self) -> int:
        """Not promised, and pushed through by the manager."""
        return sum(line.delivery.pushed is not None for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.delivery.kind == "wacht" for line in self.lines)

    @property
    def stopped(self) -> int:
        return sum(line.delivery.is_stopped for line in self.lines)

    @property
    def to_ask(self) -> int:
        return sum(rules.must_be_asked(line.action) for line in self.lines)


STATES = {"wacht": "open", "leeg": "open", "let-op": "open", "fout": "fout"}


def plan_page(plan: Maatwerkplan, actions: list[PartnerAction]) -> PlanPage:
    """The plan in the order of the covenant. What it reads of the plan is read once: the rules that
    are asked after it find it there."""
    prefetch_related_objects([plan], "case__leefgebieden", "goals")
    scores = {score.leefgebied: score for score in plan.case.leefgebieden.all()}
    goals = {goal.leefgebied: goal for goal in rules.goals_of(plan)}
    groups = {
        value: Group(value, str(label), scores.get(value), goals.get(value))
        for value, label in Leefgebied.choices
    }
    today = timezone.localdate()
    carried_out = plan.status in IN_FORCE
    directors = Organisation.objects.directors()
    lines = [
        Line(
            action,
            delivery_of(action),
            ActionLine.of(action, today) if carried_out else None,
            order_of(action, actions),
            director_of(action, directors),
        )
        for action in actions
    ]
    for line in lines:
        groups[line.action.leefgebied].lines.append(line)
    rows = [
        charts.GanttRow(
            line.action.description,
            line.action.start_date,
            line.action.end_date,
            line.action.organisation.short_name,
            STATES.get(line.delivery.kind, ""),
        )
        for line in lines
    ]
    return PlanPage(list(groups.values()), lines, charts.gantt(rows), carried_out)


def order_of(action: PartnerAction, actions: list[PartnerAction]) -> tuple[str, ...]:
    """After what it comes, what goes on until it begins, and until what it goes on itself."""
    named = {each.pk: f"‘{each.description}’" for each in actions}
    said = [f"Na {named[action.after_id]}"] if action.after_id in named else []
    if action.bridged_by_id in named:
        said.append(f"Tot die tijd {named[action.bridged_by_id]}")
    bridged = [named[each.pk] for each in actions if each.bridged_by_id == action.pk]
    return (*said, *(f"Tot {each} begint" for each in bridged))


def director_of(action: PartnerAction, directors: dict[str, str]) -> str:
    """Who directs the chain that this action falls in; the chain, when nobody does. GOV-08."""
    regie, partner = action.organisation.directed_as, action.organisation.short_name
    director = directors.get(regie) or f"niemand ({regie.label})"
    return "deze partner zelf" if director == partner else director


def latest_plan(case: Case) -> Maatwerkplan | None:
    """The plan that is worked on, with what its pages show; None when there is none yet."""
    of_case = ("case__client", "case__manager", "case__diagnosis")
    plans = Maatwerkplan.objects.select_related(
        *of_case, "text", "refusal", "herziening", "offered_by"
    )
    return plans.with_revised().latest_of(case)


def plan_in_force(case: Case) -> Maatwerkplan | None:
    """The plan that was signed and is carried out, with what its pages show; None without one."""
    plans = Maatwerkplan.objects.select_related("case__client", "case__manager", "text")
    return plans.with_evaluation().in_force_of(case)
