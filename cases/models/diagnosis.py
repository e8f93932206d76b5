"""The diagnosis over the seven leefgebieden: what is lacking, and what drives the conduct. S2."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat
from django.utils import timezone

from cases.models.case import Case
from cases.models.scopes import Leefgebied, Scope
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData

UNKNOWN = "onbekend"  # how a form says "nog onbekend"; the table says NULL
DEFICIT_WORDS = ("geen", "licht", "matig", "ernstig", "zeer ernstig")


class SelfReliance(models.TextChoices):
    """Whether the client can carry out the plan himself. S2, voetnoot 8."""

    ZELF = "zelf", "kan het plan zelf uitvoeren"
    DEELS = "deels", "kan een deel zelf uitvoeren"
    NIET = "niet", "kan het plan niet zelf uitvoeren"


class Interview(models.TextChoices):
    """Whether the client himself was spoken to, or did not want to. S2: "aangevuld met een
    persoonlijk interview"; DIA-03."""

    GEHOUDEN = "gehouden", "gesprek gehouden"
    GEWEIGERD = "geweigerd", "gesprek geweigerd"


class Diagnosis(PersonalData):
    """The diagnosis of one case; complete when every leefgebied and self-reliance are judged."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="diagnosis")
    self_reliance = models.CharField(
        "zelfredzaamheid voor het plan", max_length=8, choices=SelfReliance, blank=True
    )
    instrument = models.CharField("instrument", max_length=80, blank=True)
    interview = models.CharField(
        "gesprek met de cliënt", max_length=9, choices=Interview, blank=True
    )
    # The day of the talk, or on which he would not have it.
    interview_on = models.DateField("gesprek met de cliënt op", null=True, blank=True)
    interview_by = models.CharField("wie het gesprek voerde", max_length=120, blank=True)
    refused_because = models.CharField("waarom geen gesprek", max_length=300, blank=True)
    completed_on = models.DateField("vastgesteld op", null=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    history = history()

    class Meta:
        verbose_name = "diagnose"
        constraints = [
            models.CheckConstraint(
                name="diagnosis_completed_on_a_day_by_somebody",
                condition=Q(completed_on=None, completed_by=None)
                | Q(completed_on__isnull=False, completed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_on_a_day_and_refused_for_a_reason",
                condition=Q(interview="", interview_on=None, refused_because="")
                | Q(interview="gehouden", interview_on__isnull=False, refused_because="")
                | Q(interview="geweigerd", interview_on__isnull=False) & ~Q(refused_because=""),
            ),
        ]

    def __str__(self) -> str:
        return "diagnose"


class Vaststelling(PersonalData):
    """That a diagnosis was established, for the first time or again; process data. DIA-07.

    What it said then stands in the history of each judgement, under the lock of its leefgebied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="vaststellingen")
    number = models.PositiveSmallIntegerField("volgnummer")
    at = models.DateTimeField("vastgesteld op", default=timezone.now)
    established_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "vaststelling"
        verbose_name_plural = "vaststellingen"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="vaststelling_number_once")
        ]

    def __str__(self) -> str:
        return f"vaststelling {self.number}"


class LeefgebiedScoreQuerySet(models.QuerySet["LeefgebiedScore"]):
    """The words in which judgements are asked for."""

    def unjudged(self) -> "LeefgebiedScoreQuerySet":
        """Nobody said how it stands, nor why that is not known and how it will be. DIA-04."""
        return self.filter(Q(explanation="") | Q(find_out=""), deficit=None)

    def unknown(self) -> "LeefgebiedScoreQuerySet":
        """Judged as not known yet, with a reason."""
        return self.filter(deficit=None).exclude(explanation="").exclude(find_out="")

    def deficits(self) -> "LeefgebiedScoreQuerySet":
        """What the plan must cover."""
        return self.filter(deficit__gt=0)

    def in_order(self) -> list["LeefgebiedScore"]:
        """In the order of the covenant."""
        order = {leefgebied: n for n, leefgebied in enumerate(Leefgebied.values)}
        return sorted(self, key=lambda score: order[score.leefgebied])


class LeefgebiedScore(PersonalData):
    """The judgement on one leefgebied: how much is lacking (0-4), and why; or that it is not known
    yet, why not and how it will be. DIA-04: "unknown must be resolved or justified"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="leefgebieden")
    leefgebied = models.CharField("leefgebied", max_length=20, choices=Leefgebied)
    scope = models.CharField(max_length=30, choices=Scope, editable=False)
    deficit = models.PositiveSmallIntegerField("tekort", null=True)
    explanation = models.TextField("toelichting", blank=True)
    criminogenic = models.BooleanField("hangt samen met delict of overlast", null=True)
    find_out = models.CharField("wat nog wordt uitgezocht", max_length=300, blank=True)
    protective = models.TextField("wat goed gaat", blank=True)
    need = models.TextField("wat nodig is", blank=True)
    running_help = models.TextField("hulp die al loopt", blank=True)
    source = models.CharField("van wie dit komt", max_length=200, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = LeefgebiedScoreQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = "oordeel over een leefgebied"
        verbose_name_plural = "oordelen over leefgebieden"
        constraints = [
            models.UniqueConstraint(fields=["case", "leefgebied"], name="one_score_a_leefgebied"),
            models.CheckConstraint(
                name="deficit_from_0_to_4", condition=Q(deficit=None) | Q(deficit__lte=4)
            ),
            models.CheckConstraint(
                name="deficit_says_what_lacks_and_whether_it_drives",
                condition=Q(deficit=None)
                | Q(deficit=0)
                | (~Q(explanation="") & Q(criminogenic__isnull=False)),
            ),
            models.CheckConstraint(
                name="score_scope_is_its_leefgebied",
                condition=Q(scope=Concat(models.Value("view_"), "leefgebied")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_leefgebied_display()}: {self.deficit_word}"

    @property
    def is_unknown(self) -> bool:
        """Judged as not known yet: there is a reason, and a way to know it."""
        return self.deficit is None and bool(self.explanation and self.find_out)

    @property
    def is_judged(self) -> bool:
        return self.deficit is not None or self.is_unknown

    @property
    def deficit_word(self) -> str:
        return "nog onbekend" if self.deficit is None else DEFICIT_WORDS[self.deficit]
