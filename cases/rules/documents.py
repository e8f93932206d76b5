"""What must be true before a document comes in, can be opened, or goes again. DOS-17."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from cases.models import Case, Document, DocumentGround, grounds_under
from cases.rules.offences import OVER
from cases.states import DOCUMENT_FLOW
from partners.models import Organisation, User
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

# Somebody else gave it, and it must stand there who.
OF_A_PARTNER = (
    DocumentGround.DEELNEMER,
    DocumentGround.CONVENANT,
    DocumentGround.POLITIE,
    DocumentGround.JUSTITIE,
)


def obstacles_to_document(
    case: Case, *, ground: str, supplier: Organisation | None, keep_until: date, by: User
) -> list[Obstacle]:
    """The dossier is open, there is room, and it is known from whom, why and until when."""
    obstacles = []
    if case.status in OVER:
        obstacles.append(Obstacle("over", "Dit dossier is dicht. Er komt niets meer bij."))
    if ground not in grounds_under(case.regime):
        text = "Deze grond hoort niet bij dit dossier. Kies een grond uit de lijst."
        obstacles.append(Obstacle("ground", text))
    if supplier is None and ground in OF_A_PARTNER:
        obstacles.append(Obstacle("supplier", "Kies van welke partner dit stuk komt."))
    if supplier is not None and ground == DocumentGround.CLIENT:
        text = "De cliënt gaf het zelf, en toch is er een partner gekozen. Kies een van beide."
        obstacles.append(Obstacle("supplier", text))
    obstacles += obstacles_to_day("bewaren", keep_until)
    return obstacles + _obstacles_to_room(case, by)


def _obstacles_to_room(case: Case, by: User) -> list[Obstacle]:
    """A dossier is no archive, and nobody brings in hundreds of files on a day. UPL-08."""
    obstacles = []
    if Document.objects.kept().filter(case=case).count() >= settings.DOCUMENTS_PER_CASE:
        text = (
            f"In dit dossier staan al {settings.DOCUMENTS_PER_CASE} stukken. "
            "Neem eerst terug wat niet meer nodig is."
        )
        obstacles.append(Obstacle("full", text))
    today = Document.objects.filter(recorded_by=by, first_processed_on=timezone.localdate())
    if today.count() >= settings.DOCUMENTS_PER_DAY:
        text = (
            f"Je hebt vandaag al {settings.DOCUMENTS_PER_DAY} stukken toegevoegd. "
            "Ga morgen verder, of bel het bedrijfsbureau."
        )
        obstacles.append(Obstacle("enough_today", text))
    return obstacles


def obstacles_to_clear_document(document: Document) -> list[Obstacle]:
    """It is looked at once."""
    return DOCUMENT_FLOW.obstacles("clear_document", document.status)


def obstacles_to_refuse_document(document: Document) -> list[Obstacle]:
    """It is looked at once."""
    return DOCUMENT_FLOW.obstacles("refuse_document", document.status)


def obstacles_to_take_back_document(document: Document) -> list[Obstacle]:
    """There is still a file, and the dossier is open."""
    obstacles = DOCUMENT_FLOW.obstacles("take_back_document", document.status)
    if document.case.status in OVER:
        obstacles.append(Obstacle("over", "Dit dossier is dicht. Er verandert niets meer."))
    return obstacles
