"""What struck the house about how people read: the signals for the FG."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SignalKind(models.TextChoices):
    """What is unusual about a day of reading, or of logging in. BIO2 5.17, NEN 7513."""

    VEEL = "veel", "veel meer dossiers dan anders"
    MEEGENOMEN = "meegenomen", "veel dossiers meegenomen in een bestand"
    NACHT = "nacht", "dossiers in de nacht"
    AFTASTEN = "aftasten", "vaak gevraagd naar wat er niet is"
    ZONDER_TAAK = "zonder_taak", "dossiers zonder taak, overleg of rol"
    NAAMGENOOT = "naamgenoot", "een cliënt met dezelfde achternaam"
    TWEEDE_STAP = "tweede_stap", "een tweede stap die wordt teruggezet"


class SignalQuerySet(models.QuerySet["Signal"]):
    """The words in which signals are asked for."""

    def open(self) -> "SignalQuerySet":
        return self.filter(handled_at=None)

    def newest_first(self) -> "SignalQuerySet":
        return self.select_related("user__organisation", "handled_by").order_by("-raised_at", "pk")


class Signal(models.Model):
    """Somebody read, or comes in, in an unusual way on one day; a person judges what it means.

    Says how many, never which dossiers: those stand in the access log.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=12, choices=SignalKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField("dag")
    count = models.PositiveIntegerField("aantal")
    raised_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    finding = models.TextField("wat was het", blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        constraints = [
            models.UniqueConstraint(fields=["kind", "user", "day"], name="one_signal_a_day"),
            models.CheckConstraint(
                name="signal_handled_by_somebody_with_a_finding",
                condition=Q(handled_at=None, handled_by=None, finding="")
                | Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(finding=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
