"""A partner does not promise what the plan asks of it, and the manager decides. OFF-01."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from maatwerkplan.models.delivery import DeliveryQuestion
from maatwerkplan.models.plan import Maatwerkplan
from maatwerkplan.states import DECIDED, DoorzettingStatus
from partners.models import Organisation
from veiligheidshuis.models import PersonalData


class DoorzettingQuerySet(models.QuerySet["Doorzetting"]):
    """The words in which decisions of the manager are asked for."""

    def waiting(self) -> "DoorzettingQuerySet":
        """The manager has still to decide."""
        return self.filter(status=DoorzettingStatus.VOORGELEGD)

    def standing(self) -> "DoorzettingQuerySet":
        """All but what was taken back; one for each question."""
        return self.exclude(status=DoorzettingStatus.TERUGGENOMEN)

    def pushed_through(self) -> "DoorzettingQuerySet":
        return self.filter(status=DoorzettingStatus.DOORGEZET)

    def with_people(self) -> "DoorzettingQuerySet":
        return self.select_related("laid_by", "decided_by", "organisation", "case__client")


class Doorzetting(PersonalData):
    """One answer that stands in the way of a plan, laid before the manager, and what he decided.

    S2, Aansturing en Werkprocessen ("doorzettingsmacht"); OFF-01. The manager sees no plan: what he
    must know of it is copied here. It stands for good, also when its action is changed or leaves
    the plan and the question goes with it; but it counts for that question alone, so a changed
    action needs a new promise or a new decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="doorzettingen")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    question = models.ForeignKey(
        DeliveryQuestion,
        models.DO_NOTHING,
        db_constraint=False,  # the question goes with its action, and this stays
        related_name="doorzettingen",
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField("welk beletsel", max_length=12)
    obstacle = models.CharField("het beletsel in woorden", max_length=900)
    action_text = models.CharField("om welke actie", max_length=300)
    why = models.TextField("waarom het moet doorgaan")
    laid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    laid_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(
        "stand",
        max_length=14,
        choices=DoorzettingStatus,
        default=DoorzettingStatus.VOORGELEGD,
    )
    reason = models.TextField("reden van het besluit", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = DoorzettingQuerySet.as_manager()

    class Meta:
        verbose_name = "doorzetting"
        verbose_name_plural = "doorzettingen"
        constraints = [
            models.UniqueConstraint(
                name="laid_before_once",
                fields=["question"],
                condition=~Q(status="teruggenomen"),
            ),
            models.CheckConstraint(
                name="doorzetting_status_known",
                condition=Q(status__in=DoorzettingStatus.values),
            ),
            models.CheckConstraint(
                name="a_decision_has_a_name_and_a_reason",
                condition=~Q(status__in=DECIDED)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}: {self.action_text}"

    @property
    def waits(self) -> bool:
        """The manager has still to decide."""
        return self.status == DoorzettingStatus.VOORGELEGD

    @property
    def is_pushed_through(self) -> bool:
        return self.status == DoorzettingStatus.DOORGEZET
