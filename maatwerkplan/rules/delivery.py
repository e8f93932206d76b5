"""What must be true of the delivery check: asked, answered, and heard by telephone. OFF-01."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from cases.models import Case, Regime
from maatwerkplan.models import (
    FROM_OUTSIDE,
    Answer,
    DeliveryAnswer,
    DeliveryQuestion,
    PartnerAction,
    WhyNot,
)
from maatwerkplan.rules.drawing import obstacles_to_beginning, obstacles_to_changing
from maatwerkplan.states import PlanStatus
from partners.models import Mandaat, MandaatQuerySet, Organisation, User, contact_users
from veiligheidshuis.formats import local_date, long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def current_question(action: PartnerAction) -> DeliveryQuestion | None:
    """The question about the action as it is now; None when it was not asked (again)."""
    return next((q for q in action.questions.all() if q.revision == action.revision), None)


def was_asked_before(action: PartnerAction) -> bool:
    """Whether the partner it has now was asked about an earlier form of this action: what was
    given to another, after a no of the first, the other was never asked."""
    earlier = (q for q in action.questions.all() if q.revision < action.revision)
    return any(q.organisation_id == action.organisation_id for q in earlier)


def other_start(action: PartnerAction) -> date | None:
    """The day that its partner named instead; None when he named none or the plan has it now."""
    answer = getattr(current_question(action), "answer", None)
    start = answer.other_start if answer else None
    return None if start == action.start_date else start


def promise(action: PartnerAction) -> DeliveryAnswer | None:
    """The yes of its partner to the action as it is now, with or without a change."""
    answer = getattr(current_question(action), "answer", None)
    return None if answer is None or answer.answer == Answer.NEE else answer


def has_expired(action: PartnerAction) -> bool:
    """What its partner promised holds no more: he keeps nothing free for ever. OFF-02."""
    given = promise(action)
    return given is not None and given.valid_until < timezone.localdate()


def must_be_asked(action: PartnerAction) -> bool:
    """Not asked in its present form, or promised too long ago; what runs or ended already is not
    asked."""
    if action.goes_on or action.ended_meanwhile:
        return False
    return current_question(action) is None or has_expired(action)


def obstacles_to_taking_over(action: PartnerAction, seen: int | None = None) -> list[Obstacle]:
    """The day of the partner is taken over from a page that shows the action as it is now."""
    if other_start(action) and seen in (None, action.version):
        return []
    text = "De actie is intussen gewijzigd. Kijk wat er nu staat."
    return [Obstacle("action_changed", text)]


# What to try after a no of each kind. Issue 5, point 4: "reasons that steer what comes next".
INSTEAD: dict[str, str] = {
    WhyNot.VOL: "Kies een latere datum, of vraag een andere partner.",
    WhyNot.NIET_VAN_ONS: "Geef de actie aan een andere partner.",
    WhyNot.GEEN_OPDRACHT: (
        "Vraag een andere partner, of leg het voor aan de manager: die kan doorzetten."
    ),
    WhyNot.ANDERS: "Vraag een ander of kies iets anders.",
}


TAKE_OVER = "Neem die datum over of vraag een ander."


def obstacles_to_delivery(action: PartnerAction) -> list[Obstacle]:
    """Whether the partner of this action said that it can deliver this, as it is now. OFF-01."""
    who, what = action.organisation.short_name, f"‘{action.description}’"
    about = str(action.pk)
    if action.partner_left:
        text = f"{who} is uitgetreden. Geef {what} aan een andere partner, of haal de actie weg."
        return [Obstacle("partner_left", text, about=about)]
    if outside := obstacles_to_taking_part(action.case, action.organisation):
        return [replace(each, about=about) for each in outside]
    if action.goes_on or action.ended_meanwhile:
        return []
    question = current_question(action)
    if question is None:
        if was_asked_before(action):
            text = f"{what} is gewijzigd na het antwoord van {who}. Vraag het opnieuw."
            return [Obstacle("outdated", text, about=about)]
        text = f"{who} is nog niet gevraagd om {what} te leveren."
        return [Obstacle("not_asked", text, about=about)]
    answer = getattr(question, "answer", None)
    if answer is None:
        text = f"{who} heeft nog niet geantwoord over {what}."
        return [Obstacle("unanswered", text, about=about)]
    if answer.answer == Answer.NEE:
        text = f"{who} kan {what} niet leveren: {answer.reason} {INSTEAD[answer.why_not]}"
        return [Obstacle("refused", text, about=about)]
    if has_expired(action):
        text = (
            f"De toezegging van {who} over {what} gold tot en met "
            f"{long_date(answer.valid_until)}. Vraag het opnieuw."
        )
        return [Obstacle("promise_expired", text, about=about)]
    if start := other_start(action):
        text = f"{who} kan {what} pas vanaf {long_date(start)} leveren. {TAKE_OVER}"
        return [Obstacle("other_date", text, about=about)]
    return []


def obstacles_to_asking(action: PartnerAction) -> list[Obstacle]:
    """A partner is asked once about an action as it is, and not about one that is over."""
    obstacles = [*obstacles_to_changing(action.plan), *obstacles_to_beginning(action)]
    obstacles += obstacles_to_still_asking(action)
    if not must_be_asked(action):
        obstacles.append(
            Obstacle("asked_already", f"{action.organisation.short_name} is dit al gevraagd.")
        )
    return obstacles


def obstacles_to_still_asking(action: PartnerAction) -> list[Obstacle]:
    """Who left the table is asked nothing any more: the question is the interventiemanager's. Nor
    is who did not sign the covenant, in a dossier of the local approach. PRV-20."""
    if not action.partner_left:
        return obstacles_to_taking_part(action.case, action.organisation)
    text = f"{action.organisation.short_name} is uitgetreden. Kies een andere partner."
    return [Obstacle("partner_left", text)]


def obstacles_to_taking_part(case: Case, organisation: Organisation) -> list[Obstacle]:
    """Under the law who is no participant joins incidentally, after signing for secrecy (WGS 2.31
    lid 9); in the local approach only who the covenant binds does anything."""
    if case.regime == Regime.WGS or organisation.may_take_part(case.regime):
        return []
    text = (
        f"{organisation.short_name} valt niet onder het convenant en doet in de lokale aanpak niet "
        "mee. Kies een andere partner."
    )
    return [Obstacle("not_in_regime", text)]


def answered_already() -> Obstacle:
    """Also what the database says when two colleagues answer at the same moment."""
    return Obstacle("answered_already", "Deze vraag is al beantwoord.")


def asked_no_more() -> Obstacle:
    """While somebody was answering, its action left the plan, and the question with it."""
    return Obstacle(
        "asked_no_more",
        "Deze vraag is ingetrokken: de actie is uit het plan. Antwoorden hoeft niet.",
    )


def obstacles_to_answering(question: DeliveryQuestion) -> list[Obstacle]:
    """A question is answered once, while it is still about the action as it stands."""
    obstacles = obstacles_to_still_asking(question.action)
    if hasattr(question, "answer"):
        obstacles.append(Obstacle("answered_already", "Deze vraag is al beantwoord."))
    if question.revision != question.action.revision:
        obstacles.append(
            Obstacle(
                "question_outdated",
                "De vraag is intussen gewijzigd. U krijgt een nieuwe vraag.",
            )
        )
    if question.matter and question.matter.is_pushed_through:
        text = "De manager besloot al dat dit doorgaat. Kan het niet? Bel de interventiemanager."
        obstacles.append(Obstacle("pushed_through", text))
    if question.plan.status == PlanStatus.INGETROKKEN:
        text = "Dit plan is ingetrokken. Antwoorden hoeft niet meer."
        obstacles.append(Obstacle("plan_withdrawn", text))
    elif question.plan.status != PlanStatus.CONCEPT:
        obstacles.append(Obstacle("plan_fixed", "Dit plan ligt vast. Antwoorden kan niet meer."))
    return obstacles


def contacts_in(case: Case, organisation: Organisation) -> list[User]:
    """Who of an organisation can be asked in the house about this dossier: nobody, when it may not
    take part under its regime, whatever account it has for another. PRV-20."""
    return contact_users(organisation) if organisation.may_take_part(case.regime) else []


def obstacles_to_recording_for(case: Case, organisation: Organisation) -> list[Obstacle]:
    """By telephone or letter only for who has no account that works today: others say it
    themselves. GOV-09."""
    if contacts_in(case, organisation):
        return [
            Obstacle(
                "has_account",
                f"{organisation.short_name} heeft een eigen account en antwoordt zelf.",
            )
        ]
    return []


def obstacles_to_recording_words(channel: str, received_from: str) -> list[Obstacle]:
    """What was heard by telephone or letter was said by somebody."""
    if channel not in FROM_OUTSIDE or not received_from.strip():
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


def obstacles_to_telling(
    case: Case, organisation: Organisation, secrecy_signed_on: date | None, told_on: date
) -> list[Obstacle]:
    """A third party signs for secrecy before it is told anything: asked whether it can deliver, or
    to take a step. WGS 2.31 lid 9; BGS 2.21."""
    if organisation.may_take_part(case.regime):
        return []
    if secrecy_signed_on is None:
        text = (
            f"{organisation.short_name} is geen deelnemer. Laat eerst de "
            "geheimhoudingsverklaring tekenen, en vul in wanneer dat was."
        )
        return [Obstacle("no_secrecy", text)]
    if secrecy_signed_on > told_on:
        text = (
            "De geheimhoudingsverklaring is pas getekend nadat je iets vertelde. "
            "Je vertelt pas iets als er is getekend."
        )
        return [Obstacle("secrecy_too_late", text)]
    return obstacles_to_day("papieren", secrecy_signed_on)


def obstacles_to_hearing(happened_on: date, received_on: date) -> list[Obstacle]:
    """One hears of something on the day itself or later, and not after today."""
    if received_on > timezone.localdate():
        return [Obstacle("in_future", "Kies vandaag of eerder als dag waarop je het hoorde.")]
    if received_on < happened_on:
        return [
            Obstacle("before_it_was", "Je kunt het niet eerder gehoord hebben dan het gebeurde.")
        ]
    return []


def mandaten_for(organisation: Organisation) -> MandaatQuerySet:
    """Who of a partner may promise something today. GOV-22."""
    return organisation.mandaten.current().first_to_end()


def obstacles_to_promising(
    organisation: Organisation, answer: str, mandaat: Mandaat | None
) -> list[Obstacle]:
    """A yes rests on a mandate that counts today, when its partner has any: who may promise this?
    Of a partner without mandates nobody asks it. S0, "mandaat voor de frontliners"; GOV-22."""
    mandaten = mandaten_for(organisation)
    if mandaat is not None:
        if mandaten.filter(pk=mandaat.pk).exists():
            return []
        return [Obstacle("mandate_over", "Dit mandaat geldt vandaag niet. Kies een ander.")]
    if answer == Answer.NEE or not mandaten.exists():
        return []
    return [Obstacle("mandate_missing", "Kies op welk mandaat deze toezegging rust.")]


def obstacles_to_words(answer: str, **about: Any) -> list[Obstacle]:
    """A no has its reason, a yes with a change its condition or a day that is still to come."""
    if answer == Answer.NEE and not about.get("reason", "").strip():
        return [Obstacle("reason_missing", "Licht kort toe waarom het niet kan.")]
    other_start = about.get("other_start")
    if answer != Answer.JA_MET_WIJZIGING:
        return []
    if not (about.get("condition", "").strip() or other_start):
        text = "Vul de voorwaarde in, of de datum waarop het wel kan."
        return [Obstacle("change_missing", text)]
    return obstacles_to_day("levering", other_start)
