"""An area round a shelter, its places, and when its commission meets. Nothing about persons."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone


class Area(models.Model):
    """A neighbourhood with a beheerscommissie of its own. S4, 1.2."""

    name = models.CharField("naam", max_length=120)
    slug = models.SlugField("adresdeel", unique=True)
    municipality = models.CharField("gemeente", max_length=80)

    class Meta:
        verbose_name = "gebied"
        verbose_name_plural = "gebieden"

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A street or spot that the plan names; where it lies on the schematic map (820 by 540)."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="places")
    name = models.CharField("plek", max_length=80)
    order = models.PositiveSmallIntegerField("volgorde")
    map_x = models.PositiveSmallIntegerField("plaats op de kaart, van links")
    map_y = models.PositiveSmallIntegerField("plaats op de kaart, van boven")

    class Meta:
        verbose_name = "plek"
        verbose_name_plural = "plekken"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="place_named_once")]

    def __str__(self) -> str:
        return self.name


class VergaderingQuerySet(models.QuerySet["Vergadering"]):
    """The words in which meetings of a commission are asked for."""

    def coming(self, on: date | None = None) -> "VergaderingQuerySet":
        """Meetings of today and later, the nearest first."""
        return self.filter(on__gte=on or timezone.localdate()).order_by("on", "starts_at", "pk")

    def held(self, on: date | None = None) -> "VergaderingQuerySet":
        """Meetings of before today, the latest first."""
        return self.filter(on__lt=on or timezone.localdate()).order_by("-on", "-starts_at", "pk")


class Vergadering(models.Model):
    """A meeting of the commission: day and time in Europe/Amsterdam, and what will be discussed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="vergaderingen")
    on = models.DateField("datum")
    starts_at = models.TimeField("begint om")
    location = models.CharField("waar", max_length=120)
    topics = models.TextField("onderwerpen")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VergaderingQuerySet.as_manager()

    class Meta:
        verbose_name = "vergadering"
        verbose_name_plural = "vergaderingen"
        constraints = [models.UniqueConstraint(fields=["area", "on"], name="one_vergadering_a_day")]

    def __str__(self) -> str:
        return f"Vergadering op {self.on}"
