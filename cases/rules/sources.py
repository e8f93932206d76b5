"""What must be true before a partner is asked or reminded whom he puts forward. S2; PRI-05."""

from cases.models import Bronvraag, Prioriteitenlijst, Regime
from cases.states import LIST_FLOW
from partners.models import Organisation, WgsRight
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle


def puts_forward(organisation: Organisation, regime: str) -> bool:
    """Whether it sits here and the law lets it put somebody forward (WGS 2.31 lid 1), or in the
    local approach the covenant. PRV-20."""
    if regime == Regime.WGS and WgsRight.MELDEN not in organisation.rights:
        return False
    return organisation.may_take_part(regime) and organisation.is_seated


def obstacles_to_asking_sources(
    ranked: Prioriteitenlijst, organisations: list[Organisation]
) -> list[Obstacle]:
    """Each partner is asked once for a list that is discussed."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
    asked = set(ranked.bronvragen.values_list("organisation_id", flat=True))
    obstacles += [
        Obstacle("asked_already", f"{each} is al gevraagd. Stuur een herinnering.")
        for each in organisations
        if each.pk in asked
    ]
    obstacles += [
        Obstacle("may_not_report", f"{each} draagt niemand aan. Kies een andere partner.")
        for each in organisations
        if not puts_forward(each, ranked.regime)
    ]
    return obstacles


def obstacles_to_reminding_source(asked: Bronvraag, put_forward: int) -> list[Obstacle]:
    """One reminder, to who is silent. `put_forward` is how many he put forward since."""
    obstacles = LIST_FLOW.obstacles("adopt_list", asked.prioriteitenlijst.status)
    name = asked.organisation.short_name
    if put_forward:
        obstacles.append(Obstacle("received", f"{name} droeg al iemand aan."))
    if asked.nobody_at:
        obstacles.append(Obstacle("has_nobody", f"{name} meldde al dat er niemand is."))
    if asked.reminded_at:
        text = f"{name} is herinnerd op {long_date(asked.reminded_at)}. Bel het contactpunt."
        obstacles.append(Obstacle("reminded", text))
    return obstacles


def obstacles_to_noting_nobody(asked: Bronvraag, put_forward: int) -> list[Obstacle]:
    """Who put somebody forward has somebody."""
    obstacles = LIST_FLOW.obstacles("adopt_list", asked.prioriteitenlijst.status)
    if put_forward:
        text = f"{asked.organisation.short_name} droeg al iemand aan."
        obstacles.append(Obstacle("received", text))
    return obstacles
