"""What the client is shown, word for word. Page, signatures and PDF all come from this."""

from datetime import date, timedelta
from typing import Any

from maatwerkplan import rules
from maatwerkplan.models import Answer, Doel, Financing, Framework, Maatwerkplan, PartnerAction
from veiligheidshuis.formats import long_date
from veiligheidshuis.werkafspraken import number


def wording(
    plan: Maatwerkplan, actions: list[PartnerAction], *, offered_on: date
) -> dict[str, Any]:
    """The plan in plain words, as it reads when it is offered on that day."""
    start_by = long_date(offered_on + timedelta(days=number("start_within_days", offered_on)))
    return {
        "titel": f"Plan van {plan.case.client.display_name}",
        "dossier": plan.case.number,
        "volgnummer": plan.number,
        "client": plan.case.client.display_name,
        "interventiemanager": str(plan.case.manager),
        "aangeboden_op": long_date(offered_on),
        "start_uiterlijk": start_by,
        "inleiding": _introduction(actions, start_by),
        "doelen": [_goal(goal) for goal in rules.goals_of(plan)],
        "onderdelen": [_part(action, actions) for action in actions],
        "afspraken_client": [
            "U doet mee aan de onderdelen van dit plan.",
            "U komt op uw afspraken, en belt als u niet kunt komen.",
            "Gaat iets niet goed? Dan belt u de interventiemanager.",
        ],
        "afspraken_huis": [
            _begins(actions, start_by),
            "De interventiemanager houdt in de gaten of iedereen doet wat is afgesproken.",
        ],
        "als_u_weigert": (
            "Wilt u niet meedoen? Dan laten de organisaties u niet los. "
            "Zij kunnen dan ook maatregelen nemen die u niet wilt."
        ),
        "geen_toestemming": (
            "Uw handtekening is een afspraak over dit plan. "
            "Het is geen toestemming om medische gegevens te delen."
        ),
    }


def _begins(actions: list[PartnerAction], start_by: str) -> str:
    if any(action.begins_later for action in actions):
        return f"Alles begint uiterlijk op {start_by}, behalve wat wacht. Dat staat erbij."
    return f"Alles begint uiterlijk op {start_by}."


def _introduction(actions: list[PartnerAction], start_by: str) -> str:
    partners = {action.organisation_id for action in actions}
    who = "één organisatie" if len(partners) == 1 else f"{len(partners)} organisaties"
    chooses = (
        "Een deel van dit plan moet u doen; dat staat erbij. Bij de rest kiest u zelf."
        if any(action.framework == Framework.DWANG for action in actions)
        else "U kiest zelf of u meedoet."
    )
    return (
        f"Samen met {who} hebben we een plan voor u gemaakt. "
        f"Het plan begint uiterlijk op {start_by}. {chooses}"
    )


def _goal(goal: Doel) -> dict[str, str]:
    """What is wanted on one leefgebied; the client's words as he said them, between no others."""
    return {
        "leefgebied": goal.get_leefgebied_display(),
        "doel": goal.together,
        "eigen_woorden": goal.own_words,
        "doet_zelf": goal.own_part,
    }


# What the framework of an action means for whom it is about. S2: "drang en dwang".
FRAMEWORKS: dict[str, str] = {
    Framework.VRIJWILLIG: "Dit is vrijwillig.",
    Framework.DRANG: "Wij dringen hierop aan. Doet u dit niet, dan kan dat gevolgen hebben.",
    Framework.DWANG: "Dit bent u verplicht, ook als u niet wilt.",
}
# Who else pays is between the organisations.
PAYS = "U betaalt dit zelf."
# The client may count on nothing that nobody promised. OFF-01.
NOT_PROMISED = "{who} heeft dit niet toegezegd. Het veiligheidshuis besloot dat het toch doorgaat."
GUIDANCE = "Dit is trajectbegeleiding: zo staat u er niet alleen voor bij dit plan."


def _part(action: PartnerAction, actions: list[PartnerAction]) -> dict[str, str]:
    """One action; a condition is part of what is agreed, so it is part of what is signed."""
    return {
        "leefgebied": action.get_leefgebied_display(),
        "wat": action.description,
        "wie": action.organisation.name,
        "vanaf": long_date(action.start_date),
        "tot_en_met": long_date(action.end_date),
        "volgorde": _order(action, actions),
        "kader": FRAMEWORKS[action.framework],
        "begeleiding": GUIDANCE if action.is_guidance else "",
        "betaalt": PAYS if action.financing == Financing.CLIENT else "",
        "voorwaarde": _condition(action),
    }


def _order(action: PartnerAction, actions: list[PartnerAction]) -> str:
    """For what it waits and what goes on meanwhile. PLN-04: "totdat hij …"."""
    named = {each.pk: f"‘{each.description}’" for each in actions}
    said = []
    if action.after_id in named:
        said.append(f"Dit begint als {named[action.after_id]} klaar is.")
    if action.bridged_by_id in named:
        said.append(f"Tot dit begint, is er {named[action.bridged_by_id]}.")
    return " ".join(said)


def _condition(action: PartnerAction) -> str:
    """Under which condition its partner said yes, or that it did not; empty when it just did."""
    if rules.pushed_through(action):
        return NOT_PROMISED.format(who=action.organisation.name)
    answer = getattr(rules.current_question(action), "answer", None)
    if answer is None or answer.answer != Answer.JA_MET_WIJZIGING or not answer.condition:
        return ""
    return f"{action.organisation.name} doet dit op één voorwaarde: {answer.condition}"
