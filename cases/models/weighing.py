"""Whether somebody is for this house: the core participants judge. WGS 2.31 lid 2-3; BGS 2.20."""

import uuid

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import Case
from cases.models.report import Criterium
from cases.states import WegingStatus
from partners.models import Organisation
from veiligheidshuis.models import PersonalData


class Vervolg(models.TextChoices):
    """Where somebody goes who is not admitted. INT-09, INT-11."""

    ADVIES = "advies", "advies aan wie aandroeg"
    LOKAAL = "lokaal", "naar de lokale persoonsgerichte aanpak"
    ELDERS = "elders", "naar een andere organisatie"


class WegingQuerySet(models.QuerySet["Weging"]):
    """The words in which weighings are asked for."""

    def open(self) -> "WegingQuerySet":
        """Those in which nothing was decided yet, the longest waiting first."""
        return self.filter(status=WegingStatus.GEVRAAGD).order_by("asked_at", "pk")

    def admitted(self) -> "WegingQuerySet":
        """Those by which somebody was admitted."""
        return self.filter(status=WegingStatus.TOEGELATEN)


class Weging(PersonalData):
    """The core participants weigh one report; until they admit, nothing is collected. INT-08."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="weging")
    status = models.CharField(
        "status", max_length=16, choices=WegingStatus, default=WegingStatus.GEVRAAGD
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("gevraagd op", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField("besloten op", null=True)
    route = models.CharField("vervolg", max_length=8, choices=Vervolg, blank=True)
    advice = models.TextField("advies", blank=True)

    objects = WegingQuerySet.as_manager()

    class Meta:
        verbose_name = "weging"
        verbose_name_plural = "wegingen"
        constraints = [
            models.CheckConstraint(
                name="weighing_status_known", condition=Q(status__in=WegingStatus.values)
            ),
            models.CheckConstraint(
                name="weighing_decided_by_somebody",
                condition=Q(status=WegingStatus.GEVRAAGD, decided_by=None, decided_on=None)
                | (
                    ~Q(status=WegingStatus.GEVRAAGD)
                    & Q(decided_by__isnull=False, decided_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="weighing_has_advice_when_not_admitted",
                condition=Q(status=WegingStatus.NIET_TOEGELATEN, route__in=Vervolg.values)
                | (~Q(status=WegingStatus.NIET_TOEGELATEN) & Q(route="", advice="")),
            ),
        ]

    def __str__(self) -> str:
        return f"weging: {self.get_status_display()}"

    def count_unheard(self) -> int:
        """Of how many organisations that were asked there is no judgement yet, also those that one
        does not see; for who reads the report, until it is decided. BGS 2.20 lid 3."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.count_unheard(%s)", [self.pk])
            return int(cursor.fetchone()[0])


class Oordeel(PersonalData):
    """What one core participant finds of one criterion, and why. BGS 2.20 lid 3."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    weging = models.ForeignKey(Weging, models.CASCADE, related_name="oordelen")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    criterium = models.CharField("criterium", max_length=1, choices=Criterium)
    met = models.BooleanField("voldoet")
    reason = models.CharField("waarom", max_length=1000)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "oordeel"
        verbose_name_plural = "oordelen"
        constraints = [
            models.UniqueConstraint(
                fields=["weging", "organisation", "criterium"], name="one_judgement_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"criterium {self.criterium}: {'voldoet' if self.met else 'voldoet niet'}"
