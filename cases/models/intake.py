"""The police list as it came in: read, weighed, and let go when it is decided. INT-06."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from cases.models.case import Case
from partners.models import Doelgroep, Organisation
from veiligheidshuis.models import PersonalData


class RowOutcome(models.TextChoices):
    """What a row of the list turned out to be."""

    NIEUW = "nieuw", "nieuw"
    BEKEND = "bekend", "bekend"
    TWIJFELACHTIG = "twijfelachtig", "twijfelachtig"
    AFGEWEZEN = "afgewezen", "afgewezen"


class RowDecision(models.TextChoices):
    """What a person says of a doubtful row."""

    ZELFDE = "zelfde", "dezelfde persoon"
    NIEUW = "nieuw", "iemand anders"
    WEGLATEN = "weglaten", "weggelaten"


class Indeling(models.Model):
    """How one partner makes his lists: which column is which, as somebody said it once."""

    source = models.OneToOneField(
        Organisation, models.PROTECT, related_name="indeling", verbose_name="van wie"
    )
    # By the name of the column; an empty word is a column that is not read.
    columns = models.JSONField("kolommen", default=dict)
    doelgroep = models.CharField(
        "doelgroep van iedereen", max_length=24, choices=Doelgroep, blank=True
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "indeling van een lijst"
        verbose_name_plural = "indelingen van lijsten"

    def __str__(self) -> str:
        return f"indeling van {self.source}"

    @classmethod
    def of(cls, source: Organisation) -> "Indeling":
        """What was said of the lists of this partner; one that knows nothing when nobody did."""
        return cls.objects.filter(source=source).first() or cls(source=source)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    """The words in which lists of the police are asked for."""

    def previews(self) -> "ImportBatchQuerySet":
        """Lists that were looked at and are neither read in nor withdrawn."""
        return self.filter(confirmed_at=None, withdrawn_at=None)

    def unreadable(self) -> "ImportBatchQuerySet":
        """Lists that could not be read after all, for as long as a preview waits; done with as soon
        as the next list of the same partner came in."""
        since = timezone.now() - timedelta(days=settings.PREVIEW_DAYS)
        newer = ImportBatch.objects.filter(
            source=models.OuterRef("source"), read_at__gt=models.OuterRef("read_at")
        )
        return self.filter(read_at__gt=since).exclude(failure="").exclude(models.Exists(newer))


class ImportBatch(models.Model):
    """One file that somebody brought in; a preview until it is confirmed or withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.CharField("bestand", max_length=120)
    source = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="van wie"
    )
    supplied_on = models.DateField("aangeleverd op", default=timezone.localdate)
    # The file itself, encrypted, from the choosing of it until its rows are weighed.
    sealed_file = models.BinaryField(default=bytes)
    # Where everything stands in the file, once that is known: {"places": …, "doelgroep": …}.
    layout = models.JSONField(default=dict)
    # The names of columns that may not be read: said on its pages until the list is read in.
    not_read = ArrayField(models.CharField(max_length=60), default=list)
    leaves_sheets = models.BooleanField(default=False)  # only the first sheet is read
    # Since when a worker is busy with it; and why its rows could not be read.
    asked_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "ingelezen lijst"
        verbose_name_plural = "ingelezen lijsten"

    def __str__(self) -> str:
        return self.filename

    @property
    def in_log(self) -> str:
        """What the access log calls this list: its file, and a mark that no other list has."""
        return f"lijst {self.filename} ({self.pk})"

    @property
    def waits_for_columns(self) -> bool:
        """Whether somebody still has to say which column is which."""
        return bool(self.sealed_file) and not self.layout and self.withdrawn_at is None

    @property
    def is_busy(self) -> bool:
        """Whether a worker reads it or reads it in. One that was killed begins again, and when that
        takes too long somebody may ask once more."""
        patience = timedelta(minutes=settings.WORKER_MINUTES)
        return self.asked_at is not None and timezone.now() - self.asked_at < patience


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """The words in which rows of a list are asked for."""

    def waiting(self) -> "ImportRowQuerySet":
        """Undecided rows of confirmed lists: somebody has to say whether it is the same person.

        Mostly doubtful ones; and those that whoever confirmed may not see, for a colleague.
        """
        undecided = self.filter(batch__confirmed_at__isnull=False).exclude(sealed_data="")
        return undecided.order_by("batch__confirmed_at", "line")

    def with_cases(self) -> "ImportRowQuerySet":
        """With whom each is or looks like."""
        return self.select_related("batch", "case__client")

    def numbers(self) -> list[str]:
        """Of everybody whom these rows are about, as far as the asking user may know them."""
        found = self.exclude(case=None).values_list("case__number", flat=True)
        return sorted({number for number in found if number})

    def in_order(self) -> "ImportRowQuerySet":
        """As they stand in the file: whoever looks has it beside him."""
        return self.order_by("line")


class ImportRow(PersonalData):
    """One row of the file. Its data are wiped once the row is decided; the reason stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("regel")
    outcome = models.CharField("uitkomst", max_length=14, choices=RowOutcome)
    reason = models.CharField("reden", max_length=300, blank=True)
    sealed_data = models.TextField(blank=True)  # encrypted JSON: it holds a BSN
    # What somebody said of it in the preview, to be done when the list is read in.
    decision = models.CharField("besluit", max_length=10, choices=RowDecision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Which data of the case came from here: with the list it says where each comes from.
    gave = ArrayField(models.CharField(max_length=16), verbose_name="gaf", default=list)
    # What it became, is known as, or looks like.
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van een lijst"
        verbose_name_plural = "regels van een lijst"
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="one_row_a_line")]

    def __str__(self) -> str:
        return f"regel {self.line}: {self.outcome}"

    @property
    def is_same_person(self) -> bool:
        """Whether somebody said that it is a person whom we know."""
        return self.decision == RowDecision.ZELFDE
