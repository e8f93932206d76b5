"""What must be true of two dossiers that are alike: one person, or two. INT-07."""

from django.urls import reverse

from cases.models import (
    Bar,
    Case,
    Prioriteitenlijst,
    ToldApart,
    Weging,
    have_other_bsn,
    looks_like,
)
from cases.rules.weighing import obstacles_to_leaving_unscreened
from cases.states import CASE_FLOW, CaseStatus
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_comparing(case: Case, known: Case) -> list[Obstacle]:
    """Somebody who was just put forward is compared with somebody whom he looks like."""
    if known.joined_to_id or case.joined_to_id:
        return [Obstacle("joined_already", "Een van deze twee is al samengevoegd.")]
    obstacles = CASE_FLOW.obstacles("join", case.status)
    if known.status == CaseStatus.AFGESLOTEN:
        text = f"{known.number} is afgesloten. Deze persoon komt met {case.number} opnieuw binnen."
        obstacles.append(Obstacle("closed", text))
    if known.status == CaseStatus.NIET_TOEGELATEN:
        text = f"{known.number} is niet toegelaten en wordt vernietigd. Laat {case.number} wegen."
        obstacles.append(Obstacle("declined", text))
    if not looks_like(case, known):
        obstacles.append(
            Obstacle("not_alike", "Deze twee lijken niet op elkaar. Controleer de dossiernummers.")
        )
    return obstacles


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
    if Weging.objects.open().filter(case=case).exists():
        text = f"De kerndeelnemers wegen {case.number} op dit moment. Wacht hun besluit af."
        obstacles.append(Obstacle("being_weighed", text))
    if not obstacles:
        obstacles += _only_one_admitted(case, known)
    obstacles += obstacles_to_leaving_unscreened(case)
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


def _only_one_admitted(case: Case, known: Case) -> list[Obstacle]:
    """Who was admitted does not go into who was not: whoever reported him heard the outcome."""
    admitted = Weging.objects.admitted()
    if not admitted.filter(case=case).exists() or admitted.filter(case=known).exists():
        return []
    text = (
        f"{case.number} is toegelaten en {known.number} nog niet. Voeg {known.number} bij "
        f"{case.number}, of wacht tot de kerndeelnemers {known.number} wogen."
    )
    return [Obstacle("only_report_admitted", text)]


def obstacles_to_tell_apart(case: Case, known: Case) -> list[Obstacle]:
    """Two that are alike are told apart once."""
    obstacles = obstacles_to_comparing(case, known)
    if ToldApart.objects.between(case, known).exists():
        obstacles.append(
            Obstacle("told_already", "Er is al vastgelegd dat dit twee personen zijn.")
        )
    return obstacles
