"""What part of a case somebody may see or do: the permissions of guardian, as words."""

from django.db import models


class Leefgebied(models.TextChoices):
    """The seven life domains of S2, voetnoot 7, in its order."""

    IDENTITEITSPAPIEREN = "identiteitspapieren", "identiteitspapieren"
    HUISVESTING = "huisvesting", "huisvesting"
    WERK_INKOMEN = "werk_inkomen", "werk en inkomen"
    EDUCATIE = "educatie", "educatie"
    GEZONDHEID = "gezondheid", "gezondheid"
    ZELFREDZAAMHEID = "zelfredzaamheid", "zelfredzaamheid"
    SCHULDSANERING = "schuldsanering", "schuldsanering"


class Scope(models.TextChoices):
    """A part of a case. `know_case` is identity and process data; the rest is content."""

    KNOW_CASE = "know_case", "weten dat het dossier bestaat"
    LEAD_CASE = "lead_case", "de regie voeren"
    VIEW_REPORT = "view_report", "de aanmelding lezen"
    VIEW_BSN = "view_bsn", "het BSN zien"
    VIEW_CONTACT = "view_contact", "adres, telefoon en omgeving zien"
    VIEW_SECRET_ADDRESS = "view_secret_address", "een geheim adres zien"
    VIEW_JUSTICE = "view_justice", "justitiële gegevens zien"
    VIEW_VICTIM = "view_victim", "slachtoffergegevens zien"
    VIEW_PLAN = "view_plan", "het hele maatwerkplan zien"
    MINUTES = "minutes", "de notulen schrijven"
    VIEW_IDENTITEITSPAPIEREN = "view_identiteitspapieren", "leefgebied identiteitspapieren"
    VIEW_HUISVESTING = "view_huisvesting", "leefgebied huisvesting"
    VIEW_WERK_INKOMEN = "view_werk_inkomen", "leefgebied werk en inkomen"
    VIEW_EDUCATIE = "view_educatie", "leefgebied educatie"
    VIEW_GEZONDHEID = "view_gezondheid", "leefgebied gezondheid"
    VIEW_ZELFREDZAAMHEID = "view_zelfredzaamheid", "leefgebied zelfredzaamheid"
    VIEW_SCHULDSANERING = "view_schuldsanering", "leefgebied schuldsanering"


# The lead is assigned, and a victim is known by whom it is about: neither is given with the rest.
NOT_BY_HAND = (Scope.LEAD_CASE, Scope.VIEW_VICTIM)
LEEFGEBIED_SCOPES = tuple(Scope(f"view_{leefgebied}") for leefgebied in Leefgebied.values)


def scope_of(leefgebied: str) -> Scope:
    """The scope that shows this leefgebied."""
    return Scope(f"view_{leefgebied}")
