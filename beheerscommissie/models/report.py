"""Reports of nuisance, in four tables with a lock each.

The row says which kind, where, when and how far it is: that is all the commission may know. What
was seen, who reported it and what was done about it are for the buurtregisseur alone: residents
sit in the commission. eisen.md 0.5 (17), NUI-03, NUI-08.
"""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from beheerscommissie.models.area import Area, Place
from beheerscommissie.models.plan import NuisanceKind, Party
from beheerscommissie.states import ReportStatus
from partners.models import Role
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class DayPart(models.TextChoices):
    """When on the day; a clock time would point at one person."""

    OCHTEND = "ochtend", "ochtend (6 tot 12 uur)"
    MIDDAG = "middag", "middag (12 tot 18 uur)"
    AVOND = "avond", "avond (18 tot 24 uur)"
    NACHT = "nacht", "nacht (0 tot 6 uur)"


class Means(models.TextChoices):
    """How the reporter heard what was done."""

    TELEFOON = "telefoon", "per telefoon"
    EMAIL = "email", "per e-mail"
    GESPREK = "gesprek", "in een gesprek"
    MELDCODE = "meldcode", "met de meldcode op de website"


class OverlastmeldingQuerySet(models.QuerySet["Overlastmelding"]):
    """The words in which reports of nuisance are asked for."""

    def visible_to(self, user: "User") -> "OverlastmeldingQuerySet":
        """The commission and its chair see the rows; nobody else does. The plan to the wall."""
        if user.has_role(Role.COMMISSIELID, Role.BUURTREGISSEUR):
            return self
        return self.none()

    def open(self) -> "OverlastmeldingQuerySet":
        """Whose reporter has not heard the outcome yet."""
        return self.exclude(status=ReportStatus.TERUGGEKOPPELD)

    def between(self, first: date, last: date) -> "OverlastmeldingQuerySet":
        """Of nuisance in these days, both counting."""
        return self.filter(happened_on__range=(first, last))


class Overlastmelding(PersonalData):
    """That there was nuisance: which kind, at which place, when, and how far it is.

    Written by `vh.file_nuisance_report` alone. `happened_on` is a day in Europe/Amsterdam.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="overlastmeldingen")
    place = models.ForeignKey(Place, models.PROTECT, related_name="overlastmeldingen")
    kind = models.CharField("soort overlast", max_length=16, choices=NuisanceKind)
    happened_on = models.DateField("datum")
    day_part = models.CharField("deel van de dag", max_length=8, choices=DayPart)
    reported_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(
        "stand", max_length=16, choices=ReportStatus, default=ReportStatus.GEMELD
    )
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="overlastmeldingen")
    version = models.PositiveIntegerField(default=1)

    objects = OverlastmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "overlastmelding"
        verbose_name_plural = "overlastmeldingen"
        indexes = [
            models.Index(fields=["area", "happened_on"], name="melding_per_area_and_day"),
            models.Index(
                fields=["reported_at"],
                condition=~Q(status="teruggekoppeld"),
                name="melding_still_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="melding_kind_known", condition=Q(kind__in=NuisanceKind.values)
            ),
            models.CheckConstraint(
                name="melding_status_known", condition=Q(status__in=ReportStatus.values)
            ),
            models.CheckConstraint(
                name="melding_day_part_known", condition=Q(day_part__in=DayPart.values)
            ),
            models.CheckConstraint(
                name="melding_in_hand_has_a_party",
                condition=Q(status=ReportStatus.GEMELD) | Q(party__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} bij {self.place}"

    @property
    def is_open(self) -> bool:
        return self.status != ReportStatus.TERUGGEKOPPELD


class ReportContent(PersonalData):
    """What the reporter wrote, and the code by which he can follow his report. For handlers."""

    melding = models.OneToOneField(
        Overlastmelding, models.CASCADE, primary_key=True, related_name="content"
    )
    code = models.CharField("meldcode", max_length=9, unique=True)
    submission = models.UUIDField(unique=True)
    place_detail = models.CharField("waar precies", max_length=200, blank=True)
    conduct = models.TextField("wat er gebeurde")

    class Meta:
        verbose_name = "inhoud van een melding"
        verbose_name_plural = "inhoud van meldingen"

    def __str__(self) -> str:
        return self.code


class Melder(PersonalData):
    """Who reported and wants to hear the outcome. For handlers; absent when anonymous. NUI-08."""

    melding = models.OneToOneField(
        Overlastmelding, models.CASCADE, primary_key=True, related_name="melder"
    )
    name = models.CharField("naam", max_length=120, blank=True)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)

    class Meta:
        verbose_name = "melder"
        verbose_name_plural = "melders"

    def __str__(self) -> str:
        return self.name or self.phone or self.email


class ReportStep(PersonalData):
    """One step of a report: assigned, handled or fed back; by whom, when, and in which words."""

    class Name(models.TextChoices):
        """The moves of REPORT_FLOW, as the page tells them."""

        ASSIGN = "assign_report", "toegewezen"
        HANDLE = "handle_report", "afgehandeld"
        FEEDBACK = "give_feedback", "teruggekoppeld"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    melding = models.ForeignKey(Overlastmelding, models.CASCADE, related_name="steps")
    name = models.CharField("stap", max_length=16, choices=Name)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    text = models.TextField("tekst", blank=True)
    means = models.CharField("hoe", max_length=10, choices=Means, blank=True)
    told_on = models.DateField("op", null=True)

    class Meta:
        verbose_name = "stap van een melding"
        verbose_name_plural = "stappen van meldingen"
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="report_step_known",
                condition=Q(name__in=["assign_report", "handle_report", "give_feedback"]),
            ),
            models.CheckConstraint(
                name="report_means_known", condition=Q(means__in=["", *Means.values])
            ),
            models.CheckConstraint(
                name="feedback_says_how_and_when",
                condition=~Q(name="give_feedback")
                | (~Q(means="") & Q(told_on__isnull=False) & ~Q(text="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} op {self.at:%d-%m-%Y}"


class ReportSender(PersonalData):
    """How many reports came from one address in the last hour; forgotten within a day.

    `digest` is a keyed hash of address and day, so that it says nothing once the day is over. Only
    `vh.file_nuisance_report` reads and writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "afzender van meldingen"
        verbose_name_plural = "afzenders van meldingen"
        indexes = [models.Index(fields=["digest", "at"], name="sender_lately")]

    def __str__(self) -> str:
        return self.digest[:8]
