"""Drang en dwang, step by step: which partner applies what, when, and what came of it. OFF-05."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from maatwerkplan.models.action import Framework
from maatwerkplan.models.plan import Maatwerkplan
from partners.models import Organisation
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class Instrument(models.TextChoices):
    """With what a client is pressed; in what words a partner may is his own law."""

    GESPREK = "gesprek", "gesprek met de cliënt"
    HUISBEZOEK = "huisbezoek", "huisbezoek"
    TOEZICHT = "toezicht", "voorwaarden en toezicht"
    UITKERING = "uitkering", "maatregel op een uitkering"
    WONING = "woning", "maatregel op de woning"
    ZORG = "zorg", "verplichte zorg"
    STRAFRECHT = "strafrecht", "strafrecht"
    ANDERS = "anders", "iets anders"


class DrangstapQuerySet(models.QuerySet["Drangstap"]):
    """The words in which steps are asked for."""

    def in_order(self) -> "DrangstapQuerySet":
        """By their days; with what came of them."""
        return self.select_related("outcome", "organisation").order_by("on", "recorded_at", "pk")

    def open(self) -> "DrangstapQuerySet":
        """Nobody said yet what came of them."""
        return self.filter(outcome__isnull=True)

    def of_organisation_of(self, user: "User") -> "DrangstapQuerySet":
        """What this user's own organisation does."""
        return self.filter(organisation_id=user.organisation_id)


class Drangstap(PersonalData):
    """One step of drang en dwang, by one partner on one day, or by who leads the case himself.

    S2, Werkprocessen: "dat niet nagelaten zal worden om repressieve maatregelen in te zetten".
    A third party signed for secrecy before it was told anything (WGS 2.31 lid 9). Never changed:
    what came of it is a row of its own, and what comes next another step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="steps")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    instrument = models.CharField("middel", max_length=10, choices=Instrument)
    description = models.CharField("wat er gebeurt", max_length=200)
    framework = models.CharField("kader", max_length=10, choices=Framework)
    on = models.DateField("op")
    care_seen = models.BooleanField("lopende zorg gezien", default=False)
    secrecy_signed_on = models.DateField("geheimhouding getekend op", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = DrangstapQuerySet.as_manager()

    class Meta:
        verbose_name = "drangstap"
        verbose_name_plural = "drangstappen"
        constraints = [
            models.CheckConstraint(
                name="a_step_is_drang_or_dwang", condition=Q(framework__in=["drang", "dwang"])
            )
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def who(self) -> str:
        """The partner; without one who leads the case does it himself."""
        return self.organisation.short_name if self.organisation else "interventiemanager"

    @property
    def is_open(self) -> bool:
        """Nobody said yet what came of it."""
        return not hasattr(self, "outcome")


class Stapuitkomst(PersonalData):
    """What came of a step: its partner says it, or who leads the case."""

    step = models.OneToOneField(Drangstap, models.CASCADE, primary_key=True, related_name="outcome")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    text = models.CharField("wat het opleverde", max_length=500)
    happened_on = models.DateField("op")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "uitkomst van een drangstap"
        verbose_name_plural = "uitkomsten van drangstappen"

    def __str__(self) -> str:
        return self.text
