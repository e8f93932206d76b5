"""Judicial data, apart from the case and under their own scope."""

import uuid

from django.db import models
from django.utils import timezone

from cases.models.case import Case
from partners.models import Organisation
from veiligheidshuis.models import PersonalData


class OffenceRecord(PersonalData):
    """How many offences a supplier counted; only data under Wpg art. 8 and 13 (WGS 2.30)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="offences")
    count = models.PositiveSmallIntegerField("aantal delicten")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source_note = models.CharField("bron", max_length=120, blank=True)
    recorded_on = models.DateField("vastgelegd op", default=timezone.localdate)

    class Meta:
        verbose_name = "delictgegeven"
        verbose_name_plural = "delictgegevens"

    def __str__(self) -> str:
        return f"{self.count} delicten"
