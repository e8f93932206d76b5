"""Judicial data, apart from the case and under their own scope."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import Case
from partners.models import Organisation
from veiligheidshuis.models import PersonalData


class OffenceRecordQuerySet(models.QuerySet["OffenceRecord"]):
    """The words in which counts of offences are asked for."""

    def latest_first(self) -> "OffenceRecordQuerySet":
        """What was passed on last on top; of one day what was counted up to the latest day. The
        first of somebody is what the priority list shows of him, and what his dossier begins with.
        """
        return self.order_by("-recorded_on", F("counted_until").desc(nulls_last=True), "pk")


class OffenceRecord(PersonalData):
    """How many offences a supplier counted; only data under Wpg art. 8 and 13 (WGS 2.30)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="offences")
    count = models.PositiveSmallIntegerField("aantal delicten")
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source_note = models.CharField("bron", max_length=120, blank=True)
    recorded_on = models.DateField("vastgelegd op", default=timezone.localdate)
    # Over which days the supplier counted, when he said so, and the day of the last of them: a
    # definition looks back a number of years (PRI-02).
    counted_from = models.DateField("geteld vanaf", null=True)
    counted_until = models.DateField("geteld tot en met", null=True)
    last_offence_on = models.DateField("laatste feit op", null=True)

    objects = OffenceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "delictgegeven"
        verbose_name_plural = "delictgegevens"
        constraints = [
            models.CheckConstraint(
                name="offences_counted_from_a_day_until_a_day",
                condition=Q(counted_from=None, counted_until=None)
                | Q(
                    counted_from__isnull=False,
                    counted_until__isnull=False,
                    counted_from__lte=F("counted_until"),
                ),
            ),
            models.CheckConstraint(
                name="last_offence_among_those_counted",
                condition=Q(last_offence_on=None)
                | Q(counted_from=None, count__gt=0)
                | Q(
                    last_offence_on__gte=F("counted_from"),
                    last_offence_on__lte=F("counted_until"),
                    count__gt=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} delicten"
