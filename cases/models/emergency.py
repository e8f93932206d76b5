"""Break-glass: somebody of the office opened the content of one dossier, and why. DOS-04."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import Case
from veiligheidshuis.models import PersonalData
from veiligheidshuis.werkafspraken import number


class NoodtoegangQuerySet(models.QuerySet["Noodtoegang"]):
    """The words in which emergencies are asked for."""

    def running(self, at: datetime | None = None) -> "NoodtoegangQuerySet":
        """Those in which the dossier lies open at that moment (default: now)."""
        return self.filter(ends_at__gt=at or timezone.now())

    def waiting(self) -> "NoodtoegangQuerySet":
        """Those that are over and that nobody has judged yet."""
        return self.filter(ends_at__lte=timezone.now(), reviewed_at=None)

    def oldest_unreviewed_first(self) -> "NoodtoegangQuerySet":
        return self.order_by(F("reviewed_at").desc(nulls_first=True), "opened_at", "pk")


def judgement_overdue() -> bool:
    """Whether what the asking user opened should have been judged by now, of whichever dossier;
    also one that he may not know any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.judgement_overdue()")
        return bool(cursor.fetchone()[0])


class Noodtoegang(PersonalData):
    """One dossier open to one person for some hours; somebody else judges afterwards whether that
    was right. Written by the functions of the wall alone (vh.break_glass, vh.review_emergency)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="noodtoegangen")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("reden", max_length=300)
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField("tot")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    justified = models.BooleanField("terecht", null=True)
    review = models.CharField("oordeel", max_length=300, blank=True)

    objects = NoodtoegangQuerySet.as_manager()

    class Meta:
        verbose_name = "noodtoegang"
        verbose_name_plural = "noodtoegangen"
        constraints = [
            models.CheckConstraint(
                name="emergency_ends_after_it_starts", condition=Q(ends_at__gte=F("opened_at"))
            ),
            models.CheckConstraint(
                name="emergency_reviewed_by_another",
                condition=Q(reviewed_at=None, reviewed_by=None, justified=None, review="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, justified__isnull=False)
                & ~Q(reviewed_by=F("opened_by"))
                & ~Q(review=""),
            ),
        ]

    def __str__(self) -> str:
        return f"noodtoegang van {self.opened_by}"

    @property
    def is_running(self) -> bool:
        """Whether the dossier lies open now."""
        return self.ends_at > timezone.now()

    @property
    def waits(self) -> bool:
        """Whether it is over and nobody has judged it yet."""
        return not self.is_running and self.reviewed_at is None

    @property
    def review_by(self) -> datetime:
        """When somebody must have judged it."""
        within = number("emergency_review_days", timezone.localdate(self.opened_at))
        return self.opened_at + timedelta(days=within)

    @property
    def is_overdue(self) -> bool:
        return self.reviewed_at is None and self.review_by < timezone.now()
