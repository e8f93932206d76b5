"""What must be true of a plan. Pure reading; the page and the operation ask the same."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Leefgebied, SelfReliance, name_key
from cases.states import CASE_FLOW
from maatwerkplan.models import (
    Answer,
    Channel,
    DeliveryQuestion,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
    ProgressReport,
)
from maatwerkplan.states import PLAN_FLOW, PlanStatus
from partners.models import Organisation, User, contact_users
from veiligheidshuis import pdf
from veiligheidshuis.formats import local_date, long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_drawing_up(case: Case) -> list[Obstacle]:
    """A plan follows an established diagnosis, and one plan at a time is being made."""
    obstacles = CASE_FLOW.obstacles("start_execution", case.status)
    latest = Maatwerkplan.objects.latest_of(case)
    if latest and latest.status != PlanStatus.GEWEIGERD:
        obstacles.append(Obstacle("plan_exists", "Er is al een plan voor deze cliënt."))
    return obstacles


def obstacles_to_closing(case: Case) -> list[Obstacle]:
    """A dossier is closed when nobody has to answer, sign or carry out anything any more."""
    plan = Maatwerkplan.objects.latest_of(case)
    if plan is None:
        return []
    asked = DeliveryQuestion.objects.open().filter(plan=plan).select_related("organisation")
    obstacles = [
        Obstacle(
            "question_open",
            f"{question.organisation} moet nog antwoorden. Haal de actie uit het plan.",
            url=reverse("maatwerkplan:delivery", args=[case.number]),
        )
        for question in asked.order_by("asked_at", "pk")
    ]
    if plan.status == PlanStatus.AANGEBODEN:
        obstacles.append(
            Obstacle(
                "offer_open",
                "Het plan ligt bij de cliënt. Laat het tekenen of leg de weigering vast.",
                url=reverse("maatwerkplan:offer", args=[case.number]),
            )
        )
    running = plan.partner_actions.agreed().with_state().filter(ended_on=None)  # type: ignore[attr-defined]
    return obstacles + [
        Obstacle(
            "action_runs",
            f"‘{action.description}’ van {action.organisation} loopt nog. Laat het einde melden.",
            url=reverse("maatwerkplan:start", args=[case.number]),
        )
        for action in running.select_related("organisation").in_order()
    ]


def obstacles_to_changing(plan: Maatwerkplan) -> list[Obstacle]:
    """Once offered a plan is fixed: the client was shown exactly this."""
    if plan.status == PlanStatus.CONCEPT:
        return []
    return [
        Obstacle(
            "plan_fixed",
            "Het plan is aangeboden en ligt vast. Na een weigering kan het in een nieuw plan.",
        )
    ]


def obstacles_to_action(start: date, end: date) -> list[Obstacle]:
    """An action has its dates the right way round, and is not over yet."""
    if end < start:
        return [
            Obstacle("ends_before_start", "De einddatum ligt vóór de begindatum. Kies een latere.")
        ]
    if end < timezone.localdate():
        return [Obstacle("over_already", "De einddatum is voorbij. Kies vandaag of later.")]
    return obstacles_to_day("actie", start, end)


# --- the delivery check ---------------------------------------------------------------------


def current_question(action: PartnerAction) -> DeliveryQuestion | None:
    """The question about the action as it is now; None when it was not asked (again)."""
    return next((q for q in action.questions.all() if q.revision == action.revision), None)


def was_asked_before(action: PartnerAction) -> bool:
    """Whether its partner was asked about an earlier form of this action."""
    return any(q.revision < action.revision for q in action.questions.all())


def obstacles_to_delivery(action: PartnerAction) -> list[Obstacle]:
    """Whether the partner of this action said that it can deliver this, as it is now. OFF-01."""
    who, what = action.organisation.short_name, f"‘{action.description}’"
    url = reverse("maatwerkplan:plan", args=[action.case.number])
    question = current_question(action)
    if question is None:
        if was_asked_before(action):
            text = f"{what} is gewijzigd na het antwoord van {who}. Vraag het opnieuw."
            return [Obstacle("outdated", text, url)]
        return [Obstacle("not_asked", f"{who} is nog niet gevraagd om {what} te leveren.", url)]
    answer = getattr(question, "answer", None)
    if answer is None:
        return [Obstacle("unanswered", f"{who} heeft nog niet geantwoord over {what}.", url)]
    if answer.answer == Answer.NEE:
        text = (
            f"{who} kan {what} niet leveren: {answer.reason} Vraag een ander of kies iets anders."
        )
        return [Obstacle("refused", text, url)]
    if answer.other_start and answer.other_start != action.start_date:
        text = (
            f"{who} kan {what} pas vanaf {long_date(answer.other_start)} leveren. "
            "Neem die datum over of vraag een ander."
        )
        return [Obstacle("other_date", text, url)]
    return []


def obstacles_to_asking(action: PartnerAction) -> list[Obstacle]:
    """A partner is asked once about an action as it is."""
    obstacles = obstacles_to_changing(action.plan)
    if current_question(action):
        obstacles.append(
            Obstacle("asked_already", f"{action.organisation.short_name} is dit al gevraagd.")
        )
    return obstacles


def answered_already() -> Obstacle:
    """Also what the database says when two colleagues answer at the same moment."""
    return Obstacle("answered_already", "Deze vraag is al beantwoord.")


def obstacles_to_answering(question: DeliveryQuestion) -> list[Obstacle]:
    """A question is answered once, while it is still about the action as it stands."""
    obstacles = []
    if hasattr(question, "answer"):
        obstacles.append(answered_already())
    if question.revision != question.action.revision:
        obstacles.append(
            Obstacle(
                "question_outdated",
                "De vraag is intussen gewijzigd. U krijgt een nieuwe vraag.",
            )
        )
    if question.plan.status != PlanStatus.CONCEPT:
        obstacles.append(Obstacle("plan_fixed", "Dit plan ligt vast. Antwoorden kan niet meer."))
    return obstacles


def obstacles_to_recording_for(organisation: Organisation) -> list[Obstacle]:
    """By telephone or letter only for who has no account: others say it themselves. GOV-09."""
    if any(contact_users(organisation)):
        return [
            Obstacle(
                "has_account",
                f"{organisation.short_name} heeft een eigen account en antwoordt zelf.",
            )
        ]
    return []


def obstacles_to_recording_words(channel: str, received_from: str) -> list[Obstacle]:
    """What was heard by telephone or letter was said by somebody."""
    if channel == Channel.HUIS or not received_from.strip():
        return [Obstacle("who_said_it", "Vul in wie het heeft gezegd of geschreven.")]
    return []


def obstacles_to_receiving(question: DeliveryQuestion, received_on: date) -> list[Obstacle]:
    """An answer comes after its question, and not later than today."""
    if received_on > timezone.localdate():
        return [Obstacle("in_future", "Kies vandaag of eerder als dag van ontvangst.")]
    asked_on = local_date(question.asked_at)
    if received_on < asked_on:
        text = f"De vraag is van {long_date(asked_on)}. Kies die dag of later."
        return [Obstacle("before_question", text)]
    return []


def obstacles_to_disclosing(disclosed: str, ground: str) -> list[Obstacle]:
    """Whoever talks with somebody outside writes down what he told, and on what ground. WGS 1.5."""
    if disclosed.strip() and ground.strip():
        return []
    return [Obstacle("not_accounted", "Schrijf op wat je zelf vertelde, en op welke grond.")]


def obstacles_to_hearing(happened_on: date, received_on: date) -> list[Obstacle]:
    """One hears of something on the day itself or later, and not after today."""
    if received_on > timezone.localdate():
        return [Obstacle("in_future", "Kies vandaag of eerder als dag waarop je het hoorde.")]
    if received_on < happened_on:
        return [
            Obstacle("before_it_was", "Je kunt het niet eerder gehoord hebben dan het gebeurde.")
        ]
    return []


def obstacles_to_words(answer: str, **about: Any) -> list[Obstacle]:
    """A no has its reason, a yes with a change its condition or a day that is still to come."""
    if answer == Answer.NEE and not about.get("reason", "").strip():
        return [Obstacle("reason_missing", "Schrijf kort op waarom het niet kan.")]
    other_start = about.get("other_start")
    if answer == Answer.JA_MET_WIJZIGING:
        if not (about.get("condition", "").strip() or other_start):
            text = "Vul de voorwaarde in, of de datum waarop het wel kan."
            return [Obstacle("change_missing", text)]
        if other_start and other_start < timezone.localdate():
            return [Obstacle("start_in_past", "Deze datum is voorbij. Kies vandaag of later.")]
        return obstacles_to_day("levering", other_start)
    return []


# --- the offer --------------------------------------------------------------------------------


def actions_of(plan: Maatwerkplan) -> list[PartnerAction]:
    """The actions with all that the delivery rules read, in three queries."""
    actions = plan.partner_actions.select_related("organisation", "case", "plan")
    return list(actions.prefetch_related("questions__answer").in_order())


def obstacles_to_offer(
    plan: Maatwerkplan, actions: list[PartnerAction] | None = None
) -> list[Obstacle]:
    """All that still stands between a plan and its client, in words. PLN-02, PLN-03, OFF-01.

    Every deficit is covered ("over de volle breedte"), guidance is there when the client cannot
    carry out the plan himself, and every partner can deliver what the plan says.
    """
    actions = actions_of(plan) if actions is None else actions
    obstacles = PLAN_FLOW.obstacles("offer", plan.status)
    if not actions:
        obstacles.append(Obstacle("no_actions", "Het plan bevat nog geen acties."))
    obstacles += _uncovered(plan, actions)
    obstacles += _guidance(plan, actions)
    for action in actions:
        obstacles += [*obstacles_to_delivery(action), *_starts_late(action)]
    return obstacles


def _starts_late(action: PartnerAction) -> list[Obstacle]:
    """What is offered today begins within a week. S2, voetnoot 11."""
    if action.start_date <= timezone.localdate() + timedelta(days=settings.START_WITHIN_DAYS):
        return []
    url = reverse("maatwerkplan:action_edit", args=[action.case.number, action.pk])
    text = (
        f"‘{action.description}’ begint pas op {long_date(action.start_date)}. Na het aanbod moet "
        f"alles binnen {settings.START_WITHIN_DAYS} dagen beginnen. Kies een eerdere begindatum."
    )
    return [Obstacle("starts_late", text, url)]


LEEFGEBIEDEN = list(Leefgebied.values)


def _uncovered(plan: Maatwerkplan, actions: list[PartnerAction]) -> list[Obstacle]:
    covered = {action.leefgebied for action in actions}
    lacking = [score for score in plan.case.leefgebieden.all() if score.deficit]
    lacking.sort(key=lambda score: LEEFGEBIEDEN.index(score.leefgebied))
    return [
        Obstacle(
            "uncovered",
            f"Het tekort op {score.get_leefgebied_display()} ({score.deficit_word}) "
            "heeft nog geen actie.",
        )
        for score in lacking
        if score.leefgebied not in covered
    ]


def needs_guidance(case: Case) -> bool:
    """Too little self-reliance to carry out the plan. S2, voetnoot 8."""
    diagnosis = getattr(case, "diagnosis", None)
    return diagnosis is not None and diagnosis.self_reliance == SelfReliance.NIET


def _guidance(plan: Maatwerkplan, actions: list[PartnerAction]) -> list[Obstacle]:
    if any(action.is_guidance for action in actions) or not needs_guidance(plan.case):
        return []
    return [
        Obstacle(
            "guidance_missing",
            "De cliënt kan het plan niet zelf uitvoeren. Neem trajectbegeleiding op in het plan.",
        )
    ]


def obstacles_to_preview(read_sha256: str | None, now_sha256: str) -> list[Obstacle]:
    """What is offered is what was read beforehand. None when nobody read it (a command)."""
    if read_sha256 in (None, now_sha256):
        return []
    return [
        Obstacle(
            "other_preview",
            "Het plan is veranderd nadat je dit voorbeeld opende. Hieronder staat het nieuwe "
            "voorbeeld. Lees het na en bied het dan aan.",
        )
    ]


def obstacles_to_sign(plan: Maatwerkplan, *, shown_sha256: str | None = None) -> list[Obstacle]:
    """Both sign what was shown, on a machine that can draw the document.

    `shown_sha256` is the fingerprint of the text on the page; None when there is no page yet.
    """
    obstacles = PLAN_FLOW.obstacles("sign", plan.status)
    if why := pdf.unavailable():
        obstacles.append(Obstacle("no_pdf", f"Tekenen kan nu niet. {why}"))
    if shown_sha256 is not None and not obstacles and shown_sha256 != plan.text.sha256:
        obstacles.append(
            Obstacle("other_text", "De tekst op dit scherm is niet het plan dat is aangeboden.")
        )
    return obstacles


def obstacles_to_names(
    plan: Maatwerkplan, client_name: str, manager_name: str, by: User
) -> list[Obstacle]:
    """Each signs with his own name: the client's as the plan calls him, and who leads the case."""
    obstacles = []
    if not client_name.strip():
        obstacles.append(Obstacle("client_unsigned", "Zet uw handtekening, of typ uw naam."))
    elif name_key(client_name) != name_key(plan.case.client.display_name):
        text = f"In het plan heet de cliënt {plan.case.client.display_name}. Typ die naam."
        obstacles.append(Obstacle("other_client", text))
    if not manager_name.strip():
        obstacles.append(Obstacle("manager_unsigned", "De interventiemanager moet ook tekenen."))
    elif name_key(manager_name) != name_key(str(by)):
        text = f"De interventiemanager tekent met de eigen naam: {by}. Typ die naam."
        obstacles.append(Obstacle("other_manager", text))
    return obstacles


def obstacles_to_document(plan: Maatwerkplan) -> list[Obstacle]:
    """There is a document of a plan that both signed, on a machine that can draw it."""
    obstacles = []
    if plan.status != PlanStatus.ONDERTEKEND:
        obstacles.append(Obstacle("not_signed", "Dit plan is nog niet getekend."))
    if why := pdf.unavailable():
        obstacles.append(Obstacle("no_pdf", why))
    return obstacles


def obstacles_to_refuse(plan: Maatwerkplan, next_step_on: date | None = None) -> list[Obstacle]:
    """A refusal is recorded of a plan that was offered, with a next step that lies ahead."""
    obstacles = PLAN_FLOW.obstacles("refuse", plan.status)
    obstacles += obstacles_to_day("vervolgstap", next_step_on)
    if next_step_on and next_step_on < timezone.localdate():
        obstacles.append(
            Obstacle("step_in_past", "De vervolgstap ligt in het verleden. Kies vandaag of later.")
        )
    return obstacles


def obstacles_to_silence(message_given: bool) -> list[Obstacle]:
    """Who refuses is told that it is not accepted and that the partners do not let go. OFF-05."""
    if message_given:
        return []
    return [
        Obstacle(
            "message_not_given",
            "Vertel de cliënt eerst dat de partners hem niet loslaten, en vink dat daarna aan.",
        )
    ]


# --- execution --------------------------------------------------------------------------------


def started_already() -> Obstacle:
    """Also what the database says when two colleagues report the start at the same moment."""
    return Obstacle("started_already", "De start is al gemeld.")


def obstacles_to_reporting(action: PartnerAction, kind: str, happened_on: date) -> list[Obstacle]:
    """Reports are about a signed plan: first a start, then progress; nothing from tomorrow."""
    obstacles = []
    if action.plan.status != PlanStatus.ONDERTEKEND:
        obstacles.append(Obstacle("not_signed", "Dit plan is nog niet getekend."))
    kinds = set(ProgressReport.objects.filter(action=action).values_list("kind", flat=True))
    started = ProgressKind.START in kinds
    if kinds & {ProgressKind.AFGEROND, ProgressKind.GESTOPT}:
        obstacles.append(Obstacle("ended_already", "Deze actie is al afgesloten."))
    if kind == ProgressKind.START and started:
        obstacles.append(started_already())
    if kind != ProgressKind.START and not started:
        obstacles.append(Obstacle("not_started", "Meld eerst dat de actie is gestart."))
    if happened_on > timezone.localdate():
        obstacles.append(
            Obstacle("in_future", "Deze datum ligt in de toekomst. Kies vandaag of eerder.")
        )
    if action.plan.offered_on and happened_on < action.plan.offered_on:
        obstacles.append(
            Obstacle(
                "before_offer",
                f"Het plan is aangeboden op {long_date(action.plan.offered_on)}. "
                "Kies die dag of later.",
            )
        )
    return obstacles


def is_late(action: PartnerAction, today: date) -> bool:
    """Not started while the week after the offer is over. Needs `with_state()`."""
    start_by = action.plan.start_by
    return bool(start_by and today > start_by and action.started_on is None)  # type: ignore[attr-defined]
