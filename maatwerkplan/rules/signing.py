"""Who signs a plan, in what conversation, and what must be true of the paper. OFF-03, OFF-04."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.models import name_key
from maatwerkplan.models import OF_MINORS, Maatwerkplan, OfferTalk, OnPaper, Party
from maatwerkplan.rules.delivery import promise
from maatwerkplan.states import PlanStatus
from partners.models import User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

TALKED_OVER = frozenset({PlanStatus.CONCEPT, PlanStatus.AANGEBODEN})
OF_AGE = 18  # BW 1:233


@dataclass(frozen=True)
class Signer:
    """Somebody who signs, by the name that must stand there, and in what capacity and why."""

    party: str
    name: str
    title: str
    capacity: str = ""
    ground: str = ""


def signers_of(plan: Maatwerkplan, by: User) -> list[Signer]:
    """Everybody who signs: the client, who speaks for him, and who leads the case.

    A representative signs with the client, or instead of him when that was recorded.
    """
    talk = OfferTalk.objects.latest_of(plan)
    client = plan.case.client.display_name
    manager = Signer(Party.INTERVENTIEMANAGER, str(by), f"{by}, interventiemanager")
    if talk is None or not talk.representative:
        return [Signer(Party.CLIENT, client, client), manager]
    title = f"{talk.representative}, {talk.get_capacity_display()} van {client}"
    speaks = Signer(Party.VERTEGENWOORDIGER, talk.representative, title, talk.capacity, talk.ground)
    if talk.instead:
        return [speaks, manager]
    return [Signer(Party.CLIENT, client, client), speaks, manager]


def obstacles_to_names(signers: list[Signer], names: Mapping[str, str]) -> list[Obstacle]:
    """Each signs with his own name: the client's as the plan calls him, and who leads the case."""
    return [obstacle for signer in signers for obstacle in _name(signer, names[signer.party])]


UNSIGNED = {
    Party.CLIENT: Obstacle("client_unsigned", "De cliënt moet ook tekenen."),
    Party.VERTEGENWOORDIGER: Obstacle(
        "representative_unsigned", "De vertegenwoordiger moet ook tekenen."
    ),
    Party.INTERVENTIEMANAGER: Obstacle(
        "manager_unsigned", "De interventiemanager moet ook tekenen."
    ),
}
OTHER_NAME = {
    Party.CLIENT: ("other_client", "In het plan heet de cliënt {}. Typ die naam."),
    Party.VERTEGENWOORDIGER: (
        "other_representative",
        "Vastgelegd is dat {} de cliënt vertegenwoordigt. Typ die naam.",
    ),
    Party.INTERVENTIEMANAGER: (
        "other_manager",
        "De interventiemanager tekent met de eigen naam: {}. Typ die naam.",
    ),
}


def _name(signer: Signer, name: str) -> list[Obstacle]:
    party = Party(signer.party)
    if not name.strip():
        return [UNSIGNED[party]]
    if name_key(name) == name_key(signer.name):
        return []
    code, text = OTHER_NAME[party]
    return [Obstacle(code, text.format(signer.name))]


def obstacles_to_paper(plan: Maatwerkplan, paper: OnPaper) -> list[Obstacle]:
    """Signed with a pen: not before the offer, not later than today; the paper lies somewhere."""
    obstacles = []
    if paper.signed_on > timezone.localdate():
        obstacles.append(Obstacle("in_future", "Kies vandaag of eerder als dag van tekenen."))
    elif plan.offered_on and paper.signed_on < plan.offered_on:
        text = f"Het plan is aangeboden op {long_date(plan.offered_on)}. Kies die dag of later."
        obstacles.append(Obstacle("before_offer", text))
    if not paper.place.strip() or not paper.kept_by.strip():
        text = "Schrijf op waar is getekend, en wie het papier bewaart."
        obstacles.append(Obstacle("paper_nowhere", text))
    return obstacles


def obstacles_to_talk(
    plan: Maatwerkplan, on: date, *, representative: str = "", capacity: str = "", ground: str = ""
) -> list[Obstacle]:
    """A conversation is planned while the plan can still be signed, and before all must begin."""
    obstacles = []
    if plan.status not in TALKED_OVER:
        text = "Over dit plan praat je niet meer: er is al getekend, geweigerd of ingetrokken."
        obstacles.append(Obstacle("nothing_to_talk_over", text))
    obstacles += obstacles_to_day("aanbodgesprek", on)
    if plan.start_by and on > plan.start_by:
        text = (
            f"Het plan begint uiterlijk op {long_date(plan.start_by)}. Kies die dag of eerder, "
            "of trek het aanbod in."
        )
        obstacles.append(Obstacle("talk_too_late", text))
    obstacles += _after_promise(plan, on)
    return obstacles + _speaking(plan, representative, capacity, ground)


def _after_promise(plan: Maatwerkplan, on: date) -> list[Obstacle]:
    """What the partners promised still holds on that day: it is what he signs for. OFF-03."""
    actions = plan.partner_actions.select_related("organisation").prefetch_related(
        "questions__answer"
    )
    given = [(found.valid_until, action) for action in actions if (found := promise(action))]
    if not given or on <= (first := min(given, key=lambda pair: pair[0]))[0]:
        return []
    until, action = first
    text = (
        f"De toezegging van {action.organisation.short_name} geldt tot en met {long_date(until)}. "
        "Kies die dag of eerder."
    )
    return [Obstacle("talk_after_promise", text)]


def _speaking(
    plan: Maatwerkplan, representative: str, capacity: str, ground: str
) -> list[Obstacle]:
    """Who speaks for another says in which capacity and why; a parent for a minor alone."""
    given = [bool(word.strip()) for word in (representative, capacity, ground)]
    if any(given) and not all(given):
        text = "Vul van de vertegenwoordiger de naam, de hoedanigheid en de grond in."
        return [Obstacle("speaks_without_ground", text)]
    if capacity in OF_MINORS and plan.case.client.age >= OF_AGE:
        text = "De cliënt is meerderjarig. Een ouder of voogd kan dan niet voor hem tekenen."
        return [Obstacle("of_age", text)]
    return []
