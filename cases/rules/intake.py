"""What must be true before somebody becomes a candidate, and of two who look alike."""

from django.urls import reverse

from cases.models import (
    Bar,
    Case,
    ImportBatch,
    ImportRow,
    Prioriteitenlijst,
    RowOutcome,
    ToldApart,
    have_other_bsn,
    looks_like,
)
from cases.states import CASE_FLOW
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_nominating(discussed: bool, why_not: str, correct: bool) -> list[Obstacle]:
    """Who puts somebody forward has checked what he says and spoken with him. INT-03, INT-04."""
    obstacles = []
    if not discussed and not why_not.strip():
        obstacles.append(
            Obstacle("why_not_missing", "Schrijf op waarom je er niet met de persoon over sprak.")
        )
    if not correct:
        obstacles.append(
            Obstacle("not_stated", "Bevestig dat de gegevens zo goed mogelijk zijn nagekeken.")
        )
    return obstacles


def obstacles_to_reading_in(batch: ImportBatch) -> list[Obstacle]:
    """A list that was withdrawn is wiped: there is nothing left to read in."""
    if batch.withdrawn_at is None:
        return []
    return [Obstacle("withdrawn", "Deze lijst is ingetrokken en gewist. Kies het bestand opnieuw.")]


def obstacles_to_withdrawing_list(batch: ImportBatch) -> list[Obstacle]:
    """What was read in stays: its candidates exist."""
    if batch.confirmed_at is not None:
        return [Obstacle("read_already", "Deze lijst is al ingelezen.")]
    return obstacles_to_reading_in(batch)


def obstacles_to_deciding_row(row: ImportRow, same: bool) -> list[Obstacle]:
    """A doubtful row of a list that was read in is decided once."""
    if row.outcome != RowOutcome.TWIJFELACHTIG:
        return [Obstacle("decided_already", "Over deze regel is al beslist.")]
    if row.batch.confirmed_at is None:
        return [Obstacle("not_read", "Lees eerst de lijst in. Beslis daarna over deze regel.")]
    if same and row.case is None:
        return [Obstacle("nobody_alike", "Er is geen dossier om deze regel aan te koppelen.")]
    return []


def obstacles_to_join(case: Case, known: Case) -> list[Obstacle]:
    """A report is joined to the dossier of the person whom it is about, before it goes any further.
    Nobody who may not know the one leads the other, and one person has one BSN. INT-07."""
    obstacles = obstacles_to_comparing(case, known)
    waits_on = Prioriteitenlijst.objects.in_discussion().filter(plaatsen__case=case).first()
    if waits_on:
        obstacles.append(
            Obstacle(
                "on_a_list",
                f"{case.number} staat op prioriteitenlijst {waits_on.code}, die nog in bespreking "
                "is. Wacht tot die is vastgesteld, of vraag de manager.",
                url=reverse("cases:list", args=[waits_on.code]),
            )
        )
    if known.manager and Bar.objects.current().filter(case=case, user=known.manager).exists():
        obstacles.append(
            Obstacle(
                "leader_barred",
                f"{known.manager} leidt {known.number} en is uitgesloten van {case.number}. "
                "De manager draagt het dossier eerst over.",
            )
        )
    if not obstacles and have_other_bsn(case, known):
        obstacles.append(
            Obstacle(
                "other_bsn",
                "Deze twee hebben elk een ander BSN. Dan zijn het twee personen. "
                "Klopt een van de nummers niet? Bel wie het aanleverde.",
            )
        )
    return obstacles


def obstacles_to_tell_apart(case: Case, known: Case) -> list[Obstacle]:
    """Two that are alike are told apart once."""
    obstacles = obstacles_to_comparing(case, known)
    if ToldApart.objects.between(case, known).exists():
        obstacles.append(
            Obstacle("told_already", "Er is al vastgelegd dat dit twee personen zijn.")
        )
    return obstacles


def obstacles_to_comparing(case: Case, known: Case) -> list[Obstacle]:
    """Somebody who was just put forward is compared with somebody whom he looks like."""
    if known.joined_to_id or case.joined_to_id:
        return [Obstacle("joined_already", "Een van deze twee is al samengevoegd.")]
    obstacles = CASE_FLOW.obstacles("join", case.status)
    if not looks_like(case, known):
        obstacles.append(
            Obstacle("not_alike", "Deze twee lijken niet op elkaar. Controleer de dossiernummers.")
        )
    return obstacles


def obstacles_to_new_person(outcome: str, case: Case | None) -> list[Obstacle]:
    """Somebody who meanwhile came into the house is not new any more."""
    if outcome != RowOutcome.BEKEND:
        return []
    where = f" als {case.number}" if case else ""
    return [
        Obstacle("known_meanwhile", f"Deze persoon is intussen bekend{where}. Kies ‘dezelfde’.")
    ]
