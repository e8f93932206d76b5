"""Somebody lost his second factor, and two colleagues see to it that he gets a new one. AUTH-12."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from partners.models.people import User
from partners.states import UNDER_WAY, ResetStatus


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    """The words in which resets of a second step are asked for."""

    def under_way(self) -> "FactorResetQuerySet":
        """Those that can still go on, or be stopped."""
        return self.filter(status__in=UNDER_WAY)

    def newest_first(self) -> "FactorResetQuerySet":
        people = ("user__organisation", "asked_by", "approved_by", "closed_by")
        return self.select_related(*people).order_by("-asked_at", "pk")


class FactorReset(models.Model):
    """The office asks to take somebody's lost second factor away; another looks along.

    After a day in which he himself can stop it, it is done. Written by the functions of the wall.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="factor_resets")
    status = models.CharField("status", max_length=14, choices=ResetStatus)
    reason = models.TextField("wat is er gebeurd")
    identity = models.TextField("hoe weet je dat hij het is")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField("niet eerder dan", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = "tweede stap terugzetten"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=UNDER_WAY),
                name="one_reset_under_way",
            ),
            models.CheckConstraint(
                name="reset_status_known", condition=Q(status__in=ResetStatus.values)
            ),
            models.CheckConstraint(
                name="reset_takes_two_others",
                condition=~Q(asked_by=F("user"))
                & (Q(approved_by=None) | ~Q(approved_by=F("asked_by")) & ~Q(approved_by=F("user"))),
            ),
            models.CheckConstraint(
                name="reset_done_after_a_second_person",
                condition=~Q(status__in=("goedgekeurd", "uitgevoerd"))
                | Q(approved_by__isnull=False, approved_at__isnull=False, not_before__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"tweede stap van {self.user}"

    @property
    def waited_out(self) -> bool:
        """Whether he had his time to stop it."""
        return self.not_before is not None and self.not_before <= timezone.now()
