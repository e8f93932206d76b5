"""What was brought in for a dossier as a file: a report, a letter, a photograph of a paper. DOS-17.

The file lies in the row itself, sealed, behind the lock that says who may see the row: there is no
folder in which it could be found by another way. ADR 0038.
"""

import uuid
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils import timezone

from cases.models.case import Case
from cases.models.scopes import Scope
from cases.states import KEPT_DOCUMENTS, DocumentStatus
from partners.models import Organisation, Regime
from veiligheidshuis.models import PersonalData
from veiligheidshuis.scanner import NOBODY
from veiligheidshuis.uploads import KINDS, LONGEST_NAME


class DocumentCategory(models.TextChoices):
    """What a document is about; decides who sees it, and the first is seen by the fewest."""

    REGIE = "regie", "alleen voor wie de regie voert"
    IDENTITEIT = "identiteit", "identiteit (paspoort, verblijfsdocument)"
    JUSTITIE = "justitie", "justitie (vonnis, rapport reclassering)"
    PLAN = "plan", "het hele maatwerkplan"
    HUISVESTING = "huisvesting", "huisvesting"
    WERK_INKOMEN = "werk_inkomen", "werk en inkomen"
    EDUCATIE = "educatie", "educatie"
    GEZONDHEID = "gezondheid", "gezondheid"
    ZELFREDZAAMHEID = "zelfredzaamheid", "zelfredzaamheid"
    SCHULDSANERING = "schuldsanering", "schuldsanering"


# Who sees a document of this category. On a paper of identity stands a BSN. UAVG 46; DOS-05.
CATEGORY_SCOPES: dict[str, Scope] = {
    DocumentCategory.REGIE: Scope.LEAD_CASE,
    DocumentCategory.IDENTITEIT: Scope.VIEW_BSN,
    DocumentCategory.JUSTITIE: Scope.VIEW_JUSTICE,
    DocumentCategory.PLAN: Scope.VIEW_PLAN,
    DocumentCategory.HUISVESTING: Scope.VIEW_HUISVESTING,
    DocumentCategory.WERK_INKOMEN: Scope.VIEW_WERK_INKOMEN,
    DocumentCategory.EDUCATIE: Scope.VIEW_EDUCATIE,
    DocumentCategory.GEZONDHEID: Scope.VIEW_GEZONDHEID,
    DocumentCategory.ZELFREDZAAMHEID: Scope.VIEW_ZELFREDZAAMHEID,
    DocumentCategory.SCHULDSANERING: Scope.VIEW_SCHULDSANERING,
}
DOCUMENT_SCOPES = tuple(dict.fromkeys(CATEGORY_SCOPES.values()))


class DocumentGround(models.TextChoices):
    """On what ground it was brought in. DOS-06; WGS 1.5, 2.29 and 2.30."""

    DEELNEMER = "deelnemer", "een deelnemer verstrekte het (WGS 1.5)"
    POLITIE = "politie", "politiegegevens (Wpg 20)"
    JUSTITIE = "justitie", "justitiële gegevens, via het OM (Wjsg 8b)"
    TOESTEMMING = "toestemming", "de cliënt gaf toestemming (WGS 2.29)"
    CONVENANT = "convenant", "een partner verstrekte het (convenant)"
    CLIENT = "client", "de cliënt gaf het zelf"


# Of which regime a ground is; the others hold under both.
GROUND_OF = {
    DocumentGround.DEELNEMER: Regime.WGS,
    DocumentGround.CONVENANT: Regime.LOKALE_PGA,
}


def grounds_under(regime: str) -> list[DocumentGround]:
    """On which grounds a document may be brought into a dossier of this regime. PRV-20."""
    return [ground for ground in DocumentGround if GROUND_OF.get(ground, regime) == regime]


# WGS 1.8 lid 7: no longer than this from the first processing, with one leap year or two.
FIVE_YEARS = ExpressionWrapper(F("first_processed_on") + 1827, output_field=models.DateField())
KEPT = [str(status) for status in KEPT_DOCUMENTS]


def seen_by_category() -> Q:
    """What the database demands: each category its scope, and no other."""
    pairs = CATEGORY_SCOPES.items()
    return reduce(or_, (Q(category=str(one), scope=str(scope)) for one, scope in pairs))


class DocumentQuerySet(models.QuerySet["Document"]):
    """The words in which documents are asked for."""

    def readable_with(self, scopes: Iterable[str]) -> "DocumentQuerySet":
        """Those for who holds these scopes. The plan to the wall."""
        return self.filter(scope__in=list(scopes))

    def without_file(self) -> "DocumentQuerySet":
        """For a list: what is known of each, and not the ten megabytes."""
        return self.defer("sealed_file")

    def to_open(self) -> "DocumentQuerySet":
        """Those that somebody looked at, and found to do no harm."""
        return self.filter(status=DocumentStatus.SCHOON)

    def kept(self) -> "DocumentQuerySet":
        """Those of which there is a file."""
        return self.filter(status__in=KEPT_DOCUMENTS)

    def with_people(self) -> "DocumentQuerySet":
        return self.select_related("supplier", "recorded_by", "taken_back_by")

    def newest_first(self) -> "DocumentQuerySet":
        return self.order_by("-recorded_at", "pk")


class Document(PersonalData):
    """One file in a dossier: what it is, who sees it, who brought it, from whom and on what ground,
    and until when it is kept. It is never changed: it is taken back, and stays as a line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    category = models.CharField("waarover", max_length=16, choices=DocumentCategory)
    scope = models.CharField("zichtbaar voor", max_length=30, choices=Scope)
    title = models.CharField("wat het is", max_length=120)
    name = models.CharField("naam van het bestand", max_length=LONGEST_NAME)
    kind = models.CharField("soort bestand", max_length=4, choices=[(k, k) for k in KINDS])
    size = models.PositiveIntegerField("grootte")
    sha256 = models.CharField("vingerafdruk", max_length=64)
    # The file itself, encrypted; empty once it was refused or taken back.
    sealed_file = models.BinaryField()
    # Which partner gave it; without one the client himself did.
    supplier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="van wie dit komt"
    )
    ground = models.CharField("op welke grond", max_length=12, choices=DocumentGround)
    keep_until = models.DateField("bewaren tot en met")
    status = models.CharField(
        "status", max_length=12, choices=DocumentStatus, default=DocumentStatus.WACHT
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    # Who looked, and what was found when it does harm: in the words of the scanner.
    checked_by = models.CharField(max_length=60, blank=True)
    found = models.CharField(max_length=100, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_back_because = models.CharField("waarom", max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        indexes = [models.Index(fields=["keep_until"], name="document_by_last_day")]
        constraints = [
            models.CheckConstraint(
                name="document_seen_by_its_category", condition=seen_by_category()
            ),
            models.CheckConstraint(
                name="document_status_known", condition=Q(status__in=DocumentStatus.values)
            ),
            models.CheckConstraint(
                name="document_bytes_only_while_kept",
                condition=Q(status__in=KEPT) & ~Q(sealed_file=b"")
                | ~Q(status__in=KEPT) & Q(sealed_file=b""),
            ),
            models.CheckConstraint(
                name="document_open_once_checked",
                condition=~Q(status=DocumentStatus.SCHOON)
                | Q(checked_at__isnull=False, found="") & ~Q(checked_by=""),
            ),
            models.CheckConstraint(
                name="document_refused_for_what_was_found",
                condition=~Q(status=DocumentStatus.BESMET)
                | Q(checked_at__isnull=False) & ~Q(found=""),
            ),
            models.CheckConstraint(
                name="document_taken_back_by_somebody_with_a_reason",
                condition=~Q(status=DocumentStatus.TERUGGENOMEN)
                & Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | Q(
                    status=DocumentStatus.TERUGGENOMEN,
                    taken_back_at__isnull=False,
                    taken_back_by__isnull=False,
                )
                & ~Q(taken_back_because=""),
            ),
            models.CheckConstraint(
                name="document_kept_no_longer_than_the_law",
                condition=Q(keep_until__gte=F("first_processed_on"), keep_until__lte=FIVE_YEARS),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept(self) -> bool:
        return self.status in KEPT_DOCUMENTS

    @property
    def can_be_opened(self) -> bool:
        return self.status == DocumentStatus.SCHOON

    @property
    def waits(self) -> bool:
        return self.status == DocumentStatus.WACHT

    @property
    def looked_at_by_nobody(self) -> bool:
        """It passed without a scanner: this is a house to practise in."""
        return self.checked_by == NOBODY

    @property
    def in_log(self) -> str:
        """What the access log calls it: a mark, and not its name."""
        return f"stuk {self.pk}"

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind].label
