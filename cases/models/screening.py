"""The weekly screening of reports of domestic violence. INT-13; S3, Hatert."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import Case
from veiligheidshuis.models import PersonalData


class ScreeningOutcome(models.TextChoices):
    """Which chain takes a report of domestic violence up."""

    ZORG = "zorg", "zorg"
    JUSTITIE = "justitie", "justitie"
    BEIDE = "beide", "zorg en justitie"
    GEEN = "geen", "geen van beide"


class Screening(PersonalData):
    """That a report of domestic violence was screened, and what came of it."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="screening")
    outcome = models.CharField("uitkomst", max_length=8, choices=ScreeningOutcome)
    screened_on = models.DateField("gescreend op", default=timezone.localdate)
    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "screening"
        verbose_name_plural = "screeningen"

    def __str__(self) -> str:
        return f"gescreend: {self.get_outcome_display()}"
