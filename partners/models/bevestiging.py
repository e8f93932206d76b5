"""Twice a year every partner says of each colleague whether he still needs his account. GOV-03."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from partners.models.people import User


class Bevestigingsronde(models.Model):
    """A time in which every colleague is confirmed; who is not, sees nothing after its last day.

    Nothing about it changes afterwards but that people were reminded. Written by the functions of
    the wall.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    began_at = models.DateTimeField("begonnen", db_default=Now())
    began_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_day = models.DateField("tot en met")
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bevestigingsronde"
        verbose_name_plural = "bevestigingsrondes"
        get_latest_by = "began_at"
        constraints = [
            models.UniqueConstraint(fields=["last_day"], name="one_bevestigingsronde_a_day")
        ]

    def __str__(self) -> str:
        return f"ronde tot en met {self.last_day}"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed: who is not confirmed then sees nothing."""
        return self.last_day < timezone.localdate()


class BevestigingQuerySet(models.QuerySet["Bevestiging"]):
    """The words in which confirmations are asked for."""

    def in_round(self, ronde: Bevestigingsronde) -> "BevestigingQuerySet":
        """Those that count for this round, the oldest first."""
        found = self.filter(ronde=ronde).select_related("decided_by")
        return found.order_by("decided_at", "pk")


class Bevestiging(models.Model):
    """Somebody else said that this colleague still needs his account, or no longer.

    Never changed: who is confirmed later gets a new row, so that yesterday can be explained.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="bevestigingen")
    ronde = models.ForeignKey(Bevestigingsronde, models.PROTECT, related_name="bevestigingen")
    needed = models.BooleanField("nodig")
    reason = models.CharField("reden", max_length=300, blank=True)
    decided_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = BevestigingQuerySet.as_manager()

    class Meta:
        verbose_name = "bevestiging"
        verbose_name_plural = "bevestigingen"
        indexes = [models.Index(fields=["user", "decided_at"], name="bevestiging_of_user")]
        constraints = [
            models.CheckConstraint(
                name="bevestiging_by_another", condition=~Q(decided_by=F("user"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {'nodig' if self.needed else 'niet meer nodig'}"
