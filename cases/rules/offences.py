"""What must be true before a count of offences is kept."""

from datetime import date

from django.utils import timezone

from cases.models import Case
from cases.rules.weighing import obstacles_to_enriching
from cases.states import CaseStatus
from partners.models import Chain, Role, User
from veiligheidshuis.obstacles import Obstacle

OVER = (CaseStatus.AFGESLOTEN, CaseStatus.SAMENGEVOEGD)


def supplies_offences(user: User) -> bool:
    """Whether he delivers for a participant of the straf chain. WGS 2.30. Who leads a case does
    not count for his employer (REG-04)."""
    home = user.organisation
    delivers = user.has_role(Role.KETENPARTNER) and home.is_participant
    return delivers and home.chain == Chain.STRAF


def obstacles_to_adding_counts(case: Case) -> list[Obstacle]:
    """Only of who was admitted more is collected, as long as his dossier is open. WGS 2.31 lid 3.

    The bedrijfsbureau asks the core participants to weigh; a partner waits for what they decide.
    """
    if case.status in OVER:
        return [Obstacle("over", "Dit dossier is dicht. Er komt niets meer bij.")]
    waiting = obstacles_to_enriching(case)
    if not any(each.code == "not_admitted" for each in waiting):
        return waiting
    text = (
        f"De kerndeelnemers hebben {case.client} nog niet toegelaten. Tot dan komt er niets bij. "
        "Vraag het bedrijfsbureau wanneer zij wegen."
    )
    return [Obstacle("not_admitted", text)]


def obstacles_to_counting(
    case: Case, count: int, first: date, last: date, last_offence_on: date | None
) -> list[Obstacle]:
    """A count goes over days that were, and the last offence is one of those counted."""
    obstacles = obstacles_to_adding_counts(case)
    if last < first:
        obstacles.append(Obstacle("counted_until", "Het einde ligt voor het begin. Kies later."))
    if last > timezone.localdate():
        obstacles.append(Obstacle("counted_until", "Deze dag moet nog komen. Kies vandaag."))
    if count and last_offence_on is None:
        text = "Vul de dag van het laatste feit in. Van daar af tellen sommige definities terug."
        obstacles.append(Obstacle("last_offence_on", text))
    if last_offence_on and not count:
        text = "Er is niets geteld. Laat de dag van het laatste feit leeg."
        obstacles.append(Obstacle("last_offence_on", text))
    elif last_offence_on and not first <= last_offence_on <= last:
        text = "Het laatste feit ligt buiten de dagen waarover is geteld. Kijk de datums na."
        obstacles.append(Obstacle("last_offence_on", text))
    return obstacles
