"""A partner does not do what it agreed, and is held to it, step by step. REG-05.

S2, Werkprocessen: "alle ketenpartners [verlenen] hun actieve medewerking … Gemeenten en Openbaar
Ministerie hechten - indien nodig - hun doorzettingskracht aan het daadwerkelijk implementeren".
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case, Scope
from maatwerkplan.models.action import PartnerAction
from maatwerkplan.models.plan import Maatwerkplan
from maatwerkplan.states import IN_FORCE, AansprekingStatus
from partners.models import Organisation, Regie, Role
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class CallStage(models.TextChoices):
    """How hard a partner is held to what it agreed; each step follows one that did not help."""

    HERINNERING = "herinnering", "herinnering"
    OPROEP = "oproep", "formele oproep"
    MANAGER = "manager", "naar de manager"
    DOORZETTINGSMACHT = "doorzetting", "doorzettingsmacht gevraagd"


# What came as far as the manager.
TO_MANAGER = (CallStage.MANAGER, CallStage.DOORZETTINGSMACHT)
# Whose doorzettingskracht can be asked: the municipality's and the Openbaar Ministerie's. S2.
WITH_POWER = (Regie.ALGEMEEN, Regie.STRAFRECHT)


class AansprekingQuerySet(models.QuerySet["Aanspreking"]):
    """The words in which it is asked for who was held to what."""

    def open(self) -> "AansprekingQuerySet":
        """Nobody said yet what came of it, and the plan still asks it."""
        return self.filter(status=AansprekingStatus.LOOPT, plan__status__in=IN_FORCE)

    def settled_by(self, user: "User") -> "AansprekingQuerySet":
        """Those of which this user says what came of it: he leads, or is the manager who was
        asked."""
        led = Q(case__in=Case.objects.visible_to(user, Scope.LEAD_CASE))
        asked = Q(stage__in=TO_MANAGER) if user.has_role(Role.MANAGER) else Q(pk=None)
        return self.filter(led | asked)

    def of_manager(self) -> "AansprekingQuerySet":
        """What came as far as the manager."""
        return self.filter(stage__in=TO_MANAGER)

    def with_people(self) -> "AansprekingQuerySet":
        return self.select_related(
            "asked_by", "settled_by", "organisation", "asked_of", "case__client", "plan"
        )

    def last_first(self) -> "AansprekingQuerySet":
        return self.order_by("-asked_at", "pk")


class Aanspreking(PersonalData):
    """One step by which a partner is held to one action of a signed plan, and what came of it.

    Who leads reminds, calls formally, and lays it before the manager; he asks the doorzettingsmacht
    of a municipality or the OM, by telephone: the house sends them nothing. The manager sees no
    plan: what he must know is copied here. What was asked stands as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Only an action of a signed plan has one, and that never leaves its plan.
    action = models.ForeignKey(PartnerAction, models.DO_NOTHING, related_name="calls")
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    action_text = models.CharField("om welke actie", max_length=200)
    stage = models.CharField("stap", max_length=11, choices=CallStage)
    asked_of = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="aan wie"
    )
    text = models.TextField("wat er wordt gevraagd")
    answer_by = models.DateField("uiterlijk")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(
        "stand", max_length=11, choices=AansprekingStatus, default=AansprekingStatus.LOOPT
    )
    outcome = models.TextField("wat eruit kwam", blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = AansprekingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanspreking"
        verbose_name_plural = "aansprekingen"
        constraints = [
            models.UniqueConstraint(
                name="one_call_at_a_time", fields=["action"], condition=Q(status="loopt")
            ),
            models.CheckConstraint(
                name="aanspreking_status_known", condition=Q(status__in=AansprekingStatus.values)
            ),
            models.CheckConstraint(
                name="power_is_asked_of_somebody",
                condition=Q(stage="doorzetting", asked_of__isnull=False)
                | (~Q(stage="doorzetting") & Q(asked_of=None)),
            ),
            models.CheckConstraint(
                name="an_outcome_has_a_name_and_words",
                condition=Q(status="loopt")
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}: {self.action_text}"

    @property
    def runs(self) -> bool:
        """Nobody said yet what came of it."""
        return self.status == AansprekingStatus.LOOPT

    @property
    def asks_power(self) -> bool:
        """It came as far as a municipality or the OM."""
        return self.stage == CallStage.DOORZETTINGSMACHT
