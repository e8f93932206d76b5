"""How an organisation becomes a partner of the covenant, and leaves it. S2, convenant; GOV-03."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from partners.models.organisation import Organisation, WgsClass, WgsMember
from partners.models.people import User
from partners.states import ToetredingStatus

S = ToetredingStatus
BEFORE_THE_TEST = (S.VOORGESTELD, S.AFGEWEZEN)
BEFORE_THE_DECISION = (*BEFORE_THE_TEST, S.GETOETST)
BEFORE_THE_SIGNATURE = (*BEFORE_THE_DECISION, S.GOEDGEKEURD)
AT_THE_TABLE = (S.ACTIEF, S.VERTREKT, S.UITGETREDEN)
ON_THE_WAY = (S.VOORGESTELD, S.GETOETST, S.GOEDGEKEURD, S.ONDERTEKEND)

BEFORE_THIS_HOUSE = Q(proposed_by=None)


class ToetredingQuerySet(models.QuerySet["Toetreding"]):
    """The words in which it is asked who joins and who leaves."""

    def on_the_way(self) -> "ToetredingQuerySet":
        """Who was proposed and is no partner yet, the oldest first."""
        return self.filter(status__in=ON_THE_WAY).order_by("proposed_on", "pk")

    def running(self) -> "ToetredingQuerySet":
        """Those that are not over: on the way, at the table, or about to leave."""
        return self.exclude(status__in=[S.AFGEWEZEN, S.UITGETREDEN])

    def newest_first(self) -> "ToetredingQuerySet":
        return self.order_by("-proposed_on", "-active_from", "pk")


class Toetreding(models.Model):
    """One organisation's way to the table and away from it; who comes back begins anew. GOV-03.

    Who stood in the covenant before this house was there, was proposed by nobody. Two days decide
    whether any account of the organisation works (vh.seated_at): from `active_from`, and no longer
    on `leaves_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="toetredingen")
    status = models.CharField("status", max_length=12, choices=ToetredingStatus)
    proposal = models.CharField("waarom deze partner", max_length=500)
    proposed_on = models.DateField("voorgesteld op")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    tested_on = models.DateField("getoetst op", null=True)
    test = models.CharField("grond in de wet, en wie toetste", max_length=200, blank=True)
    wgs_class = models.CharField("plaats in de WGS", max_length=20, choices=WgsClass, blank=True)
    wgs_members = ArrayField(
        models.CharField(max_length=2, choices=WgsMember), verbose_name="organen", default=list
    )
    decided_on = models.DateField("stuurgroep van", null=True)
    decision = models.CharField("besluit", max_length=300, blank=True)
    signed_on = models.DateField("verklaring getekend op", null=True)
    turned_down = models.CharField("waarom niet", max_length=300, blank=True)
    active_from = models.DateField("partner vanaf", null=True)
    activated_at = models.DateTimeField(null=True)
    leaves_on = models.DateField("uitgetreden per", null=True)
    leaving = models.CharField("waarom uitgetreden", max_length=300, blank=True)
    leaving_at = models.DateTimeField(null=True)
    leaving_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ToetredingQuerySet.as_manager()

    class Meta:
        verbose_name = "toetreding"
        verbose_name_plural = "toetredingen"
        constraints = [
            models.CheckConstraint(
                name="toetreding_status_known", condition=Q(status__in=ToetredingStatus.values)
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~Q(status__in=["afgewezen", "uitgetreden"]),
                name="one_toetreding_at_a_time",
            ),
            models.CheckConstraint(
                name="toetreding_tested_with_an_outcome",
                condition=BEFORE_THIS_HOUSE
                | Q(status__in=BEFORE_THE_TEST)
                | Q(tested_on__isnull=False) & ~Q(test="") & ~Q(wgs_class=""),
            ),
            models.CheckConstraint(
                name="toetreding_approved_by_a_decision",
                condition=BEFORE_THIS_HOUSE
                | Q(status__in=BEFORE_THE_DECISION)
                | Q(decided_on__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="toetreding_active_after_the_signature",
                condition=BEFORE_THIS_HOUSE
                | Q(status__in=BEFORE_THE_SIGNATURE)
                | Q(signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="toetreding_at_the_table_from_a_day",
                condition=Q(
                    status__in=AT_THE_TABLE, active_from__isnull=False, activated_at__isnull=False
                )
                | ~Q(status__in=AT_THE_TABLE) & Q(active_from=None, activated_at=None),
            ),
            models.CheckConstraint(
                name="toetreding_leaves_on_a_day",
                condition=Q(
                    status__in=[S.VERTREKT, S.UITGETREDEN],
                    leaves_on__gte=F("active_from"),
                    leaving_at__isnull=False,
                    leaving_by__isnull=False,
                )
                | ~Q(status__in=[S.VERTREKT, S.UITGETREDEN])
                & Q(leaves_on=None, leaving_at=None, leaving_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"toetreding van {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("partners:toetreding", args=[self.pk])
