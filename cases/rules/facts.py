"""What must be true before a dated fact is written down, ends or is corrected. DOS-01."""

from datetime import date

from django.utils import timezone

from cases.models import JUSTICE, SORTS, Case, DatedFact, FactKind
from cases.rules.offences import OVER
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_fact(
    case: Case, *, kind: str, sort: str, from_on: date, until_on: date | None, **more: object
) -> list[Obstacle]:
    """A fact is of a sort that there is, began already, and did not end before it began."""
    obstacles = []
    if case.status in OVER:
        obstacles.append(Obstacle("over", "Dit dossier is dicht. Er komt niets meer bij."))
    if sort not in SORTS[kind]:
        obstacles.append(Obstacle("sort", "Kies wat het is uit de lijst."))
    if from_on > timezone.localdate():
        obstacles.append(Obstacle("from_on", "Deze dag moet nog komen. Kies vandaag of eerder."))
    if until_on is not None:
        obstacles += _obstacles_to_last_day(from_on, until_on)
    expected = more.get("expected_end")
    if expected and kind not in JUSTICE:
        obstacles.append(Obstacle("expected_end", "Een verwacht einde hoort hier niet bij."))
    if isinstance(expected, date) and expected < from_on:
        text = "Het verwachte einde ligt voor het begin. Kijk de datums na."
        obstacles.append(Obstacle("expected_end", text))
    obstacles += obstacles_to_day(
        "verwacht_einde", expected if isinstance(expected, date) else None
    )
    if more.get("phone") and kind != FactKind.OMGEVING:
        obstacles.append(Obstacle("phone", "Een telefoonnummer hoort hier niet bij."))
    if more.get("secret") and kind != FactKind.ADRES:
        obstacles.append(Obstacle("secret", "Alleen een adres kan geheim zijn."))
    return obstacles


def obstacles_to_ending_fact(fact: DatedFact, until_on: date) -> list[Obstacle]:
    """It ends once, on a day that was."""
    obstacles = obstacles_to_correcting_fact(fact)
    if fact.until_on is not None:
        obstacles.append(Obstacle("ended_already", "Dit gegeven is al beëindigd."))
    return obstacles + _obstacles_to_last_day(fact.from_on, until_on)


def obstacles_to_correcting_fact(fact: DatedFact, *, opens_address: bool = False) -> list[Obstacle]:
    """What was said to be wrong stays as it stood, and what is secret stays secret."""
    obstacles = []
    if opens_address:
        text = (
            "Dit adres is geheim en blijft dat. Is het niet meer geheim? Beëindig het dan, "
            "en voeg het opnieuw toe."
        )
        obstacles.append(Obstacle("secret", text))
    if fact.case.status in OVER:
        obstacles.append(Obstacle("over", "Dit dossier is dicht. Er verandert niets meer."))
    if fact.withdrawn_at is not None:
        text = "Bij dit gegeven staat al dat het niet klopte. Kijk in het dossier wat er nu staat."
        obstacles.append(Obstacle("withdrawn_already", text))
    return obstacles


def _obstacles_to_last_day(from_on: date, until_on: date) -> list[Obstacle]:
    if until_on < from_on:
        return [Obstacle("until_on", "Het einde ligt voor het begin. Kies later.")]
    if until_on > timezone.localdate():
        return [Obstacle("until_on", "Deze dag moet nog komen. Kies vandaag of eerder.")]
    return []


def obstacles_to_note(happened_on: date | None) -> list[Obstacle]:
    """A note is of a conversation that was, and not of years ago."""
    return obstacles_to_day("notitie", happened_on)
