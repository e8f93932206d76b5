"""Under which regime somebody may be worked on, and when a dossier may go to the other. PRV-20."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils import timezone

from cases.models import GROUND_IN_LAW, Case, Choice, Regime
from cases.states import CaseStatus
from partners.models import Organisation, Regeling, User
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

# What higher floors have against another regime; they fill this in AppConfig.ready().
CHANGING_REGIME: list[Callable[[Case], list[Obstacle]]] = []
OVER = (CaseStatus.AFGESLOTEN, CaseStatus.SAMENGEVOEGD, CaseStatus.NIET_TOEGELATEN)


def ground_of(regime: str) -> str:
    """On what ground persons are worked on under a regime today; empty when there is none."""
    if regime == Regime.WGS:
        return GROUND_IN_LAW
    return ", ".join(str(covenant) for covenant in Regeling.objects.covenants())


def obstacles_to_working_under(regime: str, organisation: Organisation) -> list[Obstacle]:
    """By law its closed list takes part (WGS 2.27); in the local approach who signed."""
    if organisation.may_take_part(regime):
        return []
    text = (
        f"{organisation.short_name} is geen deelnemer in de zin van de WGS (2.27)."
        if regime == Regime.WGS
        else f"{organisation.short_name} valt niet onder een convenant dat nu geldt."
    )
    return [Obstacle("not_in_regime", text)]


def obstacles_to_choosing(choice: Choice, doelgroep: str, by: User) -> list[Obstacle]:
    """Who puts somebody forward chooses a regime of his own organisation; the local approach has a
    reason, and a covenant about this doelgroep. S2, overweging 3; GOV-02."""
    obstacles = obstacles_to_working_under(choice.regime, by.organisation)
    if choice.regime == Regime.WGS:
        return obstacles
    if not choice.reason.strip():
        obstacles.append(Obstacle("regime_reason", "Schrijf op waarom de lokale aanpak hier past."))
    if not Regeling.objects.covenants().filter(covers__contains=[doelgroep]).exists():
        obstacles.append(
            Obstacle("not_covered", "Het convenant dat nu geldt, gaat niet over deze doelgroep.")
        )
    return obstacles


def obstacles_to_wgs(case: Case) -> list[Obstacle]:
    """A dossier of the local approach comes under the law."""
    return _obstacles_to(Regime.WGS, case)


def obstacles_to_lokale_aanpak(case: Case) -> list[Obstacle]:
    """A dossier under the law goes to the local approach, on the ground of a covenant."""
    if ground_of(Regime.LOKALE_PGA):
        return _obstacles_to(Regime.LOKALE_PGA, case)
    text = "Er geldt nu geen convenant. Zonder convenant is er geen lokale aanpak."
    return [Obstacle("no_covenant", text), *_obstacles_to(Regime.LOKALE_PGA, case)]


def obstacles_to_regime_decision(
    regime: str, decided_by: Organisation, decided_on: date
) -> list[Obstacle]:
    """Somebody decided before, who takes part under that regime; by law a core participant decides
    who comes in (WGS 2.31 lid 2)."""
    obstacles = obstacles_to_day("besluit", decided_on)
    obstacles += obstacles_to_working_under(regime, decided_by)
    if not decided_by.is_seated:
        obstacles.append(Obstacle("not_seated", f"{decided_by.short_name} is geen partner."))
    if decided_on > timezone.localdate():
        obstacles.append(Obstacle("not_yet", "Deze dag moet nog komen. Doe dit daarna pas."))
    if regime == Regime.WGS and not Organisation.objects.core().filter(pk=decided_by.pk).exists():
        text = f"{decided_by} is geen kerndeelnemer. Een kerndeelnemer laat toe (WGS 2.31 lid 2)."
        obstacles.append(Obstacle("no_core_participant", text))
    return obstacles


def _obstacles_to(regime: str, case: Case) -> list[Obstacle]:
    """Once, while it runs; while it stands on no agenda, which is of one regime; and when who leads
    it may lead it there as well."""
    if case.regime == regime:
        return [Obstacle("regime_already", "Dit dossier valt al onder dit regime.")]
    if case.status in OVER:
        return [Obstacle("over", "Dit dossier loopt niet meer. Het regime blijft zoals het was.")]
    obstacles = []
    leader = case.manager
    if leader and not leader.organisation.may_take_part(regime):
        text = (
            f"{leader} werkt voor {leader.organisation.short_name}, en die mag onder het andere "
            "regime niet meedoen. De manager draagt het dossier eerst over."
        )
        url = reverse("maatwerkplan:hand_over", args=[case.number])
        obstacles.append(Obstacle("leader_not_in_regime", text, url))
    return obstacles + [obstacle for asks in CHANGING_REGIME for obstacle in asks(case)]
