"""Who the client is and where he is: facts with a day from which and until which they are true.

A fact is never written over: it ends, or it was wrong and another takes its place, and what stood
there stays to be read as what it was. DOS-01, DOS-06; ADR 0036.
"""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.case import Case
from cases.models.scopes import Scope
from partners.models import Organisation
from veiligheidshuis.models import PersonalData


class FactKind(models.TextChoices):
    """What sort of fact; decides what is asked of it and who sees it."""

    ADRES = "adres", "adres"
    BEREIK = "bereik", "telefoon of e-mail"
    OMGEVING = "omgeving", "iemand in de omgeving"
    DETENTIE = "detentie", "detentie"
    KADER = "kader", "juridisch kader"


# What a fact can be, for each kind; people round him in the words of the law. WGS 2.30.
SORTS: dict[str, dict[str, str]] = {
    FactKind.ADRES: {
        "verblijf": "verblijft hier",
        "ingeschreven": "staat hier ingeschreven",
        "post": "krijgt hier post",
    },
    FactKind.BEREIK: {"telefoon": "telefoon", "email": "e-mail"},
    FactKind.OMGEVING: {
        "partner": "partner",
        "ex_partner": "ex-partner",
        "ouder": "ouder",
        "kind": "kind",
        "familie": "ander familielid",
        "bekende": "vriend of bekende",
    },
    FactKind.DETENTIE: {
        "voorarrest": "voorarrest",
        "gevangenisstraf": "gevangenisstraf of jeugddetentie",
        "vervangend": "vervangende hechtenis",
        "vreemdeling": "vreemdelingenbewaring",
    },
    FactKind.KADER: {
        "voorwaardelijk": "voorwaardelijk kader",
        "isd": "ISD-maatregel",
        "toezicht": "reclasseringstoezicht",
        "tbs": "tbs of PIJ",
        "gebied": "gebieds- of contactverbod",
        "ots": "ondertoezichtstelling (OTS)",
        "voogdij": "voogdij",
        "bewind": "bewind, mentorschap of curatele",
        "zorg": "zorgmachtiging of rechterlijke machtiging",
    },
}
JUSTICE = (FactKind.DETENTIE, FactKind.KADER)


def fact_scope(kind: str, *, secret: bool = False) -> Scope:
    """Who sees such a fact: of an address that is secret nobody but who leads, and who is named."""
    if kind in JUSTICE:
        return Scope.VIEW_JUSTICE
    return Scope.VIEW_SECRET_ADDRESS if secret else Scope.VIEW_CONTACT


FACT_SCOPES = (Scope.VIEW_CONTACT, Scope.VIEW_SECRET_ADDRESS, Scope.VIEW_JUSTICE)


def _fits(kind: FactKind) -> Q:
    """What the database demands of a fact of this kind: its sort, and who may see it."""
    seen = [Scope.VIEW_CONTACT, Scope.VIEW_SECRET_ADDRESS] if kind == FactKind.ADRES else None
    scopes = [str(scope) for scope in seen or [fact_scope(kind)]]
    return Q(kind=str(kind), sort__in=list(SORTS[kind]), scope__in=scopes)


class DatedFactQuerySet(models.QuerySet["DatedFact"]):
    """The words in which these facts are asked for."""

    def readable_with(self, scopes: Iterable[str]) -> "DatedFactQuerySet":
        """Those for who holds these scopes. The plan to the wall."""
        return self.filter(scope__in=list(scopes))

    def with_people(self) -> "DatedFactQuerySet":
        return self.select_related("case", "supplier", "recorded_by", "ended_by", "withdrawn_by")


class DatedFact(PersonalData):
    """One fact about where a client is, how he is reached, who is round him, or under which measure
    he is: from a day until a day, with who said it and who wrote it down."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="facts")
    kind = models.CharField("soort", max_length=10, choices=FactKind)
    sort = models.CharField("wat het is", max_length=16)
    scope = models.CharField("zichtbaar voor", max_length=30, choices=Scope)
    what = models.CharField("wat er staat", max_length=200)
    phone = models.CharField("telefoon", max_length=30, blank=True)  # of somebody round him
    from_on = models.DateField("vanaf")
    until_on = models.DateField("tot en met", null=True)
    expected_end = models.DateField("verwacht einde", null=True)
    # Which partner said so; without one the client himself did.
    supplier = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="van wie dit komt"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_because = models.CharField("waarom het niet klopte", max_length=300, blank=True)

    objects = DatedFactQuerySet.as_manager()

    class Meta:
        verbose_name = "gedateerd gegeven"
        verbose_name_plural = "gedateerde gegevens"
        constraints = [
            models.CheckConstraint(
                name="fact_fits_its_kind",
                condition=_fits(FactKind.ADRES)
                | _fits(FactKind.BEREIK)
                | _fits(FactKind.OMGEVING)
                | _fits(FactKind.DETENTIE)
                | _fits(FactKind.KADER),
            ),
            models.CheckConstraint(
                name="fact_ends_after_it_began",
                condition=(Q(until_on=None) | Q(until_on__gte=F("from_on")))
                & (Q(expected_end=None) | Q(expected_end__gte=F("from_on"))),
            ),
            models.CheckConstraint(
                name="fact_phone_of_somebody_round_him",
                condition=Q(phone="") | Q(kind="omgeving"),
            ),
            models.CheckConstraint(
                name="fact_expected_end_of_a_measure",
                condition=Q(expected_end=None) | Q(kind__in=[str(kind) for kind in JUSTICE]),
            ),
            models.CheckConstraint(
                name="fact_withdrawn_by_somebody_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_secret(self) -> bool:
        return self.scope == Scope.VIEW_SECRET_ADDRESS

    @property
    def is_true_now(self) -> bool:
        """It was not found to be wrong, and it did not end before today."""
        over = self.until_on is not None and self.until_on < timezone.localdate()
        return self.withdrawn_at is None and not over

    @property
    def sort_label(self) -> str:
        return SORTS[self.kind][self.sort]
