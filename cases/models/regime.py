"""Under which regime a case is, and why: the choice at first, and every step after. PRV-20."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import Case
from partners.models import Organisation, Regime
from veiligheidshuis.models import PersonalData

# The ground that the law itself gives; that of the local approach is the covenant of the day.
GROUND_IN_LAW = "WGS 2.25 en 2.26: casusoverleg van het Zorg- en Veiligheidshuis"


@dataclass(frozen=True)
class Choice:
    """Under which regime somebody is to be worked on, why, and on what ground."""

    regime: str = Regime.WGS
    reason: str = ""
    ground: str = GROUND_IN_LAW


class RegimekeuzeQuerySet(models.QuerySet["Regimekeuze"]):
    """The words in which it is asked why a case is under its regime."""

    def newest_first(self) -> "RegimekeuzeQuerySet":
        return self.order_by("-chosen_at", "-pk")


class Regimekeuze(PersonalData):
    """Somebody chose under which regime a case is worked on, with a reason and a ground.

    Written by the wall alone, together with the case itself; what was chosen stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="regimekeuzes")
    regime = models.CharField("regime", max_length=10, choices=Regime)
    reason = models.CharField("waarom", max_length=300, blank=True)
    ground = models.CharField("grond", max_length=300)
    decided_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="wie het besloot"
    )
    decided_on = models.DateField("besloten op")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)

    objects = RegimekeuzeQuerySet.as_manager()

    class Meta:
        verbose_name = "regimekeuze"
        verbose_name_plural = "regimekeuzes"
        indexes = [models.Index(fields=["case", "-chosen_at"], name="regime_newest_first")]
        constraints = [
            models.CheckConstraint(
                name="regimekeuze_regime_known", condition=Q(regime__in=Regime.values)
            ),
            models.CheckConstraint(name="regimekeuze_has_a_ground", condition=~Q(ground="")),
            models.CheckConstraint(
                name="local_approach_has_a_reason",
                condition=~Q(regime=Regime.LOKALE_PGA) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_regime_display()
