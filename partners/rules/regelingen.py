"""What must be true before an agreement between the partners binds. S2, convenant."""

from datetime import date

from django.utils import timezone

from partners.models import SIGNED_BY_ALL, Organisation, Regeling
from partners.states import REGELING_FLOW, RegelingStatus
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_drafting_regeling(kind: str, title: str, *days: date | None) -> list[Obstacle]:
    """One next version of an agreement is prepared at a time, and its days are of these years."""
    obstacles = obstacles_to_day("regeling", *days)
    versions = Regeling.objects.filter(kind=kind, title__iexact=title)
    busy = versions.filter(status__in=[RegelingStatus.CONCEPT, RegelingStatus.AKKOORD]).first()
    if busy:
        obstacles.append(
            Obstacle(
                "version_in_preparation",
                f"{busy} is nog niet van kracht. Maak die af, of trek die in.",
                busy.get_absolute_url(),
            )
        )
    return obstacles


def obstacles_to_approve_regeling(regeling: Regeling, decided_on: date) -> list[Obstacle]:
    """The stuurgroep decides about a text that was there, on a day that has come. GOV-04."""
    obstacles = REGELING_FLOW.obstacles("approve_regeling", regeling.status)
    if decided_on > timezone.localdate():
        obstacles.append(
            Obstacle("decided_later", "Deze stuurgroep moet nog komen. Noteer het besluit daarna.")
        )
    elif decided_on < regeling.dated_on:
        obstacles.append(
            Obstacle(
                "decided_before_text", "Op deze dag was de tekst er nog niet. Kijk de datum na."
            )
        )
    return obstacles


def obstacles_to_signing_regeling(
    regeling: Regeling, organisation: Organisation, signed_on: date
) -> list[Obstacle]:
    """A partner signs once, after the stuurgroep approved, also when it joins later. S2."""
    obstacles = []
    if regeling.status not in (RegelingStatus.AKKOORD, RegelingStatus.GELDIG):
        obstacles.append(
            Obstacle(
                "nothing_to_sign",
                "Deze versie wordt niet getekend. Tekenen kan na het besluit van de stuurgroep, "
                "zolang de versie niet is vervangen of ingetrokken.",
            )
        )
    if regeling.ondertekeningen.filter(organisation=organisation).exists():
        obstacles.append(
            Obstacle("signed_already", f"{organisation.short_name} heeft al getekend.")
        )
    if signed_on > timezone.localdate():
        obstacles.append(Obstacle("signed_later", "De dag van tekenen moet nog komen."))
    elif regeling.decided_on and signed_on < regeling.decided_on:
        obstacles.append(
            Obstacle("signed_before_decision", "Tekenen kan pas na het besluit van de stuurgroep.")
        )
    return obstacles


def obstacles_to_bring_into_force(regeling: Regeling) -> list[Obstacle]:
    """A version binds when its day has come and everybody whom it binds has signed. S2."""
    obstacles = REGELING_FLOW.obstacles("bring_into_force", regeling.status)
    if regeling.valid_from > timezone.localdate():
        obstacles.append(
            Obstacle("begins_later", "De dag waarop deze versie ingaat, moet nog komen.")
        )
    missing = regeling.yet_to_sign() if regeling.kind in SIGNED_BY_ALL else []
    if missing:
        names = ", ".join(organisation.short_name for organisation in missing)
        obstacles.append(Obstacle("unsigned", f"Er is nog niet getekend door: {names}."))
    elif regeling.ondertekeningen.count() < 2:
        obstacles.append(
            Obstacle("signed_by_too_few", "Een afspraak is er pas als er twee partners tekenen.")
        )
    return obstacles


def obstacles_to_replace_regeling(regeling: Regeling) -> list[Obstacle]:
    """Only a version that binds makes place for the next."""
    return REGELING_FLOW.obstacles("replace_regeling", regeling.status)


def obstacles_to_withdraw_regeling(regeling: Regeling) -> list[Obstacle]:
    """A version that never bound can be taken back: a wrong date, another decision."""
    return REGELING_FLOW.obstacles("withdraw_regeling", regeling.status)
