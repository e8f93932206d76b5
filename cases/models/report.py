"""A structured report of somebody: what a form asks, and what hangs on the answer. INT-01..05.

What was told stands in the timeline of the dossier, part by part, for who may read the report: so
that it moves along when two dossiers turn out to be one, and goes when the report is destroyed. The
row of a report is process data: by which form, how urgent, and by when somebody calls.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import Case
from veiligheidshuis.models import PersonalData


class Onderdeel(models.TextChoices):
    """What a form may ask beside what the law always asks. The leefgebieden: S2, voetnoot 7."""

    GEPROBEERD = "geprobeerd", "wat is al geprobeerd"
    GEZIN = "gezin", "gezin en directe kring"
    IDENTITEITSPAPIEREN = "identiteitspapieren", "identiteitspapieren"
    HUISVESTING = "huisvesting", "huisvesting"
    WERK_INKOMEN = "werk_inkomen", "werk en inkomen"
    EDUCATIE = "educatie", "educatie"
    GEZONDHEID = "gezondheid", "gezondheid"
    ZELFREDZAAMHEID = "zelfredzaamheid", "zelfredzaamheid"
    SCHULDSANERING = "schuldsanering", "schuldsanering"


class Criterium(models.TextChoices):
    """The four criteria of BGS 2.20 lid 1: all four, or somebody is not for this house."""

    A = "a", "de problemen zijn er bij de persoon, of in het gezin als dat ertoe doet"
    B = "b", "er zijn problemen op meer leefgebieden, die samenhangen met delicten of overlast"
    C = "c", "zonder ingrijpen leiden ze tot ernstige overlast, criminaliteit of onveiligheid"
    D = "d", "een goed plan vraagt samenwerking van deelnemers uit meer domeinen"


class Spoed(models.TextChoices):
    """How long the report can wait, as whoever reports sees it."""

    GEWOON = "gewoon", "kan wachten op het gewone overleg"
    SPOED = "spoed", "spoed: het loopt nu uit de hand"


class MeldformulierQuerySet(models.QuerySet["Meldformulier"]):
    """The words in which forms are asked for."""

    def valid_on(self, day: date) -> "MeldformulierQuerySet":
        """The versions that are used on this day, the general one first."""
        began = self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
        return began.order_by("place", "code")


class Meldformulier(models.Model):
    """A version of what one source of reports is asked: data, so that a source costs no program."""

    code = models.SlugField("kenmerk", max_length=30)
    version = models.PositiveSmallIntegerField("versie", default=1)
    name = models.CharField("naam", max_length=80)
    place = models.PositiveSmallIntegerField("volgorde", default=1)
    asks = ArrayField(models.CharField(max_length=24, choices=Onderdeel), verbose_name="vraagt")
    source = models.CharField("bron", max_length=120)
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met", null=True)

    objects = MeldformulierQuerySet.as_manager()

    class Meta:
        verbose_name = "meldformulier"
        verbose_name_plural = "meldformulieren"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until=None), name="one_form_without_end"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Report:
    """What somebody tells, as his form asked it. `parts`: Onderdeel or Criterium, and the words."""

    form: Meldformulier
    reason: str
    result: str
    correct: bool
    discussed: bool
    why_not: str = ""
    ask_again_on: date | None = None
    urgency: str = Spoed.GEWOON
    parts: Mapping[str, str] = field(default_factory=dict)


class AanmeldingQuerySet(models.QuerySet["Aanmelding"]):
    """The words in which reports are asked for."""

    def not_called(self) -> "AanmeldingQuerySet":
        """Those of whom nobody called the reporter yet, the most pressing first."""
        return self.filter(contacted_on=None).order_by("contact_by", "reported_at", "pk")


class Aanmelding(PersonalData):
    """That somebody reported a person, by which form, and by when we call him. INT-05.

    `reported_as` is the name as it was told: whoever told it reads it back, and nothing else of the
    dossier that his report turned out to belong to. INT-10.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="aanmeldingen")
    form = models.ForeignKey(Meldformulier, models.PROTECT, related_name="+")
    urgency = models.CharField("spoed", max_length=8, choices=Spoed, default=Spoed.GEWOON)
    discussed = models.BooleanField("besproken met de persoon")
    ask_again_on = models.DateField("opnieuw bekijken op", null=True)
    reported_as = models.CharField("aangedragen als", max_length=200)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("gemeld op", default=timezone.now)
    contact_by = models.DateField("contact uiterlijk")
    contacted_on = models.DateField("contact gehad op", null=True)
    contacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.CheckConstraint(
                name="report_discussed_or_looked_at_again",
                condition=Q(discussed=True) | Q(ask_again_on__isnull=False),
            ),
            models.CheckConstraint(
                name="report_contact_has_day_and_caller",
                condition=Q(contacted_on=None, contacted_by=None)
                | Q(contacted_on__isnull=False, contacted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"aanmelding van {self.reported_at:%d-%m-%Y}"
