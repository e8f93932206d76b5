"""What the partners agreed on paper: the covenant, the kaderdocument and the privacy covenants.

Public within the house: organisations sign, and of a person only the function is kept.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partners.models.doelgroep import Doelgroep
from partners.models.organisation import Organisation, OrganisationQuerySet
from partners.models.people import User
from partners.states import RegelingStatus, ToetredingStatus


class RegelingKind(models.TextChoices):
    """What kind of agreement it is. GOV-02."""

    CONVENANT = "convenant", "convenant"
    KADERDOCUMENT = "kaderdocument", "kaderdocument"
    PRIVACYCONVENANT = "privacyconvenant", "privacyconvenant"


# These bind the whole table, so every partner of the covenant signs them. S2, convenant.
SIGNED_BY_ALL = frozenset({RegelingKind.CONVENANT, RegelingKind.KADERDOCUMENT})


class RegelingQuerySet(models.QuerySet["Regeling"]):
    """Versions of agreements."""

    def in_force(self) -> "RegelingQuerySet":
        """Those that bind today."""
        day = timezone.localdate()
        running = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(running, status=RegelingStatus.GELDIG, valid_from__lte=day)

    def covenants(self) -> "RegelingQuerySet":
        """The covenants that bind today: they say who takes part in the local approach. PRV-20."""
        return self.in_force().filter(kind=RegelingKind.CONVENANT).order_by("title")

    def one_of_each(self) -> "RegelingQuerySet":
        """Of every agreement its latest version."""
        return self.newest_first().distinct("kind", "title")

    def newest_first(self) -> "RegelingQuerySet":
        """By kind and title, the latest version of each on top."""
        return self.order_by("kind", "title", "-version")


class Regeling(models.Model):
    """One version of an agreement between the partners. S2, convenant; GOV-02, GOV-04."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("soort", max_length=20, choices=RegelingKind)
    title = models.CharField("titel", max_length=160)
    version = models.PositiveSmallIntegerField("versie")
    status = models.CharField("status", max_length=12, choices=RegelingStatus)
    dated_on = models.DateField("datum van de tekst")
    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met", null=True)
    covers = ArrayField(
        models.CharField(max_length=24, choices=Doelgroep), verbose_name="doelgroepen", default=list
    )
    changes = models.CharField("wat er verandert", max_length=1000)
    decided_on = models.DateField("stuurgroep van", null=True)
    decision = models.CharField("besluit", max_length=300, blank=True)

    objects = RegelingQuerySet.as_manager()

    class Meta:
        verbose_name = "regeling"
        verbose_name_plural = "regelingen"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "title", "version"], name="regeling_version_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "title"],
                condition=Q(status=RegelingStatus.GELDIG),
                name="one_regeling_in_force",
            ),
            models.CheckConstraint(
                name="regeling_status_known", condition=Q(status__in=RegelingStatus.values)
            ),
            models.CheckConstraint(
                name="regeling_ends_after_it_starts",
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="regeling_approved_by_a_decision",
                condition=Q(status__in=[RegelingStatus.CONCEPT, RegelingStatus.INGETROKKEN])
                | Q(decided_on__isnull=False) & ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("partners:regeling", args=[self.pk])

    def yet_to_sign(self) -> OrganisationQuerySet:
        """The partners of the covenant that did not sign this version."""
        partners = Organisation.objects.partners().in_covenant_order()
        return partners.exclude(ondertekeningen__regeling=self)

    def may_sign(self) -> OrganisationQuerySet:
        """Who can sign this version now: the partners that did not, and who appended a declaration
        to the former version and is no partner yet. It binds without these; they come in with it.
        S2, convenant; GOV-03."""
        if self.kind != RegelingKind.CONVENANT:  # nobody's coming waits for another agreement
            return self.yet_to_sign()
        coming = Q(toetredingen__status=ToetredingStatus.ONDERTEKEND)
        waiting = Q(pk__in=self.yet_to_sign().values("pk")) | coming
        found = Organisation.objects.filter(waiting).exclude(ondertekeningen__regeling=self)
        return found.distinct().in_covenant_order()

    @property
    def covered(self) -> list[str]:
        """The doelgroepen that this agreement is about, in words."""
        return [Doelgroep(each).label for each in self.covers]


class Ondertekening(models.Model):
    """An organisation signed this version, by somebody in a function. S2, convenant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regeling = models.ForeignKey(Regeling, models.PROTECT, related_name="ondertekeningen")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ondertekeningen")
    signed_on = models.DateField("getekend op")
    function = models.CharField("functie van wie tekende", max_length=120)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "ondertekening"
        verbose_name_plural = "ondertekeningen"
        constraints = [
            models.UniqueConstraint(
                fields=["regeling", "organisation"], name="organisation_signs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}: {self.regeling}"
