"""What a change of rights would open or close, in the words of the page that asks it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cases.access import Held
from cases.models import LEEFGEBIED_SCOPES, Case, Scope
from cases.operations.dry_run import Difference, dry_run
from partners.models import User
from veiligheidshuis.obstacles import Obstacle, Refused


@dataclass(frozen=True)
class Preview:
    """What would happen to each person; or what stands in the way."""

    lines: list["Line"] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One person with what he gains and what he loses, ready to be read."""

    user: User
    gains: str
    loses: str


def preview(
    deed: Callable[[], object],
    about: Iterable[User],
    *,
    case: Case | None = None,
    at: datetime | None = None,
) -> Preview:
    """Try a change of rights and tell it; nothing of it stays."""
    told = of_one_case if case else of_all_cases
    try:
        differences = dry_run(deed, about, case=case, at=at)
    except Refused as refused:
        return Preview(obstacles=list(refused.obstacles))
    return Preview([_line(difference, told) for difference in differences])


def _line(difference: Difference, told: Callable[[Iterable[Held]], str]) -> Line:
    return Line(difference.user, told(difference.opened), told(difference.closed))


def of_one_case(held: Iterable[Held]) -> str:
    """Parts of one case: "weten dat het dossier bestaat, 2 leefgebieden (…)"."""
    scopes = {scope for _, scope in held}
    fields = [s.label.removeprefix("leefgebied ") for s in LEEFGEBIED_SCOPES if s in scopes]
    words = [s.label for s in Scope if s in scopes and s not in LEEFGEBIED_SCOPES]
    if fields:
        noun = "leefgebied" if len(fields) == 1 else "leefgebieden"
        words.append(f"{len(fields)} {noun} ({', '.join(fields)})")
    return ", ".join(words)


def of_all_cases(held: Iterable[Held]) -> str:
    """How many cases: "12 dossiers, waarvan 3 met de regie". No names: who asks sees no content.

    Of what changes he may have known some already: then they are two numbers, and no part."""
    kept = set(held)
    cases = {case for case, scope in kept if case and scope == Scope.KNOW_CASE}
    led = {case for case, scope in kept if case and scope == Scope.LEAD_CASE}
    words = ["de procesgegevens van alle dossiers"] if (None, Scope.KNOW_CASE) in kept else []
    if cases:
        words.append(f"{len(cases)} dossier{'s' if len(cases) > 1 else ''}")
    if led and led <= cases:
        words.append(f"waarvan {len(led)} met de regie")
    elif led:  # some he knew before, or goes on to know for a while
        words.append(f"de regie van {len(led)} dossier{'s' if len(led) > 1 else ''}")
    parts = {scope for case, scope in kept if case} - {Scope.KNOW_CASE}
    if parts and not cases:
        words.append("een deel van de inhoud van dossiers")
    return ", ".join(words)
