"""What somebody of a partner may decide or promise, in his function. S0; GOV-22."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models.organisation import Organisation
from partners.models.people import User


class MandaatQuerySet(models.QuerySet["Mandaat"]):
    """The words in which mandates are asked for."""

    def current(self, on: date | None = None) -> "MandaatQuerySet":
        """Those that count on that day (default: today)."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day, valid_until__gte=day)

    def first_to_end(self) -> "MandaatQuerySet":
        return self.order_by("valid_until", "function", "pk")


class Mandaat(models.Model):
    """A function at a partner may decide or promise this, from a day until and with a day. GOV-22.

    S0: "mandaat voor de frontliners". It always ends; of a person only the function is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mandaten")
    function = models.CharField("wie, in welke functie", max_length=120)
    may = models.CharField("wat mag hij beslissen of toezeggen", max_length=300)
    valid_from = models.DateField("vanaf")
    valid_until = models.DateField("tot en met")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = MandaatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        constraints = [
            models.CheckConstraint(
                name="mandaat_ends_after_it_starts",
                condition=Q(valid_until__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.function} van {self.organisation.short_name}"

    @property
    def is_current(self) -> bool:
        """Whether it counts today."""
        return self.valid_from <= timezone.localdate() <= self.valid_until
