"""The end of a client's course through the house. EXE-09; WGS 2.31 lid 8."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import Case
from partners.models import Organisation
from veiligheidshuis.models import PersonalData


class ClosingReason(models.TextChoices):
    """Why the house lets go; our choice, until the stuurgroep names its own."""

    DOEL = "doel", "het doel is bereikt"
    REGULIER = "regulier", "de gewone hulp of zorg neemt het over"
    ANDERS = "anders", "een andere aanpak past beter"
    VERHUISD = "verhuisd", "de cliënt is verhuisd"
    OVERLEDEN = "overleden", "de cliënt is overleden"


class Afsluiting(PersonalData):
    """That a dossier was closed: when, why, and which core participant decided it.

    Process data: it is what stays in view. What was reached stands in the timeline, which nobody
    reads any more: the data are shielded until they are destroyed.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="afsluiting")
    reason = models.CharField("waarom afgesloten", max_length=12, choices=ClosingReason)
    decided_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="wie het besloot"
    )
    decided_on = models.DateField("besloten op")
    closed_on = models.DateField("afgesloten op", default=timezone.localdate)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "afsluiting"
        verbose_name_plural = "afsluitingen"
        constraints = [
            models.CheckConstraint(
                name="closed_after_it_was_decided", condition=Q(closed_on__gte=F("decided_on"))
            )
        ]

    def __str__(self) -> str:
        return f"afgesloten: {self.get_reason_display()}"
