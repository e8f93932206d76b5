"""How somebody comes in, and how people put candidates in order. S2, Werkprocessen; PRI-03..05."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from cases.models import (
    Case,
    Doelgroep,
    ImportBatch,
    ImportRow,
    Prioriteitenlijst,
    Regime,
    RowDecision,
    RowOutcome,
    age_on,
)
from cases.rules.lists import (
    obstacles_to_everybody_admitted,
    obstacles_to_meeting_ahead,
    obstacles_to_partners_adopting,
)
from cases.rules.regime import obstacles_to_working_under
from cases.states import CASE_FLOW, LIST_FLOW
from partners.models import PERSON_ROLES, User
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day
from veiligheidshuis.werkafspraken import number

# From and up to which age somebody can belong to a doelgroep. The law calls who is 18 an adult (BW
# 1:233), and prosecutes nobody under 12 (Sv 486); whoever is 27 is young by no law any more (Pw 7
# lid 3). Wide on purpose: a list is about years that passed, and only tells a slip of the pen.
AGES: dict[str, tuple[int, int]] = {
    Doelgroep.VEELPLEGER: (18, 130),
    Doelgroep.JEUGDIGE_VEELPLEGER: (12, 26),
    Doelgroep.HARDE_KERN: (12, 26),
    Doelgroep.PROBLEEMJONGERE: (0, 26),
}


def obstacles_to_doelgroep(doelgroep: str, birth_date: date) -> list[Obstacle]:
    """A doelgroep of young people holds nobody of 45, one of adults nobody of 14: one of both is
    wrong, and a person finds out which. The sentence tells neither: reasons are kept."""
    youngest, oldest = AGES.get(doelgroep, (0, 130))
    age = age_on(birth_date, timezone.localdate())
    if youngest <= age <= oldest:
        return []
    slip = "jong" if age < youngest else "oud"
    text = (
        f"Met deze geboortedatum is iemand te {slip} voor deze doelgroep. "
        "Controleer de geboortedatum en de doelgroep."
    )
    return [Obstacle("other_age", text)]


def obstacles_to_weighing(batch: ImportBatch) -> list[Obstacle]:
    """Once it is known which column is which, the rows are looked at; the file is gone then."""
    if batch.sealed_file and batch.withdrawn_at is None:
        return []
    return [Obstacle("weighed_already", "Van deze lijst is al gezegd welke kolom wat is.")]


def obstacles_to_reading_in(batch: ImportBatch, by: User) -> list[Obstacle]:
    """A list that was withdrawn is wiped: there is nothing left to read in; and of a list of which
    nobody said which column is which, nothing was read yet. Whoever reads it in puts people forward
    under the law, which his organisation must take part in (WGS 2.31 lid 1)."""
    if batch.withdrawn_at is not None:
        return [_withdrawn()]
    if batch.waits_for_columns:
        return [Obstacle("no_columns", "Zeg eerst welke kolom wat is.")]
    if batch.sealed_file:
        return [Obstacle("not_looked_at", "We lezen de regels van deze lijst nog.")]
    return obstacles_to_working_under(Regime.WGS, by.organisation)


def obstacles_to_asking_worker(batch: ImportBatch) -> list[Obstacle]:
    """One worker at a time is busy with a list."""
    if batch.is_busy:
        return [Obstacle("busy", "We zijn nog bezig met deze lijst. Wacht tot dat klaar is.")]
    return []


def _withdrawn() -> Obstacle:
    return Obstacle("withdrawn", "Deze lijst is ingetrokken en gewist. Kies het bestand opnieuw.")


def obstacles_to_withdrawing_list(batch: ImportBatch) -> list[Obstacle]:
    """What was read in stays: its candidates exist."""
    if batch.confirmed_at is not None:
        return [Obstacle("read_already", "Deze lijst is al ingelezen.")]
    if batch.withdrawn_at is not None:
        return [_withdrawn()]
    return obstacles_to_asking_worker(batch)


def obstacles_to_deciding_row(row: ImportRow, decision: str) -> list[Obstacle]:
    """A doubtful row is decided once: before the list is read in, or afterwards."""
    in_preview = row.batch.confirmed_at is None
    if not row.sealed_data or (in_preview and row.outcome != RowOutcome.TWIJFELACHTIG):
        return [Obstacle("decided_already", "Over deze regel is al beslist.")]
    if decision == RowDecision.ZELFDE and row.case is None and not in_preview:
        return [Obstacle("nobody_alike", "Er is geen dossier om deze regel aan te koppelen.")]
    return []


def obstacles_to_new_person(outcome: str, number: str) -> list[Obstacle]:
    """Somebody who meanwhile came into the house is not new any more."""
    if outcome != RowOutcome.BEKEND:
        return []
    where = f" als {number}" if number else ""
    return [
        Obstacle("known_meanwhile", f"Deze persoon is intussen bekend{where}. Kies ‘dezelfde’.")
    ]


def obstacles_to_undoing(batch: ImportBatch, worked_on: int) -> list[Obstacle]:
    """A list is taken back within a day, as long as nobody did anything with whom it brought in:
    what people wrote since is not wiped by somebody else's mistake."""
    if batch.undone_at is not None:
        return [Obstacle("undone_already", "Deze lijst is al teruggedraaid.")]
    if batch.confirmed_at is None:
        return [Obstacle("not_read", "Deze lijst is niet ingelezen.")]
    obstacles = []
    if timezone.now() - batch.confirmed_at > timedelta(hours=settings.UNDO_HOURS):
        obstacles.append(
            Obstacle(
                "too_late",
                f"Een lijst draai je binnen {settings.UNDO_HOURS} uur terug. "
                "Neem daarna elke kandidaat apart.",
            )
        )
    if worked_on:
        with_whom = "één kandidaat" if worked_on == 1 else f"{worked_on} kandidaten"
        obstacles.append(
            Obstacle(
                "worked_on",
                f"Met {with_whom} van deze lijst is al iets gedaan. "
                "Dat wissen we niet. Neem elke kandidaat apart.",
            )
        )
    return obstacles


def obstacles_to_opening_list(
    code: str, meeting_on: date, members: Sequence[User], regime: str
) -> list[Obstacle]:
    """A list has a mark and a meeting of its own; its members may take part under its regime. WGS
    2.27; PRV-20."""
    obstacles = obstacles_to_day("selectieoverleg", meeting_on)
    if Prioriteitenlijst.objects.filter(code=code).exists():
        obstacles.append(
            Obstacle("code_taken", f"Er is al een lijst {code}. Kies een ander kenmerk.")
        )
    obstacles += [
        Obstacle("no_participant", f"{member} kan deze dossiers niet zien. Kies een ander lid.")
        for member in members
        if member.active_roles.isdisjoint(PERSON_ROLES) or regime not in member.regimes
    ]
    return obstacles


def obstacles_to_prioritise(case: Case) -> list[Obstacle]:
    """Only somebody who was put forward, and is not in hand yet, moves up to the list."""
    return CASE_FLOW.obstacles("prioritise", case.status)


def obstacles_to_put_back(case: Case) -> list[Obstacle]:
    """Only who was not assigned yet goes back from the list to the candidates."""
    return CASE_FLOW.obstacles("put_back", case.status)


def obstacles_to_changing_list(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """A list that was adopted does not change."""
    return LIST_FLOW.obstacles("adopt_list", ranked.status)


def obstacles_to_listing(ranked: Prioriteitenlijst, cases: Sequence[Case]) -> list[Obstacle]:
    """A candidate stands once on a list that may still change, and that is of his regime."""
    obstacles = obstacles_to_changing_list(ranked)
    obstacles += [
        Obstacle("other_regime", f"{case.client} valt onder een ander regime dan deze lijst.")
        for case in cases
        if case.regime != ranked.regime
    ]
    listed = set(ranked.plaatsen.values_list("case_id", flat=True))
    obstacles += [
        Obstacle("listed_already", f"{case.client} staat al op deze lijst.")
        for case in cases
        if case.pk in listed
    ]
    return obstacles


def obstacles_to_taking_off(ranked: Prioriteitenlijst, case: Case) -> list[Obstacle]:
    """Only who stands on a list leaves it, in whatever state the list is. WGS 2.32 lid 4."""
    if ranked.plaatsen.filter(case=case).exists():
        return []
    return [Obstacle("not_listed", f"{case.client} staat niet meer op deze lijst.")]


def obstacles_to_moving(
    ranked: Prioriteitenlijst, from_place: int, to_place: int, places: int, reason: str
) -> list[Obstacle]:
    """Places run from 1; a big move asks a reason, so that the list can be explained (PRI-04)."""
    obstacles = obstacles_to_changing_list(ranked)
    if not 1 <= to_place <= places:
        obstacles.append(Obstacle("no_such_place", f"Kies een plaats van 1 tot en met {places}."))
    elif abs(to_place - from_place) >= number("big_move") and not reason.strip():
        obstacles.append(
            Obstacle(
                "reason_missing",
                f"Dit is een sprong van {abs(to_place - from_place)} plaatsen. "
                "Schrijf kort op waarom.",
            )
        )
    return obstacles


def obstacles_to_adopt_list(ranked: Prioriteitenlijst, seen: int | None = None) -> list[Obstacle]:
    """A list is adopted once: after its meeting, in the order that whoever adopts has before him,
    with somebody on it and all of them admitted, and by a core participant who was there. `seen` is
    the version on his screen."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
    if obstacles:  # adopted is adopted; what else could be said of it does not matter any more
        return obstacles
    ahead = obstacles_to_meeting_ahead(ranked)
    obstacles = list(ahead)
    if seen is not None and seen != ranked.version:
        obstacles.append(
            Obstacle(
                "other_order",
                "De lijst is veranderd nadat je deze pagina opende. Er is niets vastgesteld. "
                "Hieronder staat de volgorde van nu. Kijk die na en stel de lijst dan vast.",
            )
        )
    if not ranked.plaatsen.exists():
        obstacles.append(Obstacle("empty_list", "Er staat nog niemand op de lijst."))
    if ahead:
        return obstacles
    obstacles += obstacles_to_partners_adopting(ranked)
    return obstacles + obstacles_to_everybody_admitted(ranked)


def obstacles_to_replace_list(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """Only an adopted list is replaced, by the next one."""
    return LIST_FLOW.obstacles("replace_list", ranked.status)
