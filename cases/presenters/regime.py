"""The regime of a dossier in words, and what the step to the other one is called. PRV-20."""

from collections.abc import Callable
from functools import cached_property

from cases import operations, rules
from cases.models import Case, Regime, Regimekeuze
from veiligheidshuis.obstacles import Obstacle


class RegimeStep:
    """The one step that there is from where a dossier is: to the other regime. `asked` is the step
    of the page that was sent; who was second does not bring it back."""

    def __init__(self, case: Case, asked: str = "") -> None:
        self.case = case
        other = Regime.LOKALE_PGA if case.regime == Regime.WGS else Regime.WGS
        self.regime = Regime(asked) if asked in Regime.values else other
        self.is_to_wgs = self.regime == Regime.WGS

    @property
    def ground(self) -> str:
        """What the form proposes."""
        return rules.ground_of(self.regime)

    @property
    def label(self) -> str:
        return self.regime.label

    @property
    def button(self) -> str:
        return "Naar de WGS" if self.is_to_wgs else "Naar de lokale aanpak"

    @property
    def warning(self) -> str:
        """Who lets go, before it is done."""
        if self.is_to_wgs:
            return (
                "Partners die geen deelnemer zijn in de zin van de WGS, zien het dossier vanaf dat "
                "moment niet meer. Wat zij al weten, houden zij voor zich."
            )
        return (
            "Deelnemers die het convenant niet tekenden, zien het dossier vanaf dat moment niet "
            "meer. Daarna kunnen partners meedoen die het convenant tekenden."
        )

    @property
    def make(self) -> Callable[..., None]:
        return operations.to_wgs if self.is_to_wgs else operations.to_lokale_aanpak

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        asks = rules.obstacles_to_wgs if self.is_to_wgs else rules.obstacles_to_lokale_aanpak
        return asks(self.case)


def why_this_regime(case: Case) -> Regimekeuze:
    """The choice that counts now, for who leads or administers; nobody else reads why."""
    choices = Regimekeuze.objects.filter(case=case).select_related("decided_by", "chosen_by")
    return choices.newest_first()[0]
